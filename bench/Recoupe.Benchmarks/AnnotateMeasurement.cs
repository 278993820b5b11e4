using System.Diagnostics;

using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Benchmarks;

/// <summary>The whole of <c>annotate</c> on clean text, on one thread: articles, words and megabytes a second, allocation, memory.</summary>
public sealed class AnnotateMeasurement : IMeasurement
{
    private const int Passes = 5;

    public string Name => "annotate";

    public string Arguments => "FILE.jsonl [ARTICLES]";

    public int Run(string[] arguments)
    {
        var limit = arguments.Length > 1 ? int.Parse(arguments[1]) : 1000;
        var articles = DocumentReader.Read([arguments[0]], CancellationToken.None)
            .Where(intake => intake.Document is not null)
            .Take(limit)
            .Select((intake, number) => ArticleReader.Read(intake.Document!, new ArticleId($"a{number}")))
            .ToList();
        var characters = articles.Sum(article => (long)article.Text.Length);
        var words = articles.Sum(article => (long)article.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (var article in articles.Take(50))
            Pipeline.Annotate(article);

        var seconds = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var statements = 0L;
        for (var pass = 0; pass < Passes; pass++)
        {
            var watch = Stopwatch.StartNew();
            foreach (var article in articles)
                statements += Pipeline.Annotate(article).Statements.Length;
            seconds.Add(watch.Elapsed.TotalSeconds);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var median = seconds.Order().ElementAt(Passes / 2);
        Console.WriteLine($"{articles.Count} articles, {words / articles.Count} words each, {statements / Passes} statements; median of {Passes} passes, one thread");
        Console.WriteLine($"{articles.Count / median:0} articles/s   {words / median / 700:0} articles of 700 words/s   {characters / median / 1e6 * 60:0} MB a minute   {median / words * 1e6:0.00} µs a word");
        Console.WriteLine($"{allocated / Passes / articles.Count / 1024} KiB allocated an article   peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        return 0;
    }
}
