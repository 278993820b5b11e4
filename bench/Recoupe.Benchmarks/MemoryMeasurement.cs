using System.Diagnostics;
using System.Text;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Benchmarks;

/// <summary>Whether memory stays flat: 100,000 articles, recombined with a fixed seed from the paragraphs of a file, go through the command line's <c>annotate</c>.</summary>
public sealed class MemoryMeasurement : IMeasurement
{
    private const int ParagraphsEach = 3;
    private const int LongestArticle = 800; // characters: many articles matter here, not long ones

    public string Name => "memory";

    public string Arguments => "PROGRAM (recoupe-cli or recoupe-cli.dll) FILE.jsonl [ARTICLES]";

    public int Run(string[] arguments)
    {
        var count = arguments.Length > 2 ? int.Parse(arguments[2]) : 100_000;
        var start = arguments[0].EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", [arguments[0], "annotate", "-"])
            : new ProcessStartInfo(arguments[0], ["annotate", "-"]);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        using var program = Process.Start(start)!;
        var sources = Sources(arguments[1]);
        var writer = Task.Run(() => Write(sources, count, program.StandardInput.BaseStream));
        var lines = 0;
        while (program.StandardOutput.ReadLine() is not null)
        {
            lines++;
            if (lines == count / 10 || lines == count / 2 || lines == count * 9 / 10)
            {
                program.Refresh();
                Console.WriteLine($"after {lines,7} articles: {program.WorkingSet64 >> 20,4} MB resident, peak {program.PeakWorkingSet64 >> 20} MB, {program.TotalProcessorTime.TotalSeconds:0} s of processor time");
            }
        }

        writer.Wait();
        program.WaitForExit();
        Console.WriteLine($"{lines} lines of {count}, exit code {program.ExitCode}");
        return lines == count ? 0 : 1;
    }

    private static List<(string? Language, List<string> Paragraphs)> Sources(string file) =>
        DocumentReader.Read([file], CancellationToken.None).Where(intake => intake.Document is not null)
            .Select(intake => ArticleReader.Read(intake.Document!, new ArticleId("source")))
            .Select(article => (article.Language, Paragraphs: article.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList()))
            .Where(source => source.Paragraphs.Count > 0).ToList();

    private static void Write(List<(string? Language, List<string> Paragraphs)> sources, int count, Stream input)
    {
        var random = new Random(7);
        using (input)
        {
            for (var number = 0; number < count; number++)
            {
                var (language, paragraphs) = sources[number % sources.Count];
                var text = string.Join('\n', Enumerable.Range(0, ParagraphsEach).Select(_ => paragraphs[random.Next(paragraphs.Count)]));
                if (text.Length > LongestArticle)
                    text = text[..(char.IsHighSurrogate(text[LongestArticle - 1]) ? LongestArticle - 1 : LongestArticle)];
                input.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { id = $"m{number}", language, text }) + "\n"));
            }
        }
    }
}
