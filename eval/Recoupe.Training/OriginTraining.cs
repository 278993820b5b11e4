using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Grades;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>
/// Trains <c>models/origins.model</c>, whether a passage goes back to a candidate, and <c>models/sources.model</c>, whether an article has a point from a source,
/// on stories that careful readers sourced: on the readers' points, and on points as they are found.
/// </summary>
/// <remarks>
/// The readers list the origins of a point, not of a passage: a candidate is right if it is on its point's list, under any form of its name.
/// The second model learns on what a first one tells that has not seen the story's affair.
/// </remarks>
public static class OriginTraining
{
    private const int Folds = 8;

    private static readonly HashSet<string> Leading = [.. "the a an le la les l un une des du de of mr mrs ms dr m mme".Split(' ')];

    private static readonly Boosting PassageBoosting = new() { Trees = 240, Depth = 4, Rate = 0.03, Share = 0.5, LeastWeight = 12, Ridge = 12, Rising = OriginCandidates.Rising };
    private static readonly Boosting ArticleBoosting = new() { Trees = 240, Depth = 3, Rate = 0.03, Share = 0.5, LeastWeight = 12, Ridge = 8, Rising = ArticleSources.Rising };

    private static readonly List<(float First, float Further)> Thresholds =
        [.. new[] { -1f, -0.5f, 0f }.SelectMany(first => new[] { 1.5f, 2.5f }.Select(further => (first, further)))];

