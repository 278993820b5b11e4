using System.Collections.Immutable;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>A text's tokens as folded words, each with the key by which it is compared across spellings, forms and languages.</summary>
public sealed class WordSequence
{
    // Six letters keep forms of one word together ("Valdorie", "valdorienne"), and most cognates of two languages.
    private const int KeyLetters = 6;

    private readonly string[] _words;
    private readonly ulong[] _keys;

    /// <summary>Reads <paramref name="text"/> once.</summary>
    public WordSequence(AnalyzedText text)
    {
        Source = text;
        _words = new string[text.Tokens.Length];
        _keys = new ulong[text.Tokens.Length];
        for (var i = 0; i < _words.Length; i++)
            _words[i] = Folding.Fold(text[text.Tokens[i]]);
        if (text.Language is { } language)
            SetKeys(text.Tokens, language);
        else
            SetKeys(text.Tokens);
    }

    /// <summary>The text.</summary>
    public AnalyzedText Source { get; }

    /// <summary>The folded word of each token.</summary>
    public ReadOnlySpan<string> Words => _words;

    /// <summary>The key of each token; 0 for marks, numbers and words that say nothing.</summary>
    public ReadOnlySpan<ulong> Keys => _keys;

    /// <summary>The first token in <paramref name="span"/> and the one after the last.</summary>
    public (int From, int To) Range(TextSpan span) => (Source.TokenAt(span.Start), Source.TokenAt(span.End));

    /// <summary>The folded words of the tokens in <paramref name="span"/>.</summary>
    public ArraySegment<string> In(TextSpan span)
    {
        var (from, to) = Range(span);
        return new ArraySegment<string>(_words, from, Math.Max(0, to - from));
    }

    /// <summary>The keys of the tokens in <paramref name="span"/>, without zeros and doubles, in order.</summary>
    public ImmutableArray<ulong> KeysIn(TextSpan span)
    {
        var (from, to) = Range(span);
        var keys = ImmutableArray.CreateBuilder<ulong>();
        for (var i = from; i < to; i++)
        {
            if (_keys[i] != 0 && !keys.Contains(_keys[i]))
                keys.Add(_keys[i]);
        }

        return keys.ToImmutable();
    }

    /// <summary>The key of a folded word in a language: its concept, or its first letters; 0 if it says nothing.</summary>
    public static ulong KeyOf(string word, Language? language)
    {
        if (language is not null && (language.Table("folded-stopwords", FoldedStopwords).Contains(word) || word.Length < 2))
            return 0;
        var concept = language is null ? 0 : Lexicon.Of(language).Find(word);
        return concept != 0 ? concept : PrefixKey(word);
    }

    private void SetKeys(ImmutableArray<Token> tokens, Language language)
    {
        var stopwords = language.Table("folded-stopwords", FoldedStopwords);
        var lexicon = Lexicon.Of(language);
        for (var i = 0; i < _words.Length; i++)
        {
            if (tokens[i].Kind != TokenKind.Word || _keys[i] != 0)
                continue;
            var compound = Compound(i, tokens, lexicon, out var length);
            if (compound != 0)
            {
                for (var j = i; j < i + length; j++)
                    _keys[j] = compound;
                continue;
            }

            if (_words[i].Length < 2 || stopwords.Contains(_words[i]))
                continue;
            var key = lexicon.Find(_words[i], tokens[i].Tag);
            _keys[i] = key != 0 ? key : PrefixKey(_words[i]);
        }
    }

    private void SetKeys(ImmutableArray<Token> tokens)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if (tokens[i].Kind == TokenKind.Word && _words[i].Length > 3)
                _keys[i] = PrefixKey(_words[i]);
        }
    }

    // "feu vert" and "feu-vert": the lexicon finds what is several words with hyphens.
    private ulong Compound(int at, ImmutableArray<Token> tokens, Lexicon lexicon, out int length)
    {
        length = 1;
        if (!lexicon.OpensCompound(_words[at]))
            return 0;
        for (length = 3; length > 1; length--)
        {
            if (at + length > _words.Length || tokens[at + length - 1].Kind != TokenKind.Word)
                continue;
            var key = lexicon.Find(string.Join('-', _words, at, length));
            if (key != 0)
                return key;
        }

        return 0;
    }

    private static ulong PrefixKey(string word)
    {
        var bare = word.EndsWith('s') && word.Length is > 3 and <= KeyLetters ? word.AsSpan(0, word.Length - 1) : word.AsSpan();
        return TextHash.Of(bare[..Math.Min(bare.Length, KeyLetters)]);
    }

    private static HashSet<string> FoldedStopwords(Language language) =>
        [.. language.Lines("stopwords").Select(line => Folding.Fold(line))];
}
