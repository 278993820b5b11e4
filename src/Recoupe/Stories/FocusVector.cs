using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>What an article is about: its terms and concepts, weighed so that what it comes back to counts most.</summary>
/// <remarks>
/// A term weighs (1 + ln occurrences)² times its rarity: the square sets what an article dwells on before what it brushes, which is how
/// readers judge whether two articles are about the same thing. A concept counts double beside the word that stands for it: other words
/// for one thing. Exponents of 2 to 3 and factors of 1.4 to 2 do equally well on halves of the labelled pairs (docs/accuracy/stories.md).
/// </remarks>
internal sealed class FocusVector
{
    private const float OfConcepts = 2;

    private readonly uint[] _terms;
    private readonly float[] _weights;
    private readonly float _length;

    private FocusVector(uint[] terms, float[] weights)
    {
        _terms = terms;
        _weights = weights;
        var squares = 0f;
        foreach (var weight in weights)
            squares += weight * weight;
        _length = MathF.Sqrt(squares);
    }

    /// <summary>The vector of <paramref name="digest"/>, weighed by <paramref name="statistics"/> in <paramref name="language"/>.</summary>
    public static FocusVector Of(ArticleDigest digest, TermStatistics statistics, uint language)
    {
        var rarities = new byte[digest.Terms.Length];
        statistics.Weigh(digest.Terms, language, headline: false, rarities);
        var weights = new float[digest.Terms.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var frequency = digest.Frequencies[i] * ArticleSketch.Step;
            var kind = (digest.Traits[i] & TermTraits.Shared) != TermTraits.None ? OfConcepts : 1;
            weights[i] = frequency * frequency * rarities[i] * ArticleSketch.Step * kind;
        }

        return new FocusVector(digest.Terms, weights);
    }

    /// <summary>The square root of the cosine of two vectors, 0 to 1: spreads the low values, where most pairs lie.</summary>
    public static double Compare(FocusVector a, FocusVector b)
    {
        var product = 0f;
        for (var common = new CommonTerms(a._terms, b._terms); common.Next();)
            product += a._weights[common.A] * b._weights[common.B];
        var lengths = a._length * b._length;
        return lengths > 0 ? Math.Sqrt(Math.Min(1, product / lengths)) : 0;
    }
}