    /// <summary>Runs the command: <c>origins OUT FOLDER… [--points DIR] [--check [STORY…]]</c>.</summary>
    /// <remarks>
    /// FOLDER holds sourced stories, one folder each, with <c>articles.jsonl</c> and <c>truth.json</c>; DIR the dossiers of stories whose affair the points were not trained on
    /// (<c>points … --check --dossiers DIR</c>). <c>--check</c> prints how each story is sourced by models that have not seen its affair, and writes nothing.
    /// </remarks>
    public static int Run(string[] arguments, TextWriter log)
    {
        var at = Array.IndexOf(arguments, "--points");
        var check = Array.IndexOf(arguments, "--check");
        var folders = arguments.Skip(1).TakeWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal));
        var stories = folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "truth.json", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .AsParallel().AsOrdered().Select(path => SourcedStory.Read(Path.GetDirectoryName(path)!, at < 0 ? null : arguments[at + 1])).OfType<SourcedStory>().ToList();
        if (check >= 0)
        {
            Check(stories, arguments[(check + 1)..], log);
            return 0;
        }

        var model = Train(stories);
        ModelFile.Save(model.Passages, Path.Combine(arguments[0], "origins.model"), log);
        ModelFile.Save(model.Articles, Path.Combine(arguments[0], "sources.model"), log);
        return 0;
    }

    private static OriginModel Train(List<SourcedStory> stories) => new(TrainPassages(stories), TrainArticles(ArticleRows(stories, Strangers(stories))));

    private static int FoldOf(List<SourcedStory> stories, SourcedStory story) =>
        LabelledStory.FoldsOf(stories.Select(other => other.Affair), Folds)[story.Affair];

    // The first model for each fold, which has not seen it.
    private static TreeModel[] Strangers(List<SourcedStory> stories) =>
        [.. Enumerable.Range(0, Folds).AsParallel().AsOrdered().Select(fold => TrainPassages([.. stories.Where(story => FoldOf(stories, story) != fold)]))];

    private static Dictionary<SourcedStory, List<(float[] Features, bool Right)>> ArticleRows(List<SourcedStory> stories, TreeModel[] strangers) =>
        stories.AsParallel().Select(story => (story, rows: story.Sets.SelectMany(set => set.ArticleRows(story, strangers[FoldOf(stories, story)])).ToList()))
            .ToDictionary(pair => pair.story, pair => pair.rows);

    private static TreeModel TrainPassages(List<SourcedStory> stories)
    {
        var rows = stories.SelectMany(story => story.Sets).SelectMany(set => set.Rows).ToList();
        return PassageBoosting.Train([.. rows.SelectMany(row => row.Features)], OriginCandidates.Count, [.. rows.Select(row => row.Right)], [.. rows.Select(_ => 1f)]);
    }

    private static TreeModel TrainArticles(Dictionary<SourcedStory, List<(float[] Features, bool Right)>> byStory)
    {
        var rows = byStory.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal).SelectMany(pair => pair.Value).ToList();
        return ArticleBoosting.Train([.. rows.SelectMany(row => row.Features)], ArticleSources.Count, [.. rows.Select(row => row.Right)], [.. rows.Select(_ => 1f)]);
    }

    /// <summary>Whether two names are one: the words of one are all in the other's, articles and titles aside.</summary>
    internal static bool SameName(string? a, string? b)
    {
        var (x, y) = (Words(a), Words(b));
        return x.Count == 0 || y.Count == 0 ? x.Count == y.Count : x.IsSubsetOf(y) || y.IsSubsetOf(x);
    }

    private static HashSet<string> Words(string? name) =>
        [.. Folding.Fold(name ?? "").Split([' ', '\'', '’', '-', '.', ',', '(', ')', '"', '«', '»', '“', '”'], StringSplitOptions.RemoveEmptyEntries).Where(word => !Leading.Contains(word))];

    private static void Check(List<SourcedStory> stories, string[] shown, TextWriter log)
    {
        var strangers = Strangers(stories);
        var rows = ArticleRows(stories, strangers);
        var models = Enumerable.Range(0, Folds).AsParallel().AsOrdered()
            .Select(fold => new OriginModel(strangers[fold], TrainArticles(rows.Where(pair => FoldOf(stories, pair.Key) != fold).ToDictionary()))).ToArray();
        var scored = stories.AsParallel().AsOrdered().SelectMany(story => story.Sets.Select(set =>
        {
            var model = models[FoldOf(stories, story)];
            var lines = new List<string>();
            return (story.Name, set.Kind, Tally: Score(story, set, model, lines), Lines: lines,
                Others: Thresholds.ConvertAll(least => Score(story, set, model with { LeastFirst = least.First, LeastFurther = least.Further }, [])));
        })).ToList();
        foreach (var sets in scored.GroupBy(item => item.Kind))
        {
            log.WriteLine($"## {sets.Key} points");
            foreach (var kind in new[] { "real", "invented" })
            {
                for (var i = 0; i < Thresholds.Count; i++)
                    log.WriteLine($"{Thresholds[i]}  {kind} {sets.Where(item => item.Name.StartsWith(kind, StringComparison.Ordinal)).Select(item => item.Others[i]).Aggregate(new Tally(), (sum, tally) => sum + tally)}");
            }

            foreach (var (name, _, _, lines, _) in sets.Where(item => shown.Any(part => item.Name.StartsWith(part, StringComparison.Ordinal))))
            {
                log.WriteLine($"## {name}");
                lines.ForEach(log.WriteLine);
            }

            foreach (var link in stories.SelectMany(story => story.Sets).Where(set => set.Kind == sets.Key).SelectMany(set => set.Links).GroupBy(link => link.Link).OrderBy(links => links.Key))
                log.WriteLine($"{link.Key,-10} {link.Count()}: {link.Count(row => row.Right == true)} right, {link.Count(row => row.Right == false)} wrong, the others cannot be told");
            foreach (var prefix in new[] { "real-f", "real-r", "real", "invented-i", "invented-x", "invented", "first", "" })
                log.WriteLine($"{prefix,-12} {sets.Where(item => item.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(item => item.Tally).Aggregate(new Tally(), (sum, tally) => sum + tally)}");
        }
    }

    private static Tally Score(SourcedStory story, PointSet set, OriginModel model, List<string> lines)
    {
        var tally = new Tally();
        var sourced = new OriginFinder(story.Text, story.Reuses, model).Find(set.Points, CancellationToken.None);
        var discrepancies = set.Discrepancies ?? DiscrepancyFinder.Find(story.Text, sourced, PointJudge.Default, CancellationToken.None);
        for (var i = 0; i < sourced.Count; i++)
        {
            var (point, truth) = (sourced[i], set.Truths[i]);
            var grade = Grader.Of(story.Text, point, discrepancies);
            var (right, fewest) = (grade == truth.Grade, point.Count.Fewest == truth.Fewest);
            if (truth.Required)
            {
                tally.Points++;
                tally.Grades += right ? 1 : 0;
                tally.Fewest += fewest ? 1 : 0;
                tally.Ranges += fewest && point.Count.Most == truth.Most ? 1 : 0;
            }

            var ours = point.Count.Origins.Select(origin => origin.Name).ToList();
            tally.Listed += truth.Names.Count;
            tally.Named += truth.Names.Count(name => ours.Exists(other => SameName(name, other)));
            var named = ours.Where(name => name is { Length: > 0 }).ToList();
            tally.Ours += named.Count;
            tally.AreOrigins += named.Count(name => truth.Names.Concat(truth.Against).Any(other => other is not null && SameName(name, other)));
            tally.Independent += grade == Grade.Independent ? 1 : 0;
            tally.IsIndependent += grade == Grade.Independent && truth.Grade == Grade.Independent ? 1 : 0;
            tally.AllIndependent += truth.Grade == Grade.Independent ? 1 : 0;
            lines.Add($"{(right && fewest ? ' ' : '*')} {truth.What} | {truth.Grade} {truth.Fewest}-{truth.Most} | ours {grade} {point.Count.Fewest}-{point.Count.Most}");
            lines.Add($"      true: {string.Join("; ", truth.Names.Select(name => name ?? "-"))}");
            lines.Add($"      ours: {string.Join("; ", point.Count.Origins.Select(origin => $"{origin.Name ?? "-"}"))}");
            foreach (var chain in point.Chains)
                lines.Add($"         {(chain.Passage.Statement is null ? ' ' : 's')} r{chain.Rule} {string.Join(" < ", chain.Hops)} : {Short(story.Text.Quote(chain.Passage.Evidence))}");
            foreach (var merge in point.Count.Merged)
                lines.Add($"         = {merge.A} | {merge.B} | {merge.Why}");
        }

        return tally;
    }

    private static string Short(string text) => text.Length <= 110 ? text : text[..110];

    private sealed record Tally
    {
        public int Points { get; set; }

        public int Grades { get; set; }

        public int Fewest { get; set; }

        public int Ranges { get; set; }

        public int Listed { get; set; }

        public int Named { get; set; }

        public int Ours { get; set; }

        public int AreOrigins { get; set; }

        public int Independent { get; set; }

        public int IsIndependent { get; set; }

        public int AllIndependent { get; set; }

        public static Tally operator +(Tally a, Tally b) => new()
        {
            Points = a.Points + b.Points,
            Grades = a.Grades + b.Grades,
            Fewest = a.Fewest + b.Fewest,
            Ranges = a.Ranges + b.Ranges,
            Listed = a.Listed + b.Listed,
            Named = a.Named + b.Named,
            Ours = a.Ours + b.Ours,
            AreOrigins = a.AreOrigins + b.AreOrigins,
            Independent = a.Independent + b.Independent,
            IsIndependent = a.IsIndependent + b.IsIndependent,
            AllIndependent = a.AllIndependent + b.AllIndependent,
        };

        public override string ToString()
        {
            var (recall, precision) = ((double)Named / Math.Max(1, Listed), (double)AreOrigins / Math.Max(1, Ours));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"points {Points}  grade {(double)Grades / Points:F3}  fewest {(double)Fewest / Points:F3}  range {(double)Ranges / Points:F3}  names P {precision:F3} R {recall:F3} F1 {2 * recall * precision / Math.Max(1e-9, recall + precision):F3}  independent {IsIndependent} of {Independent} told, {AllIndependent} true");
        }
    }
}

