namespace Recoupe.Text;

/// <summary>What a token is made of.</summary>
public enum TokenKind
{
    /// <summary>Letters, possibly with inner hyphens or apostrophes.</summary>
    Word,

    /// <summary>Digits, possibly with inner separators (1,000; 2.5; 14h32 is two tokens and a word).</summary>
    Number,

    /// <summary>One punctuation mark or symbol.</summary>
    Mark,
}

/// <summary>A word, a number or a mark of a text.</summary>
public readonly record struct Token(TextSpan Span, TokenKind Kind, PartOfSpeech Tag = PartOfSpeech.Unknown)
{
    /// <summary>First UTF-16 unit.</summary>
    public int Start => Span.Start;

    /// <summary>The UTF-16 unit after the last one.</summary>
    public int End => Span.End;
}

/// <summary>Universal parts of speech (Universal Dependencies, v2), with verbs told by form where the tagger knows it.</summary>
public enum PartOfSpeech : byte
{
    Unknown, Adjective, Adposition, Adverb, Auxiliary, Coordinator, Determiner, Interjection, Noun, Numeral, Particle,
    Pronoun, ProperNoun, Punctuation, Subordinator, Symbol, Verb, Other,
}
