using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Embeddings;
using Recoupe.Stories;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Evaluation;

/// <summary>
/// What do vectors do to grouping? BCubed and pairwise F1 of each stream without vectors ("none") and with those of made-up models: there is no
/// model here, so that this measures what the engine makes of one and not how good any is.
/// "good" and "fair" know the story. A vector is the sum of the story's own direction, that of its saga, that of one of twelve topics, that of the language, one that all
/// share, and noise; how much of it is the story's differs from article to article. Once what the language shares is taken off, two articles of one story lie at a
/// cosine of about 0.70 (0.50), give or take 0.15, those of one saga at 0.3, and those of one topic at 0.15.
/// "noise" knows nothing of any text; "misled" knows the samples that cosines are read by, and nothing of the articles: the worst that a model can do.
/// </summary>
public sealed class EmbeddingEvaluation : IEvaluation
{
    private const int Dimensions = 384;
    private const float Shared = 1.5f;
    private const float OfLanguage = 1f;
    private const float OfTopic = 0.15f;
    private const float OfSaga = 0.15f;
    private const float Varies = 0.25f;
    private const int Topics = 12;

    public string Step => "embeddings";

    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        foreach (var gold in Sets.In(data, "stories", "*.jsonl"))
        {
            var set = Path.GetFileNameWithoutExtension(gold);
            var truth = new Dictionary<ArticleId, (string Story, string Saga)>();
            foreach (var line in File.ReadLines(gold))
            {
                using var json = JsonDocument.Parse(line);
                string? Field(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
                var (story, phase) = (Field("story")!, Field("substory"));
                truth[new ArticleId(Field("id")!)] = (phase ?? story, phase is null ? Field("saga") ?? story : story);
            }

            var articles = Scorer.Articles(gold).AsParallel().AsOrdered().Select(Pipeline.Annotate).ToList();
            foreach (var (model, share, knowsSamples) in new[] { ("none", -1f, false), ("good", 0.70f, true), ("fair", 0.50f, true), ("noise", 0f, false), ("misled", 0f, true) })
            {
                var space = share < 0 ? null : Space(model, knowsSamples ? Math.Max(share, 0.50f) : 0);
                if (space is not null)
                    log.WriteLine($"    {set} {model}: within {space.Within}, across {space.Across}");
                var (bcubed, pairwise) = Group(articles, truth, article => space?.Place(
                    Vector(share, truth[article.Id].Story, truth[article.Id].Saga, article.Article.Language, $"{model} {article.Id}"), article.Article.Language));
                yield return new Figure(Step, set, $"{model} BCubed F1", bcubed);
                yield return new Figure(Step, set, $"{model} pairwise F1", pairwise);
            }
        }
    }

    private static EmbeddingSpace Space(string model, float share)
    {
        var samples = EmbeddingSample.All;
        return EmbeddingSpace.Calibrate(
            model, samples, [.. samples.Select(sample => (ReadOnlyMemory<float>)Vector(share, sample.Event, sample.Kind, sample.Language, $"{model} {sample.Text}"))]);
    }

    // The parts' squares add up to one, less what is shared by all and what is the language's.
    private static float[] Vector(float share, string story, string saga, string? language, string article)
    {
        var vector = new float[Dimensions];
        Add(vector, "all", Shared);
        Add(vector, $"language {language}", OfLanguage);
        if (share > 0)
        {
            share += Varies * (((TextHash.Of($"share {article}") >> 11) / (float)(1UL << 52)) - 1);
            Add(vector, $"topic {TextHash.Of(saga) % Topics}", MathF.Sqrt(OfTopic));
            Add(vector, $"saga {saga}", MathF.Sqrt(OfSaga));
            Add(vector, $"story {story}", MathF.Sqrt(MathF.Max(0, share - OfSaga - OfTopic)));
        }

        Add(vector, $"article {article}", MathF.Sqrt(1 - share));
        return vector;
    }

    // A direction that only the name tells: each number is the sum of twelve even draws, about normal.
    private static void Add(float[] vector, string name, float length)
    {
        var seed = TextHash.Of(name);
        for (var i = 0; i < vector.Length; i++)
        {
            var sum = -6.0;
            for (var draw = 0; draw < 12; draw++)
                sum += (TextHash.Combine(seed, ((ulong)i * 16) + (ulong)draw) >> 11) / (double)(1UL << 53);
            vector[i] += (float)(sum * length / Math.Sqrt(Dimensions));
        }
    }

    private static (double BCubed, double Pairwise) Group(
        IReadOnlyList<AnnotatedArticle> articles, Dictionary<ArticleId, (string Story, string Saga)> truth, Func<AnnotatedArticle, ArticleVector?> vectorOf)
    {
        var desk = new StoryDesk();
        foreach (var article in articles)
        {
            var digest = ArticleDigest.Of(article);
            digest.Vector = vectorOf(article);
            desk.Place(digest);
        }

        desk.Settle();
        var stories = desk.Stories.SelectMany(story => story.Articles.Select(id => (id, story.Id.Value))).ToDictionary(pair => pair.id, pair => pair.Value);
        string[] wanted = [.. articles.Select(article => truth[article.Id].Story)], found = [.. articles.Select(article => stories[article.Id])];
        return (GroupingScore.BCubed(wanted, found), GroupingScore.Pairwise(wanted, found));
    }
}
