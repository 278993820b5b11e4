using System.Runtime.InteropServices;

namespace Recoupe.Points;

/// <summary>Which units of a story may tell the same, and what is compared of them.</summary>
/// <remarks>Only pairs with words in common are compared, each unit with its likest: the cost grows with the units, not with their pairs.</remarks>
internal sealed class UnitLinks
{
    // How many others a unit is compared with at most: the likest by their words.
    private const int MostLinks = 64;

    // Pairs less like than this share no more than the words that everybody uses.
    private const float LeastCosine = 0.005f;

    // Between so many threads at most the units are shared out when their likest are kept: each looks at all pairs.
    private const int MostShards = 4;

    private readonly IReadOnlyList<Unit> _units;
    private readonly (float Best, float Next)[]?[] _bests; // of each unit, what it shares with those of each article
    private readonly int _articles;
    private readonly List<(int A, int B)> _pairs = [];

    /// <summary>Finds the likest of each unit; pairs with none of <paramref name="about"/> are not kept.</summary>
    public UnitLinks(IReadOnlyList<Unit> units, HashSet<Unit>? about = null, int? threads = 1)
    {
        _units = units;
        _articles = units.Count == 0 ? 0 : units.Max(unit => unit.Article) + 1;
        _bests = new (float, float)[]?[units.Count];
        var likest = new PriorityQueue<int, float>[units.Count];
        for (var i = 0; i < likest.Length; i++)
            likest[i] = new PriorityQueue<int, float>();
        Compare(likest, threads);
        Fill(likest);
        var isAbout = about is null ? null : units.Select(about.Contains).ToArray();
        var kept = new List<long>();
        for (var a = 0; a < likest.Length; a++)
        {
            foreach (var (b, _) in likest[a].UnorderedItems)
            {
                if (isAbout is null || isAbout[a] || isAbout[b])
                    kept.Add(KeyOf(a, b));
            }
        }

        kept.Sort();
        long last = -1;
        foreach (var key in kept)
        {
            // Two that are each other's likest stand there twice.
            if (key != last)
                _pairs.Add(((int)(key >> 32), (int)(key & int.MaxValue)));
            last = key;
        }
    }

    /// <summary>The units.</summary>
    public IReadOnlyList<Unit> Units => _units;

    /// <summary>The pairs to decide on, the first unit before the second, in order.</summary>
    public IReadOnlyList<(int A, int B)> Pairs => _pairs;

    /// <summary>Fills <paramref name="features"/> for a pair.</summary>
    public void Fill(int a, int b, Span<float> features)
    {
        UnitFeatures.Compute(_units[a], _units[b], features);
        var cosine = features[(int)UnitFeature.Cosine];
        var (fromA, nextA) = _bests[a]?[_units[b].Article] ?? default;
        var (fromB, nextB) = _bests[b]?[_units[a].Article] ?? default;
        var ofA = fromA == 0 ? 0 : cosine / fromA;
        var ofB = fromB == 0 ? 0 : cosine / fromB;
        features[(int)UnitFeature.RankOfSecond] = MathF.Min(ofA, ofB);
        features[(int)UnitFeature.RankOfFirst] = MathF.Max(ofA, ofB);
        features[(int)UnitFeature.LeadOverNext] = MathF.Min(cosine - (ofA >= 1 ? nextA : fromA), cosine - (ofB >= 1 ? nextB : fromB));
        features[(int)UnitFeature.Around] = Math.Max(Around(a, b, -1, -1), 0) + Math.Max(Around(a, b, 1, 1), 0);
    }

    // Where there is room, units that share no word are compared too: what stands around them may tell that they tell the same.
    private void Fill(PriorityQueue<int, float>[] likest)
    {
        for (var a = 0; a < likest.Length; a++)
        {
            if (likest[a].Count >= MostLinks)
                continue;
            var known = likest[a].UnorderedItems.Select(item => item.Element).ToHashSet();
            for (var b = 0; b < likest.Length && likest[a].Count < MostLinks; b++)
            {
                if (b != a && _units[b].Article != _units[a].Article && !known.Contains(b))
                    likest[a].Enqueue(b, 0);
            }
        }
    }

