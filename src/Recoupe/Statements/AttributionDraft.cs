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

    /// <summary>From 0 to 1.</summary>
    public float Confidence { get; init; } = 1;
}
