using System.Text;

using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Changes;

/// <summary>Title or text of a version, by its tokens, with what the article tells in it.</summary>
internal sealed class VersionText
{
    private const int LeastQuoted = 3;

    private readonly AnalyzedText _text;
    private readonly int[] _sentences;

    public VersionText(AnnotatedArticle article, bool inTitle)
    {
        _text = article.TextOf(inTitle);
        _sentences = new int[_text.Tokens.Length];
        Sentences = Cut();
        Entities = [.. article.Entities.Where(entity => entity.InTitle == inTitle)];
        Numbers = [.. article.Numbers.Where(number => number.InTitle == inTitle)];
        var quoted = QuotationFinder.Find(_text).Select(quotation => quotation.First..quotation.Close);
        Quotations = [.. quoted.Where(inside => LengthOf(inside) >= LeastQuoted)];
    }

    public string Text => _text.Text;

    /// <summary>The tokens of each sentence.</summary>
    public IReadOnlyList<string[]> Sentences { get; }

    public IReadOnlyList<Entity> Entities { get; }

    public IReadOnlyList<NumberMention> Numbers { get; }

    /// <summary>What stands in quotation marks, without what is only a name or a word held at arm's length.</summary>
    public IReadOnlyList<Range> Quotations { get; }

    /// <summary>How many tokens it has.</summary>
    public int Count => _text.Tokens.Length;

    /// <summary>Whether a token is a word.</summary>
    public bool IsWord(int token) => _text.Tokens[token].Kind == TokenKind.Word;

    /// <summary>The words of a token.</summary>
    public ReadOnlySpan<char> WordsOf(int token) => _text[_text.Tokens[token]];

    /// <summary>From the first to the last of these tokens; where there are none, the place between two.</summary>
    public TextSpan SpanOf(Range tokens)
    {
        var (first, end) = (tokens.Start.Value, tokens.End.Value);
        if (end > first)
            return new TextSpan(_text.Tokens[first].Start, _text.Tokens[end - 1].End);
        var place = first < _text.Tokens.Length ? _text.Tokens[first].Start : Text.Length;
        return new TextSpan(place, place);
    }

    /// <summary>The tokens that share something with a span.</summary>
    public Range TokensOf(TextSpan span)
    {
        var first = _text.TokenAt(span.Start);
        if (first > 0 && _text.Tokens[first - 1].End > span.Start)
            first--;
        return first..Math.Max(first, _text.TokenAt(span.End));
    }

    /// <summary>Whether two tokens stand in one sentence; one before the first or behind the last stands in none.</summary>
    public bool AreOneSentence(int one, int other) =>
        one >= 0 && other < _sentences.Length && one < _sentences.Length && _sentences[one] == _sentences[other];

    /// <summary>The letters and digits of these tokens, in small letters without accents.</summary>
    public string LettersOf(Range tokens)
    {
        var letters = new StringBuilder();
        for (var i = tokens.Start.Value; i < tokens.End.Value; i++)
        {
            foreach (var c in WordsOf(i))
            {
                if (char.IsLetterOrDigit(c))
                    letters.Append(Folding.Fold(c));
            }
        }

        return letters.ToString();
    }

    private static int LengthOf(Range range) => range.End.Value - range.Start.Value;

    private List<string[]> Cut()
    {
        var cut = new List<string[]>();
        var words = new List<string>();
        var sentence = -1;
        for (var i = 0; i < _text.Tokens.Length; i++)
        {
            var now = _text.SentenceAt(_text.Tokens[i].Start);
            if (now != sentence && words.Count > 0)
            {
                cut.Add([.. words]);
                words.Clear();
            }

            _sentences[i] = sentence = now;
            words.Add(WordsOf(i).ToString());
        }

        if (words.Count > 0)
            cut.Add([.. words]);
        return cut;
    }
}
