using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>Cuts a text into sentences.</summary>
public static class SentenceSplitter
{
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\r\u2028\u2029");

    private enum Abbreviation
    {
        None,
        Name,
        Number,
        Weak,
    }

    /// <summary>The sentences of <paramref name="text"/> in order, without white space at their ends.</summary>
    /// <remarks>
    /// Any line break ends one, so does a full stop, a question or exclamation mark, or an ellipsis, unless a word in small letters
    /// follows. Quotation marks and brackets that close after it stay with it: a quotation may hold several sentences, and what follows
    /// its end in small letters (<i>a-t-il dit</i>) belongs to its last one. A full stop after an abbreviation or an initial ends none.
    /// </remarks>
    public static ImmutableArray<TextSpan> Split(string text, ImmutableArray<Token> tokens, Language? language)
    {
        var sentences = ImmutableArray.CreateBuilder<TextSpan>();
        var words = language?.Table("abbreviations", Words.Of);
        var first = -1; // the sentence's first token
        for (var i = 0; i < tokens.Length; i++)
        {
            if (first < 0)
                first = i;
            var last = i;
            if (Terminates(text, tokens[i]))
            {
                last = Closing(text, tokens, i);
                if (last + 1 < tokens.Length && !HasLineBreak(text, tokens[last].End, tokens[last + 1].Start)
                    && !EndsHere(text, tokens, first, i, last, words))
                {
                    i = last;
                    continue;
                }
            }
            else if (i + 1 < tokens.Length && !HasLineBreak(text, tokens[i].End, tokens[i + 1].Start))
            {
                continue;
            }

            sentences.Add(new TextSpan(tokens[first].Start, tokens[last].End));
            first = -1;
            i = last;
        }

        return sentences.ToImmutable();
    }

    private static bool HasLineBreak(string text, int from, int to) =>
        to > from && text.AsSpan(from, to - from).IndexOfAny(LineBreaks) >= 0;

    // A mark, or a dotted abbreviation that brings its own full stop (U.S.).
    private static bool Terminates(string text, Token token) =>
        token.Kind == TokenKind.Mark ? text[token.Start] is '.' or '!' or '?' or '…' or '。' : IsDotted(text, token);

    private static bool IsDotted(string text, Token token) => token.Kind == TokenKind.Word && text[token.End - 1] == '.';

    // The last token of the run of marks that goes with the terminator: ?!, …, then what closes.
    private static int Closing(string text, ImmutableArray<Token> tokens, int i)
    {
        var last = i;
        while (last + 1 < tokens.Length && tokens[last + 1].Kind == TokenKind.Mark)
        {
            var next = tokens[last + 1];
            var c = text[next.Start];
            var adjacent = next.Start == tokens[last].End;
            if (HasLineBreak(text, tokens[last].End, next.Start))
                break;
            if (c is '.' or '…' ? !adjacent : c is '!' or '?' ? false : !Closes(text, next, adjacent))
                break;
            last++;
        }

        return last;
    }

    // Guillemets and right marks close wherever they stand; straight marks if nothing parts them from what they close.
    private static bool Closes(string text, Token mark, bool adjacent) => text[mark.Start] switch
    {
        '»' or '”' or ')' or ']' or '›' => adjacent || !IsFollowedByWord(text, mark),
        '"' or '’' or '\'' or '*' => adjacent,
        '“' => adjacent && !IsFollowedByWord(text, mark), // the wrong mark, as found in pages
        _ => false,
    };

    private static bool IsFollowedByWord(string text, Token mark) => mark.End < text.Length && char.IsLetterOrDigit(text[mark.End]);

    private static bool EndsHere(string text, ImmutableArray<Token> tokens, int first, int i, int last, Words? words)
    {
        var next = tokens[last + 1];
        var initial = text[next.Start];
        var gap = next.Start > tokens[last].End;
        if (next.Kind == TokenKind.Mark)
        {
            if (initial is ',' or ';' or ':' or ')' or ']' or '/' or '%' or '.' or '…' || (!gap && initial is '-' or '–' or '—' or '\'' or '’'))
                return false;
            // A dash after a question opens an aside, after a full stop it may open a speech.
            if (initial is '-' or '–' or '—')
                return last == i && text[tokens[i].Start] == '.' && StartsUpper(text, tokens, last + 2) && !IsAbbreviation(text, tokens, i, last + 2, words);
            return gap && !IsAbbreviation(text, tokens, i, last + 2, words);
        }

        if (next.Kind == TokenKind.Word && char.IsLower(initial))
            return false;
        if (!gap && last == i)
            return next.Kind == TokenKind.Word && IsGluedSentence(text, tokens, i, next);
        if (tokens[i].Kind == TokenKind.Mark && text[tokens[i].Start] is not '.')
            return true;
        return last > i && text[tokens[last].Start] != '.' || !IsNumbering(tokens, first, i) && !IsAbbreviation(text, tokens, i, last + 1, words);
    }

