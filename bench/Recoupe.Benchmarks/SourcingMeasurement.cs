using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Grades;
using Recoupe.Omissions;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Sayings;
using Recoupe.Stories;

namespace Recoupe.Benchmarks;

/// <summary>
/// How long the dossier of one large story takes, by its steps: the first articles of a file taken as one story whatever they tell
/// ("unrelated"), or articles recombined from the sentences of the first few of them, each with words left out ("related").
/// </summary>
public sealed class SourcingMeasurement : IMeasurement
{
    internal const int Pool = 12;
    private const int SentencesOfArticle = 16;

    // One word in so many is left out of a recombined sentence.
    private const int LeftOut = 9;

    /// <inheritdoc/>
    public string Name => "sourcing";

    /// <inheritdoc/>
    public string Arguments => "ARTICLES.jsonl [COUNT [unrelated|related]]";

    /// <inheritdoc/>
    public int Run(string[] arguments)
    {
        var count = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 500;
        var related = arguments.Length > 2 && arguments[2] == "related";
        var read = DocumentReader.Read([arguments[0]], CancellationToken.None).Where(intake => intake.Document is not null).Take(related ? Pool : count)
            .Select((intake, i) => ArticleReader.Read(intake.Document!, new ArticleId(intake.Document!.Id ?? $"a{i}"))).DistinctBy(article => article.Id).ToList();
        var articles = (related ? Recombine(read, count).Select(document => ArticleReader.Read(document, new ArticleId(document.Id!))) : read).Select(Pipeline.Annotate).ToImmutableArray();
        // Once over a few, so that compiling the program is not in the figures.
        Steps(articles[..Math.Min(articles.Length, 20)], (_, _) => { });
        var (dossier, all) = Steps(articles, (step, milliseconds) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {step,-14} {milliseconds / 1000:0.00} s")));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{articles.Length} {(related ? "related" : "unrelated")} articles as one story: {all.Wall:0.00} s, {all.Processor:0.00} s of processors, {dossier.Points.Length} points, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
            DossierJson.Write(writer, [dossier], "0");
        Console.WriteLine($"SHA-256 of the dossier: {Convert.ToHexStringLower(SHA256.HashData(json.ToArray()))}");
        return 0;
    }

    // The steps of DossierMaker, each timed on one thread; then all of it.
    private static (Dossier Dossier, (double Wall, double Processor) Spent) Steps(ImmutableArray<AnnotatedArticle> articles, Action<string, double> tell)
    {
        articles = Timed("names", () => SpeakerNames.Resolve(articles));
        var reuses = Timed("reuse", () => ReuseFinder.Find(articles, CancellationToken.None));
        var text = Timed("words", () => new StoryText(articles, CancellationToken.None));
        var points = Timed("points", () => PointFinder.Find(text, new PointOptions { Threads = 1 }, CancellationToken.None));
        var origins = new OriginFinder(text, reuses);
        var sourced = Timed("origins", () => origins.Find(points, CancellationToken.None));
        var discrepancies = Timed("discrepancies", () => DiscrepancyFinder.Find(text, sourced, PointJudge.Default, CancellationToken.None));
        var history = new GradeHistory(text, origins);
        Timed("history", () => sourced.Select((point, place) => history.Of(points[place], point, discrepancies)).ToList());
        Timed("omissions", () => OmissionFinder.Find(sourced.Select(point => point.Point), articles));
        Timed("sayings", () => SayingFinder.Find(text, CancellationToken.None));
        Timed("timeline", () => TimelineMaker.Make(articles, sourced.Select(point => point.Point)));
        var id = new StoryId("s1");
        var story = new Story(id, id, [.. articles.Select(article => article.Id)]);
        Dossier? dossier = null;
        var all = StoryFigures.Time(() => dossier = DossierMaker.Make(story, articles, new PipelineOptions(), CancellationToken.None));
        return (dossier!, all);

        T Timed<T>(string step, Func<T> work)
        {
            var start = ThreadClock.Milliseconds;
            var result = work();
            tell(step, ThreadClock.Milliseconds - start);
            return result;
        }
    }

    /// <summary>So many articles of sentences of <paramref name="pool"/>, each with words left out: what many tell of one event, in as many wordings.</summary>
    internal static IEnumerable<Document> Recombine(List<Article> pool, int count)
    {
        var random = new Random(17);
        var sentences = pool.SelectMany(article => article.Text.Split('\n').SelectMany(paragraph => paragraph.Split(". ", StringSplitOptions.RemoveEmptyEntries)))
            .Where(sentence => sentence.Length is > 40 and < 400).ToArray();
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (var j = 0; j < SentencesOfArticle; j++)
            {
                var words = sentences[random.Next(sentences.Length)].TrimEnd('.').Split(' ').Where(_ => random.Next(LeftOut) > 0);
                text.AppendJoin(' ', words).Append(j % 3 == 2 ? ".\n" : ". ");
            }

            var source = pool[i % pool.Count];
            yield return new Document
            {
                Source = "recombined", Id = $"r{i}", Form = DocumentForm.CleanText, Content = text.ToString(), Outlet = $"Outlet {i % 40}", Language = source.Language,
                Title = source.Title, Published = source.Published,
            };
        }
    }
}
