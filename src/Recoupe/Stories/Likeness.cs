using Recoupe.Articles;

namespace Recoupe.Stories;

/// <summary>How alike two articles are in what they tell, within and across languages.</summary>
public sealed class Likeness
{
    private readonly Dictionary<ArticleId, ArticleSketch> _sketches = [];

    /// <summary>What two articles have in common.</summary>
    /// <param name="LogOdds">What the learned decision says: above <see cref="StoryOptions.JoinFrom"/> grouping takes two alone for one story.</param>
    /// <param name="Degree">How much they have in common, 0 to 1: orders pairs also where no decision is asked.</param>
    public readonly record struct Result(double LogOdds, double Degree);

    /// <summary>Weighs the terms of <paramref name="articles"/> by their frequencies among them and in the shipped background.</summary>
    public Likeness(IReadOnlyList<AnnotatedArticle> articles)
    {
        var statistics = new TermStatistics(TermBackground.Default);
        foreach (var article in articles)
        {
            var digest = ArticleDigest.Of(article);
            statistics.Count(digest);
            _sketches[article.Id] = ArticleSketch.Of(digest, statistics);
        }

        foreach (var sketch in _sketches.Values)
            sketch.Weigh(statistics);
    }

    /// <summary>Compares two of the articles.</summary>
    /// <exception cref="KeyNotFoundException">One was not among them.</exception>
    public Result Compare(AnnotatedArticle a, AnnotatedArticle b)
    {
        Span<float> features = stackalloc float[PairFeatures.Count];
        PairFeatures.Compute(_sketches[a.Id], _sketches[b.Id], features);
        return new Result(Judge.Default.StoryOdds(features), DegreeOf(features));
    }

    // Within a language the mean of what follows human grades of sameness best: terms and concepts, concepts, leads, and whether the
    // two belong to one affair. Across languages what has the same form in both (names, numbers, days), the concepts, and spellings
    // by letter 4-grams.
    private static double DegreeOf(ReadOnlySpan<float> features) => features[17] == 0
        ? (Math.Sqrt(features[29]) + Math.Sqrt(features[26]) + Math.Sqrt(features[4]) + Probability(Judge.Default.Saga.Score(features) / 2)) / 4
        : (0.4 * features[25]) + (0.3 * features[29]) + (0.2 * features[26]) + (0.1 * features[0]);

    private static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
