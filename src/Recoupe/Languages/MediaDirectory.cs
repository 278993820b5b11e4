using System.Collections.Immutable;

namespace Recoupe.Languages;

/// <summary>What a medium is.</summary>
public enum MediumKind
{
    /// <summary>Supplies other media with text.</summary>
    Agency,

    /// <summary>A newspaper, a broadcaster, a site.</summary>
    Outlet,
}

/// <summary>A line of <c>Languages/media.tsv</c>.</summary>
/// <param name="Name">Its usual name, without leading article where it goes without.</param>
/// <param name="Kind">Agency or outlet.</param>
/// <param name="Domains">Internet domains, in lower case.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Country">ISO 3166-1 code, or null.</param>
/// <param name="IsCommonWord">Whether its name is an everyday word too: a medium only where something else says so.</param>
public sealed record Medium(
    string Name, MediumKind Kind, ImmutableArray<string> Domains, ImmutableArray<string> Aliases, string? Country, bool IsCommonWord)
{
    /// <summary>Media are the same if they have the same name.</summary>
    public bool Equals(Medium? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}

/// <summary>The media and agencies that Recoupe knows by name and by address.</summary>
public static class MediaDirectory
{
    private static readonly WordTable<Medium> ByName;
    private static readonly WordTable<Medium> ByDomain;
    private static readonly ImmutableArray<string> Articles;

    static MediaDirectory()
    {
        Articles = [.. Language.All.SelectMany(language => language.Lines("determiners"))
            .Select(line => line.Split('\t')).Where(columns => columns is [_, "definite" or "of", ..])
            .Select(columns => columns[0].EndsWith('\'') ? columns[0] : columns[0] + " ").Distinct().OrderBy(article => article, StringComparer.Ordinal)];
        All = [.. Language.SharedLines("media.tsv").Select(Parse)];
        var names = new Dictionary<string, Medium>(StringComparer.OrdinalIgnoreCase);
        var domains = new Dictionary<string, Medium>(StringComparer.OrdinalIgnoreCase);
        foreach (var medium in All)
        {
            names.TryAdd(medium.Name, medium);
            foreach (var domain in medium.Domains)
                domains.TryAdd(domain, medium);
        }

        // Full names first: an alias never takes another medium's own name, nor does a name without its article.
        foreach (var medium in All)
        {
            foreach (var alias in medium.Aliases)
                names.TryAdd(alias.Replace('’', '\''), medium);
        }

        foreach (var (name, medium) in names.ToArray())
            names.TryAdd(WithoutArticle(name).ToString(), medium);
        LongestName = names.Keys.Max(name => name.Count(c => c is ' ' or '-' or '\'')) + 1;
        ByName = new WordTable<Medium>(names, straightens: true);
        ByDomain = new WordTable<Medium>(domains);
    }

    /// <summary>All of them, in the list's order.</summary>
    public static ImmutableArray<Medium> All { get; }

    /// <summary>The words of the longest name.</summary>
    public static int LongestName { get; }

    /// <summary>The medium of that name or alias, with or without its article, whatever the case; null if none is known.</summary>
    public static Medium? Find(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 80)
            return null;
        if (name.Contains('’'))
        {
            Span<char> straight = stackalloc char[name.Length];
            name.Replace(straight, '’', '\'');
            return FindStraight(straight);
        }

        return FindStraight(name);
    }

    /// <summary>The medium that an internet host, or a host above it, belongs to; null if none is known.</summary>
    /// <param name="host">A host without scheme and path: <c>www.bbc.co.uk</c>.</param>
    public static Medium? FindByHost(ReadOnlySpan<char> host)
    {
        while (!host.IsEmpty && host.Length < 256)
        {
            if (ByDomain.TryGetValue(host, out var medium))
                return medium;
            var dot = host.IndexOf('.');
            if (dot < 0)
                break;
            host = host[(dot + 1)..];
        }

        return null;
    }

    /// <summary>The medium that an address belongs to; null if none is known or the address is none.</summary>
    public static Medium? FindByUrl(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Host.Length > 0 ? FindByHost(address.Host) : null;

    /// <summary>A name without the article that opens it, in any language that has a list of them.</summary>
    public static ReadOnlySpan<char> WithoutArticle(ReadOnlySpan<char> name)
    {
        foreach (var article in Articles)
        {
            if (name.Length > article.Length && name.StartsWith(article, StringComparison.OrdinalIgnoreCase))
                return name[article.Length..];
            if (article.EndsWith('\'') && name.Length > article.Length && name[article.Length - 1] == '’'
                && name.StartsWith(article.AsSpan(0, article.Length - 1), StringComparison.OrdinalIgnoreCase))
                return name[article.Length..];
        }

        return name;
    }

    private static Medium? FindStraight(ReadOnlySpan<char> name) =>
        ByName.TryGetValue(name, out var medium) || ByName.TryGetValue(WithoutArticle(name), out medium) ? medium : null;

    private static Medium Parse(string line)
    {
        var columns = line.Split('\t');
        string Column(int i) => i < columns.Length ? columns[i] : "";
        return new Medium(
            columns[0],
            Column(1) == "agency" ? MediumKind.Agency : MediumKind.Outlet,
            [.. Column(2).Split('|', StringSplitOptions.RemoveEmptyEntries)],
            [.. Column(3).Split('|', StringSplitOptions.RemoveEmptyEntries)],
            Column(4) is { Length: > 0 } country ? country : null,
            Column(5) == "common");
    }
}
