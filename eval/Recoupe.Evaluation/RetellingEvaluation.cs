using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Evaluation;

/// <summary>Whether stories get the same verdicts when they are told again with other names, places, numbers, words or in another order.</summary>
/// <remarks>
/// A point is found again where one of the new dossier tells it in more than half of its articles; then its grade, its range and its sources' number are compared. Points that only
/// background tells are left out on both sides. No truth is needed: what is measured is whether the engine holds, not whether it is right.
/// </remarks>
public sealed class RetellingEvaluation : IEvaluation
{
    private const ulong Seed = 1;

    /// <inheritdoc/>
    public string Step => "retold";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var folder = Path.Combine(data, "sourcing");
        if (!Directory.Exists(folder))
            yield break;
        var stories = LabelledStory.ReadAll([folder]);
        var vocabulary = stories.SelectMany(story => story.Articles).ToList();
        var before = stories.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(story => LabelledStory.DossierOf(story.Articles, new PipelineOptions())).ToList();
        foreach (var way in Enum.GetValues<RetellingWay>())
        {
            var sum = stories.Zip(before).AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(pair => Compare(way, pair.First, pair.Second, vocabulary)).ToList();
            foreach (var (story, kept) in stories.Zip(sum))
                log.WriteLine($"    {way} {story.Name}: {kept.Changes} changes, of {kept.Points} points {kept.Found} found again, {kept.Grades} with the grade, {kept.Ranges} with the range");
            int points = sum.Sum(kept => kept.Points), found = sum.Sum(kept => kept.Found);
            yield return new Figure(Step, "sourcing", $"{way}: points found again", (double)found / points);
            yield return new Figure(Step, "sourcing", $"{way}: grade kept, of those", (double)sum.Sum(kept => kept.Grades) / found);
            yield return new Figure(Step, "sourcing", $"{way}: range kept, of those", (double)sum.Sum(kept => kept.Ranges) / found);
            yield return new Figure(Step, "sourcing", $"{way}: told again for each", (double)sum.Sum(kept => kept.Told) / points);
        }
    }

    /// <summary>What of a story's verdicts holds when it is told again.</summary>
    internal static (int Changes, int Points, int Told, int Found, int Grades, int Ranges) Compare(
        RetellingWay way, LabelledStory story, Dossier before, IReadOnlyList<AnnotatedArticle> vocabulary)
    {
        var retelling = new Retelling(way, story.Articles, vocabulary, Seed);
        var told = story.Articles.Select(retelling.Tell).ToList();
        var texts = told.ToDictionary(pair => pair.Article.Id, pair => pair.Text);
        var after = LabelledStory.DossierOf([.. told.Select(pair => Pipeline.Annotate(pair.Article))], new PipelineOptions());
        var others = after.Points.Where(point => !point.Point.Background).ToList();
        int points = 0, found = 0, grades = 0, ranges = 0;
        foreach (var point in before.Points.Where(point => !point.Point.Background))
        {
            points++;
            var passages = point.Point.Passages.Where(passage => !passage.Evidence.InTitle)
                .Select(passage => (passage.Evidence.Article, Span: texts[passage.Evidence.Article].SpanOf(passage.Evidence.Span))).Where(passage => passage.Span is not null).ToList();
            var articles = passages.Select(passage => passage.Article).Distinct().Count();
            // Of points that share passages, the one that tells the same ones, in its place.
            var best = others.Select((other, place) => (other, place, Shared: passages.Where(passage => Tells(other, passage.Article, passage.Span!.Value)).Select(passage => passage.Article).Distinct().Count()))
                .OrderByDescending(pair => pair.Shared).ThenByDescending(pair => Overlap(pair.other, passages)).ThenBy(pair => Math.Abs(pair.place + 1 - points)).FirstOrDefault();
            if (best.other is null || best.Shared * 2 <= articles)
                continue;
            found++;
            grades += best.other.Grade == point.Grade ? 1 : 0;
            ranges += best.other.Origins.Fewest == point.Origins.Fewest && best.other.Origins.Most == point.Origins.Most ? 1 : 0;
        }

        return (retelling.Changes, points, others.Count, found, grades, ranges);
    }

    private static bool Tells(SourcedPoint point, ArticleId article, TextSpan span) =>
        point.Point.Passages.Any(again => !again.Evidence.InTitle && again.Evidence.Article == article && again.Evidence.Span.Overlaps(span));

    // The letters that both tell, by those that either tells.
    private static double Overlap(SourcedPoint point, List<(ArticleId Article, TextSpan? Span)> passages)
    {
        var own = point.Point.Passages.Where(passage => !passage.Evidence.InTitle).Select(passage => (passage.Evidence.Article, passage.Evidence.Span)).ToList();
        var shared = own.Sum(a => passages.Where(b => b.Article == a.Article).Sum(b => Math.Max(0, Math.Min(a.Span.End, b.Span!.Value.End) - Math.Max(a.Span.Start, b.Span.Value.Start))));
        return (double)shared / Math.Max(1, own.Sum(a => a.Span.Length) + passages.Sum(b => b.Span!.Value.Length) - shared);
    }
}