/// <summary>A story whose points careful readers sourced.</summary>
internal sealed record SourcedStory(string Name, StoryText Text, ImmutableArray<Reuse> Reuses)
{
    /// <summary>The readers' points, and those of them that were found.</summary>
    public List<PointSet> Sets { get; } = [];

    /// <summary>What keeps stories on one affair in one fold.</summary>
    public string Affair => LabelledStory.AffairOf(Name);

    /// <summary>Reads the story in a folder; null where its points have no origins.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="found">The folder of dossiers with points as found; null if there is none.</param>
    public static SourcedStory? Read(string folder, string? found)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        var truths = json.RootElement.GetProperty("points").EnumerateArray().ToList();
        if (!truths.TrueForAll(point => point.TryGetProperty("origins", out _)))
            return null;
        var (_, articles) = SourcingTruth.Story(folder, json.RootElement, withStatements: false);
        articles = SpeakerNames.Resolve(articles);
        var byId = articles.ToDictionary(article => article.Id.Value);
        var story = new SourcedStory(Path.GetFileName(folder), new StoryText(articles, CancellationToken.None), ReuseFinder.Find(articles, CancellationToken.None));
        var points = SourcingTruth.Points(json.RootElement, articles);
        var origins = truths.ConvertAll(TrueOrigins.Read);
        story.Sets.Add(new PointSet("true", points, origins, [.. json.RootElement.GetProperty("discrepancies").EnumerateArray().Select(item => SourcingTruth.Discrepancy(item, byId))]));
        if (found is not null && Path.Combine(found, story.Name + ".json") is var path && File.Exists(path))
        {
            using var dossier = JsonDocument.Parse(File.ReadAllText(path));
            story.Sets.Add(PointSet.Found(dossier.RootElement.GetProperty("stories")[0], articles, points, origins));
        }

