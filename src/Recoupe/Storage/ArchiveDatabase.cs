using System.Data.Common;
using System.Reflection;

namespace Recoupe.Storage;

/// <summary>The connection of the one writer, with what holds off others.</summary>
internal sealed record WriterConnection(DbConnection Connection, IDisposable? Lock) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Connection.Dispose();
        Lock?.Dispose();
    }
}

/// <summary>The engine that keeps an archive's tables. All SQL is common to both engines; here is what they do each in their own way.</summary>
internal abstract class ArchiveDatabase : IDisposable
{
    private const string MigrationFolder = "Migrations/";

    /// <summary>The engine's type for bytes.</summary>
    protected abstract string BytesType { get; }

    /// <summary>An open connection.</summary>
    public abstract DbConnection Connect();

    /// <summary>A transaction that writes: it waits for the one before it and never fails half way for another.</summary>
    public abstract DbTransaction BeginWrite(DbConnection connection);

    /// <summary>The connection of the one writer, of this process and of others, until it is disposed of; null where there is one already.</summary>
    public abstract WriterConnection? TryWrite();

    /// <summary>Adds many rows to a table, whose types are text, whole numbers and bytes.</summary>
    public virtual void Add(DbConnection connection, DbTransaction transaction, string table, string[] columns, IReadOnlyList<object?[]> rows) => ExecuteEach(
        connection, transaction, $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => "@" + column))})", columns, rows);

    /// <summary>Runs a statement for many sets of values, in their order.</summary>
    public abstract void ExecuteEach(DbConnection connection, DbTransaction transaction, string sql, string[] names, IReadOnlyList<object?[]> values);

    /// <summary>Prepares a connection for deleting what must not be found again.</summary>
    public abstract void BeginForgetting(DbConnection connection);

    /// <summary>Lets go of what was deleted as far as the engine can.</summary>
    /// <param name="connection">The connection that deleted it.</param>
    /// <param name="isWhole">Whether everything is written anew: what moved when rows were added before lies in gaps of pages until then.</param>
    public abstract void Forget(DbConnection connection, bool isWhole);

    /// <summary>Whether there is an archive.</summary>
    public abstract bool Exists();

    /// <summary>Makes what the tables lie in.</summary>
    public abstract void Create();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Brings the tables up to date: each migration that was not done yet, in order, one transaction each.</summary>
    /// <exception cref="ArchiveException">A later version has written the archive.</exception>
    public void Migrate()
    {
        using var connection = Connect();
        using (var first = connection.CreateCommand())
        {
            first.CommandText = "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)";
            first.ExecuteNonQuery();
        }

        var done = connection.Query("SELECT name FROM migrations ORDER BY name", row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);
        var known = Migrations().ToList();
        if (done.Except(known.Select(migration => migration.Name)).Order().FirstOrDefault() is { } unknown)
            throw new ArchiveException($"the archive was written by a later version of Recoupe (it has {unknown}): use that version");
        foreach (var (name, sql) in known.Where(migration => !done.Contains(migration.Name)))
        {
            using var transaction = BeginWrite(connection);
            connection.Execute(transaction, sql.Replace("{bytes}", BytesType, StringComparison.Ordinal));
            connection.Execute(transaction, "INSERT INTO migrations (name) VALUES (@name)", ("name", name));
            transaction.Commit();
        }
    }

    /// <summary>The migrations in order.</summary>
    public static IEnumerable<(string Name, string Sql)> Migrations()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(MigrationFolder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[MigrationFolder.Length..], reader.ReadToEnd());
        }
    }
}
