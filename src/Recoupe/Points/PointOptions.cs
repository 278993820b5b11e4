namespace Recoupe.Points;

/// <summary>What makes passages one point, and which points are told. The thresholds are chosen with each story left out of training (docs/accuracy/sourcing.md).</summary>
public sealed record PointOptions
{
    /// <summary>The least mean log-odds of two groups of passages that they tell the same, to be put together. Lower joins more wordings and more errors.</summary>
    public float MinOdds { get; init; } = -1f;

    /// <summary>The log-odds of two passages that share hardly a word.</summary>
    public float Unrelated { get; init; } = -3;

    /// <summary>The most that one pair of passages counts, in log-odds.</summary>
    public float Certain { get; init; } = 4;

    /// <summary>The least log-odds of a passage to a point that it was not put with, to tell it too.</summary>
    public float MinTells { get; init; } = -1.6f;

    /// <summary>The least log-odds of a passage to the point that it was put with, to stay there.</summary>
    public float MinStays { get; init; } = -2f;

    /// <summary>The least log-odds that an editor would list a point, for it to be told.</summary>
    public float MinTold { get; init; } = -1.1f;

    /// <summary>The least log-odds of what a point's passages tell beside it, for it to be told as a point of its own.</summary>
    public float MinToldFacet { get; init; } = -0.8f;

    /// <summary>The least log-odds of what some of a point's passages tell more alike, for it to be told beside it.</summary>
    public float MinToldPart { get; init; } = -2f;

    /// <summary>How many threads compare passages at most; null for one a processor. The result does not depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>The learned decisions.</summary>
    internal PointJudge Judge { get; init; } = PointJudge.Default;

    /// <summary>How many passages at most are compared at once; larger stories are put together in parts, then what stands for each part's points.</summary>
    public int MaxUnitsAtOnce { get; init; } = 1200;
}
