using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>Cuts a text into words, numbers and marks in one pass.</summary>
public static class Tokenizer
{
    private static readonly SearchValues<char> Joints = SearchValues.Create("'’ʼ-‐\u2011");

    /// <summary>The tokens of <paramref name="text"/> in order; white space is in none of them.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="language">Whose elisions (l', qu') and endings ('s, n't) are cut off; null cuts none.</param>
    public static ImmutableArray<Token> Tokenize(string text, Language? language)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>(Math.Max(4, text.Length / 5));
        var elisions = language?.Words("elisions");
        var endings = language?.Words("endings");
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c == ' ' || char.IsWhiteSpace(c) || IsInvisible(c))
            {
                i++;
            }
            else if (char.IsLetter(c) || char.IsSurrogate(c))
            {
                var end = AddressEnd(text, i);
                if (end > i)
                {
                    tokens.Add(new Token(new TextSpan(i, end), TokenKind.Word));
                }
                else
                {
                    end = WordEnd(text, i);
                    AddWord(text, new TextSpan(i, end), elisions, endings, tokens);
                }

                i = end;
            }
            else if (char.IsAsciiDigit(c))
            {
                var end = NumberEnd(text, i);
                tokens.Add(new Token(new TextSpan(i, end), TokenKind.Number));
                i = end;
            }
            else
            {
                tokens.Add(new Token(TextSpan.Of(i, 1), TokenKind.Mark));
                i++;
            }
        }

        return tokens.ToImmutable();
    }

    /// <summary>Whether <paramref name="c"/> is a straight or curly apostrophe.</summary>
    public static bool IsApostrophe(char c) => c is '\'' or '’' or 'ʼ';

    private static bool IsHyphen(char c) => c is '-' or '‐' or '\u2011';

    // Zero-width spaces, joiners, marks of direction, soft hyphens at a word's edge, the byte order mark.
    private static bool IsInvisible(char c) => c >= '\u00AD' && (c is '\u00AD' or '\uFEFF' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or '\u2060');

    private static bool IsWordPart(char c) =>
        char.IsAsciiLetter(c) || char.IsLetterOrDigit(c)
        || c >= '\u0080' && (char.IsSurrogate(c) || c == '\u00AD' || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark);

    private static int WordEnd(string text, int start)
    {
        if (DottedEnd(text, start) is var dotted && dotted > start)
            return dotted;
        var i = start + 1;
        while (i < text.Length)
        {
            var c = text[i];
            if (IsWordPart(c))
                i++;
            else if ((IsApostrophe(c) || IsHyphen(c)) && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]))
                i += 2;
            else if (c == '.' && i + 1 < text.Length && char.IsLower(text[i + 1]) && (char.IsLetterOrDigit(text[i - 1]) || IsHyphen(text[i - 1])))
                i += 2; // franceinfo.fr
            else
                break;
        }

        return i;
    }

    // U.S., e.g., p.m.: single letters, each with its full stop, two at least. The start if there is none.
    private static int DottedEnd(string text, int start)
    {
        var i = start;
        while (i - start < 16 && i + 1 < text.Length && text[i + 1] == '.' && char.IsLetter(text[i]))
            i += 2;
        if (i - start < 4)
            return start;
        if (i < text.Length && char.IsLetter(text[i]) && (i + 1 == text.Length || !IsWordPart(text[i + 1])))
            return i + 1; // U.S.A
        return i < text.Length && char.IsLetterOrDigit(text[i]) ? start : i;
    }

    // https://…, www.…, name@host: up to white space, without the sentence's marks at their end. The start if there is none.
    private static int AddressEnd(string text, int start)
    {
        var rest = text.AsSpan(start);
        var isAddress = rest[0] is 'h' or 'H' or 'w' or 'W'
            && (rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                || rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase));
        if (!isAddress)
        {
            var local = 0;
            while (local < rest.Length && local < 64 && (char.IsAsciiLetterOrDigit(rest[local]) || rest[local] is '.' or '_' or '-' or '+'))
                local++;
            if (local + 1 >= rest.Length || rest[local] != '@' || !char.IsAsciiLetterOrDigit(rest[local + 1]))
                return start;
        }

        var end = 0;
        while (end < rest.Length && !char.IsWhiteSpace(rest[end]) && rest[end] is not ('<' or '>' or '"' or '«' or '»' or '“' or '”' or '(' or ')'))
            end++;
        while (end > 0 && rest[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '…' or '’' or '\'' or ']')
            end--;
        return start + end;
    }

    private static int NumberEnd(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length)
        {
            if (char.IsAsciiDigit(text[i]))
                i++;
            else if (text[i] is ',' or '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
                i += 2;
            else if (text[i] is '\u00A0' or '\u202F' && IsThousands(text, start, i))
                i += 4;
            else
                break;
        }

        return i;
    }

    // One to three digits before the no-break space, three after it: "novembre 2024" + no-break space + "150" is two numbers.
    private static bool IsThousands(string text, int start, int space)
    {
        var before = 0;
        while (space - before > start && char.IsAsciiDigit(text[space - before - 1]) && before <= 3)
            before++;
        return before is >= 1 and <= 3 && space + 3 < text.Length
            && char.IsAsciiDigit(text[space + 1]) && char.IsAsciiDigit(text[space + 2]) && char.IsAsciiDigit(text[space + 3])
            && (space + 4 == text.Length || !char.IsAsciiDigit(text[space + 4]));
    }

    private static void AddWord(
        string text, TextSpan word, IWordSet? elisions, IWordSet? endings, ImmutableArray<Token>.Builder tokens)
    {
        var start = word.Start;
        var joints = text.AsSpan(word.Start, word.Length).ContainsAny(Joints);
        for (var i = start + 1; joints && elisions is not null && i < word.End; i++)
        {
            if (!IsApostrophe(text[i]))
                continue;
            if (!elisions.Contains(text.AsSpan(start, i - start)))
                break;
            tokens.Add(new Token(new TextSpan(start, i + 1), TokenKind.Word));
            start = i + 1;
        }

        var cut = joints && endings is not null ? Cut(text, start, word.End, endings, tokens) : word.End;
        if (start < cut)
            tokens.Add(new Token(new TextSpan(start, cut), TokenKind.Word));
        if (cut < word.End)
            tokens.Add(new Token(new TextSpan(cut, word.End), TokenKind.Word));
    }

    // Where the longest ending starts. Endings are short: only a word's last letters are looked at.
    private static int Cut(string text, int start, int end, IWordSet endings, ImmutableArray<Token>.Builder tokens)
    {
        const int LongestEnding = 8;
        for (var i = Math.Max(start + 1, end - LongestEnding); i < end; i++)
        {
            if (!endings.Contains(text.AsSpan(i, end - i)))
                continue;
            // Not the last part of a name: Kim Jong-il.
            var afterName = IsHyphen(text[i]) && char.IsUpper(text[start]) && tokens.Count > 0
                && tokens[^1].Kind == TokenKind.Word && char.IsUpper(text[tokens[^1].Start]) && tokens[^1].End < start;
            return afterName ? end : i;
        }

        return end;
    }
}
