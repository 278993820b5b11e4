namespace Recoupe.Stories;

/// <summary>In how many articles of the stream, and of a shipped background, each term stands: what makes a term weigh.</summary>
/// <remarks>Counted by language, since a French article function word is rare in an English stream.</remarks>
internal sealed class TermStatistics(TermBackground background)
{
    // Counts of one article in a window of millions tell nothing: they go when the table is full.
    private const int MostTerms = 4_000_000;

    // The background counts like so many articles of the stream: what is common in the day's news weighs less soon.
    private const float MostOfBackground = 1000;

    // A headline chooses its words otherwise than the texts that the background comes from: for it the stream tells more.
    private const float MostOfBackgroundForHeadlines = 200;

    private readonly TermBackground _background = background;
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
        var scale = new Scale(this, digest.Language, digest.Words == 0);
        var (terms, chosen, next) = (digest.Terms, digest.Chosen, 0);
        for (var i = 0; i < terms.Length; i++)
        {
            var holders = counts.Add(terms[i]);
            if (next < chosen.Length && chosen[next] == i)
                rarities[next++] = scale.Rarity(terms[i], holders);
        }

        Counted(digest, counts.Count - before);
    }

    /// <summary>
    /// Fills <paramref name="rarities"/> with the rarity of each of <paramref name="terms"/>, in steps of <see cref="ArticleSketch.Step"/>:
    /// ln((articles + 1) / (articles with the term + 0.5)) in the language, over its greatest value, times 10; not below 0.
    /// </summary>
    /// <remarks>Scaled so that a rare word weighs the same in a language of which few articles are known as in one of many.</remarks>
    /// <param name="terms">The terms.</param>
    /// <param name="language">The language that they are counted under.</param>
    /// <param name="headline">Whether they are the terms of a headline alone.</param>
    /// <param name="rarities">Filled with the rarity of each.</param>
    public void Weigh(ReadOnlySpan<uint> terms, uint language, bool headline, Span<byte> rarities)
    {
        var counts = _counts.GetValueOrDefault(language);
        var scale = new Scale(this, language, headline);
        for (var i = 0; i < terms.Length; i++)
            rarities[i] = scale.Rarity(terms[i], counts?[terms[i]] ?? 0);
    }

    /// <summary>Writes all counts.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Articles);
        writer.Write(_articles.Count);
        foreach (var (language, articles) in _articles.OrderBy(pair => pair.Key))
        {
            writer.Write(language);
            writer.Write(articles);
        }

        writer.Write(_counts.Count);
        foreach (var (language, counts) in _counts.OrderBy(pair => pair.Key))
        {
            writer.Write(language);
            counts.Write(writer);
        }
    }

    /// <summary>Takes in what <see cref="Write"/> wrote, instead of what is counted here.</summary>
    public void Read(BinaryReader reader)
    {
        Articles = reader.ReadInt32();
        _articles.Clear();
        for (var left = reader.ReadInt32(); left > 0; left--)
            _articles[reader.ReadUInt32()] = reader.ReadInt32();
        _counts.Clear();
        for (var left = reader.ReadInt32(); left > 0; left--)
            _counts[reader.ReadUInt32()] = TermCounts.Read(reader);
        _terms = 0;
    }

    // The counts hold the background as so many articles; for a headline some of these are taken off.
    private readonly struct Scale
    {
        private readonly TermBackground? _surplus;
        private readonly uint _language;
        private readonly float _share;
        private readonly RarityScale _scale;

        public Scale(TermStatistics statistics, uint language, bool headline)
        {
            var known = statistics._background.Articles(language);
            var counted = MathF.Min(known, MostOfBackground);
            var kept = headline ? MathF.Min(counted, MostOfBackgroundForHeadlines) : counted;
            if (kept < counted)
                (_surplus, _language, _share) = (statistics._background, language, (counted - kept) / known);
            _scale = new RarityScale(statistics._articles.GetValueOrDefault(language) + kept + 1);
        }

        public byte Rarity(uint term, float holders) =>
            _scale.Rarity(_surplus is null ? holders : MathF.Max(0, holders - (_share * _surplus.Count(term, _language))));
    }

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
