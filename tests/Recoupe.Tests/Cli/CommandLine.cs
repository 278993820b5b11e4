using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Recoupe.Tests.Cli;

/// <summary>The real program, started as a user starts it.</summary>
internal static class CommandLine
{
    // Where its own project puts it: beside the tests it would lack what their framework has and its own has not.
    internal static readonly string Program = Path.Combine(
        Repository.Root, "src", "Recoupe.Cli", Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "Recoupe.Tests"), AppContext.BaseDirectory), "recoupe-cli.dll");

    public sealed record Result(int ExitCode, string Output, string Error);

    /// <summary>Runs <c>recoupe</c> with <paramref name="arguments"/> in the repository's root.</summary>
    /// <remarks>The limit tells what ends from what hangs, on a machine that has much else to do: no test measures time.</remarks>
    /// <exception cref="TimeoutException">It does not end within <paramref name="seconds"/>.</exception>
    public static Result Run(string[] arguments, byte[]? input = null, int seconds = 1200, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input ?? []);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"recoupe {string.Join(' ', arguments)} ran for more than {seconds} s");
        }

        return new Result(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
    /// <summary>Starts <c>recoupe</c>, kills it after some lines and a while, and gives the ids of all the lines that it told, in their order.</summary>
    /// <param name="least">Lines to wait for.</param>
    /// <param name="wait">Milliseconds to wait after them.</param>
    public static List<string> RunAndKill(string[] arguments, int least, int wait)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var told = new List<string>();
        while (told.Count < least && process.StandardOutput.ReadLine() is { } line)
            told.Add(Id(line));
        Thread.Sleep(wait);
        process.Kill();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.EndsWith('}'))
                told.Add(Id(line));
        }

        process.WaitForExit();
        return told;
    }

    /// <summary>The id of the article that a line of JSON tells of.</summary>
    public static string Id(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>What the lines of JSON hold.</summary>
    public static List<JsonElement> Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
