namespace Recoupe.Points;

/// <summary>The pairs of units that may tell the same, with the log-odds that they do: clusters and members are decided on the same.</summary>
/// <param name="Links">The pairs.</param>
/// <param name="Odds">The log-odds of each, in their order.</param>
internal sealed record PairOdds(UnitLinks Links, float[] Odds)
{
    /// <summary>Judges the pairs of <paramref name="units"/>; those with none of <paramref name="about"/> are left out.</summary>
    public static PairOdds Of(List<Unit> units, PointOptions options, HashSet<Unit>? about = null)
    {
        var links = new UnitLinks(units, about, options.Threads);
        var odds = options.Judge.Same.Score(
            links.Pairs.Count, UnitFeatures.Count, (pair, features) => links.Fill(links.Pairs[pair].A, links.Pairs[pair].B, features), options.Threads);
        return new PairOdds(links, odds);
    }
}
