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
    private readonly Searcher _own = new();
    private int _articles;

    /// <summary>What one search needs beside the index; several threads search at once with one each, while nothing is added.</summary>
    public sealed class Searcher
    {
        internal int[] Met { get; } = new int[((MostKeys + MostFingerprints) * MostHolders) + 1];
        internal float[] Scores { get; set; } = [];
        internal ulong[] Best { get; set; } = [];

        // An article is first searched for, then added: its keys are made once. They stand in the lower half, behind what orders them.
        internal ArticleSketch? Sketch { get; set; }
        internal ulong[] Orders { get; set; } = [];
        internal int Keys { get; set; }
    }

    /// <summary>Makes <paramref name="article"/> findable. The numbers of articles rise from 0.</summary>
    public void Add(int article, ArticleSketch sketch)
    {
        _articles = article + 1;
        foreach (var order in KeysOf(sketch, _own))
            _holders.Add((uint)order, article);
        foreach (var fingerprint in FingerprintsOf(sketch))
            _holders.Add(fingerprint, article);
    }

    /// <summary>The articles that share most rarity with <paramref name="sketch"/>, best first, ties by number.</summary>
    /// <param name="sketch">The sketch.</param>
    /// <param name="most">How many are given at most.</param>
    /// <param name="isHeld">Tells the articles that have not left.</param>
    public List<int> Find(ArticleSketch sketch, int most, Func<int, bool> isHeld) => Find(sketch, most, isHeld, _own);

    /// <summary>As <see cref="Find(ArticleSketch, int, Func{int, bool})"/>, with a searcher of the thread's own.</summary>
    public List<int> Find(ArticleSketch sketch, int most, Func<int, bool> isHeld, Searcher searcher)
    {
        if (searcher.Scores.Length < _articles)
            searcher.Scores = new float[Math.Max(_articles, 2 * searcher.Scores.Length)];
        var met = 0;
        foreach (var order in KeysOf(sketch, searcher))
        {
            var weight = WeightOf(order) * (ArticleSketch.Step * ArticleSketch.Step);
            met = Score((uint)order, weight * weight, searcher, met);
        }

        foreach (var fingerprint in FingerprintsOf(sketch))
            met = Score(fingerprint, FingerprintScore, searcher, met);

        // The best so far in a heap whose top is the worst of them. Scores above 0 are ordered like their bits; ties go to the lower number.
        if (searcher.Best.Length < most)
            searcher.Best = new ulong[most];
        var best = searcher.Best.AsSpan(0, most);
        var scores = searcher.Scores;
        var count = 0;
        foreach (var article in searcher.Met.AsSpan(0, met))
        {
            var order = ((ulong)BitConverter.SingleToUInt32Bits(scores[article]) << 32) | ~(uint)article;
            scores[article] = 0;
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

    /// <summary>As <see cref="HolderLists.Renumber"/>; from now on there are <paramref name="articles"/> numbers.</summary>
    public void Renumber(int articles, Func<int, int> renumbered)
    {
        _holders.Renumber(renumbered);
        (_articles, _own.Scores) = (articles, []);
    }

    /// <summary>Writes all that later searches hang on.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_articles);
        _holders.Write(writer);
    }

    /// <summary>Takes in what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader reader)
    {
        _articles = reader.ReadInt32();
        _holders.Read(reader);
    }

    private int Score(uint term, float score, Searcher searcher, int met)
    {
        var (scores, all) = (searcher.Scores, searcher.Met);
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
        sketch.Fingerprints[..Math.Min(MostFingerprints, sketch.Fingerprints.Length)];

    // The keys: the weightiest terms first, then by the hash.
    private static ReadOnlySpan<ulong> KeysOf(ArticleSketch sketch, Searcher searcher)
    {
        if (searcher.Sketch != sketch)
        {
            var terms = sketch.Terms;
            if (searcher.Orders.Length < terms.Length)
                searcher.Orders = new ulong[terms.Length];
            var orders = searcher.Orders.AsSpan(0, terms.Length);
            ReadOnlySpan<byte> frequencies = sketch.Frequencies, rarities = sketch.Rarities;
            for (var i = 0; i < orders.Length; i++)
                orders[i] = ((ulong)(ushort.MaxValue - (frequencies[i] * rarities[i])) << 32) | terms[i];
            orders.Sort();
            (searcher.Sketch, searcher.Keys) = (sketch, Math.Min(terms.Length, MostKeys));
        }

        return searcher.Orders.AsSpan(0, searcher.Keys);
    }

    private static int WeightOf(ulong order) => ushort.MaxValue - (int)(order >> 32);
}