        foreach (var set in story.Sets)
            set.AddRows(story);
        return story;
    }
}

/// <summary>Points of a story with what readers found behind them, and the candidates for the origins of their passages.</summary>
internal sealed record PointSet(string Kind, ImmutableArray<Point> Points, List<TrueOrigins> Truths, ImmutableArray<Discrepancy>? Discrepancies)
{
    /// <summary>One candidate of one passage: its features and whether it is an origin of the point.</summary>
    public List<(float[] Features, bool Right)> Rows { get; } = [];

    /// <summary>Each candidate's link and whether it is right; null where that cannot be told.</summary>
    public List<(OriginLink Link, bool? Right)> Links { get; } = [];

    /// <summary>The points of a dossier that are points of the truth.</summary>
    public static PointSet Found(JsonElement dossier, ImmutableArray<AnnotatedArticle> articles, ImmutableArray<Point> truth, List<TrueOrigins> origins)
    {
        var points = SourcingTruth.FoundPoints(dossier, articles);
        var scored = new List<(double Score, int True, int Found)>();
        for (var t = 0; t < truth.Length; t++)
        {
            var places = truth[t].Passages.Select(passage => passage.Evidence.Article).ToHashSet();
            for (var f = 0; f < points.Length; f++)
            {
                var hit = places.Count(article => truth[t].Passages.Any(passage => passage.Evidence.Article == article
                    && points[f].Passages.Any(other => !other.Evidence.InTitle && other.Evidence.Article == article
                        && LabelledPoint.Overlaps(articles.First(known => known.Id == article), passage.Evidence.Span, other.Evidence.Span))));
                var score = hit / (places.Count + (0.25 * points[f].Passages.Where(passage => !passage.Evidence.InTitle).Select(passage => passage.Evidence.Article).Distinct().Count(article => !places.Contains(article))));
                if (score >= 0.5)
                    scored.Add((score, t, f));
            }
        }

        HashSet<int> trues = [], founds = [];
        var pairs = new List<(int True, int Found)>();
        foreach (var (_, t, f) in scored.OrderByDescending(item => item.Score).ThenBy(item => item.True).ThenBy(item => item.Found))
        {
            if (!trues.Contains(t) && !founds.Contains(f))
            {
                trues.Add(t);
                founds.Add(f);
                pairs.Add((t, f));
            }
        }

        return new PointSet("found", [.. pairs.Select(pair => points[pair.Found])], pairs.ConvertAll(pair => origins[pair.True]), null);
    }

    /// <summary>Reads the candidates of all passages.</summary>
    public void AddRows(SourcedStory story)
    {
        var nobody = new TreeModel(0, [], []);
        var tracer = new ChainTracer(story.Text, story.Reuses, new OriginModel(nobody, nobody));
        for (var i = 0; i < Points.Length; i++)
        {
            var rows = tracer.Candidates(Points[i]).SelectMany(pair => pair.Candidates).ToList();
            var found = FoundNames(i, rows);
            foreach (var candidate in rows)
            {
                var right = Truths[i].Holds(candidate.Trace, found, candidate.Link is OriginLink.Own or OriginLink.Elsewhere);
                if (right is { } known)
                    Rows.Add((candidate.Features, known));
                Links.Add((candidate.Link, right));
            }
        }
    }

