namespace Recoupe.Points;

/// <summary>What makes passages one point, and which points are told.</summary>
public sealed record PointOptions
{
    /// <summary>
    /// How alike two groups of passages must be to tell the same, 0 to 1. Lower joins more wordings and more errors. Chosen on the
    /// invented events (docs/accuracy/sourcing.md).
    /// </summary>
    public double MinLikeness { get; init; } = 0.32;

    /// <summary>
    /// How alike a passage that found no other must be to a point that its article does not tell yet, 0 to 1, to be taken for another
    /// wording of it, if no other point is nearly as like.
    /// </summary>
    public double MinAttachment { get; init; } = 0.14;

    /// <summary>The same for a sentence that nobody is given for: what it would add is an origin that nobody knows.</summary>
    public double MinBareAttachment { get; init; } = 0.18;

    /// <summary>How many passages at most are compared pair by pair; larger stories are clustered in parts, then the parts' points.</summary>
    public int MaxUnitsAtOnce { get; init; } = 1200;

    /// <summary>Things told in more passages than this find no candidates (they still count in a comparison).</summary>
    public int MaxPostings { get; init; } = 150;

    /// <summary>How many points that one article alone tells are told of a story with <paramref name="articles"/> articles.</summary>
    public static int LonePoints(int articles) => articles switch
    {
        <= 1 => 10,
        2 => 8,
        3 => 4,
        _ => Math.Max(3, articles / 8),
    };

    /// <summary>How many points are told at most of a story with <paramref name="articles"/> articles.</summary>
    public static int MaxPoints(int articles) => articles switch
    {
        <= 2 => 14,
        <= 10 => 4 + articles,
        _ => 12 + articles / 4,
    };
}
