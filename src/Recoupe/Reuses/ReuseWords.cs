using Recoupe.Articles;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Reuses;

/// <summary>An article's words as the alignment compares them: without case, accents and marks, each with its place.</summary>
/// <remarks>Lines that the lists of boilerplate know (newsletters, follow us, read more) are no words of the article.</remarks>
internal sealed class ReuseWords
{
    // An outlet speaks of itself in the last lines of a page.
    private const int MostOwnLines = 3;

    private ReuseWords(ulong[] hashes, TextSpan[] spans, TextSpan[] whole, bool[] quoted, bool[] capitalised, int[] sentences, int ownLines)
    {
        Hashes = hashes;
        Spans = spans;
        Whole = whole;
        Quoted = quoted;
        Capitalised = capitalised;
        Sentences = sentences;
        OwnLines = ownLines;
    }

    /// <summary>A hash for each word or number.</summary>
    public ulong[] Hashes { get; }

    /// <summary>Where each one stands, in UTF-16 units.</summary>
    public TextSpan[] Spans { get; }

    /// <summary>The same with the elided word before it and the ending after it that are no words for the count: "l'eau", "the board's".</summary>
    public TextSpan[] Whole { get; }

    /// <summary>Whether it is quoted: inside quotation marks, or in a quotation set apart.</summary>
    public bool[] Quoted { get; }

    /// <summary>Whether it begins with no small letter: a name, a number, the first word of a sentence.</summary>
    public bool[] Capitalised { get; }

    /// <summary>The number of the sentence that it stands in.</summary>
    public int[] Sentences { get; }

    /// <summary>The first word of the text's last lines of which the first names the article's own outlet; <see cref="Count"/> where there are none.</summary>
    public int OwnLines { get; }

    /// <summary>How many words there are.</summary>
    public int Count => Hashes.Length;

    /// <summary>How many of the words from <paramref name="start"/> to before <paramref name="end"/> are not quoted.</summary>
    public int OutsideQuotations(int start, int end) => end - start - Quoted.AsSpan(start, end - start).Count(true);

    public static ReuseWords Of(AnnotatedArticle article)
    {
        var text = article.Body;
        var hashes = new List<ulong>(text.Tokens.Length);
        var spans = new List<TextSpan>(text.Tokens.Length);
        var whole = new List<TextSpan>(text.Tokens.Length);
        var places = new List<int>(text.Tokens.Length);
        var lines = new Lines(text.Text);
        Span<char> folded = stackalloc char[48];
        var elided = -1;
        for (var t = 0; t < text.Tokens.Length; t++)
        {
            var token = text.Tokens[t];
            if (token.Kind == TokenKind.Mark || lines.IsBoilerplate(token.Start))
            {
                elided = -1;
                continue;
            }

            var length = LetterFold.Fold(text[token], folded);
            if (IsElided(token, folded[..length]))
            {
                if (folded[0] != '\'')
                    elided = token.Start;
                else if (whole.Count > 0 && whole[^1].End == token.Start)
                    whole[^1] = new TextSpan(whole[^1].Start, token.End);
                continue;
            }

            if (!HasLetterOrDigit(folded[..length]))
                continue;
            hashes.Add(TextHash.Of(folded[..length]));
            spans.Add(token.Span);
            whole.Add(new TextSpan(elided >= 0 && IsNext(text.Text, elided, token.Start) ? elided : token.Start, token.End));
            places.Add(t);
            elided = -1;
        }

        var quoted = new bool[hashes.Count];
        MarkQuotations(text, places, quoted);
        foreach (var block in article.Article.Blocks)
        {
            if (block is { Kind: BlockKind.Quote or BlockKind.Promo, Span: { } span })
                Mark(span.Start, span.End, spans, quoted);
        }

        var ownLines = OwnLinesFrom(text.Text, article.Article.Outlet);
        var firstOwn = spans.FindIndex(span => span.Start >= ownLines);
        return new ReuseWords([.. hashes], [.. spans], [.. whole], quoted, [.. spans.Select(span => !char.IsLower(text.Text[span.Start]))], SentencesOf(text, spans), firstOwn < 0 ? spans.Count : firstOwn);
    }

    // Where the first of the last lines stands that names the outlet.
    private static int OwnLinesFrom(string text, string? outlet)
    {
        var from = text.Length;
        if (outlet is null)
            return from;
        var end = text.Length;
        for (var lines = 0; lines < MostOwnLines && end > 0; lines++)
        {
            var start = text.AsSpan(0, end).TrimEnd().LastIndexOfAny('\n', '\r') + 1;
            if (text.AsSpan(start, end - start).Contains(outlet, StringComparison.OrdinalIgnoreCase))
                from = start;
            end = start;
        }

        return from;
    }

    private static int[] SentencesOf(AnalyzedText text, List<TextSpan> spans)
    {
        var sentences = new int[spans.Count];
        var sentence = 0;
        for (var i = 0; i < sentences.Length; i++)
        {
            while (sentence + 1 < text.Sentences.Length && text.Sentences[sentence].End <= spans[i].Start)
                sentence++;
            sentences[i] = sentence;
        }

        return sentences;
    }

    // An elided word or a cut ending is no word of its own for the count: "l'", "qu'", "'s".
    private static bool IsElided(Token token, ReadOnlySpan<char> folded) =>
        token.Kind == TokenKind.Word && (folded.Length <= 2 && folded[0] == '\'' || folded[^1] == '\'');

    private static bool IsNext(string text, int elided, int start) => start - elided <= 12 && !text.AsSpan(elided, start - elided).ContainsAny(' ', '\n');

    private static bool HasLetterOrDigit(ReadOnlySpan<char> word)
    {
        foreach (var rune in word.EnumerateRunes())
        {
            if (System.Text.Rune.IsLetterOrDigit(rune))
                return true;
        }

        return false;
    }

    private static void MarkQuotations(AnalyzedText text, List<int> places, bool[] quoted)
    {
        var word = 0;
        foreach (var quotation in QuotationFinder.Find(text))
        {
            while (word < places.Count && places[word] < quotation.First)
                word++;
            for (; word < places.Count && places[word] < quotation.Close; word++)
                quoted[word] = true;
        }
    }

    private static void Mark(int start, int end, List<TextSpan> spans, bool[] quoted)
    {
        var at = spans.BinarySearch(new TextSpan(start, start));
        for (var word = at < 0 ? ~at : at; word < spans.Count && spans[word].Start < end; word++)
            quoted[word] = true;
    }

    /// <summary>Walks over the lines of a text and tells which are boilerplate.</summary>
    private ref struct Lines(string text)
    {
        private int _end = -1;
        private bool _boilerplate;

        /// <summary>Whether the line at <paramref name="index"/> is boilerplate; indices come in rising order.</summary>
        public bool IsBoilerplate(int index)
        {
            if (index < _end)
                return _boilerplate;
            var start = text.AsSpan(0, index).LastIndexOfAny('\n', '\r') + 1;
            var length = text.AsSpan(index).IndexOfAny('\n', '\r');
            _end = length < 0 ? text.Length : index + length;
            _boilerplate = LinePatterns.All.Match(text.AsSpan(start, _end - start)) is not null;
            return _boilerplate;
        }
    }
}
