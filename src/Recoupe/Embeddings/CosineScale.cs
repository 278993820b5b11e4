namespace Recoupe.Embeddings;

/// <summary>How the cosines of a kind of pairs (within a language, or across two) are to be read.</summary>
/// <param name="LookAlike">The mean cosine of two events of one kind: no event is shared below it.</param>
/// <param name="Same">The mean cosine of two tellings of one event.</param>
/// <param name="Deviation">The standard deviation within both.</param>
public readonly record struct CosineScale(double LookAlike, double Same, double Deviation)
{
    // Where two tellings of one event lie not a deviation above look-alikes, the cosine says nothing; from two on it counts in full.
    private const double LeastApart = 1;
    private const double FullyApart = 2;

    /// <summary>The cosine that speaks neither for nor against one event; above 1 where no cosine says anything.</summary>
    public double Midway => Trust > 0 ? (LookAlike + Same) / 2 : 2;

    /// <summary>How much the cosines say at all, 0 to 1.</summary>
    public double Trust => Deviation > 0
        ? Math.Clamp((((Same - LookAlike) / Deviation) - LeastApart) / (FullyApart - LeastApart), 0, 1)
        : Same > LookAlike ? 1 : 0;

    /// <summary>How much a cosine says: from -1 (as unlike as two events) over 0 (midway) to 1 (as like as two tellings of one event), less where <see cref="Trust"/> is less.</summary>
    public double Read(double cosine) => Trust is > 0 and var trust ? trust * Math.Clamp(((cosine - LookAlike) / (Same - LookAlike) * 2) - 1, -1, 1) : 0;

    /// <summary>The scale that pairs of look-alikes and of tellings of one event give.</summary>
    internal static CosineScale Of(List<double> lookAlikes, List<double> same)
    {
        if (lookAlikes.Count == 0 || same.Count == 0)
            return default;
        var (low, high) = (lookAlikes.Average(), same.Average());
        var squares = lookAlikes.Sum(cosine => (cosine - low) * (cosine - low)) + same.Sum(cosine => (cosine - high) * (cosine - high));
        return new CosineScale(low, high, Math.Sqrt(squares / (lookAlikes.Count + same.Count)));
    }
}
