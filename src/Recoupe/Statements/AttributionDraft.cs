namespace Recoupe.Statements;

/// <summary>A stretch of tokens; the end is not in it.</summary>
internal readonly record struct TokenRange(int Start, int End)
{
    public bool IsEmpty => End <= Start;

    public bool Overlaps(TokenRange other) => Start < other.End && other.Start < End;
}

/// <summary>A found attribution in tokens.</summary>
/// <param name="Content">What is said, the part that was found first in front.</param>
/// <param name="Cue">The words that attribute; empty where a quotation stands alone.</param>
/// <param name="Source">Who says it, or null.</param>
/// <param name="Voice">Whether it is told as speech.</param>
internal sealed record AttributionDraft(List<TokenRange> Content, TokenRange Cue, TokenRange? Source, Voice Voice)
{
    /// <summary>The token that makes it an attribution; -1 for a quotation without cue.</summary>
    public int Head { get; init; } = -1;

    /// <summary>The construction, where a rule proposed it.</summary>
    public Construction Construction { get; init; }

    /// <summary>From 0 to 1.</summary>
    public float Confidence { get; init; } = 1;

    /// <summary>What the model makes of its parts.</summary>
    public AttributionOdds Odds { get; init; }
}

/// <summary>How sure the model is of an attribution's parts.</summary>
/// <param name="Cue">Log-odds of the cue.</param>
/// <param name="Near">Probability of the content's near boundary.</param>
/// <param name="Far">Probability of its far boundary.</param>
/// <param name="Source">By how much the source outweighs none; 0 where none is found.</param>
internal readonly record struct AttributionOdds(float Cue, float Near, float Far, float Source)
{
    /// <summary>The log-odds that it is an attribution, as the judge holds; 0 before it is asked.</summary>
    public float Told { get; init; }

    /// <summary>How many readings of the cue's content are likelier.</summary>
    public int Rank { get; init; }

    /// <summary>How likely its content is beside the likeliest of the cue.</summary>
    public float Share { get; init; }
}

/// <summary>How a rule reads an attribution.</summary>
internal enum Construction
{
    None,

    /// <summary>A quotation that closes before the verb.</summary>
    Quoted,

    /// <summary>A quotation or a colon after the verb.</summary>
    Following,

    /// <summary>A clause that a word introduces.</summary>
    That,

    /// <summary>The verb stands inside or after its sentence.</summary>
    Inserted,
    Infinitive,
    BareClause,
    Noun,
    Passive,
}
