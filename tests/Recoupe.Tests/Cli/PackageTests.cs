using System.Diagnostics;

using Recoupe.Tests.Storage;

namespace Recoupe.Tests.Cli;

/// <summary>The program as it is handed out: packed as a tool of .NET, installed, run.</summary>
public class PackageTests
{
    [Fact]
    public void The_tool_is_packed_installed_and_serves_an_archive_that_it_has_made()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "packaging/tool is a script of the shell");
        using var stores = new Stores(Stores.Sqlite);
        var (package, tool) = (Path.Combine(stores.Location.Folder, "package"), Path.Combine(stores.Location.Folder, "tool"));
        Run(Path.Combine(Repository.Root, "packaging", "tool"), package, "--no-build");
        Run("dotnet", "tool", "install", "recoupe-cli", "--source", package, "--tool-path", tool);
        var program = Path.Combine(tool, "recoupe");
        var archive = Path.Combine(stores.Location.Folder, "archive");

        Assert.Contains("5 new", Run(program, "ingest", "samples", "--archive", archive).Error, StringComparison.Ordinal);

        Assert.Contains("Passe-Sud", Run(program, "stories", "--archive", archive).Output, StringComparison.Ordinal);
        // The service lies in the package too: it says that others may not be let in without accounts.
        var refused = Start(program, "serve", "--archive", archive, "--address", "0.0.0.0");
        Assert.Equal((2, true), (refused.ExitCode, refused.Error.Contains("accounts add NAME", StringComparison.Ordinal)));
    }

    private static CommandLine.Result Run(string program, params string[] arguments)
    {
        var result = Start(program, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result.Output}\n{result.Error}");
        return result;
    }

    private static CommandLine.Result Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(10)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} does not end");
        }

        return new CommandLine.Result(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
