using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Stories;

namespace Recoupe.Benchmarks;

/// <summary>How long the dossier of one large story takes: the first articles of a file, taken as one story whatever they tell.</summary>
public sealed class SourcingMeasurement : IMeasurement
{
    /// <inheritdoc/>
    public string Name => "sourcing";

    /// <inheritdoc/>
    public string Arguments => "ARTICLES.jsonl [COUNT]";

    /// <inheritdoc/>
    public int Run(string[] arguments)
    {
        var count = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 500;
        var articles = DocumentReader.Read([arguments[0]], CancellationToken.None).Where(intake => intake.Document is not null).Take(count)
            .Select((intake, i) => ArticleReader.Read(intake.Document!, new ArticleId(intake.Document!.Id ?? $"a{i}"))).DistinctBy(article => article.Id)
            .Select(Pipeline.Annotate).ToImmutableArray();
        var id = new StoryId("s1");
        var story = new Story(id, id, [.. articles.Select(article => article.Id)]);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var dossier = DossierMaker.Make(story, articles, new PipelineOptions(), CancellationToken.None);
        var processor = Process.GetCurrentProcess().TotalProcessorTime - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{articles.Length} articles as one story: {processor.TotalSeconds:0.00} s of processor, {watch.Elapsed.TotalSeconds:0.00} s by the clock, {dossier.Points.Length} points, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
        return 0;
    }
}
