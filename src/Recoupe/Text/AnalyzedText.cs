using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text.Syntax;

namespace Recoupe.Text;

/// <summary>A text with its tokens and sentences: what every stage of the language analysis reads.</summary>
/// <remarks>An article's body and its title are analysed apart, each with its own offsets.</remarks>
public sealed class AnalyzedText
{
    private ImmutableArray<object> _kept = [];

    private AnalyzedText(string text, Language? language, ImmutableArray<Token> tokens, ImmutableArray<TextSpan> sentences)
    {
        Text = text;
        Language = language;
        Tokens = tokens;
        Sentences = sentences;
    }

    /// <summary>The text itself, never altered.</summary>
    public string Text { get; }

    /// <summary>Its language, or null where the language is unknown or has no folder.</summary>
    public Language? Language { get; }

    /// <summary>Its tokens in order, with their parts of speech where the language has a tagger.</summary>
    public ImmutableArray<Token> Tokens { get; }

    /// <summary>Its sentences in order.</summary>
    public ImmutableArray<TextSpan> Sentences { get; }

    /// <summary>Analyses <paramref name="text"/>.</summary>
    public static AnalyzedText Of(string text, Language? language)
    {
        var tokens = Tokenizer.Tokenize(text, language);
        var sentences = SentenceSplitter.Split(text, tokens, language);
        if (language is not null && Tagger.For(language) is { } tagger)
            tokens = tagger.Tag(text, tokens, sentences);
        return new AnalyzedText(text, language, tokens, sentences);
    }

    /// <summary>The same text, read on with other lists: to measure what a list is worth to what comes after.</summary>
    internal AnalyzedText With(Language language) => new(Text, language, Tokens, Sentences) { _kept = [.. _kept.Where(static kept => kept is SyntaxTree)] };

    /// <summary>The index of the first token that starts at or after <paramref name="offset"/>; the count of tokens if none does.</summary>
    public int TokenAt(int offset)
    {
        int low = 0, high = Tokens.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Tokens[middle].Start < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The index of the sentence that holds <paramref name="offset"/>, or -1.</summary>
    public int SentenceAt(int offset)
    {
        int low = 0, high = Sentences.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Sentences[middle].End <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low < Sentences.Length && Sentences[low].Contains(offset) ? low : -1;
    }

    /// <summary>The form of a token's word that a dictionary lists (<i>affirmait</i>: <i>affirmer</i>), in small letters but for proper nouns; without a lemmatizer, the word in small letters.</summary>
    public string LemmaOf(Token token) =>
        Language is not null && Lemmatizer.For(Language) is { } lemmatizer
            ? lemmatizer.Lemma(this[token], token.Tag)
            : this[token].ToString().ToLowerInvariant();

    /// <summary>The <see cref="TextHash"/> of <see cref="LemmaOf"/>, without making a string.</summary>
    public ulong LemmaKeyOf(Token token) =>
        Language is not null && Lemmatizer.For(Language) is { } lemmatizer
            ? lemmatizer.Key(this[token], token.Tag)
            : TextHash.Of(LemmaOf(token));

    /// <summary>What each word is to which other; parsed when it is first asked for. Null where the language has no parser.</summary>
    public SyntaxTree? Syntax => Language is not null && DependencyParser.For(Language) is not null ? Keep(static text => SyntaxTree.Of(text)!) : null;

    /// <summary>Something that a stage builds once from the text for the stages after it. Always the same for the same text, so that threads may race.</summary>
    internal T Keep<T>(Func<AnalyzedText, T> build)
        where T : class
    {
        foreach (var kept in _kept)
        {
            if (kept is T found)
                return found;
        }

        var built = build(this);
        ImmutableInterlocked.Update(ref _kept, static (list, item) => list.Add(item), built);
        return built;
    }

    /// <summary>The words of a token.</summary>
    public ReadOnlySpan<char> this[Token token] => token.Span.In(Text);
}
