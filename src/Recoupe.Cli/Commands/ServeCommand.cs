using System.CommandLine;
using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;

namespace Recoupe.Cli.Commands;

/// <summary><c>serve</c> and <c>mcp</c>: hand over to the program that answers HTTP and agents, so that no other command waits for what it needs.</summary>
internal static class ServeCommand
{
    private const string Default = "127.0.0.1";
    private const int DefaultPort = 8750;

    public static Command Serve()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var address = new Option<string>("--address") { Description = "An address of this machine alone", DefaultValueFactory = _ => Default };
        var port = new Option<int>("--port") { Description = "The port; 0 takes a free one", DefaultValueFactory = _ => DefaultPort, HelpName = "N" };
        var command = new Command("serve", "Answers HTTP about an archive: REST at /api/v1, described at /openapi/v1.json; tools of agents at /mcp") { archive, address, port };
        command.Validators.Add(result =>
        {
            var asked = result.GetValue(address) is { Length: > 0 } given ? given : Default;
            if (asked != "localhost" && !(IPAddress.TryParse(asked, out var known) && IPAddress.IsLoopback(known)))
                result.AddError($"--address {asked}: the service has no accounts, so that it is opened on this machine alone (127.0.0.1). To open it to others, put a proxy with sign-in before it");
            if (result.GetValue(port) is < 0 or > ushort.MaxValue)
                result.AddError("--port must be from 0 to 65535");
        });
        command.SetAction(parsed => HandOver("serve", parsed.GetRequiredValue(archive), parsed.GetRequiredValue(address), parsed.GetValue(port).ToString()));
        return command;
    }

    public static Command Mcp()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var command = new Command("mcp", "Answers agents about an archive over standard input and output (Model Context Protocol): search, story, dossier, origins") { archive };
        command.SetAction(parsed => HandOver("mcp", parsed.GetRequiredValue(archive)));
        return command;
    }

    private static int HandOver(params string[] arguments)
    {
        var folder = AppContext.BaseDirectory;
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "recoupe-web.exe" : "recoupe-web");
        if (!File.Exists(program))
        {
            Console.Error.WriteLine($"recoupe: {program} is missing: it is built with this program");
            return 1;
        }

        if (!OperatingSystem.IsWindows())
        {
            // In the place of this process: signals and the exit code are those of the service.
            _ = Execute(program, [program, .. arguments, null]);
            Console.Error.WriteLine($"recoupe: {program} cannot be started: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
            return 1;
        }

        using var process = System.Diagnostics.Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    [DllImport("libc", EntryPoint = "execv", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(string program, string?[] arguments);
}
