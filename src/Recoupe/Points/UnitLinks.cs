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

    private readonly IReadOnlyList<Unit> _units;
    private readonly (float Best, float Next)[]?[] _bests; // of each unit, what it shares with those of each article, the first of these at 0
    private readonly int _firstArticle;
    private readonly int _articles;
    private readonly List<(int A, int B)> _pairs = [];

    /// <summary>Finds the likest of each unit; pairs with none of <paramref name="about"/> are not kept.</summary>
    public UnitLinks(IReadOnlyList<Unit> units, HashSet<Unit>? about = null, int? threads = 1)
    {
        _units = units;
        _firstArticle = units.Count == 0 ? 0 : units.Min(unit => unit.Article);
        _articles = units.Count == 0 ? 0 : units.Max(unit => unit.Article) + 1 - _firstArticle;
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
        var (fromA, nextA) = _bests[a]?[_units[b].Article - _firstArticle] ?? default;
        var (fromB, nextB) = _bests[b]?[_units[a].Article - _firstArticle] ?? default;
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
        if (x < 0 || y < 0 || x >= _units.Count || y >= _units.Count)
            return 0;
        if (_units[x].Article != _units[a].Article || _units[y].Article != _units[b].Article)
            return 0;
        return TermWeights.Cosine(_units[Math.Min(x, y)], _units[Math.Max(x, y)]) is var cosine && cosine >= LeastCosine ? cosine : 0;
    }

    // Each unit is compared with all that share a term: twice for a pair, so that nothing but its own is touched.
    private void Compare(PriorityQueue<int, float>[] likest, int? threads)
    {
        var postings = Postings();
        Parallel.For(
            0, _units.Count, new ParallelOptions { MaxDegreeOfParallelism = threads ?? -1 },
            () => (Dots: new float[_units.Count], Met: new List<int>()),
            (unit, _, space) =>
            {
                Compare(unit, postings, space.Dots, space.Met, likest[unit]);
                return space;
            },
            static _ => { });
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

    private void Compare(
        int unit, Dictionary<ulong, List<(int Unit, float Weight)>> postings, float[] dots, List<int> before, PriorityQueue<int, float> likest)
    {
        var (keys, weights) = (_units[unit].Keys, _units[unit].Weights);
        for (var i = 0; i < keys.Length; i++)
        {
            var own = weights[i];
            foreach (var (other, weight) in CollectionsMarshal.AsSpan(postings[keys[i]]))
            {
                if (other < unit && dots[other] == 0)
                    before.Add(other);
                dots[other] += weight * own;
            }
        }

        // Of two that are as like as each other the queue keeps by their order: those before it as they were met, then those after it.
        dots[unit] = 0;
        foreach (var other in before)
            Link(unit, other, dots, likest);
        before.Clear();
        for (var other = unit + 1; dots.AsSpan(other).IndexOfAnyExcept(0f) is >= 0 and var next; other++)
        {
            other += next;
            Link(unit, other, dots, likest);
        }
    }

    private void Link(int unit, int other, float[] dots, PriorityQueue<int, float> likest)
    {
        var cosine = dots[other] / (_units[unit].Norm * _units[other].Norm);
        dots[other] = 0;
        if (cosine < LeastCosine)
            return;
        Keep(likest, other, cosine);
        Raise(unit, _units[other].Article, cosine);
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
        ref var best = ref (_bests[unit] ??= new (float, float)[_articles])[article - _firstArticle];
        if (cosine > best.Best)
            best = (cosine, best.Best);
        else if (cosine > best.Next)
            best = (best.Best, cosine);
    }

    private static long KeyOf(int a, int b) => a < b ? ((long)a << 32) | (uint)b : ((long)b << 32) | (uint)a;
}
