using Recoupe.Discrepancies;
using Recoupe.Origins;
using Recoupe.Points;

namespace Recoupe.Grades;

/// <summary>Grades a point by its origins (sourcing rules 10 and 11).</summary>
internal static class Grader
{
    /// <summary>The grade of a point.</summary>
    /// <param name="sourcing">What stands behind it.</param>
    /// <param name="discrepancies">The discrepancies of the story.</param>
    public static Grade Of(Sourcing sourcing, IEnumerable<Discrepancy> discrepancies)
    {
        if (IsDisputed(sourcing, discrepancies))
            return Grade.Disputed;
        var groups = sourcing.Groups.Where(group => !group.Partial).ToList();
        if (groups.Count == 0)
            groups = [.. sourcing.Groups];
        var named = groups.Exists(group => group.IsNamed);
        if (named && sourcing.Count.Fewest >= 2)
            return Grade.Independent;
        if (named)
            return Grade.Named;
        if (groups.Exists(group => group.IsUnnamed))
            return Grade.UnnamedOnly;
        return sourcing.Groups.Count == 1 ? Grade.Single : Grade.Unattributed;
    }

    private static bool IsDisputed(Sourcing sourcing, IEnumerable<Discrepancy> discrepancies) =>
        sourcing.Chains.Any(chain => chain.Passage.Stance == Stance.Denies)
        || discrepancies.Any(discrepancy => discrepancy.Point == sourcing.Point.Id && discrepancy.Resolution == Resolution.Open
            && discrepancy.Kind is not DiscrepancyKind.Quote);
}
