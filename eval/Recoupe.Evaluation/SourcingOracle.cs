using System.Collections.Immutable;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Discrepancies;
using Recoupe.Dossiers;
using Recoupe.Grades;
using Recoupe.Omissions;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Sayings;
using Recoupe.Statements;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Evaluation;

/// <summary>What of the truth about a story is fed in, each step holding the one before it; the true story always is.</summary>
internal enum TrueInput
{
    /// <summary>Nothing but the story.</summary>
    Story,

    /// <summary>Statements and dates, where the truth holds them.</summary>
    Statements,

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
    private const int MentionWindow = 240;

    // A passage is a statement's content if that is so much of it, or most of it is in the content.
    private const double ContentPart = 0.35;

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
        var (story, articles) = Story(folder, root, withStatements);
        return input is TrueInput.Points or TrueInput.PointsAndStatements
            ? OfPoints(story, articles, root)
            : DossierMaker.Make(story, articles, new PipelineOptions(), CancellationToken.None);
    }

    /// <summary>The true story of an event and its articles as the engine reads them.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="truth">Its truth.</param>
    /// <param name="withStatements">Whether statements and dates are the truth's.</param>
    public static (Story Story, ImmutableArray<AnnotatedArticle> Articles) Story(string folder, JsonElement truth, bool withStatements)
    {
        var articles = Scorer.Articles(Path.Combine(folder, "articles.jsonl")).ToDictionary(article => article.Id.Value);
        var annotated = truth.GetProperty("story").EnumerateArray().Select(id => id.GetString()!)
            .Select(id => withStatements ? Annotate(articles[id], truth) : Pipeline.Annotate(articles[id])).ToImmutableArray();
        var name = new StoryId("s1");
        return (new Story(name, name, [.. annotated.Select(article => article.Id)]), SiblingDating.Date(annotated));
    }

    /// <summary>The points of the truth, in its order, each passage with the statement that it is the content of.</summary>
    public static ImmutableArray<Point> Points(JsonElement truth, ImmutableArray<AnnotatedArticle> articles)
    {
        var byId = articles.ToDictionary(article => article.Id.Value);
        return [.. truth.GetProperty("points").EnumerateArray().Select(point =>
        {
            var passages = point.GetProperty("passages").EnumerateArray().SelectMany(passage => Passages(passage, byId))
                .OrderBy(passage => articles.IndexOf(byId[passage.Evidence.Article.Value])).ThenBy(passage => passage.Evidence.Span).ToImmutableArray();
            return new Point(new PointId(point.GetProperty("id").GetString()!), passages[0], passages);
        })];
    }

    private static Dossier OfPoints(Story story, ImmutableArray<AnnotatedArticle> articles, JsonElement truth)
    {
        articles = SpeakerNames.Resolve(articles);
        var reuses = ReuseFinder.Find(articles, CancellationToken.None);
        var text = new StoryText(articles, CancellationToken.None);
        var points = Points(truth, articles);
        var sourced = OriginFinder.Find(text, points, reuses, CancellationToken.None);
        var byId = articles.ToDictionary(article => article.Id.Value);
        var discrepancies = truth.GetProperty("discrepancies").EnumerateArray().Select(item => TruthDossier.Discrepancy(item, byId)).ToImmutableArray();
        var graded = sourced.Select(point => new SourcedPoint(point.Point, Grader.Of(text, point, discrepancies), null, point.Count, point.Chains)).ToImmutableArray();
        return new Dossier(
            story, articles, graded, discrepancies, OmissionFinder.Find(points, articles), reuses, SayingFinder.Find(text, CancellationToken.None),
            TimelineMaker.Make(articles, points));
    }

    private static IEnumerable<Passage> Passages(JsonElement item, Dictionary<string, AnnotatedArticle> articles)
    {
        var evidence = TruthDossier.Place(item, articles);
        var article = articles[evidence.Article.Value];
        var stance = TruthDossier.Stance(item.TryGetProperty("stance", out var told) ? told.GetString() : null);
        var shares = new List<(int Statement, double Share, TextSpan Content)>();
        for (var i = 0; i < article.Statements.Length; i++)
        {
            var statement = article.Statements[i];
            if (statement.InTitle)
                continue;
            var shared = statement.Content.Sum(content => content.Intersection(evidence.Span)?.Length ?? 0);
            var share = Math.Max((double)shared / evidence.Span.Length, 0.0);
            if (share >= ContentPart)
                shares.Add((i, share, statement.Content[0]));
        }

        if (shares.Count == 0)
            return [new Passage(evidence, null, stance)];
        var most = shares.MaxBy(share => share.Share);
        return shares.Where(share => share.Content == most.Content).Select(share => new Passage(evidence, share.Statement, stance));
    }

    private static AnnotatedArticle Annotate(Article article, JsonElement truth)
    {
        var annotated = Pipeline.Annotate(article);
        var offsets = new CodePointOffsets(article.Text);
        TextSpan Span(JsonElement span) => offsets.ToUtf16(span[0].GetInt32(), span[1].GetInt32());

        var statements = truth.GetProperty("statements").EnumerateArray().Where(item => item.GetProperty("article").GetString() == article.Id.Value)
            .Select(item => Read(annotated, item, Span)).OrderBy(statement => statement.Content[0]).ToImmutableArray();
        var dates = truth.GetProperty("dates").EnumerateArray().Where(item => item.GetProperty("article").GetString() == article.Id.Value && item.TryGetProperty("span", out _))
            .Select(item => new DateMention(Span(item.GetProperty("span")), item.GetProperty("value").GetString())).OrderBy(date => date.Span).ToImmutableArray();
        return annotated with { Statements = statements, Dates = dates.IsEmpty ? annotated.Dates : dates };
    }

    private static Statement Read(AnnotatedArticle article, JsonElement item, Func<JsonElement, TextSpan> span)
    {
        var content = new List<TextSpan> { span(item.GetProperty("span")) };
        if (item.TryGetProperty("more", out var more) && more.ValueKind == JsonValueKind.Array)
            content.AddRange(more.EnumerateArray().Where(piece => piece.ValueKind == JsonValueKind.Object).Select(piece => span(piece.GetProperty("span"))));
        var name = item.GetProperty("speaker").GetString();
        var type = item.GetProperty("type").GetString();
        var act = Enum.Parse<Act>(item.GetProperty("act").GetString()!, ignoreCase: true);
        var text = article.Body.Text;
        var before = text[Math.Max(0, content[0].Start - 24)..content[0].Start];
        return new Statement
        {
            Content = [.. content],
            Kind = Enum.Parse<StatementKind>(item.GetProperty("kind").GetString()!, ignoreCase: true),
            Speaker = name is null || type is null ? null : new Speaker(Mention(article, content[0], name), name, Enum.Parse<SpeakerType>(type, ignoreCase: true)),
            Channel = Channel(article, content[0], item.GetProperty("channel").GetString()),
            Act = act,
            Negated = act == Act.Deny && (before.Contains("den", StringComparison.OrdinalIgnoreCase) || before.Contains("dém", StringComparison.OrdinalIgnoreCase)),
        };
    }

    private static Channel? Channel(AnnotatedArticle article, TextSpan content, string? name) => name is null
        ? null
        : new Channel(Mention(article, content, name) ?? new TextSpan(content.End, content.End), name, IsMedium: char.IsUpper(name[0]));

    // The name's last word in the statement's own sentence.
    private static TextSpan? Mention(AnnotatedArticle article, TextSpan content, string name)
    {
        var last = name.Split(' ')[^1];
        var end = Math.Min(article.Body.Text.Length, content.End + MentionWindow);
        var sentence = article.Body.SentenceAt(content.Start);
        var span = sentence >= 0 ? article.Body.Sentences[sentence] : new TextSpan(content.Start, end);
        var at = article.Body.Text.IndexOf(last, span.Start, span.Length, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : TextSpan.Of(at, last.Length);
    }
}
