using Recoupe.Embeddings;
using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>What the articles' vectors add to the learned decision: further candidates, and a bounded weight for or against one story.</summary>
/// <remarks>
/// Nothing where articles have no vectors. There is no labelled stream with the vectors of whatever model a user names, so that nothing is
/// trained: a cosine is read by the model's own samples (<see cref="EmbeddingSpace"/>) and by what is usual in the stream. Within a language it
/// never joins two articles that have nothing else in common.
/// </remarks>
internal sealed class VectorEvidence(Judge judge)
{
    /// <summary>The most that vectors add to the log-odds of one story within a language, where words that are not shared say enough.</summary>
    public const float MostForWithin = 3;

    /// <summary>The most that they add across two languages.</summary>
    public const float MostForAcross = 4.5f;

    /// <summary>Across two languages a model that finds nothing in common is heard as saying no less than this, where the vectors agree in full.</summary>
    public const float Silent = -4;

    /// <summary>The most that they take from them: a text may tell one event from a side of its own.</summary>
    public const float MostAgainst = 1;

    // Stories that are judged for their articles' vectors alone, by article, nearest first: of either kind of pairs.
    private const int MostNear = 4;

    // In a pile, where every pair weighs in the mean of its groups, more of them.
    private const int MostNearInPile = 16;

    // Earlier articles that each new one is compared with to learn what cosine is usual, drawn from so many of the last.
    private const int Draws = 4;
    private const int DrawnFrom = 4096;

    // Pairs that the learned decision is sure of show what cosines strangers have in this stream, and what cosines tellings of one event.
    private const float Strangers = -2;
    private const float Friends = 2;

    // So many of them must be known. A cosine must lie so many deviations above those of strangers.
    private const int LeastStrangers = 50;
    private const int LeastFriends = 10;
    private const double Unusual = 3;

    // In a pile so many pairs by article are looked at for friends.
    private const int PairsByArticle = 16;

    private readonly VectorIndex _index = new();
    private readonly float[] _features = new float[PairFeatures.Count];
    private readonly Spread[] _strangers = new Spread[2];

    // Where friends lie between look-alikes (0) and tellings of one event (1) of the samples: of either kind of pairs, for friends are few.
    private Spread _friends;

    /// <summary>The evidence of a whole pile, of which an index has brought <paramref name="pairs"/> together.</summary>
    public static VectorEvidence Of(ArticleSketch[] sketches, List<(int A, int B)> pairs, Judge judge, CancellationToken cancellationToken)
    {
        var evidence = new VectorEvidence(judge);
        for (var i = 0; i < sketches.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            evidence.Add(i, sketches[i], other => sketches[other]);
        }

        for (var p = 0; p < pairs.Count; p += Math.Max(1, pairs.Count / (PairsByArticle * sketches.Length)))
            evidence.LearnFriends(sketches[pairs[p].A], sketches[pairs[p].B]);
        return evidence;
    }

    /// <summary>Takes in an article.</summary>
    /// <param name="number">Its number: one more than that of the article before.</param>
    /// <param name="sketch">Its sketch.</param>
    /// <param name="sketchOf">The sketch of an earlier article; null where it has left.</param>
    public void Add(int number, ArticleSketch sketch, Func<int, ArticleSketch?> sketchOf)
    {
        if (sketch.Vector is not { } vector)
            return;
        _index.Add(number, vector);
        for (var draw = 0; draw < Draws && number > 0; draw++)
        {
            var drawn = number - 1 - (int)(TextHash.Combine((ulong)number, (ulong)draw) % (ulong)Math.Min(number, DrawnFrom));
            if (sketchOf(drawn) is { } met && Sure(sketch, met) < Strangers)
                _strangers[Kind(sketch, met)].Add(vector.Cosine(met.Vector!));
        }
    }

    /// <summary>Learns from two articles what cosine tellings of one event have, if the learned decision is sure that they are.</summary>
    public void LearnFriends(ArticleSketch a, ArticleSketch b)
    {
        if (Sure(a, b) <= Friends)
            return;
        var scale = Samples(a.Vector!.Space, Kind(a, b));
        if (scale.Trust > 0)
            _friends.Add((a.Vector.Cosine(b.Vector!) - scale.LookAlike) / (scale.Same - scale.LookAlike));
    }

    /// <summary>Log-odds of one story: what <paramref name="features"/> of two articles say, and what their vectors add; the former alone where one has no vector.</summary>
    public float StoryOdds(ReadOnlySpan<float> features, ArticleSketch a, ArticleSketch b) => Weigh(judge.StoryOdds(features), features, a, b);

