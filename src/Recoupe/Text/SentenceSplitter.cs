using System.Collections.Immutable;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>Cuts a text into sentences.</summary>
public static class SentenceSplitter
{
    /// <summary>The sentences of <paramref name="text"/> in order, without white space at their ends.</summary>
    /// <remarks>An empty line, and any line break, always ends one. A full stop after an abbreviation or an initial does not.</remarks>
    public static ImmutableArray<TextSpan> Split(string text, ImmutableArray<Token> tokens, Language? language)
    {
        var sentences = ImmutableArray.CreateBuilder<TextSpan>();
        var abbreviations = language?.Words("abbreviations");
        var start = -1;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (start < 0)
                start = tokens[i].Start;
            var last = i + 1 == tokens.Length;
            if (last || HasLineBreak(text, tokens[i].End, tokens[i + 1].Start) || EndsHere(text, tokens, i, abbreviations))
            {
                sentences.Add(new TextSpan(start, tokens[i].End));
                start = -1;
            }
        }

        return sentences.ToImmutable();
    }

    private static bool HasLineBreak(string text, int from, int to) => text.AsSpan(from, to - from).ContainsAny('\n', '\r');

    private static bool EndsHere(string text, ImmutableArray<Token> tokens, int i, IWordSet? abbreviations)
    {
        var ending = i;
        while (ending > 0 && IsClosing(text[tokens[ending].Start]) && tokens[ending].Kind == TokenKind.Mark)
            ending--;
        if (tokens[ending].Kind != TokenKind.Mark || text[tokens[ending].Start] is not ('.' or '!' or '?' or '…'))
            return false;

        var next = tokens[i + 1];
        if (next.Start == tokens[i].End && next.Kind != TokenKind.Mark)
            return false;
        if (next.Kind == TokenKind.Mark && (IsClosing(text[next.Start]) || text[next.Start] is '.' or '!' or '?' or '…' or ',' or ';' or ':' or ')'))
            return IsStraightQuote(text, next, tokens[i]) && Opens(text, next);
        if (next.Kind == TokenKind.Word && char.IsLower(text[next.Start]))
            return false;
        if (text[tokens[ending].Start] == '.' && ending == i && ending > 0 && tokens[ending - 1].Kind == TokenKind.Word)
        {
            var word = tokens[ending - 1].Span.In(text);
            if (tokens[ending - 1].End == tokens[ending].Start && (word.Length == 1 && char.IsUpper(word[0]) || abbreviations?.Contains(word) == true))
                return false;
        }

        return true;
    }

    private static bool IsClosing(char c) => c is '"' or '”' or '»' or '’' or ')' or ']' or '\'';

    private static bool IsStraightQuote(string text, Token token, Token before) => text[token.Start] is '"' && token.Start > before.End;

    private static bool Opens(string text, Token quote) => quote.End < text.Length && !char.IsWhiteSpace(text[quote.End]);
}
