using System.Runtime.InteropServices;

namespace Recoupe.Stories;

/// <summary>In how many articles of the stream, and of a shipped background, each term stands: what makes a term weigh.</summary>
/// <remarks>Counted by language, since a French article function word is rare in an English stream.</remarks>
internal sealed class TermStatistics(TermBackground background)
{
    // Counts of one article in a window of millions tell nothing: they go when the table is full.
    private const int MostTerms = 4_000_000;

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

    /// <summary>ln((articles + 1) / (articles with the term + 0.5)) in the article's language, not below 0.</summary>
    public float Rarity(uint term, uint language)
    {
        var articles = _articles.GetValueOrDefault(language) + background.Articles(language);
        var holders = _counts.GetValueOrDefault(Key(term, language)) + background.Count(term, language);
        return MathF.Max(0, MathF.Log((articles + 1) / (holders + 0.5f)));
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
