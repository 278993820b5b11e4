using System.Runtime.InteropServices;

namespace Recoupe.Stories;

/// <summary>In how many articles of the stream, and of a shipped background, each term stands: what makes a term weigh.</summary>
/// <remarks>Counted by language, since a French article function word is rare in an English stream.</remarks>
internal sealed class TermStatistics(TermBackground background)
{
    // Counts of one article in a window of millions tell nothing: they go when the table is full.
    private const int MostTerms = 4_000_000;

    private const float Scale = 10;

    // The background counts like so many articles of the stream: what is common in the day's news weighs less soon.
    private const float MostOfBackground = 1000;

    private readonly Dictionary<ulong, float> _counts = background.Counts(MostOfBackground);
    private readonly Dictionary<uint, int> _articles = [];

    /// <summary>Articles counted so far.</summary>
    public int Articles { get; private set; }

    /// <summary>Counts one article.</summary>
    public void Count(ArticleDigest digest)
    {
        var language = LanguageOf(digest);
        Articles++;
        CollectionsMarshal.GetValueRefOrAddDefault(_articles, language, out _)++;
        foreach (var term in digest.Terms)
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, TermBackground.Key(term, language), out _)++;
        if (_counts.Count > MostTerms)
            DropRare();
    }

    /// <summary>
    /// Fills <paramref name="rarities"/> with the rarity of each of <paramref name="terms"/>, in steps of <see cref="ArticleSketch.Step"/>:
    /// ln((articles + 1) / (articles with the term + 0.5)) in the language, over its greatest value, times 10; not below 0.
    /// </summary>
    /// <remarks>Scaled so that a rare word weighs the same in a language of which few articles are known as in one of many.</remarks>
    public void Weigh(ReadOnlySpan<uint> terms, uint language, Span<byte> rarities)
    {
        var articles = _articles.GetValueOrDefault(language) + MathF.Min(background.Articles(language), MostOfBackground) + 1;
        var rarest = MathF.Log(articles / 0.5f);
        for (var i = 0; i < terms.Length; i++)
        {
            var holders = _counts.GetValueOrDefault(TermBackground.Key(terms[i], language));
            var rarity = rarest <= 0 ? 0 : Scale * MathF.Log(articles / (holders + 0.5f)) / rarest;
            rarities[i] = (byte)Math.Clamp(MathF.Round(rarity / ArticleSketch.Step), 0, 255);
        }
    }

    /// <summary>As <see cref="Weigh"/>, by the background alone: the same wherever the article stands in the stream.</summary>
    public void WeighByBackground(ReadOnlySpan<uint> terms, uint language, Span<byte> rarities)
    {
        var articles = background.Articles(language) + 1f;
        var rarest = MathF.Log(articles / 0.5f);
        for (var i = 0; i < terms.Length; i++)
        {
            var rarity = rarest <= 0 ? 0 : Scale * MathF.Log(articles / (background.Count(terms[i], language) + 0.5f)) / rarest;
            rarities[i] = (byte)Math.Clamp(MathF.Round(rarity / ArticleSketch.Step), 0, 255);
        }
    }

    /// <summary>The language that an article's terms are counted under: the stated one, else that of the background in whose articles they are commonest; 0 if none knows them.</summary>
    public uint LanguageOf(ArticleDigest digest)
    {
        if (digest.Language != 0)
            return digest.Language;
        var (best, most) = (0u, 0.0);
        foreach (var language in background.Languages)
        {
            var known = 0.0;
            foreach (var term in digest.Terms)
                known += background.Count(term, language);
            known /= background.Articles(language);
            if (known > most)
                (best, most) = (language, known);
        }

        return best;
    }

    private void DropRare()
    {
        foreach (var (key, count) in _counts)
        {
            if (count == 1)
                _counts.Remove(key);
        }
    }
}
