using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains the join decisions of grouping (<c>models/story.model</c>, <c>models/saga.model</c>, <c>models/headlines.model</c>) on labelled streams.</summary>
/// <remarks>
/// Rows are the pairs of articles that the index brings together. Each set counts by the root of its size, so that no kind of
/// stream drowns the others. <c>--check</c> prints how models that have not seen a pair's stories group each set,
/// <c>--each-set</c> also how models that have not seen the set do.
/// </remarks>
public static class StoryTraining
{
    /// <summary>One labelled stream: annotated articles with their story and saga.</summary>
    /// <param name="Share">What its pairs count beside those of another set of its size.</param>
    /// <param name="IsMadePoorer">Whether copies without time, title or text are learned from, too.</param>
    internal sealed record LabelledSet(
        string Name, IReadOnlyList<AnnotatedArticle> Articles, IReadOnlyList<string> Stories, IReadOnlyList<string> Sagas, float Share = 1, bool IsMadePoorer = true)
    {
        public IReadOnlyList<ArticleDigest> Digests { get; } = [.. Articles.AsParallel().AsOrdered().Select(ArticleDigest.Of)];
    }

    /// <summary>
    /// One pair: its set, the folds of its two stories, whether they are one, its weight, what makes each article count once
    /// however large its story is, and where its features start.
    /// </summary>
    private readonly record struct Row(int Set, int FoldA, int FoldB, bool Story, bool Saga, float Weight, float PerArticle, int At);

    private const int Folds = 4;

    /// <summary>The sets trained on. The mixed stream holds articles of the others; the seeds and the sourcing events are kept for testing.</summary>
    private static readonly string[] TrainingSets =
        ["basil_en", "ecbplus_en", "fnc1_en", "us_frontpages_en", "rpm2_fr", "headlines_fr", "itn_xling", "wmt22_xling"];

    // Invented stories name nobody that another one names, so that a shared name tells more in them than in the press; a fifth of a set's weight costs the others next to nothing (docs/accuracy/stories.md).
    private const float ShareOfInvented = 0.2f;

    /// <summary>Runs the command: <c>story DATA OUT [--invented PATH]… [--check [--each-set]]</c>; PATH is a folder with stories of one's own making, one folder each, or a file
    /// of affairs (<c>=== AFFAIR name</c>, then <c>--- event | outlet | time | language | title</c> before each article): all are learned from as one stream.</summary>
    public static int Run(string data, string output, string[] options, TextWriter log)
    {
        var (check, eachSet) = (options.Contains("--check"), options.Contains("--each-set"));
        var invented = options.Where((_, i) => i > 0 && options[i - 1] == "--invented").ToList();
        var sets = TrainingSets.Select(name => Path.Combine(data, "stories", name + ".jsonl")).Where(File.Exists).Select(Read).ToList();
        if (invented.Count > 0)
            sets.Add(ReadInvented(invented));
        var mixed = Path.Combine(data, "stories", "mixed_en.jsonl");
        if (check)
        {
            Check(sets, eachSet, File.Exists(mixed) ? Read(mixed) : null, log);
            return 0;
        }

        var rows = new Rows(sets);
        var judge = rows.Train(_ => true);
        foreach (var (name, model) in new[] { ("story", judge.Story), ("saga", judge.Saga), ("headlines", judge.Headlines) })
        {
            using var file = File.Create(Path.Combine(output, name + ".model"));
            model.Write(file);
            log.WriteLine($"{name}.model: {model.Trees} trees, {file.Length} bytes");
        }

        for (var set = 0; set < sets.Count; set++)
            log.WriteLine($"{sets[set].Name,-18} {Score(sets[set], (_, _) => [judge])}  (trained on)");
        if (File.Exists(mixed))
            log.WriteLine($"{"mixed_en",-18} {Score(Read(mixed), (_, _) => [judge])}  (trained on)");
        return 0;
    }

    /// <summary>Reads a labelled stream; a phase (<c>substory</c>) is the story and the story then the saga.</summary>
    internal static LabelledSet Read(string path)
    {
        var articles = new List<Article>();
        var stories = new List<string>();
        var sagas = new List<string>();
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            string? Field(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            articles.Add(new Article
            {
                Id = new ArticleId(Field("id")!),
                Source = path,
                Title = Field("title"),
                Outlet = Field("outlet"),
                Published = Moment.Parse(Field("published")),
                Language = Field("language"),
                Text = Field("text") ?? "",
            });
            var story = Field("story")!;
            stories.Add(Field("substory") ?? story);
            sagas.Add(Field("substory") is not null ? story : Field("saga") ?? story);
        }

        return new LabelledSet(Path.GetFileNameWithoutExtension(path), [.. articles.AsParallel().AsOrdered().Select(Pipeline.Annotate)], stories, sagas);
    }

