using System.Data.Common;

using Npgsql;

namespace Recoupe.Storage;

/// <summary>A PostgreSQL database.</summary>
internal sealed class PostgresDatabase(ArchiveLocation location) : ArchiveDatabase
{
    // "recoupe" in ASCII: the lock of this program among those of others in the database.
    private const long LockKey = 0x7265636f757065;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(location.Postgres!);

    /// <inheritdoc/>
    protected override string BytesType => "BYTEA";

    /// <inheritdoc/>
    public override DbConnection Connect() => _source.OpenConnection();

    /// <inheritdoc/>
    public override DbTransaction BeginWrite(DbConnection connection) => connection.BeginTransaction();

    /// <inheritdoc/>
    public override IDisposable? TryLock()
    {
        // Not from the pool: the server lets go of the lock when the connection ends, and a pooled one would live on.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(location.Postgres) { Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT pg_try_advisory_lock({LockKey})";
        if (command.ExecuteScalar() is true)
            return connection;
        connection.Dispose();
        return null;
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
