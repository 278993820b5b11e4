using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Embeddings;

namespace Recoupe.Stories;

/// <summary>Places articles into stories one by one, as they come in, and repairs what later articles show to be wrong.</summary>
/// <remarks>
/// Not for several threads at once. The same articles in the same order give the same stories. The cost of a placement is
/// bounded whatever the archive: an article meets <see cref="StoryOptions.Candidates"/> others, and a story is judged by a
/// sample of its members.
/// </remarks>
public sealed class StoryDesk
{
    // Members that stand for a story when an article or another story is judged against it.
    private const int MostSampled = 10;
    private const int MostSampledInMerge = 5;
    private const int MostSampledForSaga = 3;
    private const int JudgedFirst = MostSampledForSaga + 1;

    // A story is not judged to the end if its first members are as unlike as this.
    private const float Hopeless = -2;

    // Stories of up to so many articles are taken apart again when they have doubled; in a larger one its latest.
    private const int MostReclustered = 24;

    // Stories that an article is judged against, the likest first, and how alike one of their articles must be at least.
    private const int MostJudged = 6;
    private const float LeastSimilarity = 0.03f;
    private const float LeastOfBest = 0.25f;
    private const int ClockWidth = 31;

    private readonly StoryOptions _options;
    private readonly Judge _judge;
    private readonly TermStatistics _statistics = new(TermBackground.Default);
    private readonly PairBatch _batch;
    private readonly StoryIndex _index = new();
    private readonly VectorEvidence _vectors;
    private readonly List<ArticleSketch?> _sketches = [];
    private readonly List<ArticleId> _ids = [];
    private readonly List<int> _storyOf = [];
    private readonly List<double> _arrivals = [];
    private readonly Dictionary<int, Draft> _stories = [];
    private readonly Queue<int> _resting = new();
    private readonly List<StoryChange> _history = [];
    private readonly double[] _clock = new double[ClockWidth];
    private readonly Func<int, bool> _isHeld;
    private readonly Func<int, ArticleSketch?> _sketchOf;
    private Dictionary<ArticleId, ArticleVector?>? _vectorsById;
    private int _clockCount;
    private int _oldest;
    private int _held;

    /// <summary>An empty stream.</summary>
    public StoryDesk(StoryOptions? options = null)
        : this(options ?? new StoryOptions(), Judge.Default)
    {
    }

    internal StoryDesk(StoryOptions options, Judge judge)
    {
        _options = options;
        _judge = judge;
        _vectors = new VectorEvidence(judge);
        _batch = new PairBatch(judge, _vectors);
        _isHeld = article => _sketches[article] is not null;
        _sketchOf = article => _sketches[article];
    }

    /// <summary>A story while it grows: the numbers of all its articles, in order of arrival, and the story that names its saga.</summary>
    private sealed class Draft(int number)
    {
        public int Number { get; } = number;
        public List<int> Articles { get; } = [];
        public int Saga { get; set; } = number;
        public int RecheckAt { get; set; } = 4;

        /// <summary>So many of its first articles are known to have left memory.</summary>
        public int Gone { get; set; }
    }

    /// <summary>How many articles came in.</summary>
    public int Count => _ids.Count;

    /// <summary>How many of them are held in memory: the window and the stories at rest.</summary>
    public int Held => _held + _resting.Count;

    /// <summary>All that happened so far.</summary>
    public IReadOnlyList<StoryChange> History => _history;

    /// <summary>The stories so far, by their first article.</summary>
    public ImmutableArray<Story> Stories => [.. _stories.Values.OrderBy(story => story.Articles[0])
        .Select(story => new Story(IdOf(story.Number), IdOf(SagaOf(story)), [.. story.Articles.Select(article => _ids[article])]))];

    /// <summary>Puts <paramref name="article"/> into a story at once.</summary>
    public Placement Place(AnnotatedArticle article) => Place(ArticleDigest.Of(article));

    /// <summary>As <see cref="Place(AnnotatedArticle)"/>, for a digest that another thread may have made.</summary>
    public Placement Place(ArticleDigest article) => Place(article.Id, Sketch(article), near: null);