    /// <summary>As <see cref="StoryOdds"/>, where what the features say is known as <paramref name="odds"/>.</summary>
    public float Weigh(float odds, ReadOnlySpan<float> features, ArticleSketch a, ArticleSketch b)
    {
        if (a.Vector is not { } vectorA || b.Vector is not { } vectorB || vectorA.Space != vectorB.Space)
            return odds;
        var kind = Kind(a, b);
        var read = (float)Scale(vectorA.Space, kind).Read(vectorA.Cosine(vectorB));
        if (read <= 0)
            return odds + (read * MostAgainst);
        if (kind == 0)
            return odds + (read * MostForWithin);
        // Words of two languages hardly meet: that they do not is the less against a story, the more the vectors speak for it. The rules beside the model stand.
        var silence = MathF.Max(0, Silent - judge.LearnedOdds(features));
        return odds + (read * (MostForAcross + silence));
    }

    /// <summary>Earlier articles that may tell the same event by their vectors, the nearest of each kind of pairs first; the article itself is none.</summary>
    public List<int> Find(ArticleSketch sketch, Func<int, ArticleSketch?> sketchOf) => Find(sketch, sketchOf, MostNear);

    /// <summary>The pairs with those that the vectors bring together, in order.</summary>
    public List<(int A, int B)> WithNearest(List<(int A, int B)> pairs, ArticleSketch[] sketches)
    {
        if (!Array.Exists(sketches, sketch => sketch.Vector is not null))
            return pairs;
        var all = new HashSet<(int, int)>(pairs);
        for (var i = 0; i < sketches.Length; i++)
        {
            foreach (var other in Find(sketches[i], article => sketches[article], MostNearInPile))
                all.Add((Math.Min(i, other), Math.Max(i, other)));
        }

        if (all.Count == pairs.Count)
            return pairs;
        var sorted = all.ToList();
        sorted.Sort();
        return sorted;
    }

    private List<int> Find(ArticleSketch sketch, Func<int, ArticleSketch?> sketchOf, int most)
    {
        if (sketch.Vector is not { } vector)
            return [];
        var space = vector.Space;
        var (within, across) = (Scale(space, 0).Midway, Scale(space, 1).Midway);
        List<(double, int)> near = [], far = [];
        foreach (var (article, cosine) in _index.Find(vector, Math.Min(within, across), article => sketchOf(article)?.Vector))
        {
            if (sketchOf(article) is not { } met || met == sketch)
                continue;
            if (PairFeatures.Foreign(sketch, met))
            {
                if (cosine > across)
                    far.Add((-cosine, article));
            }
            else if (cosine > within)
            {
                near.Add((-cosine, article));
            }
        }

        near.Sort();
        far.Sort();
        return [.. far.Take(most).Concat(near.Take(most)).Select(found => found.Item2)];
    }

    // 0 within a language, 1 across two.
    private static int Kind(ArticleSketch a, ArticleSketch b) => PairFeatures.Foreign(a, b) ? 1 : 0;

    // What the learned decision says without vectors; 0 where the pair has none to compare.
    private float Sure(ArticleSketch a, ArticleSketch b)
    {
        if (a.Vector is null || b.Vector is null || a.Vector.Space != b.Vector.Space)
            return 0;
        PairFeatures.Compute(a, b, _features);
        return judge.StoryOdds(_features);
    }

    private static CosineScale Samples(EmbeddingSpace space, int kind) => kind == 0 ? space.Within : space.Across;

    // Where this stream's strangers lie nearer than the samples' look-alikes, and its friends less near than their tellings of one event, its own count.
    private CosineScale Scale(EmbeddingSpace space, int kind)
    {
        var scale = Samples(space, kind);
        if (_friends.Count >= LeastFriends)
            scale = scale with { Same = scale.LookAlike + (Math.Min(1, _friends.Mean) * (scale.Same - scale.LookAlike)) };
        if (_strangers[kind] is { Count: >= LeastStrangers } strangers)
            scale = scale with { LookAlike = Math.Max(scale.LookAlike, strangers.Mean + (Unusual * strangers.Deviation)) };
        return scale;
    }

    // Mean and deviation as they grow (Welford 1962).
    private struct Spread
    {
        private double _squares;

        public int Count { get; private set; }

        public double Mean { get; private set; }

        public readonly double Deviation => Count < 2 ? 0 : Math.Sqrt(_squares / (Count - 1));

        public void Add(double value)
        {
            Count++;
            var off = value - Mean;
            Mean += off / Count;
            _squares += off * (value - Mean);
        }
    }
}
