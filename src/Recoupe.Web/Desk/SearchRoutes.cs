using System.Globalization;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Text;
using Recoupe.Web.Api;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>Search, speakers and outlets.</summary>
internal static class SearchRoutes
{
    private const int AtOnce = 30;
    private const int MostNames = 200;
    private const int LongestWords = 300;

    // Whom an outlet cites is counted over so many of its stories.
    private const int MostStories = 500;

    public static void MapSearchPages(this RouteGroupBuilder desk)
    {
        desk.MapGet("/search", (Archive archive, SharedIndex index, StoryPages pages, HttpContext context, CancellationToken cancellationToken) =>
        {
            var model = Search(archive, index, pages, context, cancellationToken);
            return DeskResults.Page<SearchPage>(context, model, model.Wrong is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
        });
        desk.MapGet("/search.json", (Archive archive, SharedIndex index, StoryPages pages, HttpContext context, CancellationToken cancellationToken) =>
            TypedResults.Json(Search(archive, index, pages, context, cancellationToken)));
        desk.MapGet("/speakers", (Archive archive, HttpContext context) => DeskResults.Page<SpeakersPage>(context, Speakers(archive, context)));
        desk.MapGet("/speakers.json", (Archive archive, HttpContext context) => TypedResults.Json(Speakers(archive, context)));
        desk.MapGet("/speakers/{name}", (Archive archive, HttpContext context, string name) => DeskResults.Page<SpeakerPage>(context, Speaker(archive, context, name)));
        desk.MapGet("/speakers/{name}.json", (Archive archive, HttpContext context, string name) => TypedResults.Json(Speaker(archive, context, name)));
        desk.MapGet("/outlets", (Archive archive, HttpContext context) => DeskResults.Page<OutletsPage>(context, Outlets(archive, context)));
        desk.MapGet("/outlets.json", (Archive archive, HttpContext context) => TypedResults.Json(Outlets(archive, context)));
        desk.MapGet("/outlets/{name}", (Archive archive, HttpContext context, string name) => DeskResults.Page<OutletPage>(context, Outlet(archive, context, name)));
        desk.MapGet("/outlets/{name}.json", (Archive archive, HttpContext context, string name) => TypedResults.Json(Outlet(archive, context, name)));
    }

    private static SearchModel Search(Archive archive, SharedIndex index, StoryPages pages, HttpContext context, CancellationToken cancellationToken)
    {
        var query = context.Request.Query["q"].ToString();
        var (kind, kindName) = OneOf<SearchKind>(context.Request.Query["in"]);
        var (order, orderName) = OneOf<SearchOrder>(context.Request.Query["order"]);
        if (string.IsNullOrWhiteSpace(query))
            return new SearchModel(null, kindName, orderName, 0, [], null, null);
        try
        {
            var texts = DeskReader.Of(context).Texts;
            var answer = index.Find(query, kind, order, AtOnce, context.Request.Query["cursor"].ToString() is { Length: > 0 } cursor ? cursor : null, cancellationToken);
            return new SearchModel(query, kindName, orderName, answer.Total, [.. Lines(archive, pages, texts, query, answer.Hits).OfType<SearchLine>()], answer.Next, null) { Missing = answer.Missing };
        }
        catch (SearchException failure)
        {
            return new SearchModel(query, kindName, orderName, 0, [], null, failure.Message);
        }
    }

    private static IEnumerable<SearchLine?> Lines(Archive archive, StoryPages pages, InterfaceTexts texts, string query, IReadOnlyList<SearchHit> hits)
    {
        var excerpts = new Excerpts(query);
        var bodies = archive.Texts(hits.Where(hit => hit.Kind == SearchKind.Articles).Select(hit => new ArticleId(hit.Id)));
        return hits.Zip(SearchApi.RowsOf(archive, hits), (hit, row) => hit.Kind == SearchKind.Points ? PointOf(archive, pages, texts, hit) : row is null ? null : LineOf(texts, row) with
        {
            Passage = bodies.TryGetValue(row.Article.Id, out var body) ? PassageOf(row.Article, body, excerpts, texts) : null,
        });
    }

    private static SearchPassage? PassageOf(ArchivedArticle article, string text, Excerpts excerpts, InterfaceTexts texts)
    {
        if (excerpts.Find(text, article.Language) is not { } excerpt)
            return null;
        var parts = new List<SearchPart>();
        var at = excerpt.Span.Start;
        if (at > 0)
            parts.Add(new SearchPart(texts["ellipsis"] + " ", false));
        foreach (var word in excerpt.Words)
        {
            parts.Add(new SearchPart(ShownText.Line(text[at..word.Start], keepEnds: true), false));
            parts.Add(new SearchPart(ShownText.Line(word.Quote(text)), true));
            at = word.End;
        }

        parts.Add(new SearchPart(ShownText.Line(text[at..excerpt.Span.End], keepEnds: true) + (excerpt.Span.End < text.Length ? " " + texts["ellipsis"] : ""), false));
        var offsets = new CodePointOffsets(text);
        return new SearchPassage(
            DeskPlaces.AddressOf(article.Id, offsets.FromUtf16(excerpt.Span.Start), offsets.FromUtf16(excerpt.Span.End)), [.. parts.Where(part => part.Words.Length > 0)]);
    }

    private static SearchLine LineOf(InterfaceTexts texts, FoundArticle found)
    {
        var (article, story, statement) = found;
        var facts = string.Join(" · ", new[] { article.Outlet is { } outlet ? ShownText.Line(outlet) : texts["gap.outlet"], texts.Time(article.Published) });
        var address = "/articles/" + Uri.EscapeDataString(article.Id.Value);
        var words = article.Title is { } title ? ShownText.Line(title) : texts["article.untitled"];
        if (statement is { } said)
        {
            words = texts.Quoted(ShownText.Line(said.Content));
            address += "#s" + said.Number.ToString(CultureInfo.InvariantCulture);
            facts = string.Join(" · ", said.Speaker is { } speaker ? ShownText.Line(speaker) : texts["speaker.unknown"], facts);
        }

        return new SearchLine(words, article.Language, address, facts, story?.Id.Value, story is { Articles: > 1, Title: { } name } ? ShownText.Line(name) : null);
    }

    private static SearchLine? PointOf(Archive archive, StoryPages pages, InterfaceTexts texts, SearchHit hit)
    {
        if (archive.Story(new StoryId(hit.Id)) is not { } story)
            return null;
        var title = story.Title is { } known ? ShownText.Line(known) : texts["title.none"];
        var address = $"/stories/{Uri.EscapeDataString(story.Id.Value)}/points/{Uri.EscapeDataString(hit.Part!)}";
        var point = pages.Find(story, texts)?.Points.FirstOrDefault(point => point.Id == hit.Part);
        return new SearchLine(
            point is null ? title : texts.Quoted(point.Text), point?.Language, address, point is null ? texts["search.point"] : texts["grade." + point.Grade], story.Id.Value, title);
    }

    private static SpeakersModel Speakers(Archive archive, HttpContext context)
    {
        var find = context.Request.Query["name"].ToString() is { Length: > 0 and <= LongestWords } asked ? asked : null;
        var page = archive.Desk.Speakers(find, MostNames, CursorOf(context));
        return new SpeakersModel(find, page.Items, page.Next);
    }

    private static SpeakerModel Speaker(Archive archive, HttpContext context, string name)
    {
        var page = archive.Statements(name, null, AtOnce, CursorOf(context));
        var articles = page.Items.Select(statement => statement.Article).Distinct().ToDictionary(id => id, archive.Article);
        var later = LaterWords.Of(archive, page.Items.Where(statement => articles[statement.Article] is not null).Select(statement => (statement, articles[statement.Article]!.Story)));
        return new SpeakerModel(
            name, [.. page.Items.Select(statement => new SpeakerLine(statement, articles[statement.Article]) { Later = later.GetValueOrDefault((statement.Article, statement.Number)) })], page.Next);
    }

    private static OutletsModel Outlets(Archive archive, HttpContext context)
    {
        var page = archive.Desk.Outlets(MostNames, CursorOf(context));
        return new OutletsModel(page.Items, page.Next);
    }

    private static OutletModel Outlet(Archive archive, HttpContext context, string name)
    {
        var page = archive.Articles(new ArticleFilter(Outlet: name), AtOnce, CursorOf(context));
        return new OutletModel(name, page.Items, page.Next, archive.Desk.Work(name, MostStories));
    }

    private static string? CursorOf(HttpContext context) => context.Request.Query["cursor"].ToString() is { Length: > 0 } cursor ? cursor : null;

    private static (T Value, string Name) OneOf<T>(string? asked)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        var value = values.FirstOrDefault(value => value.ToString().Equals(asked, StringComparison.OrdinalIgnoreCase));
        return (value, value.ToString().ToLowerInvariant());
    }
}
