namespace Recoupe.Text;

/// <summary>What a token is made of.</summary>
public enum TokenKind
{
    /// <summary>Letters, possibly with inner hyphens or apostrophes; also dotted abbreviations (U.S.), addresses of pages and of mail.</summary>
    Word,

    /// <summary>Digits, possibly with inner separators (1,000; 2.5; 14h32 is two tokens and a word).</summary>
    Number,

    /// <summary>One punctuation mark or symbol.</summary>
    Mark,
}

/// <summary>A word, a number or a mark of a text.</summary>
/// <param name="Tag">Its part of speech; Unknown where the language has no tagger.</param>
/// <param name="Form">Form, mood, tense, person, number and gender, as far as the tagger tells them.</param>
public readonly record struct Token(TextSpan Span, TokenKind Kind, PartOfSpeech Tag = PartOfSpeech.Unknown, Morphology Form = default)
{
    /// <summary>First UTF-16 unit.</summary>
    public int Start => Span.Start;

    /// <summary>The UTF-16 unit after the last one.</summary>
    public int End => Span.End;

    /// <summary>Whether it is a verb or an auxiliary in a finite form.</summary>
    public bool IsFiniteVerb => Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary && Form.Form == VerbForm.Finite;
}

/// <summary>Universal parts of speech (Universal Dependencies, v2). The form of verbs stands in <see cref="Token.Form"/>.</summary>
public enum PartOfSpeech : byte
{
    Unknown, Adjective, Adposition, Adverb, Auxiliary, Coordinator, Determiner, Interjection, Noun, Numeral, Particle,
    Pronoun, ProperNoun, Punctuation, Subordinator, Symbol, Verb, Other,
}
