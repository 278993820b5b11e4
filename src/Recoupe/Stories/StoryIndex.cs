using System.Runtime.InteropServices;

namespace Recoupe.Stories;

/// <summary>Finds the articles that share rare terms with one: an inverted index whose lists hold the latest holders of a term only.</summary>
internal sealed class StoryIndex
{
    /// <summary>The weightiest terms of an article by which it is found and finds.</summary>
    private const int MostKeys = 32;

    /// <summary>Holders of a term that are kept, the latest: bounds the cost of a search whatever the archive.</summary>
    private const int MostHolders = 192;

    private readonly Dictionary<uint, Holders> _holders = [];
    private readonly List<int> _met = [];
    private float[] _scores = new float[1024];
    private int _count;

    // An article is first searched for, then added: its keys are made once.
    private ArticleSketch? _lastSketch;
    private (float Weight, uint Term)[] _lastKeys = [];

    private struct Holders
    {
        public int[] Articles;
        public int Count;
    }

    /// <summary>Makes <paramref name="article"/> findable.</summary>
    public void Add(int article, ArticleSketch sketch)
    {
        _count = Math.Max(_count, article + 1);
        if (_scores.Length < _count)
            Array.Resize(ref _scores, Math.Max(_count, _scores.Length * 2));
        foreach (var (_, term) in Keys(sketch))
            Append(term, article);
        foreach (var fingerprint in sketch.Fingerprints.AsSpan(0, Math.Min(8, sketch.Fingerprints.Length)))
            Append(fingerprint, article);
    }

    /// <summary>The articles that share most rarity with <paramref name="sketch"/>, best first, ties by number.</summary>
    /// <param name="isHeld">Tells the articles that have not left.</param>
    public List<int> Find(ArticleSketch sketch, int most, Func<int, bool> isHeld)
    {
        foreach (var (weight, term) in Keys(sketch))
            Score(term, weight * weight);
        foreach (var fingerprint in sketch.Fingerprints.AsSpan(0, Math.Min(8, sketch.Fingerprints.Length)))
            Score(fingerprint, 60);

        // The best so far in a heap whose top is the worst of them; ties go to the lower number.
        var best = new PriorityQueue<int, (float, int)>(most + 1);
        foreach (var article in _met)
        {
            var score = (_scores[article], -article);
            _scores[article] = 0;
            if (best.Count == most && (best.TryPeek(out _, out var worst), score.CompareTo(worst) <= 0) is (_, true) || !isHeld(article))
                continue;
            if (best.Count == most)
                best.EnqueueDequeue(article, score);
            else
                best.Enqueue(article, score);
        }

        _met.Clear();
        var found = new List<int>(best.Count);
        while (best.TryDequeue(out var article, out _))
            found.Add(article);
        found.Reverse();
        return found;
    }

    /// <summary>Drops the terms whose holders have all left.</summary>
    public void Prune(Func<int, bool> isHeld)
    {
        foreach (var (term, holders) in _holders)
        {
            if (!AnyHeld(holders.Articles.AsSpan(0, Math.Min(holders.Count, holders.Articles.Length)), isHeld))
                _holders.Remove(term);
        }
    }

    private static bool AnyHeld(ReadOnlySpan<int> articles, Func<int, bool> isHeld)
    {
        foreach (var article in articles)
        {
            if (isHeld(article))
                return true;
        }

        return false;
    }

    private void Score(uint term, float score)
    {
        if (!_holders.TryGetValue(term, out var holders))
            return;
        foreach (var article in holders.Articles.AsSpan(0, Math.Min(holders.Count, holders.Articles.Length)))
        {
            if (_scores[article] == 0)
                _met.Add(article);
            _scores[article] += score;
        }
    }

    private void Append(uint term, int article)
    {
        ref var holders = ref CollectionsMarshal.GetValueRefOrAddDefault(_holders, term, out _);
        holders.Articles ??= new int[2];
        if (holders.Count >= holders.Articles.Length && holders.Articles.Length < MostHolders)
            Array.Resize(ref holders.Articles, Math.Min(MostHolders, holders.Articles.Length * 2));
        holders.Articles[holders.Count % holders.Articles.Length] = article;
        holders.Count++;
    }

    private (float Weight, uint Term)[] Keys(ArticleSketch sketch)
    {
        if (_lastSketch == sketch)
            return _lastKeys;
        var keys = new (float Weight, uint Term)[sketch.Terms.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = (-sketch.Weight(i), sketch.Terms[i]);
        Array.Sort(keys);
        (_lastSketch, _lastKeys) = (sketch, keys.Length <= MostKeys ? keys : keys[..MostKeys]);
        return _lastKeys;
    }
}
