namespace Recoupe.Points;

/// <summary>Puts units together that tell the same: agglomerative, the likest first.</summary>
internal static class UnitClusterer
{
    // Pairs below this are as good as unrelated: not kept.
    private const double Unrelated = 0.12;

    // Two clusters of three passages; more pairs are of a story of many articles.
    private const int FewPairs = 9;

    /// <summary>The clusters, each a list of indices into <paramref name="units"/> in rising order, by their first.</summary>
    public static List<List<int>> Cluster(List<Unit> units, Likeness likeness, PointOptions options, CancellationToken cancellationToken)
    {
        var links = Pairs(units, likeness, options, cancellationToken);
        var members = new List<int>?[units.Count];
        for (var i = 0; i < units.Count; i++)
            members[i] = [i];

        var queue = new PriorityQueue<(int A, int B, double Link), (double, int, int)>();
        foreach (var (a, neighbours) in links.Select((neighbours, a) => (a, neighbours)))
        {
            foreach (var (b, link) in neighbours)
            {
                if (a < b)
                    Enqueue(a, b, link.Value(1));
            }
        }

        while (queue.TryDequeue(out var next, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (a, b, value) = next;
            if (members[a] is not { } first || members[b] is not { } second || !links[a].TryGetValue(b, out var link)
                || link.Value(first.Count * second.Count) != value)
                continue;

            // B goes into A; what B was linked with is linked with A.
            first.AddRange(second);
            members[b] = null;
            links[a].Remove(b);
            foreach (var (other, linked) in links[b])
            {
                if (other == a || members[other] is null)
                    continue;
                links[a][other] = links[a].TryGetValue(other, out var known) ? known.And(linked) : linked;
                links[other].Remove(b);
                links[other][a] = links[a][other];
            }

            links[b].Clear();
            foreach (var (other, linked) in links[a])
            {
                if (members[other] is { } others)
                    Enqueue(Math.Min(a, other), Math.Max(a, other), linked.Value(first.Count * others.Count));
            }
        }

        var clusters = members.Where(cluster => cluster is not null).Select(cluster => cluster!).ToList();
        foreach (var cluster in clusters)
            cluster.Sort();
        clusters.Sort((x, y) => x[0].CompareTo(y[0]));
        return clusters;

        void Enqueue(int a, int b, double value)
        {
            if (value >= options.MinLikeness)
                queue.Enqueue((a, b, value), (-value, a, b));
        }
    }

    // What two units share is summed up term by term; only pairs that may be related are compared in full.
    private static Dictionary<int, Link>[] Pairs(List<Unit> units, Likeness likeness, PointOptions options, CancellationToken cancellationToken)
    {
        var postings = new Dictionary<ulong, List<(int Unit, double Weight)>>();
        var links = new Dictionary<int, Link>[units.Count];
        var shared = new (double Dot, double Sum)[units.Count];
        var met = new List<int>();
        for (var b = 0; b < units.Count; b++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            links[b] = [];
            // What is too common to find candidates by: at most this much may be shared beside.
            (double Dot, double Sum) common = (0, 0);
            for (var i = 0; i < units[b].Terms.Length; i++)
            {
                var (term, weight) = (units[b].Terms[i], units[b].Weights[i]);
                if (!postings.TryGetValue(term.Key, out var holders))
                    postings[term.Key] = holders = [];
                if (holders.Count > options.MaxPostings)
                {
                    var most = weight * likeness.MostOf(term.Key);
                    common = (common.Dot + most, common.Sum + Math.Sqrt(most));
                    continue;
                }

                foreach (var (a, other) in holders)
                {
                    if (shared[a].Sum == 0)
                        met.Add(a);
                    shared[a] = (shared[a].Dot + weight * other, shared[a].Sum + Math.Sqrt(weight * other));
                }

                holders.Add((b, weight));
            }

            foreach (var a in met)
            {
                var (dot, sum) = shared[a];
                shared[a] = default;
                if (likeness.AtMost(units[a], units[b], dot + common.Dot, sum + common.Sum) < Unrelated)
                    continue;
                var value = likeness.Of(units[a], units[b]);
                if (value < Unrelated)
                    continue;
                var link = new Link(value, value);
                links[a][b] = link;
                links[b][a] = link;
            }

            met.Clear();
        }

        return links;
    }

    /// <summary>How two clusters hang together: the sum over their pairs, and the likest pair.</summary>
    private readonly record struct Link(double Sum, double Best)
    {
        // Half the mean, so that a cluster stays about one thing; half the best, so that one other wording does not part it.
        // In large clusters some pair is always like enough by chance: there the mean decides.
        public double Value(int pairs)
        {
            var mean = pairs > FewPairs ? 0.7 : 0.5;
            return mean * Sum / pairs + (1 - mean) * Best;
        }

        public Link And(Link other) => new(Sum + other.Sum, Math.Max(Best, other.Best));
    }
}
