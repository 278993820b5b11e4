using System.Runtime.InteropServices;

namespace Recoupe.Stories;

/// <summary>Finds the articles that share rare terms with one: an inverted index whose lists hold the latest holders of a term only.</summary>
internal sealed class StoryIndex
{
    /// <summary>The weightiest terms of an article by which it is found and finds.</summary>
    private const int MostKeys = 40;

    /// <summary>Holders of a term that are kept, the latest: bounds the cost of a search whatever the archive.</summary>
    private const int MostHolders = 256;

    private readonly Dictionary<uint, Holders> _holders = [];
    private readonly Dictionary<int, float> _scores = [];

    private struct Holders
    {
        public int[] Articles;
        public int Count;
    }

    /// <summary>Makes <paramref name="article"/> findable.</summary>
    public void Add(int article, ArticleSketch sketch)
    {
        foreach (var (_, term) in Keys(sketch))
            Append(term, article);
        foreach (var fingerprint in sketch.Fingerprints.AsSpan(0, Math.Min(8, sketch.Fingerprints.Length)))
            Append(fingerprint, article);
    }

    /// <summary>The articles that share most rarity with <paramref name="sketch"/>, best first, ties by number.</summary>
    /// <param name="from">Articles of lower numbers have left.</param>
    public List<int> Find(ArticleSketch sketch, int most, int from)
    {
        _scores.Clear();
        foreach (var (weight, term) in Keys(sketch))
            Score(term, weight * weight, from);
        foreach (var fingerprint in sketch.Fingerprints.AsSpan(0, Math.Min(8, sketch.Fingerprints.Length)))
            Score(fingerprint, 60, from);
        var found = new List<(float Score, int Article)>(_scores.Count);
        foreach (var (article, score) in _scores)
            found.Add((-score, article));
        found.Sort();
        var best = new List<int>(Math.Min(most, found.Count));
        foreach (var (_, article) in found)
        {
            if (best.Count == most)
                break;
            best.Add(article);
        }

        return best;
    }

    private void Score(uint term, float score, int from)
    {
        if (!_holders.TryGetValue(term, out var holders))
            return;
        foreach (var article in holders.Articles.AsSpan(0, Math.Min(holders.Count, holders.Articles.Length)))
        {
            if (article >= from)
                CollectionsMarshal.GetValueRefOrAddDefault(_scores, article, out _) += score;
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

    private static (float Weight, uint Term)[] Keys(ArticleSketch sketch)
    {
        var keys = new (float Weight, uint Term)[sketch.Terms.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = (-sketch.Weight(i), sketch.Terms[i]);
        Array.Sort(keys);
        return keys.Length <= MostKeys ? keys : keys[..MostKeys];
    }
}
