using System.Text.Json;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Text;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>Articles, with what was read of them in layers.</summary>
internal static class ArticleRoutes
{
    /// <summary>The layers that a page can show, in the order of their switches; all but the figures are shown at first.</summary>
    public static readonly (string Key, string Class)[] Layers =
        [("statements", "l-s"), ("citations", "l-c"), ("reuse", "l-r"), ("dates", "l-d"), ("numbers", "l-n")];

    public static void MapArticlePages(this RouteGroupBuilder desk)
    {
        desk.MapGet("/articles/{id}", Article);
        desk.MapGet("/articles/{id}.json", (Archive archive, HttpContext context, string id) =>
            archive.Reading(new ArticleId(id)) is { } reading ? Results.Bytes(reading, "application/json") : NotThere(context));
    }

    /// <summary>All that was read of an article; null where there is none.</summary>
    public static AnnotatedArticle? Reading(Archive archive, ArticleId id)
    {
        if (archive.Reading(id) is not { } reading || archive.Document(id) is not { } document)
            return null;
        using var json = JsonDocument.Parse(reading);
        return ArticleJsonReader.Read(json.RootElement, document);
    }

    private static RazorComponentResult Article(Archive archive, StoryPages pages, HttpContext context, string id, string? at)
    {
        if (archive.Article(new ArticleId(id)) is not { } article || Reading(archive, article.Id) is not { } annotated)
            return NotThere(context);
        var texts = DeskReader.Of(context).Texts;
        var story = archive.Story(article.Story);
        var page = story is null ? null : pages.Find(story, texts);
        var text = new ArticleText(annotated, texts);
        text.MarkReading();
        if (story is not null)
            text.MarkShared(pages.Shared(story, texts, article.Id));
        var asked = ShownPlace.Parse(at);
        var isThere = asked is { } place && text.MarkAsked(place);
        var read = annotated.Article;
        return DeskResults.Page<ArticlePage>(context, new ArticleModel(
            article, text.Title(), text.Body(), text.Around(), Layers.ToDictionary(layer => layer.Key, layer => text.Count(layer.Class)),
            [.. read.Byline.Select(name => ShownText.Line(name))],
            read.Agencies.IsEmpty ? null : texts.Fill("credited", texts.Join([.. read.Agencies.Select(name => ShownText.Line(name))])),
            read.Partial, [.. read.Notes.Select(note => ShownText.Line(note))], WebAddress.Safe(article.Url), archive.Versions(article.Id), story,
            archive.StatementsOf(article.Id), [.. Said(annotated, texts)], page?.Articles ?? [], asked, isThere)
        {
            Corrected = CorrectionRoutes.NotesOf(archive, article.Id, texts),
        });
    }

    private static IEnumerable<ArticleStatement> Said(AnnotatedArticle annotated, InterfaceTexts texts)
    {
        var body = new CodePointOffsets(annotated.Article.Text);
        var title = new CodePointOffsets(annotated.Article.Title ?? "");
        foreach (var statement in annotated.Statements)
        {
            var (whole, offsets) = statement.InTitle ? (annotated.Article.Title ?? "", title) : (annotated.Article.Text, body);
            var content = string.Join(" … ", statement.Content.Select(span => ShownText.Line(span.Quote(whole))));
            var (start, end) = (offsets.FromUtf16(statement.Content[0].Start), offsets.FromUtf16(statement.Content[0].End));
            yield return new ArticleStatement(
                statement.Speaker?.Name is { } name ? ShownText.Line(name) : null, texts.Name("act", statement.Act), texts.Quoted(content),
                DeskPlaces.AddressOf(annotated.Id, start, end, statement.InTitle ? "title:" : ""),
                statement.InTitle ? null : CorrectionForms.PlaceOf(annotated.Id.Value, start, end));
        }
    }

    private static RazorComponentResult NotThere(HttpContext context) => DeskResults.Wrong(context, StatusCodes.Status404NotFound, "wrong.notfound");
}
