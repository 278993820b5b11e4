namespace Recoupe.Storage;

/// <summary>Where an archive lies: a folder with one SQLite file, or a PostgreSQL database; the search index lies in the folder in either case.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Postgres">How to connect to PostgreSQL (<c>Host=…;Database=…</c>); null for SQLite.</param>
public sealed record ArchiveLocation(string Folder, string? Postgres = null)
{
    /// <summary>The folder that is taken where none is named.</summary>
    public const string DefaultFolder = "recoupe.archive";

    /// <summary>What a person wrote: a folder, or a connection string of PostgreSQL, whose index then lies in <see cref="DefaultFolder"/>.</summary>
    public static ArchiveLocation Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new ArchiveLocation(DefaultFolder);
        return text.Contains("Host=", StringComparison.OrdinalIgnoreCase) && text.Contains("Database=", StringComparison.OrdinalIgnoreCase)
            ? new ArchiveLocation(DefaultFolder, text)
            : new ArchiveLocation(text);
    }

    /// <summary>The SQLite file.</summary>
    public string File => Path.Combine(Folder, "archive.db");

    /// <summary>The folder of the search index.</summary>
    public string Index => Path.Combine(Folder, "index");

    /// <summary>Without passwords.</summary>
    public override string ToString() => Postgres is null ? Folder : "the PostgreSQL archive";
}