    /// <summary>Places articles one after the other while other threads (<see cref="StoryOptions.Threads"/>) make the digests of the next ones: the same placements as one by one.</summary>
    /// <param name="articles">In the order of arrival; asked for on a thread of their own, a bounded number ahead.</param>
    /// <param name="cancellationToken">Stops between two placements.</param>
    public IEnumerable<Placement> PlaceAll(IEnumerable<AnnotatedArticle> articles, CancellationToken cancellationToken = default) =>
        PlaceAll(articles, null, cancellationToken);

    /// <summary>As <see cref="PlaceAll(IEnumerable{AnnotatedArticle}, CancellationToken)"/>, with the vectors that a model outside the engine gave for them; null for none.</summary>
    public IEnumerable<Placement> PlaceAll(IEnumerable<AnnotatedArticle> articles, ArticleEmbeddings? embeddings, CancellationToken cancellationToken)
    {
        foreach (var digest in OrderedWork.Run(articles, article => DigestOf(article, embeddings), _options.Threads is { } threads ? threads - 1 : null, cancellationToken))
            yield return Place(digest);
    }

    /// <summary>What the articles' vectors say.</summary>
    internal VectorEvidence Vectors => _vectors;

    /// <summary>The vector of an article in memory; null where it has none.</summary>
    internal ArticleVector? VectorOf(ArticleId id)
    {
        _vectorsById ??= [];
        for (var number = _vectorsById.Count; number < _ids.Count; number++)
            _vectorsById[_ids[number]] = _sketches[number]?.Vector;
        return _vectorsById.GetValueOrDefault(id);
    }

    /// <summary>Takes an article into the window with its story given: for measurements that need a full window.</summary>
    internal void Fill(ArticleDigest article, int story)
    {
        var sketch = Sketch(article);
        Leave(sketch.Hours);
        var number = Hold(article.Id, sketch);
        if (!_stories.TryGetValue(story, out var draft))
            draft = _stories[story] = new Draft(story);
        draft.Articles.Add(number);
        _storyOf[number] = story;
    }

    internal ArticleSketch Sketch(ArticleDigest article) => ArticleSketch.OfCounted(article, _statistics);

    internal Placement Place(ArticleId id, ArticleSketch sketch, List<int>? near)
    {
        var before = _history.Count;
        Leave(sketch.Hours);
        near ??= Meet(sketch);
        var number = Hold(id, sketch);
        Join(number, sketch, near);
        var story = _stories[_storyOf[number]];
        return new Placement(id, IdOf(story.Number), IdOf(SagaOf(story)), _history.GetRange(before, _history.Count - before));
    }

    private static ArticleDigest DigestOf(AnnotatedArticle article, ArticleEmbeddings? embeddings)
    {
        var digest = ArticleDigest.Of(article);
        digest.Vector = embeddings?.Vectors.GetValueOrDefault(article.Id);
        return digest;
    }

    private int Hold(ArticleId id, ArticleSketch sketch)
    {
        var number = _ids.Count;
        _ids.Add(id);
        _sketches.Add(sketch);
        _arrivals.Add(Now);
        _storyOf.Add(-1);
        _held++;
        _index.Add(number, sketch);
        _vectors.Add(number, sketch, _sketchOf);
        _index.Prune(_oldest, _isHeld);
        return number;
    }

    /// <summary>Groups all articles in memory anew with all that is known now, and keeps the ids of the stories that stay: for the end of a pile.</summary>
    public IReadOnlyList<StoryChange> Settle(CancellationToken cancellationToken = default)
    {
        var before = _history.Count;
        var numbers = Enumerable.Range(0, _ids.Count).Where(number => _sketches[number] is not null).ToArray();
        var sketches = numbers.Select(number => _sketches[number]!).ToArray();
        foreach (var sketch in sketches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sketch.Weigh(_statistics);
            sketch.Leave();
        }

        Rename(numbers, Settlement.Group(sketches, _options, _judge, cancellationToken));
        return _history.GetRange(before, _history.Count - before);
    }

    // ------------------------------------------------------------------ time

    private double Now => _clockCount == 0 ? 0 : Median();

    // The middle of the last publication times: one wrong date does not move the window.
    private double Median()
    {
        Span<double> sorted = stackalloc double[ClockWidth];
        var count = Math.Min(_clockCount, ClockWidth);
        _clock.AsSpan(0, count).CopyTo(sorted);
        sorted[..count].Sort();
        return sorted[count / 2];
    }