    // In order of arrival; a story is named by its folder or by its affair and event.
    private static LabelledSet ReadInvented(IReadOnlyCollection<string> paths)
    {
        var stories = LabelledStory.Folders(paths).AsParallel().AsOrdered().Select(LabelledStory.Read)
            .SelectMany(story => story.Articles.Select(article => (article, Story: story.Name, Saga: story.Name)));
        var affairs = paths.Where(File.Exists).SelectMany(Affairs).AsParallel().AsOrdered().Select(item => (article: Pipeline.Annotate(item.Article), item.Story, item.Saga));
        var told = stories.AsEnumerable().Concat(affairs).OrderBy(item => item.article.Article.Published?.Utc).ThenBy(item => item.article.Id.Value, StringComparer.Ordinal).ToList();
        return new LabelledSet("invented", told.ConvertAll(item => item.article), told.ConvertAll(item => item.Story), told.ConvertAll(item => item.Saga), ShareOfInvented, IsMadePoorer: false);
    }

    private static IEnumerable<(Article Article, string Story, string Saga)> Affairs(string path)
    {
        var (affair, number) = ("", 0);
        string[]? head = null;
        var text = new List<string>();
        foreach (var line in File.ReadLines(path).Append("=== AFFAIR"))
        {
            var opens = line.StartsWith("--- ", StringComparison.Ordinal);
            if (!opens && !line.StartsWith("=== AFFAIR", StringComparison.Ordinal))
            {
                text.Add(line);
                continue;
            }

            if (head is not null)
            {
                var article = new Article
                {
                    Id = new ArticleId($"{affair}-{++number}"),
                    Source = path,
                    Outlet = head[1],
                    Published = Moment.Parse(head[2]),
                    Language = head[3],
                    Title = head[4],
                    Text = string.Join('\n', text).Trim(),
                };
                yield return (article, $"{affair}/{head[0]}", affair);
            }

            text.Clear();
            head = opens ? line[4..].Split('|', 5, StringSplitOptions.TrimEntries) : null;
            if (head is { Length: not 5 })
                throw new InvalidDataException($"{path}: an article has event, outlet, time, language and title: {line}");
            affair = opens ? affair : line["=== AFFAIR".Length..].Trim();
        }
    }

    /// <summary>Trains both decisions on <paramref name="sets"/>.</summary>
    internal static Judge Train(IReadOnlyList<LabelledSet> sets) => new Rows(sets).Train(_ => true);

    private static void Check(List<LabelledSet> sets, bool eachSet, LabelledSet? mixed, TextWriter log)
    {
        var rows = new Rows(sets);
        log.WriteLine(rows.Describe());
        var byFold = Enumerable.Range(0, Folds).Select(fold => rows.Train(row => row.FoldA != fold && row.FoldB != fold)).ToArray();
        IEnumerable<Judge> Strangers(string a, string b) => new[] { FoldOf(a), FoldOf(b) }.Distinct().Select(fold => byFold[fold]);
        foreach (var set in sets)
            log.WriteLine($"{set.Name,-18} {Score(set, Strangers)}  (their stories left out)");
        if (mixed is not null)
            log.WriteLine($"{mixed.Name,-18} {Score(mixed, Strangers)}  (their stories left out)");
        for (var set = 0; eachSet && set < sets.Count; set++)
        {
            var judge = rows.Train(row => row.Set != set);
            log.WriteLine($"{sets[set].Name,-18} {Score(sets[set], (_, _) => [judge])}  (set left out)");
        }
    }

    private static int FoldOf(string saga) => (int)(Text.TextHash.Of(saga) % Folds);

    /// <summary>BCubed and pairwise F1 by join threshold; each pair is judged by the mean of <paramref name="judges"/> for its two sagas.</summary>
    private static string Score(LabelledSet set, Func<string, string, IEnumerable<Judge>> judges)
    {
        var (sketches, pairs) = Settlement.Pairs(set.Digests, new StoryOptions(), CancellationToken.None);
        var features = new float[PairFeatures.Count];
        var scores = pairs.ToDictionary(pair => pair, pair =>
        {
            PairFeatures.Compute(sketches[pair.A], sketches[pair.B], features);
            var all = judges(set.Sagas[pair.A], set.Sagas[pair.B]).ToList();
            return (all.Average(judge => judge.StoryOdds(features)), all.Average(judge => judge.SagaOdds(features)));
        });
        var text = "";
        foreach (var from in new[] { -1f, -0.75f, -0.5f, -0.25f, 0 })
        {
            var stories = Settlement.Cluster(sketches.Length, pairs, new StoryOptions { JoinFrom = from, SagaFrom = from }, pair => scores[pair]);
            var story = new string[set.Articles.Count];
            var saga = new string[set.Articles.Count];
            foreach (var (articles, inSaga) in stories)
            {
                foreach (var article in articles)
                    (story[article], saga[article]) = ($"{articles[0]}", $"{inSaga}");
            }

            text += $" {from}: {GroupingScore.BCubed(set.Stories, story):.000}/{GroupingScore.Pairwise(set.Stories, story):.000}";
            if (!set.Sagas.SequenceEqual(set.Stories))
                text += $" saga {GroupingScore.BCubed(set.Sagas, saga):.000}/{GroupingScore.Pairwise(set.Sagas, saga):.000}";
        }

        return text;
    }

