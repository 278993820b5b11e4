namespace Recoupe.Stories;

/// <summary>Groups a whole pile at once, with all that is known at its end.</summary>
internal static class Settlement
{
    // Pairs that are scored before their links are taken over, and those that one thread scores in one go.
    private const int AtOnce = 1 << 20;
    private const int EachPart = 256;

    /// <summary>Sketches weighed by the whole pile, and the pairs that the index brings together.</summary>
    public static (ArticleSketch[] Sketches, List<(int A, int B)> Pairs) Pairs(
        IReadOnlyList<ArticleDigest> digests, StoryOptions options, CancellationToken cancellationToken)
    {
        var statistics = new TermStatistics(TermBackground.Default);
        var sketches = new ArticleSketch[digests.Count];
        for (var i = 0; i < digests.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sketches[i] = ArticleSketch.OfCounted(digests[i], statistics);
        }

        foreach (var sketch in sketches)
            sketch.Weigh(statistics);
        return (sketches, Pairs(sketches, options, cancellationToken));
    }

    /// <summary>The pairs that an index of all <paramref name="sketches"/> brings together, in order; sets how near each one's nearest is.</summary>
    public static List<(int A, int B)> Pairs(ArticleSketch[] sketches, StoryOptions options, CancellationToken cancellationToken)
    {
        var pairs = InOrder(Found(sketches, options, cancellationToken));
        var similarities = new float[Math.Min(pairs.Count, AtOnce)];
        for (var from = 0; from < pairs.Count; from += AtOnce)
        {
            var count = Math.Min(AtOnce, pairs.Count - from);
            InParts(count, options, () => 0, (start, end, _) =>
            {
                for (var p = start; p < end; p++)
                    similarities[p] = PairFeatures.Similarity(sketches[pairs[from + p].A], sketches[pairs[from + p].B]);
            }, cancellationToken);
            for (var p = 0; p < count; p++)
                ArticleSketch.Meet(sketches[pairs[from + p].A], sketches[pairs[from + p].B], similarities[p]);
        }

        return pairs;
    }

    // What each article finds.
    private static int[][] Found(ArticleSketch[] sketches, StoryOptions options, CancellationToken cancellationToken)
    {
        var index = new StoryIndex();
        for (var i = 0; i < sketches.Length; i++)
            index.Add(i, sketches[i]);
        var found = new int[sketches.Length][];
        InParts(sketches.Length, options, () => new StoryIndex.Searcher(), (start, end, searcher) =>
        {
            for (var i = start; i < end; i++)
                found[i] = [.. index.Find(sketches[i], (2 * options.Candidates) + 1, _ => true, searcher).Where(other => other != i)];
        }, cancellationToken);
        return found;
    }

    // Each pair once, the lower number first, rising: the pairs of an article are those that it finds and those that find it.
    private static List<(int A, int B)> InOrder(int[][] found)
    {
        var ends = new int[found.Length + 1];
        for (var i = 0; i < found.Length; i++)
        {
            foreach (var other in found[i])
                ends[Math.Min(i, other) + 1]++;
        }

        for (var i = 0; i < found.Length; i++)
            ends[i + 1] += ends[i];
        var partners = new int[ends[^1]];
        var next = ends.AsSpan(0, found.Length).ToArray();
        for (var i = 0; i < found.Length; i++)
        {
            foreach (var other in found[i])
                partners[next[Math.Min(i, other)]++] = Math.Max(i, other);
            found[i] = [];
        }

        var pairs = new List<(int A, int B)>(partners.Length);
        for (var i = 0; i < found.Length; i++)
        {
            var own = partners.AsSpan(ends[i]..ends[i + 1]);
            own.Sort();
            for (var p = 0; p < own.Length; p++)
            {
                if (p == 0 || own[p] != own[p - 1])
                    pairs.Add((i, own[p]));
            }
        }

        return pairs;
    }