    private void Leave(double? hours)
    {
        if (hours is { } time)
            _clock[_clockCount++ % ClockWidth] = time;
        var now = Now;
        while (_oldest < _sketches.Count
            && (_held >= _options.KeepAtMost || _held > _options.KeepAtLeast && now - _arrivals[_oldest] > _options.Window.TotalHours))
        {
            Rest(_oldest++);
            _held--;
        }

        while (_resting.Count > 0 && (now - _arrivals[_resting.Peek()] > _options.Rest.TotalHours || _resting.Count > _options.KeepAtMost / 10))
            _sketches[_resting.Dequeue()] = null;
    }

    // The last article of a story of several stays for a while, so that the story can come back.
    private void Rest(int number)
    {
        var story = _stories[_storyOf[number]];
        if (story.Articles.Count > 1 && story.Articles[^1] <= number)
        {
            _resting.Enqueue(number);
            Note(StoryChangeKind.Rested, story.Number);
        }
        else
        {
            _sketches[number] = null;
        }
    }

    // ------------------------------------------------------------------ placing

    // The stories of the articles met, the likest first.
    internal List<int> Meet(ArticleSketch sketch)
    {
        var met = new List<(float Similarity, int Article)>();
        foreach (var other in _index.Find(sketch, _options.Candidates, _isHeld))
        {
            var similarity = PairFeatures.Similarity(sketch, _sketches[other]!);
            ArticleSketch.Meet(sketch, _sketches[other]!, similarity);
            met.Add((-similarity, other));
        }

        met.Sort();
        var least = met.Count == 0 ? 0 : MathF.Max(LeastSimilarity, LeastOfBest * -met[0].Similarity);
        return [.. met.Where(other => other.Similarity <= -least || PairFeatures.Foreign(sketch, _sketches[other.Article]!)).Select(other => _storyOf[other.Article]).Distinct().Take(MostJudged)
            .Concat(_vectors.Find(sketch, _sketchOf).Select(other => _storyOf[other])).Distinct()];
    }

    private void Join(int number, ArticleSketch sketch, List<int> near)
    {
        var judged = Means(sketch, near);
        judged.Sort((a, b) => a.Mean != b.Mean ? b.Mean.CompareTo(a.Mean) : a.Story.CompareTo(b.Story));
        Draft home;
        if (judged.Count > 0 && judged[0].Mean > _options.PlaceFrom)
        {
            home = _stories[judged[0].Story];
            Note(StoryChangeKind.Joined, home.Number, number);
        }
        else
        {
            home = _stories[number] = new Draft(number);
            Note(StoryChangeKind.Opened, number, number);
        }

        if (home.Articles.Count > 0 && _sketches[home.Articles[^1]] is { } latest)
            _vectors.LearnFriends(sketch, latest);
        home.Articles.Add(number);
        _storyOf[number] = home.Number;
        foreach (var (mean, saga, other) in judged)
        {
            if (other == home.Number || !_stories.TryGetValue(other, out var story))
                continue;
            if (mean > _options.PlaceFrom - 1 && Mean(story, home) > _options.PlaceFrom)
                home = Merge(story, home);
            else if (saga > _options.SagaFrom)
                Link(story, home);
        }

        if (home.Articles.Count >= home.RecheckAt)
            Recheck(home);
    }

    // How near the article is to each story: the mean log-odds over a sample of its members. First a few members of all stories
    // together, then the rest of those that are not hopeless.
    private List<(float Mean, float Saga, int Story)> Means(ArticleSketch sketch, List<int> near)
    {
        var samples = new List<ArticleSketch>[near.Count];
        var sums = new (float Story, float Saga, int Count, bool Goes)[near.Count];
        _batch.Clear();
        for (var s = 0; s < near.Count; s++)
        {
            samples[s] = Sampled(_stories[near[s]], MostSampled);
            sums[s].Goes = true;
            foreach (var other in samples[s].Take(JudgedFirst))
                _batch.Add(sketch, other);
        }

        Sum(samples, sums, _batch.Story, _batch.Saga);
        _batch.Clear();
        for (var s = 0; s < near.Count; s++)
        {
            foreach (var other in samples[s].Skip(sums[s].Goes ? JudgedFirst : MostSampled))
                _batch.Add(sketch, other);
        }

        Sum(samples, sums, _batch.Story, []);
        var judged = new List<(float Mean, float Saga, int Story)>(near.Count);
        for (var s = 0; s < near.Count; s++)
        {
            var (story, saga, count, _) = sums[s];
            judged.Add(count == 0 ? (float.NegativeInfinity, float.NegativeInfinity, near[s]) : (story / count, saga / Math.Min(count, MostSampledForSaga), near[s]));
        }

        return judged;
    }

