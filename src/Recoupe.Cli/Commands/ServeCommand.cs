using System.CommandLine;
using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;

using Recoupe.Storage;

namespace Recoupe.Cli.Commands;

/// <summary><c>serve</c> and <c>mcp</c>: hand over to the program that answers HTTP and agents, so that no other command waits for what it needs.</summary>
internal static class ServeCommand
{
    private const string Default = "127.0.0.1";
    private const int DefaultPort = 8750;

    public static Command Serve()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var address = new Option<string>("--address")
        {
            Description = "Where it listens; on any other address than this machine's own, accounts are demanded (\"recoupe accounts\")", DefaultValueFactory = _ => Default,
        };
        var port = new Option<int>("--port") { Description = "The port; 0 takes a free one", DefaultValueFactory = _ => DefaultPort, HelpName = "N" };
        var follow = new Option<bool>("--follow") { Description = "Also follows the feeds of the archive, as \"recoupe follow\" does" };
        var allow = FetchArguments.AllowOption();
        var accounts = new Option<bool>("--accounts") { Description = "Demands accounts on this machine too: behind a proxy, say" };
        var url = new Option<string?>("--url") { Description = "The address by which others reach it, behind a proxy", HelpName = "ADDRESS" };
        var authority = new Option<string?>("--oidc-authority") { Description = "The sign-in service of the organisation (OpenID Connect); its secret is in RECOUPE_OIDC_SECRET", HelpName = "ADDRESS" };
        var client = new Option<string?>("--oidc-client") { Description = "The name by which the sign-in service knows this service", HelpName = "ID" };
        var role = new Option<string?>("--oidc-role") { Description = "The role of people whom only the sign-in service knows; without it they are not let in", HelpName = "ROLE" };
        role.AcceptOnlyFromAmong([.. Enum.GetValues<AccountRole>().Select(AccountShelf.Written)]);
        var smtp = new Option<string?>("--smtp") { Description = "The mail server for alerts of watches; name and password in RECOUPE_SMTP_USER and RECOUPE_SMTP_PASSWORD", HelpName = "HOST:PORT" };
        var from = new Option<string?>("--mail-from") { Description = "Whose mail alerts are", HelpName = "ADDRESS" };
        var contact = new Option<string?>("--contact") { Description = "Where people write to who runs it, in the accessibility statement: an address of mail or of the web", HelpName = "ADDRESS" };
        var otlp = new Option<string?>("--otlp")
        {
            Description = "The collector that figures and a span for each request are sent to (OTLP over HTTP); else that of OTEL_EXPORTER_OTLP_ENDPOINT", HelpName = "ADDRESS",
        };
        var command = new Command("serve", "Answers HTTP about an archive: REST at /api/v1, described at /openapi/v1.json; tools of agents at /mcp")
        {
            archive, address, port, follow, allow, accounts, url, authority, client, role, smtp, from, contact, otlp,
        };
        command.Validators.Add(result =>
        {
            var asked = result.GetValue(address) is { Length: > 0 } given ? given : Default;
            if (asked != "localhost" && !IPAddress.TryParse(asked, out _))
                result.AddError($"--address {asked}: must be an address (127.0.0.1, 0.0.0.0, ::), not a name");
            if (result.GetValue(port) is < 0 or > ushort.MaxValue)
                result.AddError("--port must be from 0 to 65535");
            foreach (var (option, value) in new[] { ("--url", result.GetValue(url)), ("--oidc-authority", result.GetValue(authority)), ("--otlp", result.GetValue(otlp)) })
            {
                if (value is not null && (!Uri.TryCreate(value, UriKind.Absolute, out var known) || known.Scheme is not ("http" or "https")))
                    result.AddError($"{option} {value}: must be an address of the web (https://…)");
            }
        });
        command.SetAction(parsed =>
        {
            string[] Given(string name, string? value) => value is null ? [] : [name, value];
            string[] Set(Option<bool> option) => parsed.GetValue(option) ? [option.Name] : [];
            return HandOver(
            [
                "serve", parsed.GetRequiredValue(archive), parsed.GetRequiredValue(address), parsed.GetValue(port).ToString(), .. Set(follow), .. Set(accounts),
                .. parsed.GetRequiredValue(allow).SelectMany(one => Given("--allow", one)), .. Given("--url", parsed.GetValue(url)),
                .. Given("--oidc-authority", parsed.GetValue(authority)), .. Given("--oidc-client", parsed.GetValue(client)), .. Given("--oidc-role", parsed.GetValue(role)),
                .. Given("--smtp", parsed.GetValue(smtp)), .. Given("--mail-from", parsed.GetValue(from)),
                .. Given("--contact", parsed.GetValue(contact)), .. Given("--otlp", parsed.GetValue(otlp)),
            ]);
        });
        return command;
    }

    public static Command Mcp()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var command = new Command("mcp", "Answers agents about an archive over standard input and output (Model Context Protocol): search, story, dossier, check, origins") { archive };
        command.SetAction(parsed => HandOver("mcp", parsed.GetRequiredValue(archive)));
        return command;
    }

    private static int HandOver(params string[] arguments)
    {
        var folder = AppContext.BaseDirectory;
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "recoupe-web.exe" : "recoupe-web");
        if (!File.Exists(program))
        {
            // As a tool of .NET it has no program of its own: the runtime starts it.
            var library = Path.Combine(folder, "recoupe-web.dll");
            if (!File.Exists(library) || Runtime() is not { } runtime)
            {
                Console.Error.WriteLine($"recoupe: {program} is missing: it is built with this program");
                return 1;
            }

            (program, arguments) = (runtime, [library, .. arguments]);
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

    // The program that runs this one: four folders above its own libraries (shared/Microsoft.NETCore.App/VERSION).
    private static string? Runtime()
    {
        var program = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(program) ? program : null;
    }

    [DllImport("libc", EntryPoint = "execv", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(string program, string?[] arguments);
}
