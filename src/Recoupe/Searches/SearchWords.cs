using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Snowball;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

using Recoupe.Languages;

namespace Recoupe.Searches;

/// <summary>Turns text into the words by which it is found: small letters, elided articles and accents off, forms of one word joined as the language's lists say.</summary>
internal sealed class SearchWords : Analyzer
{
    public const LuceneVersion Version = LuceneVersion.LUCENE_48;

    private readonly string? _stemmer;
    private readonly CharArraySet? _elisions;

    private SearchWords(Language? language)
    {
        if (language is null)
            return;
        _stemmer = language.Lines("stemmer").FirstOrDefault();
        var elisions = language.Lines("elisions").Select(line => line.Split('\t')[0].TrimEnd('\'', '’')).Where(line => line.Length > 0).ToList();
        _elisions = elisions.Count > 0 ? new CharArraySet(Version, elisions, ignoreCase: true) : null;
    }

    /// <summary>Without forms and articles: names, and texts of other languages.</summary>
    public static SearchWords Plain { get; } = new(null);

    /// <summary>The words of a language.</summary>
    public static SearchWords Of(Language? language) => language?.Table("search words", known => new SearchWords(known)) ?? Plain;

    /// <summary>The words of <paramref name="text"/>, each with its place.</summary>
    public List<(string Word, int Place)> Read(string text)
    {
        var words = new List<(string, int)>();
        using var stream = GetTokenStream("", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        var step = stream.GetAttribute<IPositionIncrementAttribute>();
        stream.Reset();
        for (var place = -1; stream.IncrementToken();)
        {
            place += step.PositionIncrement;
            words.Add((term.ToString()!, place));
        }

        stream.End();
        return words;
    }

    /// <inheritdoc/>
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var source = new StandardTokenizer(Version, reader);
        TokenStream words = new LowerCaseFilter(Version, source);
        if (_elisions is not null)
            words = new ElisionFilter(words, _elisions);
        if (_stemmer is not null)
            words = new SnowballFilter(words, _stemmer);
        words = new ASCIIFoldingFilter(words);
        return new TokenStreamComponents(source, words);
    }
}