    /// <summary>The pairs of all sets, and of the sets made poorer: without times, titles or texts, with the first lines alone.</summary>
    private sealed class Rows
    {
        // What a poorer copy of a set counts beside the set itself.
        private const float Poorer = 0.4f;

        private readonly List<Row> _rows = [];
        private readonly List<float> _features = [];

        public Rows(IReadOnlyList<LabelledSet> sets)
        {
            for (var i = 0; i < sets.Count; i++)
            {
                var set = sets[i];
                Add(i, set, Enumerable.Range(0, set.Articles.Count).ToList(), set.Digests, 1);
                var texts = Where(set, article => article.Text.Length > 600);
                if (!set.IsMadePoorer || texts.Count < set.Articles.Count / 2)
                    continue;
                Add(i, set, texts, Changed(set, texts, article => article with { Title = null }), Poorer);
                Add(i, set, texts, Changed(set, texts, article => article with { Title = null, Text = FirstLines(article.Text) }), Poorer);
                var titled = Where(set, article => article.Title is not null);
                Add(i, set, titled, Changed(set, titled, article => article with { Text = "" }), Poorer);
            }
        }

        public string Describe() => $"{_rows.Count} pairs, {_rows.Count(row => row.Story)} of one story";

        public Judge Train(Func<Row, bool> keep)
        {
            var kept = _rows.Where(keep).ToList();
            var headlines = kept.Where(row => _features[row.At + PairFeatures.Headlines] == 2).ToList();
            return new Judge(Train(kept, row => row.Story, _ => 1), Train(kept, row => row.Saga, _ => 1), Train(headlines, row => row.Story, row => row.PerArticle));
        }

        private TreeModel Train(List<Row> rows, Func<Row, bool> label, Func<Row, float> share)
        {
            const int Width = PairFeatures.Count;
            var matrix = new float[rows.Count * Width];
            for (var i = 0; i < rows.Count; i++)
                _features.CopyTo(rows[i].At, matrix, i * Width, Width);
            return new Boosting { Rising = PairFeatures.Rising.ToHashSet() }.Train(
                matrix, Width, [.. rows.Select(label)], [.. rows.Select(row => row.Weight * share(row))]);
        }

        private void Add(int number, LabelledSet set, List<int> members, IReadOnlyList<ArticleDigest> articles, float share)
        {
            var (sketches, pairs) = Settlement.Pairs(articles, new StoryOptions(), CancellationToken.None);
            var sizes = members.GroupBy(member => set.Stories[member]).ToDictionary(story => story.Key, story => story.Count());
            var buffer = new float[PairFeatures.Count];
            var weight = (float)(share * set.Share * 200 * Math.Sqrt(set.Articles.Count) / Math.Max(1, pairs.Count));
            for (var p = 0; p < pairs.Count; p++)
            {
                var (a, b) = (members[pairs[p].A], members[pairs[p].B]);
                PairFeatures.Compute(sketches[pairs[p].A], sketches[pairs[p].B], buffer);
                var (story, saga) = (set.Stories[a] == set.Stories[b], set.Sagas[a] == set.Sagas[b]);
                // Of the many pairs that have next to nothing in common one in four says it all.
                var plain = !saga && buffer[0] < 0.03f;
                if (plain && p % 4 != 0)
                    continue;
                var (foldA, foldB) = (FoldOf(set.Sagas[a]), FoldOf(set.Sagas[b]));
                var dated = buffer[PairFeatures.HoursApart] != PairFeatures.Unknown;
                var each = weight * (plain ? 4 : 1) * (dated ? 0.7f : 1);
                var perArticle = (1f / sizes[set.Stories[a]]) + (1f / sizes[set.Stories[b]]);
                _rows.Add(new Row(number, foldA, foldB, story, saga, each, perArticle, _features.Count));
                _features.AddRange(buffer);
                if (!dated)
                    continue;
                buffer[PairFeatures.HoursApart] = PairFeatures.Unknown;
                _rows.Add(new Row(number, foldA, foldB, story, saga, each * 0.4f, perArticle, _features.Count));
                _features.AddRange(buffer);
            }
        }

        private static List<int> Where(LabelledSet set, Func<Article, bool> which) =>
            [.. Enumerable.Range(0, set.Articles.Count).Where(i => which(set.Articles[i].Article))];

        private static List<ArticleDigest> Changed(LabelledSet set, List<int> members, Func<Article, Article> change) =>
            [.. members.Select(i => change(set.Articles[i].Article)).AsParallel().AsOrdered().Select(article => ArticleDigest.Of(Pipeline.Annotate(article)))];

        private static string FirstLines(string text)
        {
            var end = text.IndexOf('.', Math.Min(text.Length - 1, 200));
            return end < 0 || end > 500 ? text[..Math.Min(text.Length, 300)] : text[..(end + 1)];
        }
    }
}
