using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Stories;

namespace Recoupe.Training;

/// <summary>Trains the join decisions of grouping (<c>models/story.model</c>, <c>models/saga.model</c>) on labelled streams.</summary>
/// <remarks>
/// Rows are the pairs of articles that the index brings together. Each set counts by the root of its size, so that no kind of
/// stream drowns the others. <c>--check</c> trains without each set in turn and prints how the rest groups it.
/// </remarks>
public static class StoryTraining
{
    /// <summary>One labelled stream: annotated articles with their story and saga.</summary>
    internal sealed record LabelledSet(string Name, IReadOnlyList<AnnotatedArticle> Articles, IReadOnlyList<string> Stories, IReadOnlyList<string> Sagas);

    private sealed record Row(int SetA, int SetB, bool Story, bool Saga, int At);

    /// <summary>The sets trained on. The mixed stream holds articles of the others; the seeds and the sourcing events are kept for testing.</summary>
    private static readonly string[] TrainingSets =
        ["basil_en", "ecbplus_en", "fnc1_en", "us_frontpages_en", "rpm2_fr", "headlines_fr", "itn_xling", "wmt22_xling"];

    /// <summary>Runs the command: <c>story DATA OUT [--check]</c>.</summary>
    public static int Run(string data, string output, bool check, TextWriter log)
    {
        var sets = TrainingSets.Select(name => Path.Combine(data, "stories", name + ".jsonl")).Where(File.Exists).Select(Read).ToList();
        var mixed = Path.Combine(data, "stories", "mixed_en.jsonl");
        if (check)
        {
            Check(sets, File.Exists(mixed) ? Read(mixed) : null, log);
            return 0;
        }

        var judge = Train(sets, new Boosting());
        foreach (var (name, model) in new[] { ("story", judge.Story), ("saga", judge.Saga) })
        {
            using var file = File.Create(Path.Combine(output, name + ".model"));
            model.Write(file);
            log.WriteLine($"{name}.model: {model.Trees} trees, {file.Length} bytes");
        }

        foreach (var set in sets)
            log.WriteLine($"{set.Name,-18} {Score(set, judge)}  (trained on)");
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

    /// <summary>Trains both decisions.</summary>
    internal static Judge Train(IReadOnlyList<LabelledSet> sets, Boosting boosting)
    {
        var (rows, features, sizes) = Rows(sets);
        return Train(rows, features, sizes, boosting, without: -1);
    }

    private static Judge Train(List<Row> rows, List<float> features, int[] sizes, Boosting boosting, int without)
    {
        const int Width = PairFeatures.Count;
        var kept = rows.Where(row => row.SetA != without && row.SetB != without).ToList();
        var matrix = new float[kept.Count * Width];
        var counts = new Dictionary<int, int>();
        foreach (var row in kept)
            counts[row.SetA] = counts.GetValueOrDefault(row.SetA) + 1;
        var weights = new float[kept.Count];
        for (var i = 0; i < kept.Count; i++)
        {
            features.CopyTo(kept[i].At * Width, matrix, i * Width, Width);
            weights[i] = (float)(200 * Math.Sqrt(sizes[kept[i].SetA]) / counts[kept[i].SetA]);
        }

        return new Judge(
            boosting.Train(matrix, Width, [.. kept.Select(row => row.Story)], weights),
            boosting.Train(matrix, Width, [.. kept.Select(row => row.Saga)], weights));
    }

    private static (List<Row> Rows, List<float> Features, int[] Sizes) Rows(IReadOnlyList<LabelledSet> sets)
    {
        var rows = new List<Row>();
        var features = new List<float>();
        var buffer = new float[PairFeatures.Count];
        for (var set = 0; set < sets.Count; set++)
        {
            var (sketches, pairs) = Settlement.Pairs(sets[set].Articles, new StoryOptions(), CancellationToken.None);
            foreach (var (a, b) in pairs)
            {
                PairFeatures.Compute(sketches[a], sketches[b], buffer);
                rows.Add(new Row(set, set, sets[set].Stories[a] == sets[set].Stories[b], sets[set].Sagas[a] == sets[set].Sagas[b], rows.Count));
                features.AddRange(buffer);
            }
        }

        return (rows, features, [.. sets.Select(set => set.Articles.Count)]);
    }

    private static void Check(List<LabelledSet> sets, LabelledSet? mixed, TextWriter log)
    {
        var (rows, features, sizes) = Rows(sets);
        log.WriteLine($"{rows.Count} pairs, {rows.Count(row => row.Story)} of one story");
        for (var set = 0; set < sets.Count; set++)
            log.WriteLine($"{sets[set].Name,-18} {Score(sets[set], Train(rows, features, sizes, new Boosting(), without: set))}  (left out)");
        if (mixed is not null)
            log.WriteLine($"{mixed.Name,-18} {Score(mixed, Train(rows, features, sizes, new Boosting(), without: -1))}  (trained on)");
    }

    private static string Score(LabelledSet set, Judge judge)
    {
        var (sketches, pairs) = Settlement.Pairs(set.Articles, new StoryOptions(), CancellationToken.None);
        var text = "";
        foreach (var from in new[] { -1f, -0.5f, 0, 0.5f, 1f })
        {
            var stories = Settlement.Cluster(sketches, pairs, new StoryOptions { JoinFrom = from, SagaFrom = from }, judge);
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
}
