namespace Recoupe.Stories;

/// <summary>Merges groups of articles, the strongest link first, as long as the mean log-odds over all pairs of two groups is high enough.</summary>
/// <remarks>
/// Average linkage on a sparse graph: pairs without an edge count as <c>unmet</c>, as far as they could have met: a search finds so many
/// articles and no more, so that of a larger group only <see cref="MostMet"/> count. Two large groups must be liker than two small ones,
/// by how much each is of one piece. Sums are whole numbers, so that the result does not hang on the order of addition.
/// </remarks>
internal sealed class AverageLinkage
{
    /// <summary>Log-odds are kept in whole parts of so many a unit.</summary>
    public const float Scale = 4096;

    // Twice as many as a placement's candidates, which is what settling searches for.
    private const int MostMet = 96;

    // Beyond this a single pair is not surer: its log-odds count as so many. Chosen on stories unseen (docs/accuracy/stories.md).
    private const float Most = 3;

    // Two groups of so many articles each must be the liker the more each is of one piece, by this share of the lesser of their inner means:
    // two phases of an affair have more in common than two events have, yet less than each has within. Chosen on stories unseen.
    private const int Large = 5;
    private const double OfCohesion = 0.6;

    /// <summary>The groups of <paramref name="count"/> articles, by their first: what no link connects is never looked at together.</summary>
    /// <param name="count">How many articles.</param>
    /// <param name="links">Pairs of articles with their log-odds, each pair once; those that <see cref="Tells"/> denies may be left out.</param>
    /// <param name="unmet">The log-odds of all other pairs.</param>
    /// <param name="from">Two groups are merged if their mean is above this.</param>
    public static List<List<int>> Groups(int count, List<(int A, int B, float Score)> links, float unmet, float from)
    {
        var first = new int[count];
        for (var i = 0; i < count; i++)
            first[i] = i;
        foreach (var (a, b, _) in links)
        {
            var (rootA, rootB) = (Root(first, a), Root(first, b));
            (first[Math.Max(rootA, rootB)], first[Math.Min(rootA, rootB)]) = (Math.Min(rootA, rootB), Math.Min(rootA, rootB));
        }

        // The articles of each connected part, rising, and the links by part.
        var members = new List<int>?[count];
        var place = new int[count];
        for (var i = 0; i < count; i++)
        {
            var part = members[Root(first, i)] ??= [];
            place[i] = part.Count;
            part.Add(i);
        }

        var byPart = new List<int>?[count];
        for (var link = 0; link < links.Count; link++)
            (byPart[Root(first, links[link].A)] ??= []).Add(link);
        var groups = new List<List<int>>();
        for (var root = 0; root < count; root++)
        {
            if (members[root] is not { } part)
                continue;
            if (byPart[root] is not { } own)
            {
                groups.Add(part);
                continue;
            }

            var linkage = new AverageLinkage(part.Count, unmet);
            foreach (var (a, b, score) in own.Select(link => links[link]))
                linkage.Link(place[a], place[b], score);
            groups.AddRange(linkage.Merge(from).Select(group => group.ConvertAll(i => part[i])));
        }

        groups.Sort((a, b) => a[0].CompareTo(b[0]));
        return groups;
    }

    /// <summary>Whether a link of these log-odds can change the groups: one that is no likelier than an unmet pair changes nothing.</summary>
    public static bool Tells(float score, float unmet, float from) =>
        Value(score) != (long)(unmet * Scale) || unmet > from;

    private static int Root(int[] first, int article)
    {
        while (first[article] != article)
            article = first[article] = first[first[article]];
        return article;
    }

    private readonly Dictionary<int, (long Sum, int Edges)>[] _links;
    private readonly int[] _sizes;
    private readonly List<int>?[] _members;
    private readonly (long Sum, long Pairs)[] _within;
    private readonly long _unmet;

    /// <summary>Starts with <paramref name="count"/> groups of the given sizes.</summary>
    public AverageLinkage(int count, float unmet)
    {
        _links = new Dictionary<int, (long, int)>[count];
        _sizes = new int[count];
        _members = new List<int>[count];
        _within = new (long, long)[count];
        for (var i = 0; i < count; i++)
        {
            _links[i] = [];
            _sizes[i] = 1;
            _members[i] = [i];
        }

        _unmet = (long)(unmet * Scale);
    }