    /// <summary>What each article may have each point from, as a model for passages tells, and whether it is an origin of the point.</summary>
    public IEnumerable<(float[] Features, bool Right)> ArticleRows(SourcedStory story, TreeModel passages)
    {
        var tracer = new ChainTracer(story.Text, story.Reuses, new OriginModel(passages, passages));
        for (var i = 0; i < Points.Length; i++)
        {
            var told = tracer.Candidates(Points[i]).ToList();
            var found = FoundNames(i, told.SelectMany(pair => pair.Candidates));
            foreach (var source in ArticleSources.Of(told, passage => story.Text.PlaceOf(passage.Evidence.Article), candidate => passages.Score(candidate.Features)))
            {
                if (Truths[i].Holds(source.Best.Candidate.Trace, found, source.Candidates.Exists(item => item.Candidate.Link is OriginLink.Own or OriginLink.Elsewhere)) is { } right)
                    yield return (source.Features, right);
            }
        }
    }

    private List<string?> FoundNames(int point, IEnumerable<OriginCandidate> candidates) =>
        [.. Truths[point].Names.Where(name => candidates.Any(row => OriginTraining.SameName(row.Trace.Name, name)))];
}

/// <summary>What careful readers found behind a point.</summary>
internal sealed record TrueOrigins(string What, bool Required, Grade Grade, int Fewest, int Most, List<string?> Names, List<OriginType?> Types, List<string?> Against, List<string> Via)
{
    /// <summary>Reads a point of the truth.</summary>
    public static TrueOrigins Read(JsonElement point)
    {
        var origins = point.GetProperty("origins");
        IEnumerable<JsonElement> In(string name) => origins.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
        static string? NameOf(JsonElement origin) => origin.ValueKind == JsonValueKind.String ? origin.GetString() : origin.GetProperty("name").GetString();
        static OriginType? TypeOf(JsonElement origin) => origin.ValueKind == JsonValueKind.Object && origin.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? Enum.Parse<OriginType>(type.GetString()!, ignoreCase: true)
            : null;
        return new TrueOrigins(
            point.GetProperty("what").GetString()!, point.GetProperty("required").GetBoolean(),
            Enum.Parse<Grade>(point.GetProperty("grade").GetString()!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            origins.GetProperty("fewest").GetInt32(), origins.GetProperty("most").GetInt32(), [.. In("list").Select(NameOf)], [.. In("list").Select(TypeOf)], [.. In("against").Select(NameOf)],
            [.. In("list").Where(origin => origin.ValueKind == JsonValueKind.Object && origin.TryGetProperty("via", out var via) && via.ValueKind == JsonValueKind.Array)
                .SelectMany(origin => origin.GetProperty("via").EnumerateArray()).Select(hop => hop.GetString()!)]);
    }

    /// <summary>Whether a chain leads to an origin of the point, or to a medium that it came through.</summary>
    /// <param name="trace">The chain.</param>
    /// <param name="found">The origins that some candidate of the point names.</param>
    /// <param name="isOwn">Whether a statement with the chain's source is the passage, or tells the point elsewhere.</param>
    /// <returns>Null where the readers may have named the same source otherwise: they name one of its type that no candidate names.</returns>
    public bool? Holds(Trace trace, List<string?> found, bool isOwn)
    {
        if (trace.Name is { } name)
        {
            if (Names.Concat(Against).Any(other => other is not null && OriginTraining.SameName(name, other)))
                return true;
            var missed = Types.Where((_, i) => Names[i] is not null && !found.Contains(Names[i])).ToList();
            if (trace.Type is OriginType.Unnamed or OriginType.Document && missed.Contains(trace.Type))
                return true;
            if (missed.Exists(type => type is OriginType.Person or OriginType.Organisation or OriginType.Document) && trace.Type is OriginType.Person or OriginType.Organisation or OriginType.Unnamed)
                return null;
            // The readers name a body or its spokesman, as they met them.
            return isOwn && (trace.Type == OriginType.Person && Types.Contains(OriginType.Organisation) || trace.Type == OriginType.Organisation && Types.Contains(OriginType.Person)) ? null : false;
        }

        return trace.Media.Exists(medium => Names.Concat(Via).Any(other => other is not null && OriginTraining.SameName(medium, other)));
    }
}
