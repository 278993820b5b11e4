using System.Data;
using System.Data.Common;

using Microsoft.Data.Sqlite;

namespace Recoupe.Storage;

/// <summary>One SQLite file in a folder.</summary>
internal sealed class SqliteDatabase(ArchiveLocation location) : ArchiveDatabase
{
    private const int SecondsToWait = 30;

    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = location.File,
        DefaultTimeout = SecondsToWait,
        ForeignKeys = true,
    }.ToString();

    /// <inheritdoc/>
    protected override string BytesType => "BLOB";

    /// <inheritdoc/>
    public override DbConnection Connect()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
        // Readers and the writer do not wait for one another; what is committed is on the disk.
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <inheritdoc/>
    public override DbTransaction BeginWrite(DbConnection connection) =>
        // BEGIN IMMEDIATE: a transaction that reads first and writes later could not be had any more once another has written.
        ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false);

    /// <inheritdoc/>
    public override void ExecuteEach(DbConnection connection, DbTransaction transaction, string sql, string[] names, IReadOnlyList<object?[]> values)
    {
        // Read once for all of them.
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        var parameters = names.Select(name => ((SqliteCommand)command).Parameters.Add(new SqliteParameter(name, null))).ToList();
        foreach (var row in values)
        {
            foreach (var (parameter, value) in parameters.Zip(row))
                parameter.Value = Sql.Written(value) ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public override WriterConnection? TryWrite()
    {
        FileStream held;
        try
        {
            // The system lets go of it when the process ends, however it ends.
            held = new FileStream(Path.Combine(location.Folder, "writer.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        var connection = Connect();
        // In kibibytes: the rows of an article lie scattered over the trees of its keys, and a tree of a million is larger than what is held by default.
        connection.Execute(null, "PRAGMA cache_size = -65536");
        return new WriterConnection(connection, held);
    }

    /// <inheritdoc/>
    public override void BeginForgetting(DbConnection connection) => connection.Execute(null, "PRAGMA secure_delete = ON"); // deleted content is overwritten

    /// <inheritdoc/>
    public override void Forget(DbConnection connection, bool isWhole)
    {
        if (isWhole)
            connection.Execute(null, "VACUUM");
        connection.Query("PRAGMA wal_checkpoint(TRUNCATE)", _ => true);
    }

    /// <inheritdoc/>
    public override bool Exists() => File.Exists(location.File);

    /// <inheritdoc/>
    public override void Create() => Directory.CreateDirectory(location.Folder);

    /// <inheritdoc/>
    public override void Dispose()
    {
        using var connection = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(connection);
    }
}
