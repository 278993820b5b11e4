namespace Recoupe.Text;

/// <summary>The form of a verb.</summary>
public enum VerbForm : byte
{
    /// <summary>No verb, or a form that the tagger could not tell.</summary>
    None,
    Finite,
    Infinitive,
    PastParticiple,

    /// <summary>Also the gerund (<i>disant</i>, <i>saying</i>).</summary>
    PresentParticiple,
}

/// <summary>The mood of a finite verb.</summary>
public enum Mood : byte
{
    None,
    Indicative,

    /// <summary>The French <i>conditionnel</i> (<i>aurait</i>, <i>serait</i>); English has none.</summary>
    Conditional,
    Subjunctive,
    Imperative,
}

/// <summary>The tense of a finite verb.</summary>
public enum Tense : byte
{
    None,
    Present,

    /// <summary>The French <i>passé simple</i>, the English simple past.</summary>
    Past,

    /// <summary>The French <i>imparfait</i>.</summary>
    Imperfect,
    Future,
}

/// <summary>Grammatical number.</summary>
public enum GrammaticalNumber : byte
{
    None,
    Singular,
    Plural,
}

/// <summary>Grammatical gender.</summary>
public enum Gender : byte
{
    None,
    Masculine,
    Feminine,
}

/// <summary>What the form of a word tells beside its part of speech, as the tagger reads it; each field is None (0) where it does not.</summary>
/// <remarks>Two bytes. English singular nouns are Singular, its past and present persons are told only where the form or the subject before it tells them.</remarks>
public readonly record struct Morphology
{
    private readonly ushort _bits;

    /// <summary>Puts the fields together.</summary>
    /// <param name="person">1 to 3, or 0 where it is not told.</param>
    public Morphology(VerbForm form, Mood mood, Tense tense, int person, GrammaticalNumber number, Gender gender) =>
        _bits = (ushort)((int)form | ((int)mood << 3) | ((int)tense << 6) | (person << 9) | ((int)number << 11) | ((int)gender << 13));

    /// <summary>The form of a verb or auxiliary.</summary>
    public VerbForm Form => (VerbForm)(_bits & 7);

    /// <summary>The mood of a finite verb.</summary>
    public Mood Mood => (Mood)((_bits >> 3) & 7);

    /// <summary>The tense of a finite verb.</summary>
    public Tense Tense => (Tense)((_bits >> 6) & 7);

    /// <summary>1, 2 or 3; 0 where it is not told.</summary>
    public int Person => (_bits >> 9) & 3;

    /// <summary>Singular or plural.</summary>
    public GrammaticalNumber Number => (GrammaticalNumber)((_bits >> 11) & 3);

    /// <summary>Masculine or feminine.</summary>
    public Gender Gender => (Gender)((_bits >> 13) & 3);

    /// <inheritdoc/>
    public override string ToString() => $"{Form} {Mood} {Tense} {Person} {Number} {Gender}";
}
