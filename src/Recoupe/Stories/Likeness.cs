using Recoupe.Articles;

namespace Recoupe.Stories;

/// <summary>How alike two articles are in what they tell, within and across languages.</summary>
public sealed class Likeness
{
    /// <summary>
    /// From what <see cref="Result.Degree"/> on two articles of one language, met alone, are about the same. Chosen on human grades of English and
    /// French pairs (docs/accuracy/stories.md), of which those up to "somewhat the same" count as same.
    /// </summary>
    public const double SameFrom = 0.46;

    // Two items of a sentence or a paragraph that tell the same tell as much; longer texts may tell more or less of it. Letters, in either language.
    private const int MostOfItem = 1000;
    private const double OfLengths = 0.1;

    private readonly Dictionary<ArticleId, (ArticleSketch Sketch, FocusVector Focus, int Length)> _articles = [];

    /// <summary>What two articles have in common.</summary>
    /// <param name="LogOdds">What the learned decision of grouping says: above <see cref="StoryOptions.JoinFrom"/> it takes two alone for one event.</param>
    /// <param name="Degree">How much they have in common, 0 to 1: orders pairs also where no decision is asked. Of another scale across languages.</param>
    /// <param name="Same">
    /// Whether two articles met alone are about the same: within a language by <see cref="SameFrom"/>, across languages by <see cref="LogOdds"/>.
    /// Wider than grouping's decision, which cuts one event from the next one of its kind in a stream.
    /// </param>
    public readonly record struct Result(double LogOdds, double Degree, bool Same);

    /// <summary>Weighs the terms of <paramref name="articles"/> by their frequencies among them and in the shipped background.</summary>
    public Likeness(IReadOnlyList<AnnotatedArticle> articles)
    {
        var statistics = new TermStatistics(TermBackground.Default);
        var digests = new ArticleDigest[articles.Count];
        for (var i = 0; i < digests.Length; i++)
        {
            digests[i] = ArticleDigest.Of(articles[i]);
            statistics.Count(digests[i]);
        }

        for (var i = 0; i < digests.Length; i++)
        {
            var sketch = ArticleSketch.Of(digests[i], statistics);
            var length = articles[i].Body.Text.Length + (articles[i].Headline?.Text.Length ?? 0);
            _articles[digests[i].Id] = (sketch, FocusVector.Of(digests[i], statistics, sketch.Language), length);
        }
    }

    /// <summary>Compares two of the articles.</summary>
    /// <exception cref="KeyNotFoundException">One was not among them.</exception>
    public Result Compare(AnnotatedArticle a, AnnotatedArticle b)
    {
        var (first, second) = (_articles[a.Id], _articles[b.Id]);
        Span<float> features = stackalloc float[PairFeatures.Count];
        PairFeatures.Compute(first.Sketch, second.Sketch, features);
        var odds = Judge.Default.StoryOdds(features);
        if (PairFeatures.Foreign(first.Sketch, second.Sketch))
            return new Result(odds, DegreeAcross(features, first.Length, second.Length), odds > new StoryOptions().JoinFrom);
        var degree = FocusVector.Compare(first.Focus, second.Focus);
        return new Result(odds, degree, degree >= SameFrom);
    }

    // What has the same form in both languages (names, numbers, days), the concepts, spellings by letter 4-grams, and of short items their lengths.
    private static double DegreeAcross(ReadOnlySpan<float> features, int length, int otherLength)
    {
        var common = (0.4 * features[25]) + (0.3 * features[PairFeatures.Overall]) + (0.2 * features[26]) + (0.1 * features[0]);
        return Math.Max(length, otherLength) > MostOfItem ? common : Math.Max(0, common - (OfLengths * Math.Abs(Math.Log((1.0 + length) / (1.0 + otherLength)))));
    }
}
