namespace Recoupe.Stories;

/// <summary>Groups a whole pile at once, with all that is known at its end.</summary>
internal static class Settlement
{
    /// <summary>The stories as lists of article numbers, by their first article; <c>Saga</c> is the first article of the saga.</summary>
    public static List<(List<int> Articles, int Saga)> Of(
        IReadOnlyList<AnnotatedArticle> articles, StoryOptions options, Judge judge, CancellationToken cancellationToken)
    {
        var (sketches, pairs) = Pairs(articles, options, cancellationToken);
        return Cluster(sketches, pairs, options, judge);
    }

    /// <summary>Sketches weighed by the whole pile, and the pairs that the index brings together.</summary>
    public static (ArticleSketch[] Sketches, List<(int A, int B)> Pairs) Pairs(
        IReadOnlyList<AnnotatedArticle> articles, StoryOptions options, CancellationToken cancellationToken)
    {
        var statistics = new TermStatistics(TermBackground.Default);
        foreach (var article in articles)
            statistics.Count(SketchMaker.TermsOf(article), SketchMaker.LanguageKey(article.Article.Language));
        var sketches = new ArticleSketch[articles.Count];
        var index = new StoryIndex();
        for (var i = 0; i < articles.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sketches[i] = SketchMaker.Make(articles[i], statistics);
            index.Add(i, sketches[i]);
        }

        var pairs = new HashSet<(int, int)>();
        for (var i = 0; i < articles.Count; i++)
        {
            foreach (var other in index.Find(sketches[i], options.Candidates + 1, 0))
            {
                if (other != i)
                    pairs.Add((Math.Min(i, other), Math.Max(i, other)));
            }
        }

        var sorted = pairs.ToList();
        sorted.Sort();
        foreach (var (a, b) in sorted)
        {
            var similarity = PairFeatures.Similarity(sketches[a], sketches[b]);
            sketches[a].Nearest = Math.Max(sketches[a].Nearest, similarity);
            sketches[b].Nearest = Math.Max(sketches[b].Nearest, similarity);
        }

        return (sketches, sorted);
    }

    public static List<(List<int> Articles, int Saga)> Cluster(
        ArticleSketch[] sketches, List<(int A, int B)> pairs, StoryOptions options, Judge judge)
    {
        var features = new float[PairFeatures.Count];
        return Cluster(sketches.Length, pairs, options, pair =>
        {
            PairFeatures.Compute(sketches[pair.A], sketches[pair.B], features);
            return (judge.Story.Score(features), judge.Saga.Score(features));
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
