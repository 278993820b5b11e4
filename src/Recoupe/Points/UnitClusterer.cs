namespace Recoupe.Points;

/// <summary>Puts units together that tell the same, by the mean over all their pairs of the log-odds that they do.</summary>
/// <remarks>Pairs that were not compared share hardly a word: they count as <see cref="PointOptions.Unrelated"/>.</remarks>
internal sealed class UnitClusterer
{
    private readonly PointOptions _options;
    private readonly int[] _sizes;
    private readonly int[] _into;
    private readonly int[] _version;
    private readonly Dictionary<int, (double Sum, int Pairs)>[] _links;
    private readonly List<int>[] _members; // of each root
    private readonly List<UnitGroup>[] _groups; // of each root, what was put together before it, itself the last
    private readonly PriorityQueue<(int A, int B, int Version), (double Odds, int, int)> _next = new();

    private UnitClusterer(int units, PointOptions options)
    {
        _options = options;
        _sizes = new int[units];
        Array.Fill(_sizes, 1);
        _into = [.. Enumerable.Range(0, units)];
        _version = new int[units];
        _links = new Dictionary<int, (double, int)>[units];
        _members = new List<int>[units];
        _groups = new List<UnitGroup>[units];
        for (var i = 0; i < units; i++)
            (_links[i], _members[i], _groups[i]) = ([], [i], []);
    }

    /// <summary>The clusters, by their first unit.</summary>
    /// <param name="units">How many units.</param>
    /// <param name="pairs">The pairs that were compared.</param>
    /// <param name="odds">The log-odds of each pair that both tell the same.</param>
    /// <param name="options">From where on units are put together.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static List<UnitCluster> Cluster(int units, IReadOnlyList<(int A, int B)> pairs, ReadOnlySpan<float> odds, PointOptions options, CancellationToken cancellationToken)
    {
        var clusterer = new UnitClusterer(units, options);
        for (var i = 0; i < pairs.Count; i++)
        {
            var (a, b) = pairs[i];
            var value = Math.Clamp(odds[i], options.Unrelated, options.Certain);
            clusterer._links[a][b] = (value, 1);
            clusterer._links[b][a] = (value, 1);
            clusterer.Offer(a, b);
        }

        clusterer.Merge(cancellationToken);
        return clusterer.Read();
    }

    private double Between(int a, int b)
    {
        var pairs = (double)_sizes[a] * _sizes[b];
        var (sum, compared) = _links[a].GetValueOrDefault(b);
        return (sum + ((pairs - compared) * _options.Unrelated)) / pairs;
    }

    private void Offer(int a, int b)
    {
        var value = Between(a, b);
        if (value >= _options.MinOdds)
            _next.Enqueue((a, b, _version[a] + _version[b]), (-value, Math.Min(a, b), Math.Max(a, b)));
    }

    private void Merge(CancellationToken cancellationToken)
    {
        while (_next.TryDequeue(out var best, out var priority))
        {
            var (a, b, version) = best;
            if (_into[a] != a || _into[b] != b || _version[a] + _version[b] != version)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            if (_links[a].Count < _links[b].Count)
                (a, b) = (b, a);
            foreach (var (other, link) in _links[b])
            {
                _links[other].Remove(b);
                if (other == a)
                    continue;
                var (sum, pairs) = _links[a].GetValueOrDefault(other);
                _links[a][other] = _links[other][a] = (sum + link.Sum, pairs + link.Pairs);
            }

            _links[b] = [];
            _into[b] = a;
            _sizes[a] += _sizes[b];
            _members[a].AddRange(_members[b]);
            _groups[a].AddRange(_groups[b]);
            _groups[a].Add(new UnitGroup([.. _members[a]], (float)-priority.Odds));
            (_members[b], _groups[b]) = ([], []);
            _version[a]++;
            foreach (var other in _links[a].Keys)
                Offer(a, other);
        }
    }

    private List<UnitCluster> Read()
    {
        var clusters = new List<UnitCluster>();
        for (var root = 0; root < _into.Length; root++)
        {
            if (_into[root] == root)
                clusters.Add(new UnitCluster(new UnitGroup([.. _members[root].Order()], _groups[root].LastOrDefault()?.Odds ?? 0), [.. _groups[root].SkipLast(1)]));
        }

        clusters.Sort(static (a, b) => a.Units[0].CompareTo(b.Units[0]));
        return clusters;
    }
}

/// <summary>Units that were put together on the way to a cluster.</summary>
/// <param name="Units">Their numbers.</param>
/// <param name="Odds">The mean log-odds between the two groups that it was made of.</param>
internal sealed record UnitGroup(List<int> Units, float Odds)
{
    /// <summary>The same with numbers that count from <paramref name="first"/>.</summary>
    public UnitGroup From(int first) => this with { Units = Units.ConvertAll(unit => first + unit) };

    /// <summary>The units of the clusters whose numbers it holds.</summary>
    public UnitGroup Of(List<UnitCluster> clusters) => this with { Units = [.. Units.SelectMany(cluster => clusters[cluster].Units)] };
}

/// <summary>Units that tell the same.</summary>
/// <param name="All">The units, and the mean log-odds between the last two groups that they were made of; 0 of one unit.</param>
/// <param name="Parts">What was put together before, each before what holds it.</param>
internal sealed record UnitCluster(UnitGroup All, List<UnitGroup> Parts)
{
    /// <summary>The units' numbers, in rising order.</summary>
    public List<int> Units => All.Units;

    /// <summary>The same with numbers that count from <paramref name="first"/>.</summary>
    public UnitCluster From(int first) => new(All.From(first), Parts.ConvertAll(part => part.From(first)));

    /// <summary>What the clusters are whose numbers it holds.</summary>
    public UnitCluster Of(List<UnitCluster> clusters)
    {
        if (Units is [var only])
            return clusters[only];
        var all = All.Of(clusters);
        all.Units.Sort();
        return new UnitCluster(all, [.. Units.SelectMany(cluster => clusters[cluster].Parts.Append(clusters[cluster].All)), .. Parts.Select(part => part.Of(clusters))]);
    }
}
