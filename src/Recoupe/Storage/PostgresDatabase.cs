using System.Data.Common;

using Npgsql;

using NpgsqlTypes;

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

    // Statements that the server plans once for each connection: an article takes a few dozen, always the same ones.
    private const int Prepared = 100;

    // What goes to the server at once, however many rows there are.
    private const int AtOnce = 500;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(Planned(location.Postgres!));

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
    public override void Add(DbConnection connection, DbTransaction transaction, string table, string[] columns, IReadOnlyList<object?[]> rows)
    {
        using var import = ((NpgsqlConnection)connection).BeginBinaryImport($"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            import.StartRow();
            foreach (var value in row)
            {
                switch (Sql.Written(value))
                {
                    case null:
                        import.WriteNull();
                        break;
                    case string text:
                        import.Write(text, NpgsqlDbType.Text);
                        break;
                    case byte[] bytes:
                        import.Write(bytes, NpgsqlDbType.Bytea);
                        break;
                    case long number:
                        import.Write(number, NpgsqlDbType.Bigint);
                        break;
                    case var other:
                        throw new ArgumentException($"{table}: {other.GetType().Name} is not written", nameof(rows));
                }
            }
        }

        import.Complete();
    }

    /// <inheritdoc/>
    public override void ExecuteEach(DbConnection connection, DbTransaction transaction, string sql, string[] names, IReadOnlyList<object?[]> values)
    {
        foreach (var part in values.Chunk(AtOnce))
        {
            using var batch = new NpgsqlBatch((NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
            foreach (var row in part)
            {
                var command = new NpgsqlBatchCommand(sql);
                foreach (var (name, value) in names.Zip(row))
                {
                    command.Parameters.Add(Sql.Written(value) is { } written
                        ? new NpgsqlParameter(name, written)
                        : new NpgsqlParameter(name, NpgsqlDbType.Text) { Value = DBNull.Value });
                }

                batch.BatchCommands.Add(command);
            }

            batch.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public override WriterConnection? TryWrite()
    {
        // The lock is the writing connection's own: the server lets go of it when that ends, not before its last statement has. So what a killed writer
        // had under way is over when the next begins. Not from the pool, where connections live on.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Planned(location.Postgres!)) { Pooling = false }.ToString());
        connection.Open();
        // A statement is planned once, in a new archive while its tables are empty: a plan that reads a small table whole would be kept as it grows.
        connection.Execute(null, "SET enable_seqscan = off");
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

    private static string Planned(string connection)
    {
        var built = new NpgsqlConnectionStringBuilder(connection);
        if (built.MaxAutoPrepare == 0)
            (built.MaxAutoPrepare, built.AutoPrepareMinUsages) = (Prepared, 2);
        return built.ToString();
    }
}
