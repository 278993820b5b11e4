using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Stories;
using Recoupe.Training;

namespace Recoupe.Evaluation;

/// <summary>
/// Does the order of arrival matter? Each stream is shuffled within windows of 24 hours of publication (undated articles keep
/// to their neighbours; a stream without dates is shuffled within fifty lines), five times with fixed seeds. "change by order" is the
/// greatest difference of BCubed F1 from that of the given order (lower is better); "as placed" is BCubed F1 of the stories as
/// they stand before the final settling, for the given order.
/// </summary>
public sealed class StoryOrderEvaluation : IEvaluation
{
    private const int Shuffles = 5;
    private const int Undated = 50;

    public string Step => "story-order";

    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        foreach (var gold in Sets.In(data, "stories", "*.jsonl"))
        {
            var field = Path.GetFileNameWithoutExtension(gold) == "rpm2_fr" ? "substory" : "story";
            var truth = new Dictionary<ArticleId, string>();
            foreach (var line in File.ReadLines(gold))
            {
                using var json = JsonDocument.Parse(line);
                truth[new ArticleId(json.RootElement.GetProperty("id").GetString()!)] = json.RootElement.GetProperty(field).GetString()!;
            }

            var articles = Scorer.Articles(gold).AsParallel().AsOrdered().Select(Pipeline.Annotate).ToList();
            var (given, placed) = Group(articles, truth);
            var changes = new List<double>();
            for (var seed = 1; seed <= Shuffles; seed++)
            {
                var (shuffled, _) = Group(Shuffle(articles, new Random(seed)), truth);
                changes.Add(Math.Abs(shuffled - given));
                log.WriteLine($"    {Path.GetFileNameWithoutExtension(gold)} seed {seed}: {given:0.0000} {shuffled:0.0000}");
            }

            var set = Path.GetFileNameWithoutExtension(gold);
            yield return new Figure(Step, set, "change by order", changes.Max());
            yield return new Figure(Step, set, "as placed", placed);
        }
    }

    private static (double Settled, double Placed) Group(IReadOnlyList<AnnotatedArticle> articles, Dictionary<ArticleId, string> truth)
    {
        var desk = new StoryDesk();
        foreach (var article in articles)
            desk.Place(article);
        var placed = Score(desk, articles, truth);
        desk.Settle();
        return (Score(desk, articles, truth), placed);
    }

    private static double Score(StoryDesk desk, IReadOnlyList<AnnotatedArticle> articles, Dictionary<ArticleId, string> truth)
    {
        var stories = desk.Stories.SelectMany(story => story.Articles.Select(id => (id, story.Id.Value))).ToDictionary(pair => pair.id, pair => pair.Value);
        return GroupingScore.BCubed([.. articles.Select(article => truth[article.Id])], [.. articles.Select(article => stories[article.Id])]);
    }

    private static List<AnnotatedArticle> Shuffle(List<AnnotatedArticle> articles, Random random)
    {
        var shuffled = new List<AnnotatedArticle>(articles.Count);
        for (var from = 0; from < articles.Count;)
        {
            var to = from + 1;
            var first = articles[from].Article.Published?.Utc;
            while (to < articles.Count && (first is { } start
                ? articles[to].Article.Published is not { } published || Math.Abs((published.Utc - start).TotalHours) < 24
                : to - from < Undated && articles[to].Article.Published is null))
            {
                to++;
            }

            shuffled.AddRange(articles[from..to].OrderBy(_ => random.Next()));
            from = to;
        }

        return shuffled;
    }
}
