using System.Globalization;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Documents;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Benchmarks;

/// <summary>What the dossier of a story costs an archive that made it before, when one more article comes in, beside one that makes it from nothing.</summary>
public sealed class GrowingMeasurement : IMeasurement
{
    private const int Rounds = 5;

    /// <inheritdoc/>
    public string Name => "growing";

    /// <inheritdoc/>
    public string Arguments => "ARTICLES.jsonl [COUNT]";

    /// <inheritdoc/>
    public int Run(string[] arguments)
    {
        var count = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 200;
        var pool = DocumentReader.Read([arguments[0]], CancellationToken.None).Select(intake => intake.Document).OfType<Document>().Take(SourcingMeasurement.Pool)
            .Select((document, i) => ArticleReader.Read(document, new ArticleId($"a{i}"))).ToList();
        var documents = SourcingMeasurement.Recombine(pool, count + Rounds + 1).ToList();
        var folder = Directory.CreateTempSubdirectory("recoupe-bench-").FullName;
        try
        {
            using var archive = Archive.Open(new ArchiveLocation(folder), create: true);
            var story = Take(archive, documents.Take(count));
            archive.DossierJsonOf(story, CancellationToken.None);
            for (var round = 0; round <= Rounds; round++)
            {
                story = Take(archive, [documents[count + round]]);
                using var other = Archive.Open(new ArchiveLocation(folder), create: false);
                var fresh = StoryFigures.Time(() => other.Dossier(story, CancellationToken.None));
                var grown = StoryFigures.Time(() => archive.DossierJsonOf(story, CancellationToken.None));
                StoryFigures.Print(
                    $"{(round == 0 ? "warm-up" : "article"),-8} {archive.Story(story)!.Articles}: from nothing {fresh.Wall:0.00} s, {fresh.Processor:0.00} s of processors; one article more {grown.Wall:0.00} s, {grown.Processor:0.00} s of processors");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    // Whatever grouping makes of them, all of them are one story.
    private static StoryId Take(Archive archive, IEnumerable<Document> documents)
    {
        using (var writer = archive.Write())
        {
            foreach (var _ in writer.Ingest([.. documents], CancellationToken.None))
            {
            }
        }

        var founders = archive.Stories(new StoryFilter(), 500).Items.Select(story => archive.Articles(new ArticleFilter(Story: story.Id), 1).Items[0].Id).ToList();
        if (founders.Count > 1)
            archive.Corrections.Add([new StoryCorrection(true, [.. founders])], "bench", null, TimeProvider.System);
        return archive.Stories(new StoryFilter(), 1).Items[0].Id;
    }
}
