using System.Collections.Immutable;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Discrepancies;
using Recoupe.Documents;
using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Reads what careful readers found in a story (<c>articles.jsonl</c>, <c>truth.json</c>).</summary>
internal static class SourcingTruth
{
    private const int MentionWindow = 240;

    // A passage is a statement's content if that is so much of it.
    private const double ContentPart = 0.35;

    /// <summary>The true story of an event and its articles as the engine reads them.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="truth">Its truth.</param>
    /// <param name="withStatements">Whether statements and dates are the truth's.</param>
    public static (Story Story, ImmutableArray<AnnotatedArticle> Articles) Story(string folder, JsonElement truth, bool withStatements)
    {
        var articles = DocumentReader.Read([Path.Combine(folder, "articles.jsonl")], CancellationToken.None)
            .Select(intake => ArticleReader.Read(intake.Document!, new ArticleId(intake.Document!.Id!))).ToDictionary(article => article.Id.Value);
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

    /// <summary>The points of a dossier, in its order, each passage with the statement that it is the content of.</summary>
    public static ImmutableArray<Point> FoundPoints(JsonElement dossier, ImmutableArray<AnnotatedArticle> articles)
    {
        var byId = articles.ToDictionary(article => article.Id.Value);
        return [.. dossier.GetProperty("points").EnumerateArray().Select(point =>
        {
            var passages = point.GetProperty("passages").EnumerateArray().Where(passage => Text(passage, "in") != "title" && byId.ContainsKey(Text(passage, "article")!))
                .SelectMany(passage => Passages(passage, byId).Select(told => told with { Likelihood = LikelihoodOf(passage) })).Distinct().ToImmutableArray();
            return passages.IsEmpty ? null : new Point(new PointId(Text(point, "id")!), passages[0], passages);
        }).OfType<Point>()];
    }

    /// <summary>A discrepancy of the truth.</summary>
    public static Discrepancy Discrepancy(JsonElement item, Dictionary<string, AnnotatedArticle> articles) => new(
        Enum.Parse<DiscrepancyKind>(Text(item, "kind")!, ignoreCase: true),
        Enum.TryParse<Resolution>(Text(item, "resolution") ?? "open", ignoreCase: true, out var resolution) ? resolution : Resolution.Base,
        new PointId(Text(item, "point")!), Place(item.GetProperty("a"), articles), Place(item.GetProperty("b"), articles), Text(item, "why") ?? "");

    /// <summary>Where the truth's item stands.</summary>
    public static Evidence Place(JsonElement item, Dictionary<string, AnnotatedArticle> articles)
    {
        var id = Text(item, "article")!;
        var text = articles[id].Article.Text;
        if (item.TryGetProperty("span", out var span))
            return new Evidence(new ArticleId(id), new CodePointOffsets(text).ToUtf16(span[0].GetInt32(), span[1].GetInt32()));
        var quote = Text(item, "quote")!;
        return new Evidence(new ArticleId(id), TextSpan.Of(text.IndexOf(quote, StringComparison.Ordinal), quote.Length));
    }

    private static double? LikelihoodOf(JsonElement passage) => passage.TryGetProperty("likelihood", out var likely) && likely.ValueKind == JsonValueKind.Number ? likely.GetDouble() : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Stance StanceOf(string? name) => name switch
    {
        "denies" => Stance.Denies,
        "doubts" => Stance.Doubts,
        _ => Stance.Affirms,
    };

    private static IEnumerable<Passage> Passages(JsonElement item, Dictionary<string, AnnotatedArticle> articles)
    {
        var evidence = Place(item, articles);
        var article = articles[evidence.Article.Value];
        var stance = StanceOf(Text(item, "stance"));
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
