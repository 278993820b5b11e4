using System.Reflection;

namespace Recoupe.Stories;

/// <summary>Document frequencies of hashed terms, made beforehand: what is common in news before the stream has told.</summary>
internal sealed class TermBackground
{
    private const uint Magic = 0x31474252; // "RBG1"

    private readonly Dictionary<uint, TermCounts> _counts;
    private readonly Dictionary<uint, int> _articles;

    private TermBackground(Dictionary<uint, int> articles, Dictionary<uint, TermCounts> counts)
    {
        _articles = articles;
        _counts = counts;
    }

    /// <summary>Knows nothing: every term weighs by the stream alone.</summary>
    public static TermBackground Empty { get; } = new([], []);

    /// <summary>The one that is built in; empty if there is none.</summary>
    public static TermBackground Default { get; } = LoadDefault();

    /// <summary>Articles that the counts of a language come from.</summary>
    public int Articles(uint language) => _articles.GetValueOrDefault(language);

    /// <summary>In how many of them <paramref name="term"/> stands.</summary>
    public float Count(uint term, uint language) => _counts.GetValueOrDefault(language)?[term] ?? 0;

    /// <summary>For each language the share of articles that hold each term, times <paramref name="articles"/> or the number of articles known, if less: to count on.</summary>
    public Dictionary<uint, TermCounts> Counts(float articles) => _counts.ToDictionary(
        pair => pair.Key, pair => pair.Value.Times(_articles[pair.Key] <= articles ? 1 : articles / _articles[pair.Key]));

    /// <summary>Fills <paramref name="rarities"/> with the rarity of each of <paramref name="terms"/> by the background alone: the same wherever the article stands in the stream.</summary>
    public void Weigh(ReadOnlySpan<uint> terms, uint language, Span<byte> rarities)
    {
        var counts = _counts.GetValueOrDefault(language);
        var scale = new RarityScale(Articles(language) + 1f);
        for (var i = 0; i < terms.Length; i++)
            rarities[i] = scale.Rarity(counts?[terms[i]] ?? 0);
    }

    /// <summary>The language in whose articles <paramref name="terms"/> are commonest; 0 if none knows them.</summary>
    public uint LanguageOf(ReadOnlySpan<uint> terms)
    {
        var (best, most) = (0u, 0.0);
        foreach (var language in _articles.Keys.Order())
        {
            var known = 0.0;
            foreach (var term in terms)
                known += _counts[language][term];
            known /= Articles(language);
            if (known > most)
                (best, most) = (language, known);
        }

        return best;
    }

    /// <summary>Writes counts in the form that <see cref="Read"/> reads: terms in rising order.</summary>
    public static void Write(Stream output, IReadOnlyDictionary<uint, (int Articles, IReadOnlyDictionary<uint, int> Counts)> languages)
    {
        using var writer = new BinaryWriter(output, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(languages.Count);
        foreach (var (language, (articles, counts)) in languages.OrderBy(pair => pair.Key))
        {
            writer.Write(language);
            writer.Write(articles);
            writer.Write(counts.Count);
            uint before = 0;
            foreach (var (term, count) in counts.OrderBy(pair => pair.Key))
            {
                writer.Write7BitEncodedInt64(term - before);
                writer.Write7BitEncodedInt(count);
                before = term;
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static TermBackground Read(Stream input)
    {
        using var reader = new BinaryReader(input);
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("not a background of term counts");
        Dictionary<uint, int> articles = [];
        Dictionary<uint, TermCounts> counts = [];
        for (var languages = reader.ReadInt32(); languages > 0; languages--)
        {
            var language = reader.ReadUInt32();
            articles[language] = reader.ReadInt32();
            counts[language] = new TermCounts();
            uint term = 0;
            for (var terms = reader.ReadInt32(); terms > 0; terms--)
            {
                term += (uint)reader.Read7BitEncodedInt64();
                counts[language].Add(term, reader.Read7BitEncodedInt());
            }
        }

        return new TermBackground(articles, counts);
    }

    private static TermBackground LoadDefault()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("models/terms.model");
        return stream is null ? Empty : Read(stream);
    }
}
