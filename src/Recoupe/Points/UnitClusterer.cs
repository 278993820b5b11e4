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
    private readonly PriorityQueue<(int A, int B, int Version), (double, int, int)> _next = new();

    private UnitClusterer(int units, PointOptions options)
    {
        _options = options;
        _sizes = new int[units];
        Array.Fill(_sizes, 1);
        _into = [.. Enumerable.Range(0, units)];
        _version = new int[units];
        _links = new Dictionary<int, (double, int)>[units];
        for (var i = 0; i < units; i++)
            _links[i] = [];
    }

    /// <summary>The clusters as lists of the units' numbers, each in rising order, by their first.</summary>
    /// <param name="units">How many units.</param>
    /// <param name="pairs">The pairs that were compared.</param>
    /// <param name="odds">The log-odds of each pair that both tell the same.</param>
    /// <param name="options">From where on units are put together.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static List<List<int>> Cluster(int units, IReadOnlyList<(int A, int B)> pairs, ReadOnlySpan<float> odds, PointOptions options, CancellationToken cancellationToken)
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
        while (_next.TryDequeue(out var best, out _))
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
            _version[a]++;
            foreach (var other in _links[a].Keys)
                Offer(a, other);
        }
    }

    private List<List<int>> Read()
    {
        var clusters = new Dictionary<int, List<int>>();
        for (var i = 0; i < _into.Length; i++)
        {
            var root = i;
            while (_into[root] != root)
                root = _into[root];
            if (!clusters.TryGetValue(root, out var members))
                clusters[root] = members = [];
            members.Add(i);
        }

        return [.. clusters.Values.OrderBy(members => members[0])];
    }
}
