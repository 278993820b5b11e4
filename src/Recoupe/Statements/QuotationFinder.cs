using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>A stretch between quotation marks, in indices of tokens.</summary>
/// <param name="Open">The opening mark; the first of two where marks are doubled.</param>
/// <param name="Close">The closing mark; where it is missing, the token after the last one quoted.</param>
/// <param name="IsClosed">Whether the closing mark is there.</param>
/// <param name="Width">How many tokens the opening mark is: two where '' stands for one.</param>
/// <param name="CloseWidth">How many tokens the closing mark is.</param>
/// <param name="IsLine">Whether it is a line of a dialogue that a dash opens.</param>
public readonly record struct Quotation(int Open, int Close, bool IsClosed, int Width = 1, int CloseWidth = 1, bool IsLine = false)
{
    /// <summary>The first token inside.</summary>
    public int First => Open + Width;

    /// <summary>The token after all of it, marks included.</summary>
    public int End => IsClosed ? Close + CloseWidth : Close;
}

/// <summary>Finds what stands between quotation marks: guillemets, curly, straight, doubled and single ones, also broken ones.</summary>
/// <remarks>Only outermost quotations are given. Lines of a dialogue that dashes open count too. One that a paragraph does not close goes on if the next one opens with a mark, or if
/// the next mark closes; else it ends with its paragraph. One pass; the marks that follow are known in advance.</remarks>
public static class QuotationFinder
{
    // A quotation that runs longer without a closing mark has lost it.
    private const int LongestOpen = 1200;

    private enum Mark : byte
    {
        None,
        Opens,
        Closes,
        Either,
    }

    /// <summary>The quotations of <paramref name="text"/> in order, without overlap.</summary>
    public static ImmutableArray<Quotation> Find(AnalyzedText text)
    {
        var tokens = text.Tokens;
        var quotations = ImmutableArray.CreateBuilder<Quotation>();
        int open = -1, depth = 0, opened = 1;
        var single = false;
        var straight = false;
        var dialogueEnd = 0; // after the run of lines that dashes open
        for (var i = 0; i < tokens.Length; i++)
        {
            var startsParagraph = i > 0 && IsBreak(text, i);
            if (open < 0 && (startsParagraph || i == 0) && IsDash(text, i) && (i < dialogueEnd || (dialogueEnd = DialogueEnd(text, i)) > i))
            {
                var end = LineEnd(text, i);
                if (end > i + 1)
                    quotations.Add(new Quotation(i, end, IsClosed: false, IsLine: true));
                i = end - 1;
                continue;
            }

            if (open >= 0 && (startsParagraph && !GoesOn(text, i, single) || i - open > LongestOpen))
            {
                Add(quotations, open, startsParagraph ? i : open + 1, isClosed: false, opened);
                open = -1;
                depth = 0;
            }

            if (tokens[i].Kind != TokenKind.Mark)
                continue;
            var (mark, isSingle, width) = Read(text, i);
            if (mark == Mark.None || isSingle && open >= 0 && !single || single && open >= 0 && !isSingle)
                continue;
            if (open < 0)
            {
                if (mark is Mark.Opens or Mark.Either || mark == Mark.Closes && !isSingle && NextMarkCloses(text, i))
                {
                    open = i;
                    opened = width;
                    single = isSingle;
                    straight = text.Text[tokens[i].Start] is '"';
                    depth = 0;
                }
            }
            else if (mark == Mark.Opens && straight && text.Text[tokens[i].Start] is '“' or '«')
            {
                // A curly mark inside a straight quotation: the straight one was a stray mark.
                open = i;
                opened = 1;
                straight = false;
                depth = 0;
            }
            else if (mark == Mark.Opens && !startsParagraph)
            {
                depth++;
            }
            else if (mark is Mark.Closes or Mark.Either && !(startsParagraph && mark == Mark.Either) && --depth < 0)
            {
                Add(quotations, open, i, isClosed: true, opened, width);
                open = -1;
                depth = 0;
            }

            i += width - 1;
        }

        if (open >= 0)
            Add(quotations, open, tokens.Length, isClosed: false, opened);
        return quotations.ToImmutable();
    }

