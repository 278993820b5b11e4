using System.Runtime.InteropServices;

namespace Recoupe.Stories;

/// <summary>In how many articles of the stream, and of a shipped background, each term stands: what makes a term weigh.</summary>
/// <remarks>Counted by language, since a French article function word is rare in an English stream.</remarks>
internal sealed class TermStatistics(TermBackground background)
{
    // Counts of one article in a window of millions tell nothing: they go when the table is full.
    private const int MostTerms = 4_000_000;

    private const float Scale = 10;

    private readonly Dictionary<ulong, int> _counts = [];
    private readonly Dictionary<uint, int> _articles = [];

    /// <summary>Articles counted so far.</summary>
    public int Articles { get; private set; }

    /// <summary>Counts the distinct terms of one article.</summary>
    public void Count(IReadOnlyCollection<uint> terms, uint language)
    {
        Articles++;
        CollectionsMarshal.GetValueRefOrAddDefault(_articles, language, out _)++;
        foreach (var term in terms)
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, Key(term, language), out _)++;
        if (_counts.Count > MostTerms)
            DropRare();
    }

    /// <summary>ln((articles + 1) / (articles with the term + 0.5)) in the article's language, over its greatest value, times 10; not below 0.</summary>
    /// <remarks>Scaled so that a rare word weighs the same in a language of which few articles are known as in one of many.</remarks>
    public float Rarity(uint term, uint language)
    {
        var articles = _articles.GetValueOrDefault(language) + background.Articles(language);
        var holders = _counts.GetValueOrDefault(Key(term, language)) + background.Count(term, language);
        var rarest = MathF.Log((articles + 1) / 0.5f);
        return rarest <= 0 ? 0 : MathF.Max(0, Scale * MathF.Log((articles + 1) / (holders + 0.5f)) / rarest);
    }

    /// <summary>The language of the background in whose articles <paramref name="terms"/> are commonest; 0 if none knows them.</summary>
    public uint LikeliestLanguage(IReadOnlyCollection<uint> terms)
    {
        var (best, most) = (0u, 0.0);
        foreach (var language in background.Languages)
        {
            var known = 0.0;
            foreach (var term in terms)
                known += background.Count(term, language);
            known /= background.Articles(language);
            if (known > most)
                (best, most) = (language, known);
        }

        return best;
    }

    private static ulong Key(uint term, uint language) => ((ulong)language << 32) | term;

    private void DropRare()
    {
        foreach (var (key, count) in _counts)
        {
            if (count == 1)
                _counts.Remove(key);
        }
    }
}
