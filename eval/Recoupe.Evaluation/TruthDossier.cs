using System.Collections.Immutable;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Discrepancies;
using Recoupe.Documents;
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

/// <summary>
/// The dossier that the truth about an invented event (<c>articles.jsonl</c>, <c>truth.json</c>) would give: for looking at the formats
/// apart from the quality of the stages before them.
/// </summary>
public static class TruthDossier
{
    /// <summary>Reads the event in <paramref name="folder"/>.</summary>
    public static Dossier Read(string folder)
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        var root = truth.RootElement;
        var members = root.GetProperty("story").EnumerateArray().Select(id => id.GetString()!).ToHashSet();
        var articles = DocumentReader.Read([Path.Combine(folder, "articles.jsonl")], CancellationToken.None)
            .Where(intake => intake.Document?.Id is { } id && members.Contains(id))
            .Select(intake => Pipeline.Annotate(ArticleReader.Read(intake.Document!, new ArticleId(intake.Document!.Id!))))
            .Select(article => article with { Statements = [.. Statements(root, article)], Dates = [.. Dates(root, article)] })
            .ToImmutableArray();
        var byId = articles.ToDictionary(article => article.Id.Value);
        var points = root.GetProperty("points").EnumerateArray().Select(point => Point(point, byId))
            .OrderByDescending(point => point.Point.Passages.Length).ToImmutableArray();
        var story = new Story(new StoryId("s1"), new StoryId("s1"), [.. articles.Select(article => article.Id)]);
        return new Dossier(
            story, articles, points,
            [.. root.GetProperty("discrepancies").EnumerateArray().Select(item => Discrepancy(item, byId))],
            [.. root.GetProperty("omissions").EnumerateArray().Select(item => new Omission(new PointId(Text(item, "point")!), new ArticleId(Text(item, "article")!)))],
            [.. root.GetProperty("reuse").EnumerateArray().Select(item => new Reuse(
                new ArticleId(Text(item, "from")!), new ArticleId(Text(item, "to")!), ReuseOrder.StatedTimes, item.GetProperty("approx_share").GetDouble(), ReuseKind.Abridged, []))],
            SayingFinder.Find(articles, CancellationToken.None), TimelineMaker.Make(articles, points.Select(point => point.Point)));
    }

    /// <summary>A discrepancy of the truth.</summary>
    internal static Discrepancy Discrepancy(JsonElement item, Dictionary<string, AnnotatedArticle> articles) => new(
        Enum.Parse<DiscrepancyKind>(Text(item, "kind")!, ignoreCase: true),
        Enum.TryParse<Resolution>(Text(item, "resolution") ?? "open", ignoreCase: true, out var resolution) ? resolution : Resolution.Base,
        new PointId(Text(item, "point")!), Place(item.GetProperty("a"), articles), Place(item.GetProperty("b"), articles), Text(item, "why") ?? "");

    private static SourcedPoint Point(JsonElement point, Dictionary<string, AnnotatedArticle> articles)
    {
        var passages = point.GetProperty("passages").EnumerateArray()
            .Select(passage => new Passage(Place(passage, articles), null, Stance(Text(passage, "stance")))).ToImmutableArray();
        var origins = point.GetProperty("origins");
        var list = Origins(origins, "list", passages);
        var count = new OriginCount(
            origins.GetProperty("fewest").GetInt32(), origins.GetProperty("most").GetInt32(), list,
            [.. origins.TryGetProperty("against", out var against)
                ? against.EnumerateArray().Select(name => new Origin(name.ValueKind == JsonValueKind.String ? name.GetString() : Text(name, "name"), OriginType.Person, [], true, []))
                : []],
            [], list.Length > 1 ? [new Merge(list[0].Name, list[1].Name, 8, Certain: false, "unnamed sources of like description")] : []);
        var chains = passages.Select((passage, index) =>
        {
            var article = articles[passage.Evidence.Article.Value].Article;
            var origin = list.Length == 0 ? null : list[index % list.Length];
            ImmutableArray<string> hops = origin is null || passage.Stance != Points.Stance.Affirms ? [article.Outlet ?? ""] : [article.Outlet ?? "", .. origin.Via, origin.Name ?? ""];
            return new Chain(passage, hops, origin?.Type, Stated: index % 2 == 0, [passage.Evidence], 1);
        });
        var alone = passages.Select(passage => passage.Evidence.Article).Distinct().Count() == 1 ? articles[passages[0].Evidence.Article.Value].Article.Outlet : null;
        return new SourcedPoint(
            new Point(new PointId(Text(point, "id")!), passages[0], passages),
            Enum.Parse<Grade>(Text(point, "grade")!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true), alone, count, [.. chains]);
    }

    private static ImmutableArray<Origin> Origins(JsonElement origins, string name, ImmutableArray<Passage> passages) =>
        [.. origins.GetProperty(name).EnumerateArray().Select(origin => new Origin(
            Text(origin, "name"), Text(origin, "type") is { } type ? Enum.Parse<OriginType>(type, ignoreCase: true) : null,
            [.. origin.TryGetProperty("via", out var via) && via.ValueKind == JsonValueKind.Array ? via.EnumerateArray().Select(medium => medium.GetString()!) : []], Stated: true, [passages[0].Evidence]))];

    private static IEnumerable<Statement> Statements(JsonElement root, AnnotatedArticle article)
    {
        foreach (var item in root.GetProperty("statements").EnumerateArray().Where(item => Text(item, "article") == article.Id.Value))
        {
            var type = Text(item, "type");
            yield return new Statement
            {
                Content = [Span(item.GetProperty("span"), article.Article.Text)],
                Kind = Enum.Parse<StatementKind>(Text(item, "kind") ?? "direct", ignoreCase: true),
                Speaker = Text(item, "speaker") is { } speaker
                    ? new Speaker(null, speaker, type is null ? SpeakerType.Person : Enum.Parse<SpeakerType>(type, ignoreCase: true))
                    : null,
                Act = Enum.Parse<Act>(Text(item, "act") ?? "say", ignoreCase: true),
            };
        }
    }

    private static IEnumerable<DateMention> Dates(JsonElement root, AnnotatedArticle article) =>
        root.GetProperty("dates").EnumerateArray().Where(item => Text(item, "article") == article.Id.Value && item.TryGetProperty("span", out _))
            .Select(item => new DateMention(Span(item.GetProperty("span"), article.Article.Text), Text(item, "value")));

    /// <summary>Where the truth's item stands.</summary>
    internal static Evidence Place(JsonElement item, Dictionary<string, AnnotatedArticle> articles)
    {
        var id = Text(item, "article")!;
        var text = articles[id].Article.Text;
        if (item.TryGetProperty("span", out var span))
            return new Evidence(new ArticleId(id), Span(span, text));
        var quote = Text(item, "quote")!;
        return new Evidence(new ArticleId(id), TextSpan.Of(text.IndexOf(quote, StringComparison.Ordinal), quote.Length));
    }

    private static TextSpan Span(JsonElement span, string text) => new CodePointOffsets(text).ToUtf16(span[0].GetInt32(), span[1].GetInt32());

    /// <summary>The stance that the truth names; it names none where a passage affirms.</summary>
    internal static Stance Stance(string? name) => name switch
    {
        "denies" => Points.Stance.Denies,
        "doubts" => Points.Stance.Doubts,
        _ => Points.Stance.Affirms,
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
