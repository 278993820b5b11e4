namespace Recoupe.Reuses;

/// <summary>How widely shared text is looked for.</summary>
public sealed record ReuseOptions
{
    /// <summary>Seeds of which one is kept as fingerprint: shared runs of <c>window + 4</c> words are always met. 1 keeps all.</summary>
    public int Window { get; init; } = 3;

    /// <summary>How many earlier articles an article is aligned with at most, those that share most first.</summary>
    public int MostPartners { get; init; } = 40;

    /// <summary>How many articles one fingerprint points to at most, the earliest: more tell nothing new about a copy.</summary>
    public int MostHolders { get; init; } = 60;
}
