using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Embeddings;

namespace Recoupe.Stories;

/// <summary>Places articles into stories one by one, as they come in, and repairs what later articles show to be wrong.</summary>
/// <remarks>
/// Not for several threads at once. The same articles in the same order give the same stories. The cost of a placement is
/// bounded whatever the archive: an article meets <see cref="StoryOptions.Candidates"/> others, and a story is judged by a
/// sample of its members. What has left memory is dropped by <see cref="Prune"/>, so that the desk of a stream that never ends does not grow;
/// <see cref="Save"/> gives all that later placements hang on, as a value.
/// </remarks>
public sealed partial class StoryDesk
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

    // A saga is named through so many stories at most.
    private const int MostSagaSteps = 64;
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
    private readonly List<byte> _namings = [];
    private readonly Dictionary<int, Draft> _stories = [];
    private readonly Queue<int> _resting = new();
    private readonly List<StoryChange> _history = [];
    private readonly double[] _clock = new double[ClockWidth];
    private readonly Func<int, bool> _isHeld;
    private readonly Func<int, ArticleSketch?> _sketchOf;
    private readonly Dictionary<int, Draft> _filled = [];
    private Dictionary<ArticleId, ArticleVector?>? _vectorsById;
    private int _clockCount;
    private int _oldest;
    private int _held;
    private int _came;
    private int _opened;
    private int _changes;

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

    /// <summary>A story while it grows: the numbers of its articles, in order of arrival, and the story that names its saga.</summary>
    private sealed class Draft
    {
        public Draft(int number, StoryId name, int founder)
        {
            (Number, Name, Founder) = (number, name, founder);
            Saga = this;
        }

        /// <summary>Stories are numbered as they are opened: the older of two has the lower number.</summary>
        public int Number { get; }

        public StoryId Name { get; }

        /// <summary>The article that it is named by; -1 where that was pruned.</summary>
        public int Founder { get; set; }

        /// <summary>Those in memory.</summary>
        public List<int> Articles { get; } = [];

        /// <summary>Those that have left memory, until they are pruned.</summary>
        public List<int> Left { get; } = [];

        /// <summary>So many were pruned.</summary>
        public int Pruned { get; set; }

        public int Count => Pruned + Left.Count + Articles.Count;

        public Draft Saga { get; set; }

        /// <summary>The story that it was merged into; null while it lives.</summary>
        public Draft? Into { get; set; }

        public int RecheckAt { get; set; } = 4;

        /// <summary>The story that has its articles now.</summary>
        public Draft Living
        {
            get
            {
                var living = this;
                while (living.Into is { } into)
                    living = into;
                return living;
            }
        }
    }

    /// <summary>How many articles came in.</summary>
    public int Count => _came;

    /// <summary>How many of them are held in memory: the window and the stories at rest.</summary>
    public int Held => _held + _resting.Count;

    /// <summary>All that happened so far; after <see cref="Prune"/> what happened since.</summary>
    public IReadOnlyList<StoryChange> History => _history;

    /// <summary>The stories so far, by their first article; of those that were pruned nothing, of the others what was not.</summary>
    public ImmutableArray<Story> Stories => [.. _stories.Values.Select(story => (Story: story, Articles: story.Left.Concat(story.Articles).Order().ToArray()))
        .OrderBy(story => story.Articles[0])
        .Select(story => new Story(story.Story.Name, SagaOf(story.Story).Name, [.. story.Articles.Select(article => _ids[article])]))];

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
        if (!_filled.TryGetValue(story, out var draft))
            draft = _filled[story] = Open(number);
        draft.Articles.Add(number);
        _storyOf[number] = draft.Number;
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
        return new Placement(id, story.Name, SagaOf(story).Name, _history.GetRange(before, _history.Count - before));
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
        _namings.Add(0);
        _came++;
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
            Forget(_resting.Dequeue());
    }

    // The last article of a story of several stays for a while, so that the story can come back.
    private void Rest(int number)
    {
        var story = _stories[_storyOf[number]];
        if (story.Count > 1 && story.Articles[^1] <= number)
        {
            _resting.Enqueue(number);
            Note(StoryChangeKind.Rested, story);
        }
        else
        {
            Forget(number);
        }
    }

    // What leaves stands among the first of its story.
    private void Forget(int number)
    {
        _sketches[number] = null;
        var story = _stories[_storyOf[number]];
        story.Articles.Remove(number);
        story.Left.Add(number);
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
            Note(StoryChangeKind.Joined, home, number);
        }
        else
        {
            home = Open(number);
            Note(StoryChangeKind.Opened, home, number);
        }

        if (home.Articles.Count > 0)
            _vectors.LearnFriends(sketch, _sketches[home.Articles[^1]]!);
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

        if (home.Count >= home.RecheckAt)
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
            samples[s] = Sample(_stories[near[s]], MostSampled);
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
        var others = Sample(b, MostSampledInMerge);
        foreach (var one in Sample(a, MostSampledInMerge))
        {
            foreach (var other in others)
                _batch.Add(one, other);
        }

        float sum = 0;
        foreach (var odds in _batch.Story)
            sum += odds;
        return _batch.Count == 0 ? float.NegativeInfinity : sum / _batch.Count;
    }

    // Evenly over what is in memory of the story, its first and last article among them.
    private List<ArticleSketch> Sample(Draft story, int most)
    {
        var (articles, count) = (story.Articles, Math.Min(most, story.Articles.Count));
        var sample = new List<ArticleSketch>(count);
        for (var i = 0; i < count; i++)
            sample.Add(_sketches[articles[count == articles.Count ? i : (int)((long)i * (articles.Count - 1) / (count - 1))]]!);
        return sample;
    }

    // ------------------------------------------------------------------ repairs

    private Draft Merge(Draft a, Draft b)
    {
        var (kept, gone) = a.Number < b.Number ? (a, b) : (b, a);
        foreach (var article in gone.Articles)
            _storyOf[article] = kept.Number;
        AddInOrder(kept.Articles, gone.Articles);
        kept.RecheckAt = Math.Max(kept.RecheckAt, gone.RecheckAt);
        End(gone, kept);
        return kept;
    }

    private void End(Draft gone, Draft kept)
    {
        kept.Left.AddRange(gone.Left);
        kept.Pruned += gone.Pruned;
        gone.Into = kept;
        _stories.Remove(gone.Number);
        Note(StoryChangeKind.Merged, kept, other: gone);
    }

    // A story bears the name of the article that opened it. An article that has left the story of its name names none a second time in the same way.
    private Draft Open(int founder)
    {
        var naming = _namings[founder];
        if (naming < byte.MaxValue)
            _namings[founder]++;
        return _stories[_opened] = new Draft(_opened++, StoryId.FoundedBy(_ids[founder], naming), founder);
    }

    // Both rise; only what stands behind the first that is added moves.
    private static void AddInOrder(List<int> articles, List<int> more)
    {
        var (from, next) = (articles.Count - 1, more.Count - 1);
        articles.AddRange(more);
        for (var at = articles.Count - 1; next >= 0; at--)
            articles[at] = from >= 0 && articles[from] > more[next] ? articles[from--] : more[next--];
    }

    private void Link(Draft a, Draft b)
    {
        var (older, younger) = SagaOf(a).Number <= SagaOf(b).Number ? (a, b) : (b, a);
        if (SagaOf(older) == SagaOf(younger))
            return;
        younger.Saga = SagaOf(older);
        Note(StoryChangeKind.Linked, younger, other: younger.Saga);
    }

    // A saga is named by its first story; where that was merged away, by the story that took its articles.
    private static Draft SagaOf(Draft story)
    {
        var saga = story.Saga.Living;
        for (var steps = 0; steps < MostSagaSteps; steps++)
        {
            var next = saga.Saga.Living;
            if (next == saga || saga == story)
                return saga;
            saga = next;
        }

        return story;
    }

    // When a story has doubled it is grouped anew on its own; what falls apart becomes stories of their own.
    private void Recheck(Draft story)
    {
        story.RecheckAt = story.Count * 2;
        var articles = story.Articles[Math.Max(0, story.Articles.Count - MostReclustered)..];
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
            var own = Open(articles[group.FirstOrDefault(member => _namings[articles[member]] == 0, group[0])]);
            own.Saga = story.Saga;
            foreach (var article in group.Select(member => articles[member]))
            {
                story.Articles.Remove(article);
                own.Articles.Add(article);
                _storyOf[article] = own.Number;
                Note(StoryChangeKind.Split, own, article, story);
            }
        }
    }

    // ------------------------------------------------------------------ settling

    // Each old story goes on in one group: that of the article that it is named by or, where that has left memory, the one that most of its
    // articles come into. The oldest story that goes on in a group names it, and the others are merged into it.
    private void Rename(int[] numbers, List<(List<int> Articles, int Saga)> groups)
    {
        var groupOf = new Dictionary<int, int>(numbers.Length);
        for (var g = 0; g < groups.Count; g++)
        {
            foreach (var i in groups[g].Articles)
                groupOf[numbers[i]] = g;
        }

        var old = numbers.Select(number => _stories[_storyOf[number]]).ToArray();
        var headsBefore = _stories.Values.ToDictionary(story => story, SagaOf);
        var goingOn = _stories.Values.Where(story => story.Articles.Count > 0).OrderBy(story => story.Number).ToLookup(story => GoesOnIn(story, groupOf));
        foreach (var story in goingOn.SelectMany(stories => stories))
            story.Articles.Clear();

        var stories = new Draft[groups.Count];
        for (var g = 0; g < groups.Count; g++)
        {
            var named = goingOn[g].ToList();
            stories[g] = named.Count > 0 ? named[0] : Open(numbers[groups[g].Articles[0]]);
            foreach (var merged in named.Skip(1))
                End(merged, stories[g]);
        }

        Take(numbers, groups, stories, old);
        for (var g = 0; g < groups.Count; g++)
            stories[g].Saga = SagaNamedBy(stories[groupOf[numbers[groups[g].Saga]]], headsBefore);
    }

    private static int GoesOnIn(Draft story, Dictionary<int, int> groupOf) => groupOf.TryGetValue(story.Founder, out var founders)
        ? founders
        : story.Articles.GroupBy(article => groupOf[article]).OrderByDescending(same => same.Count()).ThenBy(same => same.Key).First().Key;

    private void Take(int[] numbers, List<(List<int> Articles, int Saga)> groups, Draft[] stories, Draft[] old)
    {
        for (var g = 0; g < groups.Count; g++)
        {
            foreach (var i in groups[g].Articles)
            {
                var (article, from) = (numbers[i], old[i].Living);
                stories[g].Articles.Add(article);
                _storyOf[article] = stories[g].Number;
                if (from != stories[g])
                    Note(StoryChangeKind.Moved, stories[g], article, from);
            }

            stories[g].Articles.Sort();
        }
    }

    // The saga that an earlier story names, of which nothing is in memory, goes on.
    private static Draft SagaNamedBy(Draft story, Dictionary<Draft, Draft> headsBefore) =>
        headsBefore.TryGetValue(story, out var head) && head.Into is null && head.Articles.Count == 0 ? head : story;

    private void Note(StoryChangeKind kind, Draft story, int? article = null, Draft? other = null) =>
        _history.Add(new StoryChange(++_changes, kind, story.Name, article is { } a ? _ids[a] : null, other?.Name));
}
