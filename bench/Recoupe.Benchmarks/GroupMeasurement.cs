using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Recoupe.Benchmarks;

/// <summary>The command line's <c>group</c> from end to end: JSON lines of articles as long as those of the press in, stories out; time, and the most memory.</summary>
public sealed class GroupMeasurement : IMeasurement
{
    // Some 700 words.
    private const int Sentences = 32;

    public string Name => "group";

    public string Arguments => "PROGRAM (recoupe-cli or recoupe-cli.dll) FILE.jsonl [ARTICLES]";

    public int Run(string[] arguments)
    {
        var count = arguments.Length > 2 ? int.Parse(arguments[2]) : 100_000;
        var articles = new RecombinedArticles(RecombinedArticles.SentencesOf(arguments[1]), count, Sentences);
        var start = arguments[0].EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", [arguments[0], "group", "--follow", "-"])
            : new ProcessStartInfo(arguments[0], ["group", "--follow", "-"]);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        using var program = Process.Start(start)!;
        var watch = Stopwatch.StartNew();
        var writer = Task.Run(() => Write(articles, count, program.StandardInput.BaseStream));
        var (placed, lines, processors) = (0, 0, 0.0);
        while (program.StandardOutput.ReadLine() is { } line)
        {
            if (!line.StartsWith("{\"change\"", StringComparison.Ordinal))
            {
                if (lines++ == 0)
                    processors = Print(program, watch, "settled");
                continue;
            }

            placed += line.Contains("\"opened\"", StringComparison.Ordinal) || line.Contains("\"joined\"", StringComparison.Ordinal) ? 1 : 0;
            if (placed > 0 && placed % Math.Max(1, count / 5) == 0)
                processors = Print(program, watch, $"{placed} placed");
        }

        writer.Wait();
        program.WaitForExit();
        Console.WriteLine($"{lines} lines of {count}, exit code {program.ExitCode}; {count / watch.Elapsed.TotalSeconds:0} articles a second of the day, {count / processors:0} a second of processors");
        return lines == count ? 0 : 1;
    }

    private static double Print(Process program, Stopwatch watch, string when)
    {
        program.Refresh();
        var processors = program.TotalProcessorTime.TotalSeconds;
        Console.WriteLine($"{when,16}: {watch.Elapsed.TotalSeconds,6:0.0} s, {processors,6:0} s of processors, {program.WorkingSet64 >> 20,5} MB resident, peak {program.PeakWorkingSet64 >> 20} MB");
        return processors;
    }

    private static void Write(RecombinedArticles articles, int count, Stream input)
    {
        using (input)
        {
            for (var number = 0; number < count; number++)
            {
                var (title, text, published) = articles.Write(number);
                input.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { id = $"g{number}", language = "en", title, published = published.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), text }) + "\n"));
            }
        }
    }
}
