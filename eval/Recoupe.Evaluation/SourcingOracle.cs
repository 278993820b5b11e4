using System.Collections.Immutable;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Dossiers;
using Recoupe.Grades;
using Recoupe.Omissions;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Sayings;
using Recoupe.Stories;
using Recoupe.Training;

namespace Recoupe.Evaluation;

/// <summary>What of the truth about a story is fed in, each step holding the one before it; the true story always is.</summary>
internal enum TrueInput
{
    /// <summary>Nothing but the story.</summary>
    Story,

    /// <summary>Statements and dates, where the truth holds them.</summary>
    Statements,

    /// <summary>Points with their passages and stances; discrepancies are found in them.</summary>
    Passages,

    /// <summary>Points with their passages and stances, and discrepancies.</summary>
    Points,

    /// <summary>Points, discrepancies, statements and dates.</summary>
    PointsAndStatements,
}

/// <summary>
/// The ladder of truths: dossiers made from the truth's own story, statements and points. It tells how many errors are each stage's own, and that better
/// input never makes a figure worse.
/// </summary>
public sealed class SourcingOracleEvaluation : IEvaluation
{
    /// <inheritdoc/>
    public string Step => "sourcing-oracle";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var folder = Path.Combine(data, "sourcing");
        if (!Directory.Exists(folder))
            yield break;
        var events = Directory.GetDirectories(folder).Where(path => File.Exists(Path.Combine(path, "truth.json"))).Order(StringComparer.Ordinal).ToList();
        foreach (var group in events.GroupBy(path => Path.GetFileName(path).Split('-')[0]))
        {
            foreach (var input in Enum.GetValues<TrueInput>())
            {
                log.WriteLine($"    {group.Key}, true {input}:");
                foreach (var (measure, value) in Score(data, group, input, log))
                    yield return new Figure(Step, $"{group.Key}, true {input}", measure, value);
            }
        }
    }

    // The scorer runs a program on each event: here one that prints the dossier made before.
    private static List<(string Measure, double Value)> Score(string data, IEnumerable<string> events, TrueInput input, TextWriter log)
    {
        var made = Directory.CreateTempSubdirectory("recoupe-oracle");
        try
        {
            var told = events.AsParallel().AsOrdered().Select(path => (path, Dossier: SourcingOracle.Dossier(path, input))).ToList();
            foreach (var (path, dossier) in told)
            {
                if (dossier is null)
                    continue;
                var place = made.CreateSubdirectory(Path.GetFileName(path)).FullName;
                foreach (var file in new[] { "articles.jsonl", "truth.json" })
                    File.Copy(Path.Combine(path, file), Path.Combine(place, file));
                using var output = File.Create(Path.Combine(place, "dossier.json"));
                using var json = new Utf8JsonWriter(output);
                DossierJson.Write(json, [dossier], "evaluation");
            }

            var (lines, exitCode) = Scorer.Run(
                "python3", [Path.Combine(data, "score_sourcing.py"), made.FullName, "sh", "-c", "cat \"${1%articles.jsonl}dossier.json\"", "sh"]);
            if (exitCode != 0)
                throw new InvalidOperationException($"score_sourcing.py failed: {string.Join('\n', lines)}");
            foreach (var line in lines)
                log.WriteLine($"    {line}");
            return [.. lines.SelectMany(Scorer.Figures).DistinctBy(figure => figure.Measure)];
        }
        finally
        {
            made.Delete(recursive: true);
        }
    }
}

/// <summary>Makes a dossier from articles and the truth that lies beside them.</summary>
internal static class SourcingOracle
{
    /// <summary>The dossier of an event, made from what of its truth is fed in; null where the truth does not hold that.</summary>
    /// <param name="folder">Its folder, with <c>articles.jsonl</c> and <c>truth.json</c>.</param>
    /// <param name="input">What is fed in.</param>
    public static Dossier? Dossier(string folder, TrueInput input)
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        var root = truth.RootElement;
        var withStatements = input is TrueInput.Statements or TrueInput.PointsAndStatements;
        if (withStatements && root.GetProperty("statements").ValueKind == JsonValueKind.Null)
            return null;
        var (story, articles) = SourcingTruth.Story(folder, root, withStatements);
        return input is TrueInput.Passages or TrueInput.Points or TrueInput.PointsAndStatements
            ? OfPoints(story, articles, root, isCompared: input is TrueInput.Passages)
            : DossierMaker.Make(story, articles, new PipelineOptions(), CancellationToken.None);
    }

    private static Dossier OfPoints(Story story, ImmutableArray<AnnotatedArticle> articles, JsonElement truth, bool isCompared)
    {
        articles = SpeakerNames.Resolve(articles);
        var reuses = ReuseFinder.Find(articles, CancellationToken.None);
        var text = new StoryText(articles, CancellationToken.None);
        var points = SourcingTruth.Points(truth, articles);
        var sourced = new OriginFinder(text, reuses).Find(points, CancellationToken.None);
        var byId = articles.ToDictionary(article => article.Id.Value);
        var discrepancies = isCompared
            ? DiscrepancyFinder.Find(text, sourced, PointJudge.Default, CancellationToken.None)
            : truth.GetProperty("discrepancies").EnumerateArray().Select(item => SourcingTruth.Discrepancy(item, byId)).ToImmutableArray();
        var graded = sourced.Select(point => new SourcedPoint(point.Point, Grader.Of(text, point, discrepancies), null, point.Count, point.Chains)).ToImmutableArray();
        return new Dossier(
            story, articles, graded, discrepancies, OmissionFinder.Find(points, articles), reuses, SayingFinder.Find(text, CancellationToken.None),
            TimelineMaker.Make(articles, points));
    }
}