    /// <summary>Links two groups by the log-odds that they are one; a second link of the same two is left out.</summary>
    public void Link(int a, int b, float score)
    {
        if (a == b || _links[a].ContainsKey(b))
            return;
        var value = Value(score);
        _links[a][b] = (value, 1);
        _links[b][a] = (value, 1);
    }

    /// <summary>Merges while a mean link is above <paramref name="from"/>; gives the groups by their first member.</summary>
    public List<List<int>> Merge(float from)
    {
        var floor = (double)from * Scale;
        var queue = new PriorityQueue<(int A, int B), (double, int, int)>();
        for (var a = 0; a < _links.Length; a++)
        {
            foreach (var b in _links[a].Keys)
            {
                if (a < b)
                    Queue(queue, a, b, floor);
            }
        }

        // A group that takes in another one is less near to those that only it was linked to, never nearer: what stands in the queue is too
        // high at most, and is looked at again when its turn comes. So a group of many is not queued anew whenever it grows.
        while (queue.TryDequeue(out var pair, out var priority))
        {
            var (a, b) = pair;
            if (_members[a] is null || _members[b] is null)
                continue;
            var mean = Mean(a, b);
            if (-priority.Item1 > mean)
                Queue(queue, a, b, floor);
            if (-priority.Item1 != mean || mean <= Floor(floor, Cohesion(a), Cohesion(b)))
                continue;
            foreach (var other in Unite(a, b))
                Queue(queue, Math.Min(a, other), Math.Max(a, other), floor);
        }

        var groups = new List<List<int>>();
        foreach (var members in _members)
        {
            if (members is null)
                continue;
            members.Sort();
            groups.Add(members);
        }

        return groups;
    }

    private void Queue(PriorityQueue<(int A, int B), (double, int, int)> queue, int a, int b, double floor)
    {
        var mean = Mean(a, b);
        if (mean > floor)
            queue.Enqueue((a, b), (-mean, a, b));
    }

    /// <summary>The log-odds of a pair as a whole number.</summary>
    public static long Value(float score) => (long)MathF.Round(Math.Clamp(score, -Most, Most) * Scale);

    /// <summary>The mean log-odds of the pairs within a large group; 0 for a small one.</summary>
    public static double Cohesion(int size, long sum, long pairs) => size < Large ? 0 : (double)sum / pairs;

    /// <summary>What the mean of two groups must be above, by <paramref name="floor"/> for any two and how much each is of one piece.</summary>
    public static double Floor(double floor, double cohesionA, double cohesionB) => floor + (OfCohesion * Math.Max(0, Math.Min(cohesionA, cohesionB)));

    private double Cohesion(int group) => Cohesion(_sizes[group], _within[group].Sum, _within[group].Pairs);

    private double Mean(int a, int b)
    {
        var (sum, pairs) = Between(a, b);
        return (double)sum / pairs;
    }

    // The log-odds of the pairs of two groups, and how many count.
    private (long Sum, long Pairs) Between(int a, int b)
    {
        var (sum, edges) = _links[a][b];
        var pairs = Math.Max(edges, (long)Math.Min(_sizes[a], MostMet) * Math.Min(_sizes[b], MostMet));
        return (sum + ((pairs - edges) * _unmet), pairs);
    }

    // The group of the lower number takes in the other one; gives the groups that the other one was linked to.
    private List<int> Unite(int a, int b)
    {
        var (between, met) = Between(a, b);
        _within[a] = (_within[a].Sum + _within[b].Sum + between, _within[a].Pairs + _within[b].Pairs + met);
        var others = new List<int>(_links[b].Count);
        foreach (var (other, (sum, edges)) in _links[b])
        {
            _links[other].Remove(b);
            if (other == a)
                continue;
            var (sumA, edgesA) = _links[a].GetValueOrDefault(other);
            _links[a][other] = _links[other][a] = (sum + sumA, edges + edgesA);
            others.Add(other);
        }

        _links[b] = [];
        _members[a]!.AddRange(_members[b]!);
        _members[b] = null;
        _sizes[a] += _sizes[b];
        return others;
    }
}
