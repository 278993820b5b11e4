using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Stories;

namespace Recoupe.Evaluation;

/// <summary>Runs the engine on gold files and the data folder's own scorer (<c>score.py</c>) on what it gives out.</summary>
internal static class Scorer
{
    /// <summary>The articles of a file, read as the command line reads them.</summary>
    public static List<Article> Articles(string file) =>
        [.. DocumentReader.Read([file], CancellationToken.None)
            .Select(intake => intake.Document ?? throw new InvalidDataException($"{intake.Skipped!.Source}: {intake.Skipped.Reason}"))
            .Select(document => ArticleReader.Read(document, new ArticleId(document.Id ?? document.Source)))];

    /// <summary>The figures of <c>score.py</c>'s last line on what <paramref name="predict"/> writes for the articles of <paramref name="gold"/>.</summary>
    public static IEnumerable<Figure> Score(
        string data, string step, string gold, Action<List<Article>, Stream> predict, TextWriter log, params string[] arguments)
    {
        var predicted = Path.GetTempFileName();
        try
        {
            using (var stream = File.Create(predicted))
                predict(Articles(gold), stream);
            var (lines, exitCode) = Run("python3", [Path.Combine(data, "score.py"), step, gold, predicted, .. arguments]);
            if (exitCode != 0)
                throw new InvalidOperationException($"score.py failed on {gold}: {string.Join('\n', lines)}");
            foreach (var line in lines)
                log.WriteLine($"    {line}");
            var set = Path.GetFileNameWithoutExtension(gold) + (arguments.Length > 0 ? " " + string.Join(' ', arguments.Where(a => !a.StartsWith('-'))) : "");
            return [.. Figures(lines[^1]).Select(figure => new Figure(step, set, figure.Measure, figure.Value))];
        }
        finally
        {
            File.Delete(predicted);
        }
    }

    /// <summary>The "name value" pairs of a line that the scorer printed: parted by two spaces, a figure has a decimal point.</summary>
    public static IEnumerable<(string Measure, double Value)> Figures(string line)
    {
        var name = "";
        foreach (var part in line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = part.Split(' ');
            var at = Array.FindIndex(words, word => word.Contains('.', StringComparison.Ordinal) && double.TryParse(word, CultureInfo.InvariantCulture, out _));
            if (at < 0)
            {
                name = part;
                continue;
            }

            yield return (at == 0 ? name : string.Join(' ', words[..at]), double.Parse(words[at], CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Runs a program; its output by lines and its exit code.</summary>
    public static (string[] Lines, int ExitCode) Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output.Split('\n', StringSplitOptions.RemoveEmptyEntries), process.ExitCode);
    }

    /// <summary>Writes what <c>annotate</c> prints.</summary>
    public static void Annotate(List<Article> articles, Stream output)
    {
        foreach (var article in articles.AsParallel().AsOrdered().Select(Pipeline.Annotate))
            WriteLine(output, json => ArticleJson.Write(json, article));
    }

    /// <summary>Writes what <c>group</c> prints.</summary>
    public static void Group(List<Article> articles, Stream output)
    {
        var annotated = articles.AsParallel().AsOrdered().Select(Pipeline.Annotate).ToList();
        foreach (var story in StoryGrouper.Group(annotated, CancellationToken.None))
        {
            foreach (var article in story.Articles)
            {
                WriteLine(output, json =>
                {
                    json.WriteStartObject();
                    json.WriteString("id", article.Value);
                    json.WriteString("story", story.Id.Value);
                    json.WriteString("saga", story.Saga.Value);
                    json.WriteEndObject();
                });
            }
        }
    }

    /// <summary>Writes one JSON line.</summary>
    public static void WriteLine(Stream output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output))
            write(json);
        output.WriteByte((byte)'\n');
    }
}
