using System.Data.Common;

using Npgsql;

namespace Recoupe.Storage;

/// <summary>A PostgreSQL database.</summary>
internal sealed class PostgresDatabase(ArchiveLocation location) : ArchiveDatabase
{
    // "recoupe" in ASCII: the lock of this program among those of others in the database.
    private const long LockKey = 0x7265636f757065;

    // Whose turn it is to write: transactions of corrections and feeds come between those of the writer.
    private const long TurnKey = LockKey + 1;

    // The server takes a moment to see that a writer was killed.
    private const int Tries = 30;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(location.Postgres!);

    /// <inheritdoc/>
    protected override string BytesType => "BYTEA";

    /// <inheritdoc/>
    public override DbConnection Connect() => _source.OpenConnection();

    /// <inheritdoc/>
    public override DbTransaction BeginWrite(DbConnection connection)
    {
        var transaction = connection.BeginTransaction();
        connection.Query(transaction, $"SELECT 1 FROM pg_advisory_xact_lock({TurnKey})", _ => true);
        return transaction;
    }

    /// <inheritdoc/>
    public override WriterConnection? TryWrite()
    {
        // The lock is the writing connection's own: the server lets go of it when that ends, not before its last statement has. So what a killed writer
        // had under way is over when the next begins. Not from the pool, where connections live on.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(location.Postgres) { Pooling = false }.ToString());
        connection.Open();
        for (var tries = 0; tries < Tries; tries++)
        {
            if (connection.Query($"SELECT pg_try_advisory_lock({LockKey})", row => row.GetBoolean(0))[0])
                return new WriterConnection(connection, null);
            Thread.Sleep(BetweenTries);
        }

        connection.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public override void BeginForgetting(DbConnection connection)
    {
        // Nothing to prepare: rows are let go of afterwards.
    }

    /// <inheritdoc/>
    public override void Forget(DbConnection connection, bool isWhole)
    {
        foreach (var table in new[] { "speaker_counts", "outlet_counts", "captures", "articles", "statements", "stories", "dossiers", "summaries", "renderings", "corrections", "watches", "watch_stories", "alerts", "pages", "audit" })
            connection.Execute(null, $"VACUUM {(isWhole ? "FULL " : "")}{table}");
    }

    /// <inheritdoc/>
    public override bool Exists()
    {
        using var connection = Connect();
        return connection.Query("SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'migrations'", _ => true).Count > 0;
    }

    /// <inheritdoc/>
    public override void Create() => Directory.CreateDirectory(location.Folder);

    /// <inheritdoc/>
    public override void Dispose() => _source.Dispose();
}
