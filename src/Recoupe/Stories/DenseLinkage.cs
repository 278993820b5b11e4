namespace Recoupe.Stories;

/// <summary>As <see cref="AverageLinkage"/>, for a few articles of which every pair is linked.</summary>
internal static class DenseLinkage
{
    /// <summary>The groups by their first article.</summary>
    /// <param name="count">How many articles.</param>
    /// <param name="scores">The log-odds of each pair: 0 and 1, 0 and 2, 1 and 2, 0 and 3 and so on.</param>
    /// <param name="from">Two groups are merged if their mean is above this, the nearest first.</param>
    public static List<List<int>> Groups(int count, ReadOnlySpan<float> scores, float from)
    {
        var sums = new long[count * count];
        var next = 0;
        for (var b = 1; b < count; b++)
        {
            for (var a = 0; a < b; a++)
                sums[(a * count) + b] = sums[(b * count) + a] = AverageLinkage.Value(scores[next++]);
        }

        var within = new long[count];
        var members = Enumerable.Range(0, count).Select(i => new List<int> { i }).ToList();
        while (Nearest(members, sums, within, (double)from * AverageLinkage.Scale) is { } nearest)
        {
            var (a, b) = (members[nearest.A], members[nearest.B]);
            within[a[0]] += within[b[0]] + sums[(a[0] * count) + b[0]];
            for (var other = 0; other < count; other++)
                sums[(a[0] * count) + other] = sums[(other * count) + a[0]] += sums[(b[0] * count) + other];
            a.AddRange(b);
            a.Sort();
            members.RemoveAt(nearest.B);
        }

        return members;
    }

    // Of groups equally near those of the lowest numbers.
    private static (int A, int B)? Nearest(List<List<int>> members, long[] sums, long[] within, double floor)
    {
        (int, int)? nearest = null;
        var count = within.Length;
        var best = floor;
        for (var a = 0; a < members.Count; a++)
        {
            for (var b = a + 1; b < members.Count; b++)
            {
                var mean = (double)sums[(members[a][0] * count) + members[b][0]] / ((long)members[a].Count * members[b].Count);
                if (mean > best && mean > AverageLinkage.Floor(floor, Cohesion(members[a], within), Cohesion(members[b], within)))
                    (nearest, best) = ((a, b), mean);
            }
        }

        return nearest;
    }

    private static double Cohesion(List<int> group, long[] within) =>
        AverageLinkage.Cohesion(group.Count, within[group[0]], (long)group.Count * (group.Count - 1) / 2);
}
