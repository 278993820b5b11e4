using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Reuses;
using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>Why an article is in its story: what it has in common with the story's article nearest to it.</summary>
/// <param name="Nearest">The article of the story that it is likest to.</param>
/// <param name="Likeness">Cosine of the weighted terms, 0 to 1.</param>
/// <param name="LogOdds">What the learned decision says of the two: above 0 one event is likelier.</param>
/// <param name="Names">Shared names, the rarest first, as the article writes them.</param>
/// <param name="Numbers">Shared numbers.</param>
/// <param name="Dates">Shared days.</param>
/// <param name="Terms">Other shared terms, the weightiest first.</param>
/// <param name="SharedText">The share of the shorter one's words that both have word for word outside quotations.</param>
/// <param name="HoursApart">Hours between the publications; null where one is unknown.</param>
/// <param name="Cosine">The cosine of the vectors that a model outside the engine gave, less what their languages share; null where one has none.</param>
/// <param name="VectorOdds">How much of <paramref name="LogOdds"/> is due to that cosine; null where there is none.</param>
public sealed record StoryExplanation(
    ArticleId Nearest, double Likeness, double LogOdds, ImmutableArray<string> Names, ImmutableArray<string> Numbers,
    ImmutableArray<string> Dates, ImmutableArray<string> Terms, double SharedText, double? HoursApart, double? Cosine, double? VectorOdds);

/// <summary>Says why an article is in its story.</summary>
public static class StoryExplainer
{
    private const int MostWords = 8;

    /// <summary>What <paramref name="article"/> shares with its nearest among <paramref name="others"/>; null where it is alone.</summary>
    /// <param name="article">The article.</param>
    /// <param name="others">The other articles of its story.</param>
    /// <param name="desk">The desk that placed them, which holds their vectors; null where there are none.</param>
    public static StoryExplanation? Explain(AnnotatedArticle article, IReadOnlyList<AnnotatedArticle> others, StoryDesk? desk = null)
    {
        var vectors = desk?.Vectors ?? new VectorEvidence(Judge.Default);
        var statistics = new TermStatistics(TermBackground.Default);
        var sketch = ArticleSketch.Of(DigestOf(article, desk), statistics);
        AnnotatedArticle? nearest = null;
        ArticleSketch? nearestSketch = null;
        var (most, odds, ofVectors) = (-1f, float.NegativeInfinity, 0f);
        Span<float> features = stackalloc float[PairFeatures.Count];
        foreach (var other in others)
        {
            var met = ArticleSketch.Of(DigestOf(other, desk), statistics);
            PairFeatures.Compute(sketch, met, features);
            var score = vectors.StoryOdds(features, sketch, met);
            if (score <= odds && nearest is not null)
                continue;
            (odds, most, ofVectors, nearest, nearestSketch) = (score, features[0], score - Judge.Default.StoryOdds(features), other, met);
        }

        if (nearest is null)
            return null;
        var words = SharedWords(article, sketch, nearestSketch!);
        return new StoryExplanation(
            nearest.Id, most, odds,
            Pick(words, traits => (traits & TermTraits.Name) != TermTraits.None),
            Pick(words, traits => (traits & TermTraits.Number) != TermTraits.None),
            Pick(words, traits => (traits & TermTraits.Date) != TermTraits.None),
            Pick(words, traits => (traits & (TermTraits.Name | TermTraits.Number | TermTraits.Date | Concepts(article, nearest))) == TermTraits.None),
            ReuseFinder.Compare(article, nearest)?.Share ?? 0,
            sketch.Hours is { } a && nearestSketch!.Hours is { } b ? Math.Abs(a - b) : null,
            sketch.Vector is { } vector && nearestSketch!.Vector is { } nearestVector ? vector.Cosine(nearestVector) : null,
            sketch.Vector is not null && nearestSketch!.Vector is not null ? ofVectors : null);
    }

    private static ArticleDigest DigestOf(AnnotatedArticle article, StoryDesk? desk)
    {
        var digest = ArticleDigest.Of(article);
        digest.Vector = desk?.VectorOf(article.Id);
        return digest;
    }

    // Concepts say in other words what the terms say already; across languages they are what the articles share.
    private static TermTraits Concepts(AnnotatedArticle a, AnnotatedArticle b) =>
        a.Article.Language == b.Article.Language ? TermTraits.Shared : TermTraits.None;

    private static ImmutableArray<string> Pick(List<(float Weight, TermTraits Traits, string Word)> words, Func<TermTraits, bool> which) =>
        [.. words.Where(word => which(word.Traits)).Select(word => word.Word).Distinct().Take(MostWords)];

    // Shared terms with a word of the article that stands for each, the weightiest first.
    private static List<(float Weight, TermTraits Traits, string Word)> SharedWords(AnnotatedArticle article, ArticleSketch a, ArticleSketch b)
    {
        var surface = DigestMaker.SurfaceOf(article);
        var words = new List<(float Weight, TermTraits Traits, string Word)>();
        for (var common = new CommonTerms(a.Terms, b.Terms); common.Next();)
        {
            if (surface.TryGetValue(a.Terms[common.A], out var word))
                words.Add((-a.Weight(common.A) * b.Weight(common.B), a.Traits[common.A], word));
        }

        words.Sort((x, y) => x.Weight != y.Weight ? x.Weight.CompareTo(y.Weight) : string.CompareOrdinal(x.Word, y.Word));
        return words;
    }
}
