using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

using Npgsql;

using Recoupe.Storage;

[assembly: AssemblyFixture(typeof(Recoupe.Tests.Storage.ServerOfTheRun))]

namespace Recoupe.Tests.Storage;

/// <summary>Ends the PostgreSQL that tests may have started when all of them have ended.</summary>
public sealed class ServerOfTheRun : IDisposable
{
    public void Dispose() => Stores.StopServer();
}

/// <summary>Archives to test with, on each real engine: a folder of its own for SQLite, a database of its own in a throw-away PostgreSQL.</summary>
internal sealed class Stores : IDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgresql";

    private static readonly Lazy<string?> Server = new(StartServer);
    private static int _count;

    /// <summary>Stops the server if one was started; nothing otherwise.</summary>
    public static Action StopServer { get; private set; } = () => { };

    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-archive-").FullName;

    public Stores(string engine)
    {
        if (engine == Sqlite)
        {
            Location = new ArchiveLocation(_folder);
            return;
        }

        Assert.SkipWhen(Server.Value is null, "PostgreSQL 15 is not installed here: ./test installs it (apt-get install postgresql-15)");
        var name = $"archive{Interlocked.Increment(ref _count)}";
        using (var connection = new NpgsqlConnection($"{Server.Value};Database=postgres;Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"CREATE DATABASE {name}";
            command.ExecuteNonQuery();
        }

        Location = new ArchiveLocation(_folder, $"{Server.Value};Database={name};Maximum Pool Size=8");
    }

    /// <summary>Whether there is a PostgreSQL to test with.</summary>
    public static bool HasPostgres => Server.Value is not null;

    public static TheoryData<string> Engines => [Sqlite, Postgres];

    public ArchiveLocation Location { get; }

    public Archive Open() => Archive.Open(Location, create: true);

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    // As any user but root: PostgreSQL runs as no other.
    private static string? StartServer()
    {
        const string Programs = "/usr/lib/postgresql/15/bin";
        if (!File.Exists($"{Programs}/initdb"))
            return null;
        var folder = Directory.CreateTempSubdirectory("recoupe-postgres-").FullName;
        var port = FreePort();
        var isRoot = Environment.UserName == "root";
        if (isRoot)
            Run("chown", "65534:65534", folder);
        string[] As(params string[] command) => isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. command] : command;
        Run(As($"{Programs}/initdb", "-D", $"{folder}/data", "-U", "app", "-A", "trust", "-E", "UTF8", "--locale-provider=libc", "--locale=C.UTF-8", "--no-sync"));
        var options = $"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off -c dynamic_shared_memory_type=posix";
        Run(As($"{Programs}/pg_ctl", "-D", $"{folder}/data", "-w", "-t", "60", "-l", $"{folder}/log", "-o", options, "start"));
        StopServer = () =>
        {
            Run(As($"{Programs}/pg_ctl", "-D", $"{folder}/data", "-m", "immediate", "stop"));
            Directory.Delete(folder, recursive: true);
        };
        return string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=app");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Its output goes nowhere: the server inherits it and would hold a pipe open.
    private static void Run(params string[] command)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null");
        foreach (var word in command)
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)} ended with {process.ExitCode}");
    }
}
