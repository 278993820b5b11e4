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
    private readonly (float Best, float Next)[]?[] _bests; // of each unit, what it shares with those of each article
    private readonly int _articles;
    private readonly List<(int A, int B)> _pairs = [];

    /// <summary>Finds the likest of each unit; pairs with none of <paramref name="about"/> are not kept.</summary>
    public UnitLinks(IReadOnlyList<Unit> units, HashSet<Unit>? about = null)
    {
        _units = units;
        _articles = units.Count == 0 ? 0 : units.Max(unit => unit.Article) + 1;
        _bests = new (float, float)[]?[units.Count];
        var likest = new PriorityQueue<int, float>[units.Count];
        for (var i = 0; i < likest.Length; i++)
            likest[i] = new PriorityQueue<int, float>();
        Compare(likest);
        Fill(likest);
        var kept = new HashSet<long>();
        for (var a = 0; a < likest.Length; a++)
        {
            foreach (var (b, _) in likest[a].UnorderedItems)
                kept.Add(KeyOf(a, b));
        }

        foreach (var key in kept.Order())
        {
            var (a, b) = ((int)(key >> 32), (int)(key & int.MaxValue));
            if (about is null || about.Contains(units[a]) || about.Contains(units[b]))
                _pairs.Add((a, b));
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

    private void Compare(PriorityQueue<int, float>[] likest)
    {
        var postings = new Dictionary<ulong, List<(int Unit, float Weight)>>();
        var dots = new float[_units.Count];
        var met = new List<int>();
        for (var b = 0; b < _units.Count; b++)
        {
            var unit = _units[b];
            for (var i = 0; i < unit.Terms.Length; i++)
            {
                ref var holders = ref CollectionsMarshal.GetValueRefOrAddDefault(postings, unit.Terms[i].Key, out _);
                holders ??= [];
                foreach (var (a, weight) in holders)
                {
                    if (dots[a] == 0)
                        met.Add(a);
                    dots[a] += weight * unit.Weights[i];
                }

                holders.Add((b, unit.Weights[i]));
            }

            foreach (var a in met)
            {
                Link(a, b, dots[a] / (_units[a].Norm * unit.Norm), likest);
                dots[a] = 0;
            }

            met.Clear();
        }
    }

    private void Link(int a, int b, float cosine, PriorityQueue<int, float>[] likest)
    {
        if (cosine < LeastCosine)
            return;
        Keep(likest[a], b, cosine);
        Keep(likest[b], a, cosine);
        Raise(a, _units[b].Article, cosine);
        Raise(b, _units[a].Article, cosine);
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
