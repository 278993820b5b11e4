using System.Reflection;

namespace Recoupe.Stories;

/// <summary>Document frequencies of hashed terms, made beforehand: what is common in news before the stream has told.</summary>
internal sealed class TermBackground
{
    private const uint Magic = 0x31474252; // "RBG1"

    private readonly Dictionary<ulong, float> _counts;
    private readonly Dictionary<uint, int> _articles;

    private TermBackground(Dictionary<uint, int> articles, Dictionary<ulong, float> counts)
    {
        _articles = articles;
        _counts = counts;
    }

    /// <summary>Knows nothing: every term weighs by the stream alone.</summary>
    public static TermBackground Empty { get; } = new([], []);

    /// <summary>The one that is built in; empty if there is none.</summary>
    public static TermBackground Default { get; } = LoadDefault();

    /// <summary>The languages that it knows, by key.</summary>
    public IEnumerable<uint> Languages => _articles.Keys.Order();

    /// <summary>Articles that the counts of a language come from.</summary>
    public int Articles(uint language) => _articles.GetValueOrDefault(language);

    /// <summary>Of these, how many hold <paramref name="term"/>.</summary>
    public float Count(uint term, uint language) => _counts.GetValueOrDefault(Key(term, language));

    /// <summary>A copy of the share of articles that hold each term, by <see cref="Key"/>, times <paramref name="articles"/> or the number of articles known, if less: to count on.</summary>
    public Dictionary<ulong, float> Counts(float articles)
    {
        var counts = new Dictionary<ulong, float>(_counts);
        foreach (var (language, known) in _articles)
        {
            if (known <= articles)
                continue;
            foreach (var key in _counts.Keys.Where(key => key >> 32 == language))
                counts[key] *= articles / known;
        }

        return counts;
    }

    /// <summary>What a term of a language is counted under.</summary>
    public static ulong Key(uint term, uint language) => ((ulong)language << 32) | term;

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
        Dictionary<ulong, float> counts = [];
        for (var languages = reader.ReadInt32(); languages > 0; languages--)
        {
            var language = reader.ReadUInt32();
            articles[language] = reader.ReadInt32();
            uint term = 0;
            for (var terms = reader.ReadInt32(); terms > 0; terms--)
            {
                term += (uint)reader.Read7BitEncodedInt64();
                counts[Key(term, language)] = reader.Read7BitEncodedInt();
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