    // Adds the next log-odds of each story that goes on, up to where it is hopeless.
    private static void Sum(List<ArticleSketch>[] samples, (float Story, float Saga, int Count, bool Goes)[] sums, ReadOnlySpan<float> stories, ReadOnlySpan<float> sagas)
    {
        var next = 0;
        for (var s = 0; s < sums.Length; s++)
        {
            ref var sum = ref sums[s];
            var judged = sum.Goes ? Math.Min(samples[s].Count - sum.Count, sagas.IsEmpty ? MostSampled : JudgedFirst) : 0;
            for (var i = next; i < next + judged && sum.Goes; i++)
            {
                sum.Story += stories[i];
                if (sum.Count++ < MostSampledForSaga)
                    sum.Saga += sagas[i];
                else
                    sum.Goes = !(sum.Story < Hopeless * sum.Count);
            }

            next += judged;
        }
    }

    private float Mean(Draft a, Draft b)
    {
        _batch.Clear();
        var others = Sampled(b, MostSampledInMerge);
        foreach (var one in Sampled(a, MostSampledInMerge))
        {
            foreach (var other in others)
                _batch.Add(one, other);
        }

        float sum = 0;
        foreach (var odds in _batch.Story)
            sum += odds;
        return _batch.Count == 0 ? float.NegativeInfinity : sum / _batch.Count;
    }

    // The sketches of a sample that are in memory.
    private List<ArticleSketch> Sampled(Draft story, int most)
    {
        var held = new List<ArticleSketch>(most);
        foreach (var article in Sample(story, most))
        {
            if (_sketches[article] is { } sketch)
                held.Add(sketch);
        }

        return held;
    }

    // Evenly over the story, its first and last article among them; of the articles in memory.
    private IEnumerable<int> Sample(Draft story, int most)
    {
        var articles = story.Articles;
        while (articles.Count > most && story.Gone < articles.Count && _sketches[articles[story.Gone]] is null)
            story.Gone++;
        var from = articles.Count > most ? story.Gone : 0;
        var count = articles.Count - from;
        if (count <= most)
        {
            for (var i = from; i < articles.Count; i++)
                yield return articles[i];
            yield break;
        }

        for (var i = 0; i < most; i++)
            yield return articles[from + (int)((long)i * (count - 1) / (most - 1))];
    }

    // ------------------------------------------------------------------ repairs

    private Draft Merge(Draft a, Draft b)
    {
        var (kept, gone) = a.Number < b.Number ? (a, b) : (b, a);
        foreach (var article in gone.Articles)
            _storyOf[article] = kept.Number;
        kept.Gone = Math.Min(kept.Gone, AddInOrder(kept.Articles, gone.Articles));
        kept.RecheckAt = Math.Max(kept.RecheckAt, gone.RecheckAt);
        _stories.Remove(gone.Number);
        Note(StoryChangeKind.Merged, kept.Number, other: gone.Number);
        return kept;
    }

    // Both rise; only what stands behind the first that is added moves. Gives where that one stands.
    private static int AddInOrder(List<int> articles, List<int> more)
    {
        var (from, next) = (articles.Count - 1, more.Count - 1);
        articles.AddRange(more);
        for (var at = articles.Count - 1; next >= 0; at--)
            articles[at] = from >= 0 && articles[from] > more[next] ? articles[from--] : more[next--];
        return from + 1;
    }

    private void Link(Draft a, Draft b)
    {
        var (older, younger) = SagaOf(a) <= SagaOf(b) ? (a, b) : (b, a);
        if (SagaOf(older) == SagaOf(younger))
            return;
        younger.Saga = SagaOf(older);
        Note(StoryChangeKind.Linked, younger.Number, other: older.Number);
    }

    // A saga is named by its first story; where that was merged away, by the story that took its articles.
    private int SagaOf(Draft story)
    {
        var saga = story.Saga;
        for (var steps = 0; steps < 64; steps++)
        {
            var named = _stories.TryGetValue(saga, out var first) ? first : _stories[_storyOf[saga]];
            if (named.Saga == saga || named == story)
                return named.Number;
            saga = named.Saga;
        }

        return story.Number;
    }

