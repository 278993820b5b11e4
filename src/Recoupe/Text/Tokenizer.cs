using System.Collections.Immutable;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>Cuts a text into words, numbers and marks in one pass.</summary>
public static class Tokenizer
{
    /// <summary>The tokens of <paramref name="text"/> in order; white space is in none of them.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="language">Whose elisions (l', qu') and endings ('s, n't) are cut off; null cuts none.</param>
    public static ImmutableArray<Token> Tokenize(string text, Language? language)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>(text.Length / 5);
        var elisions = language?.Words("elisions");
        var endings = language?.Words("endings");
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (char.IsLetter(text[i]) || char.IsSurrogate(text[i]))
            {
                var end = WordEnd(text, i);
                AddWord(text, new TextSpan(i, end), elisions, endings, tokens);
                i = end;
            }
            else if (char.IsAsciiDigit(text[i]))
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

    private static int WordEnd(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length)
        {
            var c = text[i];
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark)
                i++;
            else if ((IsApostrophe(c) || IsHyphen(c)) && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]))
                i += 2;
            else
                break;
        }

        return i;
    }

    private static int NumberEnd(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length)
        {
            if (char.IsAsciiDigit(text[i]))
                i++;
            else if (text[i] is ',' or '.' or '\u00A0' or '\u202F' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
                i += 2;
            else
                break;
        }

        return i;
    }

    private static void AddWord(
        string text, TextSpan word, IWordSet? elisions, IWordSet? endings, ImmutableArray<Token>.Builder tokens)
    {
        var start = word.Start;
        for (var i = start + 1; elisions is not null && i < word.End; i++)
        {
            if (!IsApostrophe(text[i]))
                continue;
            if (!elisions.Contains(text.AsSpan(start, i - start)))
                break;
            tokens.Add(new Token(new TextSpan(start, i + 1), TokenKind.Word));
            start = i + 1;
        }

        var cut = word.End;
        for (var i = start + 1; endings is not null && i < word.End; i++)
        {
            if (endings.Contains(text.AsSpan(i, word.End - i)))
            {
                cut = i;
                break;
            }
        }

        if (start < cut)
            tokens.Add(new Token(new TextSpan(start, cut), TokenKind.Word));
        if (cut < word.End)
            tokens.Add(new Token(new TextSpan(cut, word.End), TokenKind.Word));
    }
}