    // Work in parts on several threads, each with a helper of its own.
    private static void InParts<T>(int count, StoryOptions options, Func<T> helper, Action<int, int, T> work, CancellationToken cancellationToken)
    {
        var parts = (count + EachPart - 1) / EachPart;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads ?? -1, CancellationToken = cancellationToken };
        Parallel.For(0, parts, parallel, helper, (part, _, own) =>
        {
            work(part * EachPart, Math.Min(count, (part + 1) * EachPart), own);
            return own;
        }, _ => { });
    }

    /// <summary>The stories and sagas of a pile: the same groups in whatever order the articles stand.</summary>
    public static List<(List<int> Articles, int Saga)> Group(ArticleSketch[] sketches, StoryOptions options, Judge judge, CancellationToken cancellationToken)
    {
        var order = Enumerable.Range(0, sketches.Length).Order(Comparer<int>.Create((a, b) => ArticleSketch.Compare(sketches[a], sketches[b]))).ToArray();
        var copies = new CopiedTexts([.. order.Select(i => sketches[i])]);
        var ordered = copies.Kept.Select(kept => sketches[order[kept]]).ToArray();
        var pairs = Pairs(ordered, options, cancellationToken);
        var vectors = VectorEvidence.Of(ordered, pairs, judge, cancellationToken);
        var groups = Cluster(ordered, vectors.WithNearest(pairs, ordered), options, judge, vectors, cancellationToken);
        var all = copies.ByKept();
        return [.. groups
            .Select(group => (Articles: group.Articles.SelectMany(kept => all[kept]).Select(i => order[i]).Order().ToList(), Saga: order[copies.Kept[group.Saga]]))
            .OrderBy(group => group.Articles[0])];
    }

    public static List<(List<int> Articles, int Saga)> Cluster(
        ArticleSketch[] sketches, List<(int A, int B)> pairs, StoryOptions options, Judge judge, VectorEvidence? vectors = null, CancellationToken cancellationToken = default)
    {
        vectors ??= new VectorEvidence(judge);
        var links = new Links(options);
        var (stories, sagas) = (new float[Math.Min(pairs.Count, AtOnce)], new float[Math.Min(pairs.Count, AtOnce)]);
        for (var from = 0; from < pairs.Count; from += AtOnce)
        {
            var count = Math.Min(AtOnce, pairs.Count - from);
            InParts(count, options, () => new PairBatch(judge, vectors), (start, end, batch) =>
            {
                batch.Clear();
                for (var p = start; p < end; p++)
                    batch.Add(sketches[pairs[from + p].A], sketches[pairs[from + p].B]);
                batch.Story.CopyTo(stories.AsSpan(start));
                batch.Saga.CopyTo(sagas.AsSpan(start));
            }, cancellationToken);
            for (var p = 0; p < count; p++)
                links.Add(pairs[from + p], stories[p], sagas[p]);
        }

        return links.Cluster(sketches.Length);
    }

    /// <summary>The stories and sagas of <paramref name="count"/> articles by the log-odds of their pairs.</summary>
    public static List<(List<int> Articles, int Saga)> Cluster(
        int count, List<(int A, int B)> pairs, StoryOptions options, Func<(int A, int B), (float Story, float Saga)> score)
    {
        var links = new Links(options);
        foreach (var pair in pairs)
        {
            var (story, saga) = score(pair);
            links.Add(pair, story, saga);
        }

        return links.Cluster(count);
    }

    /// <summary>The links of a pile that can change its groups: a small part of its pairs.</summary>
    private sealed class Links(StoryOptions options)
    {
        private readonly List<(int A, int B, float Score)> _stories = [];
        private readonly List<(int A, int B, float Score)> _sagas = [];

        public void Add((int A, int B) pair, float story, float saga)
        {
            if (AverageLinkage.Tells(story, options.Unmet, options.JoinFrom))
                _stories.Add((pair.A, pair.B, story));
            if (AverageLinkage.Tells(saga, options.Unmet, options.SagaFrom))
                _sagas.Add((pair.A, pair.B, saga));
        }

        public List<(List<int> Articles, int Saga)> Cluster(int count)
        {
            var groups = AverageLinkage.Groups(count, _stories, options.Unmet, options.JoinFrom);
            var sagaOf = new int[count];
            foreach (var saga in AverageLinkage.Groups(count, _sagas, options.Unmet, options.SagaFrom))
            {
                foreach (var article in saga)
                    sagaOf[article] = saga[0];
            }

            // A story lies in one saga: the one that most of its articles fall into.
            return [.. groups.Select(group => (group, group.GroupBy(article => sagaOf[article])
                .OrderByDescending(same => same.Count()).ThenBy(same => same.Key).First().Key))];
        }
    }
}