    // When a story has doubled it is grouped anew on its own; what falls apart becomes stories of their own.
    private void Recheck(Draft story)
    {
        story.RecheckAt = story.Articles.Count * 2;
        var articles = story.Articles.Skip(Math.Max(0, story.Articles.Count - MostReclustered)).Where(article => _sketches[article] is not null).ToList();
        if (articles.Count < 3)
            return;
        _batch.Clear();
        for (var i = 1; i < articles.Count; i++)
        {
            for (var j = 0; j < i; j++)
                _batch.Add(_sketches[articles[i]]!, _sketches[articles[j]]!);
        }

        var groups = DenseLinkage.Groups(articles.Count, _batch.Story, _options.JoinFrom);
        if (groups.Count == 1)
            return;
        var keeps = groups.MaxBy(group => group.Count)!;
        foreach (var group in groups.Where(group => group != keeps))
        {
            var own = new Draft(FreeNumber(articles[group[0]], story)) { Saga = story.Saga };
            _stories[own.Number] = own;
            foreach (var article in group.Select(member => articles[member]))
            {
                story.Articles.Remove(article);
                own.Articles.Add(article);
                _storyOf[article] = own.Number;
                Note(StoryChangeKind.Split, own.Number, article, story.Number);
            }
        }
    }

    // A story is named by the number of an article that it was opened with; the story that keeps the name keeps the number.
    private int FreeNumber(int article, Draft left) =>
        article != left.Number && !_stories.ContainsKey(article) ? article : -1 - _history.Count;

    // ------------------------------------------------------------------ settling

    // Each new group takes the id of the story that most of its articles come from, the largest group first.
    private void Rename(int[] numbers, List<(List<int> Articles, int Saga)> groups)
    {
        var taken = new HashSet<int>();
        var names = new int[groups.Count];
        foreach (var g in Enumerable.Range(0, groups.Count).OrderByDescending(g => groups[g].Articles.Count).ThenBy(g => groups[g].Articles[0]))
        {
            var from = groups[g].Articles.GroupBy(i => _storyOf[numbers[i]]).Where(same => !taken.Contains(same.Key))
                .OrderByDescending(same => same.Count()).ThenBy(same => same.Key).FirstOrDefault();
            var first = numbers[groups[g].Articles[0]];
            names[g] = from?.Key ?? (taken.Contains(first) || _stories.ContainsKey(first) ? -1 - _history.Count - taken.Count - _ids.Count : first);
            taken.Add(names[g]);
        }

        var settled = new HashSet<int>(numbers);
        var old = _storyOf.ToArray();
        foreach (var story in _stories.Values)
        {
            story.Articles.RemoveAll(settled.Contains);
            story.Gone = 0;
        }

        var storyOfArticle = new int[numbers.Length];
        for (var g = 0; g < groups.Count; g++)
        {
            if (!_stories.TryGetValue(names[g], out var story))
                story = _stories[names[g]] = new Draft(names[g]);
            foreach (var i in groups[g].Articles)
            {
                storyOfArticle[i] = names[g];
                var article = numbers[i];
                story.Articles.Add(article);
                _storyOf[article] = names[g];
                if (old[article] != names[g])
                    Note(StoryChangeKind.Moved, names[g], article, old[article]);
            }

            story.Articles.Sort();
            story.Gone = 0;
        }

        foreach (var empty in _stories.Values.Where(story => story.Articles.Count == 0).Select(story => story.Number).Order().ToList())
            _stories.Remove(empty);
        for (var g = 0; g < groups.Count; g++)
            _stories[names[g]].Saga = storyOfArticle[groups[g].Saga];
        foreach (var story in _stories.Values.Where(story => !_stories.ContainsKey(story.Saga)))
            story.Saga = story.Number;
    }

    private void Note(StoryChangeKind kind, int story, int? article = null, int? other = null) => _history.Add(new StoryChange(
        _history.Count + 1, kind, IdOf(story), article is { } a ? _ids[a] : null, other is { } o ? IdOf(o) : null));

    private static StoryId IdOf(int number) => new(number >= 0 ? $"s{number + 1}" : $"s{-number}x");
}