    // "fin.Le": small letters, a full stop, a capitalised word.
    private static bool IsGluedSentence(string text, ImmutableArray<Token> tokens, int i, Token next) =>
        i > 0 && tokens[i].Kind == TokenKind.Mark && tokens[i - 1].Kind == TokenKind.Word && tokens[i - 1].End == tokens[i].Start
        && tokens[i - 1].Span.Length > 2 && char.IsLower(text[tokens[i - 1].Start]) && char.IsLower(text[tokens[i - 1].End - 1])
        && next.Span.Length > 1 && char.IsLower(text[next.Start + 1]);

    private static bool StartsUpper(string text, ImmutableArray<Token> tokens, int i) => i < tokens.Length && char.IsUpper(text[tokens[i].Start]);

    // "1. The first", "2. Le second": the number of an item.
    private static bool IsNumbering(ImmutableArray<Token> tokens, int first, int i) => i == first + 1 && tokens[first].Kind == TokenKind.Number;

    private static bool IsAbbreviation(string text, ImmutableArray<Token> tokens, int i, int next, Words? words)
    {
        var follows = next < tokens.Length ? tokens[next] : default;
        var opens = words is not null && Opens(text, tokens, next, words);
        if (IsDotted(text, tokens[i]))
            return !opens || words?.Find(tokens[i].Span.In(text)) == Abbreviation.Name;
        if (i == 0 || text[tokens[i].Start] != '.' || tokens[i - 1].Kind != TokenKind.Word || tokens[i - 1].End != tokens[i].Start)
            return false;
        var word = tokens[i - 1].Span.In(text);
        switch (words?.Find(word) ?? Abbreviation.None)
        {
            case Abbreviation.Name: return true;
            case Abbreviation.Number: return follows.Kind == TokenKind.Number;
            case Abbreviation.Weak: return !opens;
        }

        // An initial, or J.-C.: but "plan B. The".
        return char.IsUpper(word[^1]) && (word.Length == 1 || word is [_, '.', '-', _] or [_, '-', _]) && !opens;
    }

    // A word that may be part of a name opens a sentence before a word in small letters only: "on X. La police", but "J. La Rue".
    private static bool Opens(string text, ImmutableArray<Token> tokens, int i, Words words)
    {
        if (i >= tokens.Length || tokens[i].Kind != TokenKind.Word)
            return false;
        var word = tokens[i].Span.In(text);
        return words.Openers.Contains(word) && (!SharedWords.NameParticles.Contains(word) || i + 1 < tokens.Length && char.IsLower(text[tokens[i + 1].Start]));
    }

    private sealed class Words
    {
        private readonly FrozenDictionary<string, Abbreviation>.AlternateLookup<ReadOnlySpan<char>> _exact;
        private readonly FrozenDictionary<string, Abbreviation>.AlternateLookup<ReadOnlySpan<char>> _folded;

        private Words(Language language)
        {
            var kinds = language.Lines("abbreviations").Select(line => line.Split('\t')).Where(columns => columns.Length > 1)
                .Select(columns => (Word: columns[0], Kind: Enum.Parse<Abbreviation>(columns[1], ignoreCase: true))).DistinctBy(pair => pair.Word).ToList();
            _exact = kinds.ToFrozenDictionary(pair => pair.Word, pair => pair.Kind).GetAlternateLookup<ReadOnlySpan<char>>();
            // "no." and "No." may both stand before a number, "m." is no "M.".
            _folded = kinds.Where(pair => pair.Kind != Abbreviation.Name).DistinctBy(pair => pair.Word.ToLowerInvariant())
                .ToFrozenDictionary(pair => pair.Word, pair => pair.Kind, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
            Openers = language.Words("sentence-openers");
        }

        public IWordSet Openers { get; }

        public static Words Of(Language language) => new(language);

        public Abbreviation Find(ReadOnlySpan<char> word) =>
            word.Length > 8 ? Abbreviation.None
            : _exact.TryGetValue(word, out var kind) || (word.Length > 1 && _folded.TryGetValue(word, out kind)) ? kind : Abbreviation.None;
    }
}
