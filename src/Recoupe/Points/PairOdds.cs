namespace Recoupe.Points;

/// <summary>The pairs of units that may tell the same, with the log-odds that they do: clusters and members are decided on the same.</summary>
/// <param name="Links">The pairs.</param>
/// <param name="Odds">The log-odds of each, in their order.</param>
internal sealed record PairOdds(UnitLinks Links, float[] Odds)
{
    /// <summary>Judges the pairs of <paramref name="units"/>; those with none of <paramref name="about"/> are left out.</summary>
    public static PairOdds Of(List<Unit> units, PointOptions options, HashSet<Unit>? about = null)
    {
        const int AtOnce = 512;
        var links = new UnitLinks(units, about, options.Threads);
        var odds = new float[links.Pairs.Count];
        Parallel.For(
            0, (odds.Length + AtOnce - 1) / AtOnce, new ParallelOptions { MaxDegreeOfParallelism = options.Threads ?? -1 },
            static () => new float[AtOnce * UnitFeatures.Count],
            (part, _, rows) =>
            {
                var from = part * AtOnce;
                var count = Math.Min(AtOnce, odds.Length - from);
                for (var i = 0; i < count; i++)
                    links.Fill(links.Pairs[from + i].A, links.Pairs[from + i].B, rows.AsSpan(i * UnitFeatures.Count, UnitFeatures.Count));
                options.Judge.Same.Score(rows.AsSpan(0, count * UnitFeatures.Count), UnitFeatures.Count, odds.AsSpan(from, count));
                return rows;
            },
            static _ => { });
        return new PairOdds(links, odds);
    }
}