    // Lines that dashes open are a dialogue, not a list, if there are several and one of them asks.
    private static int DialogueEnd(AnalyzedText text, int start)
    {
        var (lines, asks, at) = (0, false, start);
        while (at < text.Tokens.Length && IsDash(text, at) && at - start < LongestOpen)
        {
            var end = LineEnd(text, at);
            for (var i = at; i < end && !asks; i++)
                asks = text.Text[text.Tokens[i].Start] == '?';
            lines++;
            at = end;
        }

        return lines > 1 && asks ? at : 0;
    }

    private static int LineEnd(AnalyzedText text, int start)
    {
        var end = start + 1;
        while (end < text.Tokens.Length && !IsBreak(text, end))
            end++;
        return end;
    }

    private static bool IsDash(AnalyzedText text, int i) =>
        text.Text[text.Tokens[i].Start] is '—' or '–' or '―' && text.Tokens[i].End < text.Text.Length && char.IsWhiteSpace(text.Text[text.Tokens[i].End]);

    /// <summary>Whether a line ends between the token before <paramref name="i"/> and it.</summary>
    internal static bool IsBreak(AnalyzedText text, int i) =>
        text.Text.AsSpan(text.Tokens[i - 1].End, text.Tokens[i].Start - text.Tokens[i - 1].End).ContainsAny('\n', '\r');

    private static void Add(ImmutableArray<Quotation>.Builder quotations, int open, int close, bool isClosed, int width, int closeWidth = 1)
    {
        if (close > open + width)
            quotations.Add(new Quotation(open, close, isClosed, width, closeWidth));
    }

    // A paragraph that opens with a mark goes on with the quotation of the one before.
    private static bool GoesOn(AnalyzedText text, int i, bool single)
    {
        var (mark, isSingle, _) = Read(text, i);
        return mark != Mark.None && isSingle == single || !single && NextMarkCloses(text, i - 1);
    }

    // Looks for the next double mark, not far: guillemets that run over paragraphs are closed soon.
    private static bool NextMarkCloses(AnalyzedText text, int i)
    {
        const int far = 120;
        for (var j = i + 1; j < Math.Min(text.Tokens.Length, i + far); j++)
        {
            if (text.Tokens[j].Kind != TokenKind.Mark)
                continue;
            var (mark, isSingle, _) = Read(text, j);
            if (mark != Mark.None && !isSingle)
                return mark == Mark.Closes;
        }

        return false;
    }

    private static (Mark Mark, bool IsSingle, int Width) Read(AnalyzedText analyzed, int i)
    {
        var text = analyzed.Text;
        var token = analyzed.Tokens[i];
        var c = text[token.Start];
        var before = token.Start == 0 ? ' ' : text[token.Start - 1];
        var after = token.End >= text.Length ? ' ' : text[token.End];
        switch (c)
        {
            case '«' or '„' or '‟':
                return (Mark.Opens, false, 1);
            case '»':
                return (Mark.Closes, false, 1);
            case '“':
                return (IsOpenPlace(before) || !IsClosePlace(after) ? Mark.Opens : Mark.Closes, false, 1);
            case '”':
                return (IsOpenPlace(before) && !IsClosePlace(after) ? Mark.Opens : Mark.Closes, false, 1);
            case '"':
                return (Place(before, after), false, 1);
            case '\'' when after == '\'':
                return (Place(before, token.End + 1 >= text.Length ? ' ' : text[token.End + 1]), false, 2);
            case '`' when after == '`':
                return (Mark.Opens, false, 2);
            case '‘':
                return (Mark.Opens, true, 1);
            case '\'':
                return (Place(before, after) switch { Mark.Either => Mark.None, var mark => mark }, true, 1);
            case '’':
                return (IsClosePlace(after) ? Mark.Closes : Mark.None, true, 1);
            default:
                return (Mark.None, false, 1);
        }
    }

    private static Mark Place(char before, char after) => (IsOpenPlace(before), IsClosePlace(after)) switch
    {
        (true, false) => Mark.Opens,
        (false, true) => Mark.Closes,
        _ => Mark.Either,
    };

    private static bool IsOpenPlace(char before) => char.IsWhiteSpace(before) || before is '(' or '[' or '—' or '–' or '-' or ':' or '“' or '‘' or '«';

    private static bool IsClosePlace(char after) =>
        char.IsWhiteSpace(after) || after is '.' or ',' or ';' or ':' or '!' or '?' or ')' or ']' or '—' or '–' or '-' or '…' or '”' or '’' or '»';
}
