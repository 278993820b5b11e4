namespace Recoupe.Stories;

/// <summary>In how many articles of the stream, and of a shipped background, each term stands: what makes a term weigh.</summary>
/// <remarks>Counted by language, since a French article function word is rare in an English stream.</remarks>
internal sealed class TermStatistics(TermBackground background)
{
    // Counts of one article in a window of millions tell nothing: they go when the table is full.
    private const int MostTerms = 4_000_000;

    // The background counts like so many articles of the stream: what is common in the day's news weighs less soon.
    private const float MostOfBackground = 1000;

    private readonly Dictionary<uint, TermCounts> _counts = background.Counts(MostOfBackground);
    private readonly Dictionary<uint, int> _articles = [];
    private long _terms;

    /// <summary>Articles counted so far.</summary>
    public int Articles { get; private set; }

    /// <summary>Counts one article.</summary>
    public void Count(ArticleDigest digest)
    {
        var counts = CountsOf(digest.Language);
        var before = counts.Count;
        foreach (var term in digest.Terms)
            counts.Add(term);
        Counted(digest, counts.Count - before);
    }

    /// <summary>As <see cref="Weigh"/> for the <see cref="ArticleDigest.Chosen"/> terms, and then <see cref="Count"/>, in one.</summary>
    public void WeighAndCount(ArticleDigest digest, Span<byte> rarities)
    {
        var counts = CountsOf(digest.Language);
        var before = counts.Count;
        var scale = ScaleOf(digest.Language);
        var (terms, chosen, next) = (digest.Terms, digest.Chosen, 0);
        for (var i = 0; i < terms.Length; i++)
        {
            var holders = counts.Add(terms[i]);
            if (next < chosen.Length && chosen[next] == i)
                rarities[next++] = scale.Rarity(holders);
        }

        Counted(digest, counts.Count - before);
    }

    /// <summary>
    /// Fills <paramref name="rarities"/> with the rarity of each of <paramref name="terms"/>, in steps of <see cref="ArticleSketch.Step"/>:
    /// ln((articles + 1) / (articles with the term + 0.5)) in the language, over its greatest value, times 10; not below 0.
    /// </summary>
    /// <remarks>Scaled so that a rare word weighs the same in a language of which few articles are known as in one of many.</remarks>
    public void Weigh(ReadOnlySpan<uint> terms, uint language, Span<byte> rarities)
    {
        var counts = _counts.GetValueOrDefault(language);
        var scale = ScaleOf(language);
        for (var i = 0; i < terms.Length; i++)
            rarities[i] = scale.Rarity(counts?[terms[i]] ?? 0);
    }

    private RarityScale ScaleOf(uint language) =>
        new(_articles.GetValueOrDefault(language) + MathF.Min(background.Articles(language), MostOfBackground) + 1);

    private TermCounts CountsOf(uint language)
    {
        if (!_counts.TryGetValue(language, out var counts))
            _counts[language] = counts = new TermCounts();
        return counts;
    }

    private void Counted(ArticleDigest digest, int newTerms)
    {
        Articles++;
        _articles[digest.Language] = _articles.GetValueOrDefault(digest.Language) + 1;
        if (_terms == 0)
            _terms = _counts.Values.Sum(counts => (long)counts.Count);
        else
            _terms += newTerms;
        if (_terms > MostTerms)
            DropSingle();
    }

    private void DropSingle()
    {
        foreach (var (language, counts) in _counts)
        {
            counts.DropSingle();
            if (counts.Count == 0)
                _counts.Remove(language);
        }

        _terms = _counts.Values.Sum(counts => (long)counts.Count);
    }
}
