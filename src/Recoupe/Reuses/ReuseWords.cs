using Recoupe.Text;

namespace Recoupe.Reuses;

/// <summary>An article's words as the alignment compares them: without case, accents and marks, each with its place.</summary>
internal sealed class ReuseWords
{
    // A line break in mid-quotation is common in the press; a quotation longer than this lacks its closing mark.
    private const int LongestQuotation = 4000;

    private ReuseWords(ulong[] hashes, TextSpan[] spans, bool[] quoted)
    {
        Hashes = hashes;
        Spans = spans;
        Quoted = quoted;
    }

    /// <summary>A hash for each word or number.</summary>
    public ulong[] Hashes { get; }

    /// <summary>Where each one stands, in UTF-16 units.</summary>
    public TextSpan[] Spans { get; }

    /// <summary>Whether it stands inside quotation marks.</summary>
    public bool[] Quoted { get; }

    /// <summary>How many words there are.</summary>
    public int Count => Hashes.Length;

    public static ReuseWords Of(AnalyzedText text)
    {
        var hashes = new List<ulong>(text.Tokens.Length);
        var spans = new List<TextSpan>(text.Tokens.Length);
        var starts = new List<int>();
        Span<char> folded = stackalloc char[48];
        foreach (var token in text.Tokens)
        {
            if (token.Kind == TokenKind.Mark)
                continue;
            var length = LetterFold.Fold(text[token], folded);
            // An elided letter or a cut ending is no word of its own for the count: "l'", "'s".
            if (length <= 2 && (folded[0] == '\'' || folded[length - 1] == '\'') && token.Kind == TokenKind.Word)
                continue;
            hashes.Add(TextHash.Of(folded[..length]));
            spans.Add(token.Span);
            starts.Add(token.Start);
        }

        return new ReuseWords([.. hashes], [.. spans], MarkQuoted(text.Text, starts));
    }

    private static bool[] MarkQuoted(string text, List<int> starts)
    {
        var quoted = new bool[starts.Count];
        var word = 0;
        foreach (var (start, end) in Quotations(text))
        {
            while (word < starts.Count && starts[word] < start)
                word++;
            for (; word < starts.Count && starts[word] < end; word++)
                quoted[word] = true;
        }

        return quoted;
    }

    // Straight marks open and close in turn; curly marks and guillemets are told by their shape. A new paragraph ends a
    // quotation unless it opens with a quotation mark itself.
    private static IEnumerable<(int Start, int End)> Quotations(string text)
    {
        var open = -1;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (open >= 0 && (c is '”' or '»' or '"' || i - open > LongestQuotation || EndsParagraph(text, i)))
            {
                yield return (open, i);
                open = -1;
            }
            else if (open < 0 && c is '“' or '«' or '„' or '"')
            {
                open = i + 1;
            }
        }

        if (open >= 0)
            yield return (open, Math.Min(text.Length, open + LongestQuotation));
    }

    private static bool EndsParagraph(string text, int i) => text[i] == '\n' && i + 1 < text.Length && text[i + 1] == '\n';
}