    private float Around(int a, int b, int beforeA, int beforeB)
    {
        var (x, y) = (a + beforeA, b + beforeB);
        if (x < 0 || y < 0 || x >= _units.Count || y >= _units.Count || _units[x].Article != _units[a].Article || _units[y].Article != _units[b].Article)
            return 0;
        return TermWeights.Cosine(_units[Math.Min(x, y)], _units[Math.Max(x, y)]) is var cosine && cosine >= LeastCosine ? cosine : 0;
    }

    // Each unit's cosines with those before it, then what each unit keeps of them, in the order of the units.
    private void Compare(PriorityQueue<int, float>[] likest, int? threads)
    {
        const int AtOnce = 256;
        var postings = Postings();
        var shards = Math.Clamp(threads ?? MostShards, 1, MostShards);
        var owners = Enumerable.Range(0, _units.Count).Select(unit => unit % shards).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads ?? -1 };
        var found = new List<(int Unit, float Cosine)>[AtOnce];
        for (var from = 0; from < _units.Count; from += AtOnce)
        {
            var first = from;
            var count = Math.Min(AtOnce, _units.Count - first);
            Parallel.For(
                0, count, options, () => (Dots: new float[_units.Count], Met: new List<int>()),
                (i, _, space) =>
                {
                    Compare(first + i, postings, space.Dots, space.Met, found[i] ??= []);
                    return space;
                },
                static _ => { });
            Parallel.For(0, shards, options, shard => Link(first, found.AsSpan(0, count), shard, owners, likest));
        }
    }

    // Which units hold each term, in their order.
    private Dictionary<ulong, List<(int Unit, float Weight)>> Postings()
    {
        var postings = new Dictionary<ulong, List<(int Unit, float Weight)>>();
        for (var b = 0; b < _units.Count; b++)
        {
            for (var i = 0; i < _units[b].Terms.Length; i++)
            {
                ref var holders = ref CollectionsMarshal.GetValueRefOrAddDefault(postings, _units[b].Keys[i], out _);
                (holders ??= []).Add((b, _units[b].Weights[i]));
            }
        }

        return postings;
    }

    // The cosines of a unit with those before it that share a term.
    private void Compare(int b, Dictionary<ulong, List<(int Unit, float Weight)>> postings, float[] dots, List<int> met, List<(int Unit, float Cosine)> found)
    {
        found.Clear();
        met.Clear();
        var unit = _units[b];
        for (var i = 0; i < unit.Keys.Length; i++)
        {
            var own = unit.Weights[i];
            foreach (var (a, weight) in CollectionsMarshal.AsSpan(postings[unit.Keys[i]]))
            {
                if (a >= b)
                    break;
                if (dots[a] == 0)
                    met.Add(a);
                dots[a] += weight * own;
            }
        }

        foreach (var a in met)
        {
            var cosine = dots[a] / (_units[a].Norm * unit.Norm);
            dots[a] = 0;
            if (cosine < LeastCosine)
                continue;
            found.Add((a, cosine));
        }
    }

    // What the units of one shard keep.
    private void Link(int first, ReadOnlySpan<List<(int Unit, float Cosine)>> found, int shard, int[] owners, PriorityQueue<int, float>[] likest)
    {
        for (var i = 0; i < found.Length; i++)
        {
            var b = first + i;
            foreach (var (a, cosine) in CollectionsMarshal.AsSpan(found[i]))
            {
                if (owners[a] == shard)
                {
                    Keep(likest[a], b, cosine);
                    Raise(a, _units[b].Article, cosine);
                }

                if (owners[b] == shard)
                {
                    Keep(likest[b], a, cosine);
                    Raise(b, _units[a].Article, cosine);
                }
            }
        }
    }

    private static void Keep(PriorityQueue<int, float> likest, int other, float cosine)
    {
        if (likest.Count < MostLinks)
            likest.Enqueue(other, cosine);
        else
            likest.EnqueueDequeue(other, cosine);
    }

    private void Raise(int unit, int article, float cosine)
    {
        ref var best = ref (_bests[unit] ??= new (float, float)[_articles])[article];
        if (cosine > best.Best)
            best = (cosine, best.Best);
        else if (cosine > best.Next)
            best = (best.Best, cosine);
    }

    private static long KeyOf(int a, int b) => a < b ? ((long)a << 32) | (uint)b : ((long)b << 32) | (uint)a;
}
