namespace Recoupe.Stories;

/// <summary>Groups a whole pile at once, with all that is known at its end.</summary>
internal static class Settlement
{
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
        var index = new StoryIndex();
        for (var i = 0; i < sketches.Length; i++)
            index.Add(i, sketches[i]);
        var pairs = new HashSet<(int, int)>();
        for (var i = 0; i < sketches.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var other in index.Find(sketches[i], (2 * options.Candidates) + 1, _ => true))
            {
                if (other != i)
                    pairs.Add((Math.Min(i, other), Math.Max(i, other)));
            }
        }

        var sorted = pairs.ToList();
        sorted.Sort();
        foreach (var (a, b) in sorted)
            ArticleSketch.Meet(sketches[a], sketches[b], PairFeatures.Similarity(sketches[a], sketches[b]));

        return sorted;
    }

    /// <summary>The stories and sagas of a pile: the same groups in whatever order the articles stand.</summary>
    public static List<(List<int> Articles, int Saga)> Group(ArticleSketch[] sketches, StoryOptions options, Judge judge, CancellationToken cancellationToken)
    {
        var order = Enumerable.Range(0, sketches.Length).Order(Comparer<int>.Create((a, b) => ArticleSketch.Compare(sketches[a], sketches[b]))).ToArray();
        var ordered = order.Select(i => sketches[i]).ToArray();
        var pairs = Pairs(ordered, options, cancellationToken);
        var vectors = VectorEvidence.Of(ordered, pairs, judge, cancellationToken);
        var groups = Cluster(ordered, vectors.WithNearest(pairs, ordered), options, judge, vectors);
        return [.. groups
            .Select(group => (Articles: group.Articles.Select(i => order[i]).Order().ToList(), Saga: order[group.Saga]))
            .OrderBy(group => group.Articles[0])];
    }

    public static List<(List<int> Articles, int Saga)> Cluster(
        ArticleSketch[] sketches, List<(int A, int B)> pairs, StoryOptions options, Judge judge, VectorEvidence? vectors = null)
    {
        vectors ??= new VectorEvidence(judge);
        var features = new float[PairFeatures.Count];
        return Cluster(sketches.Length, pairs, options, pair =>
        {
            PairFeatures.Compute(sketches[pair.A], sketches[pair.B], features);
            return (vectors.StoryOdds(features, sketches[pair.A], sketches[pair.B]), judge.Saga.Score(features));
        });
    }

    /// <summary>The stories and sagas of <paramref name="count"/> articles by the log-odds of their pairs.</summary>
    public static List<(List<int> Articles, int Saga)> Cluster(
        int count, List<(int A, int B)> pairs, StoryOptions options, Func<(int A, int B), (float Story, float Saga)> score)
    {
        var stories = new AverageLinkage(count, options.Unmet);
        var sagas = new AverageLinkage(count, options.Unmet);
        foreach (var (a, b) in pairs)
        {
            var (story, saga) = score((a, b));
            stories.Link(a, b, story);
            sagas.Link(a, b, saga);
        }

        var groups = stories.Merge(options.JoinFrom);
        var sagaOf = new int[count];
        foreach (var saga in sagas.Merge(options.SagaFrom))
        {
            foreach (var article in saga)
                sagaOf[article] = saga[0];
        }

        // A story lies in one saga: the one that most of its articles fall into.
        return [.. groups.Select(group => (group, group.GroupBy(article => sagaOf[article])
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key).First().Key))];
    }
}
