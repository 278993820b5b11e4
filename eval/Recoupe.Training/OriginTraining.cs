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

/// <summary>Trains <c>models/origins.model</c>: whether a passage goes back to a candidate, on the true points of stories that careful readers sourced.</summary>
/// <remarks>The readers list the origins of a point, not of a passage: a candidate is right if it is on its point's list, under any form of its name.</remarks>
public static class OriginTraining
{
    private static readonly HashSet<string> Leading = [.. "the a an le la les l un une des du de of mr mrs ms dr m mme".Split(' ')];

    private static readonly List<(float Stated, float Inferred)> Thresholds =
        [.. new[] { -3f, -1.5f, -0.5f, 0f }.SelectMany(stated => new[] { 0f, 0.5f, 1f, 2f }.Select(inferred => (stated, inferred)))];

    /// <summary>Runs the command.</summary>
    /// <param name="folder">Sourced stories: one folder each, with <c>articles.jsonl</c> and <c>truth.json</c>.</param>
    /// <param name="output">The folder to write <c>origins.model</c> into.</param>
    /// <param name="more"><c>--check</c>: prints how each story is sourced by a model that has not seen it, and writes nothing; after it, stories whose errors are printed.</param>
    /// <param name="log">Told what was done.</param>
    public static int Run(string folder, string output, string[] more, TextWriter log)
    {
        var stories = Directory.GetDirectories(folder).Where(path => File.Exists(Path.Combine(path, "truth.json"))).Order(StringComparer.Ordinal)
            .AsParallel().AsOrdered().Select(SourcedStory.Read).ToList();
        if (more is ["--check", .. var shown])
        {
            Check(stories, shown, log);
            return 0;
        }

        var model = Train(stories);
        using var stream = File.Create(Path.Combine(output, "origins.model"));
        model.Trees.Write(stream);
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stories.Sum(story => story.Rows.Count)} candidates, {stream.Length} bytes"));
        return 0;
    }

    /// <summary>Trains on stories, each of the same weight for each point.</summary>
    internal static OriginModel Train(IEnumerable<SourcedStory> stories)
    {
        var rows = stories.SelectMany(story => story.Rows).ToList();
        var features = rows.SelectMany(row => row.Features).ToArray();
        var boosting = new Boosting { Trees = 100, Depth = 3, Rate = 0.1, LeastWeight = 4, Ridge = 4, Rising = OriginCandidates.Rising };
        return new OriginModel(boosting.Train(features, OriginCandidates.Count, [.. rows.Select(row => row.Right)], [.. rows.Select(row => row.Weight)]));
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
        var tallies = stories.AsParallel().AsOrdered().Select(story =>
        {
            var model = Train(stories.Where(other => other != story));
            var lines = new List<string>();
            return (story.Name, Tally: Score(story, model, lines), Lines: lines,
                Others: Thresholds.ConvertAll(least => Score(story, model with { LeastStated = least.Stated, LeastInferred = least.Inferred }, [])));
        }).ToList();
        for (var i = 0; i < Thresholds.Count; i++)
            log.WriteLine($"{Thresholds[i]}  real {tallies.Where(tally => tally.Name.StartsWith("real", StringComparison.Ordinal)).Select(tally => tally.Others[i]).Aggregate(new Tally(), (sum, tally) => sum + tally)}");
        foreach (var (name, _, lines, _) in tallies.Where(tally => shown.Any(part => tally.Name.StartsWith(part, StringComparison.Ordinal))))
        {
            log.WriteLine($"## {name}");
            lines.ForEach(log.WriteLine);
        }

        foreach (var link in stories.SelectMany(story => story.Links).GroupBy(link => link.Link).OrderBy(links => links.Key))
            log.WriteLine($"{link.Key,-10} {link.Count()}: {link.Count(row => row.Right == true)} right, {link.Count(row => row.Right == false)} wrong, the others cannot be told");
        foreach (var prefix in new[] { "real-f", "real-r", "real", "invented-i", "invented-x", "invented", "first" })
            log.WriteLine($"{prefix,-12} {tallies.Where(tally => tally.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tally => tally.Tally).Aggregate(new Tally(), (sum, tally) => sum + tally)}");
    }

    private static Tally Score(SourcedStory story, OriginModel model, List<string> lines)
    {
        var tally = new Tally();
        var sourced = OriginFinder.Find(story.Text, story.Points, story.Reuses, CancellationToken.None, model);
        for (var i = 0; i < sourced.Count; i++)
        {
            var (point, truth) = (sourced[i], story.Truths[i]);
            var grade = Grader.Of(story.Text, point, story.Discrepancies);
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

/// <summary>A story whose points careful readers sourced, with the candidates for the origins of its passages.</summary>
internal sealed record SourcedStory(
    string Name, StoryText Text, ImmutableArray<Point> Points, ImmutableArray<Reuse> Reuses, List<TrueOrigins> Truths, ImmutableArray<Discrepancy> Discrepancies)
{
    /// <summary>One candidate of one passage: its features, whether it is an origin of the point, and what it weighs.</summary>
    public List<(float[] Features, bool Right, float Weight)> Rows { get; } = [];

    /// <summary>Each candidate's link and whether it is right; null where that cannot be told.</summary>
    public List<(OriginLink Link, bool? Right)> Links { get; } = [];

    /// <summary>Reads the story in a folder.</summary>
    public static SourcedStory Read(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        var (_, articles) = SourcingTruth.Story(folder, json.RootElement, withStatements: false);
        articles = SpeakerNames.Resolve(articles);
        var byId = articles.ToDictionary(article => article.Id.Value);
        var story = new SourcedStory(
            Path.GetFileName(folder), new StoryText(articles, CancellationToken.None), SourcingTruth.Points(json.RootElement, articles), ReuseFinder.Find(articles, CancellationToken.None),
            [.. json.RootElement.GetProperty("points").EnumerateArray().Select(TrueOrigins.Read)],
            [.. json.RootElement.GetProperty("discrepancies").EnumerateArray().Select(item => SourcingTruth.Discrepancy(item, byId))]);
        story.AddRows();
        return story;
    }

    private void AddRows()
    {
        var tracer = new ChainTracer(Text, Reuses, new OriginModel(new TreeModel(0, [], [])));
        for (var i = 0; i < Points.Length; i++)
        {
            var rows = tracer.Candidates(Points[i]).SelectMany(pair => pair.Candidates).ToList();
            var found = Truths[i].Names.Where(name => rows.Exists(row => OriginTraining.SameName(row.Trace.Name, name))).ToList();
            foreach (var candidate in rows)
            {
                var right = Truths[i].Holds(candidate.Trace, found, candidate.Link is OriginLink.Own or OriginLink.Elsewhere);
                if (right is { } known)
                    Rows.Add((candidate.Features, known, 1));
                Links.Add((candidate.Link, right));
            }
        }
    }
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
