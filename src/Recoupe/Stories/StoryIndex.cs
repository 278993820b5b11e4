namespace Recoupe.Stories;

/// <summary>Finds the articles that share rare terms with one: an inverted index whose lists hold the latest holders of a term only.</summary>
internal sealed class StoryIndex
{
    /// <summary>The weightiest terms of an article by which it is found and finds.</summary>
    private const int MostKeys = 32;

    /// <summary>Holders of a term that are kept, the latest: bounds the cost of a search whatever the archive.</summary>
    private const int MostHolders = 192;

    // An article is added to at most forty lists: what is swept with each is ahead of what can come to be swept.
    private const int SweptEach = 128;

    // Shared text weighs more than any shared term.
    private const int MostFingerprints = 8;
    private const float FingerprintScore = 60;

    private readonly HolderLists _holders = new(MostHolders);
    private readonly int[] _met = new int[((MostKeys + MostFingerprints) * MostHolders) + 1];
    private float[] _scores = new float[1024];
    private ulong[] _best = [];

    // An article is first searched for, then added: its keys are made once.
    private ArticleSketch? _lastSketch;
    private ulong[] _orders = [];
    private int _keys;

    /// <summary>Makes <paramref name="article"/> findable. The numbers of articles rise from 0.</summary>
    public void Add(int article, ArticleSketch sketch)
    {
        if (_scores.Length <= article)
            Array.Resize(ref _scores, Math.Max(article + 1, _scores.Length * 2));
        SetKeys(sketch);
        for (var key = 0; key < _keys; key++)
            _holders.Add((uint)_orders[key], article);
        foreach (var fingerprint in FingerprintsOf(sketch))
            _holders.Add(fingerprint, article);
    }

    /// <summary>The articles that share most rarity with <paramref name="sketch"/>, best first, ties by number.</summary>
    /// <param name="isHeld">Tells the articles that have not left.</param>
    public List<int> Find(ArticleSketch sketch, int most, Func<int, bool> isHeld)
    {
        SetKeys(sketch);
        var met = 0;
        for (var key = 0; key < _keys; key++)
        {
            var weight = WeightOf(_orders[key]) * (ArticleSketch.Step * ArticleSketch.Step);
            met = Score((uint)_orders[key], weight * weight, met);
        }

        foreach (var fingerprint in FingerprintsOf(sketch))
            met = Score(fingerprint, FingerprintScore, met);

        // The best so far in a heap whose top is the worst of them. Scores above 0 are ordered like their bits; ties go to the lower number.
        if (_best.Length < most)
            _best = new ulong[most];
        var best = _best.AsSpan(0, most);
        var count = 0;
        foreach (var article in _met.AsSpan(0, met))
        {
            var order = ((ulong)BitConverter.SingleToUInt32Bits(_scores[article]) << 32) | ~(uint)article;
            _scores[article] = 0;
            if (count == most && order <= best[0] || !isHeld(article))
                continue;
            if (count < most)
                Rise(best, count++, order);
            else
                Sink(best, order);
        }

        best = best[..count];
        best.Sort();
        var found = new List<int>(count);
        for (var i = count - 1; i >= 0; i--)
            found.Add((int)~(uint)best[i]);
        return found;
    }

    /// <summary>Drops a few of the terms whose holders have all left; to be called with each article.</summary>
    /// <param name="oldest">From this article on all are held.</param>
    /// <param name="isHeld">Tells of the others which are.</param>
    public void Prune(int oldest, Func<int, bool> isHeld) => _holders.Sweep(SweptEach, oldest, isHeld);

    private int Score(uint term, float score, int met)
    {
        var (scores, all) = (_scores, _met);
        foreach (var article in _holders[term])
        {
            var before = scores[article];
            // Without a branch on whether it was met before: if it was, the next one takes the place.
            all[met] = article;
            met += before == 0 ? 1 : 0;
            scores[article] = before + score;
        }

        return met;
    }

    private static void Rise(Span<ulong> heap, int at, ulong order)
    {
        while (at > 0 && heap[(at - 1) / 2] > order)
        {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        heap[at] = order;
    }

    private static void Sink(Span<ulong> heap, ulong order)
    {
        var at = 0;
        while ((2 * at) + 1 < heap.Length)
        {
            var child = (2 * at) + 1;
            if (child + 1 < heap.Length && heap[child + 1] < heap[child])
                child++;
            if (heap[child] >= order)
                break;
            heap[at] = heap[child];
            at = child;
        }

        heap[at] = order;
    }

    private static ReadOnlySpan<uint> FingerprintsOf(ArticleSketch sketch) =>
        sketch.Fingerprints.AsSpan(0, Math.Min(MostFingerprints, sketch.Fingerprints.Length));

    // The keys: the weightiest terms first, then by the hash.
    private void SetKeys(ArticleSketch sketch)
    {
        if (_lastSketch == sketch)
            return;
        var terms = sketch.Terms;
        if (_orders.Length < terms.Length)
            _orders = new ulong[terms.Length];
        for (var i = 0; i < terms.Length; i++)
            _orders[i] = ((ulong)(ushort.MaxValue - (sketch.Frequencies[i] * sketch.Rarities[i])) << 32) | terms[i];
        _orders.AsSpan(0, terms.Length).Sort();
        (_lastSketch, _keys) = (sketch, Math.Min(terms.Length, MostKeys));
    }

    private static int WeightOf(ulong order) => ushort.MaxValue - (int)(order >> 32);
}
