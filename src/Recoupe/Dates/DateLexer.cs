using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>A word, number or mark as the date parser sees it.</summary>
internal readonly record struct Lexeme(TextSpan Span, int Token, DateWord? Word, int Number, TokenKind Kind, bool IsBreak = false)
{
    /// <summary>Stands for what lies outside the text.</summary>
    public static readonly Lexeme None = new(default, -1, null, -1, TokenKind.Mark, IsBreak: true);

    /// <summary>How many digits a number has.</summary>
    public int Digits => Number >= 0 ? Span.Length : 0;

    public bool IsEdge => Word?.Is(Roles.Edge) == true;
}

/// <summary>Cuts tokens into lexemes: phrases of the calendar are one, "mi-juin" is two, a line break is one.</summary>
internal static class DateLexer
{
    // One list a thread: a text's lexemes are done with before the next text's are cut.
    [ThreadStatic]
    private static List<Lexeme>? t_lexemes;

    /// <summary>The lexemes of a text, valid until the next call on the thread.</summary>
    public static List<Lexeme> Cut(AnalyzedText text, DateLexicon lexicon, out int calendarWords)
    {
        var tokens = text.Tokens;
        var lexemes = t_lexemes ??= new List<Lexeme>(1024);
        lexemes.Clear();
        lexemes.EnsureCapacity(tokens.Length + 16);
        calendarWords = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = tokens[i];
            if (i > 0 && token.Start > tokens[i - 1].End && (token.Start > tokens[i - 1].End + 1 || text.Text[tokens[i - 1].End] < ' ') && text.Text.AsSpan(tokens[i - 1].End, token.Start - tokens[i - 1].End).ContainsAny('\n', '\r'))
                lexemes.Add(new Lexeme(TextSpan.Of(tokens[i - 1].End, 0), i, null, -1, TokenKind.Mark, IsBreak: true));

            switch (token.Kind)
            {
                case TokenKind.Word:
                    if (lexicon.Phrases.Find(text.Text, tokens, i, out var length) is { } word)
                    {
                        lexemes.Add(new Lexeme(token.Span.Union(tokens[i + length - 1].Span), i, word, -1, TokenKind.Word));
                        i += length - 1;
                        calendarWords++;
                    }
                    else if (!CutAtHyphen(text, tokens, i, lexicon, lexemes))
                    {
                        lexemes.Add(new Lexeme(token.Span, i, null, -1, TokenKind.Word));
                    }
                    else
                    {
                        calendarWords++;
                    }

                    break;
                case TokenKind.Number:
                    lexemes.Add(new Lexeme(token.Span, i, null, Value(token.Span.In(text.Text)), TokenKind.Number));
                    calendarWords++;
                    break;
                default:
                    lexemes.Add(new Lexeme(token.Span, i, null, -1, TokenKind.Mark));
                    break;
            }
        }

        return lexemes;
    }

    // mi-juin, mid-2012, Sep-23-2020; après-midi is a phrase and does not come here. All pieces must be of the calendar.
    private static bool CutAtHyphen(AnalyzedText text, ImmutableArray<Token> tokens, int i, DateLexicon lexicon, List<Lexeme> lexemes)
    {
        var span = tokens[i].Span;
        if (span.Length > 24 || span.In(text.Text).IndexOfAny('-', '‐', '\u2011') <= 0)
            return false;
        var first = lexemes.Count;
        for (var start = span.Start; start < span.End;)
        {
            var hyphen = text.Text.AsSpan(start, span.End - start).IndexOfAny('-', '‐', '\u2011');
            var piece = new TextSpan(start, hyphen < 0 ? span.End : start + hyphen);
            var word = piece.IsEmpty ? null : lexicon.Phrases.Find(text.Text, [new Token(piece, TokenKind.Word)], 0, out _);
            var number = Value(piece.In(text.Text));
            var isFirst = start == span.Start;
            // Forty-eight, quarante-huit
            if (isFirst && hyphen > 0 && word?.Is(Roles.Cardinal) == true && !word.Is(Roles.Month))
            {
                lexemes.Add(new Lexeme(span, i, DateWord.Compound, -1, TokenKind.Word));
                return true;
            }

            if (word is null && number < 0 || isFirst && word?.Is(Roles.Edge | Roles.Month | Roles.Weekday | Roles.Season | Roles.Ordinal) != true)
            {
                lexemes.RemoveRange(first, lexemes.Count - first);
                return false;
            }

            if (!isFirst && !lexemes[^1].IsEdge)
                lexemes.Add(new Lexeme(TextSpan.Of(start - 1, 1), i, null, -1, TokenKind.Mark));
            lexemes.Add(new Lexeme(piece, i, word, number, number < 0 ? TokenKind.Word : TokenKind.Number));
            start = piece.End + 1;
        }

        return true;
    }

    private static int Value(ReadOnlySpan<char> digits)
    {
        if (digits.Length is 0 or > 8)
            return -1;
        var value = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return -1;
            value = value * 10 + (c - '0');
        }

        return value;
    }
}
