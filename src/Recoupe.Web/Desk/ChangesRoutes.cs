using System.Text;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Articles;
using Recoupe.Changes;
using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Text;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>What changed between two versions of a page, word for word.</summary>
internal static class ChangesRoutes
{
    public static void MapChanges(this RouteGroupBuilder desk)
    {
        desk.MapGet("/articles/{id}/changes", Page);
        desk.MapGet("/articles/{id}/changes.json", Data);
    }

    private static RazorComponentResult Page(Archive archive, HttpContext context, string id) => Load(archive, context, id) is { } model
        ? DeskResults.Page<ChangesPage>(context, model)
        : DeskResults.Wrong(context, StatusCodes.Status404NotFound, "wrong.notfound");

    private static IResult Data(Archive archive, HttpContext context, string id) => Load(archive, context, id) is { } model
        ? TypedResults.Json(new ChangesData(model.Earlier.Id.Value, model.Later.Id.Value, model.Changes))
        : DeskResults.Wrong(context, StatusCodes.Status404NotFound, "wrong.notfound");

    // With the version before it, unless another one is asked for.
    private static ChangesModel? Load(Archive archive, HttpContext context, string id)
    {
        var versions = archive.Versions(new ArticleId(id)).ToList();
        var at = versions.FindIndex(version => version.Id.Value == id);
        var from = context.Request.Query["from"].ToString() is { Length: > 0 } asked ? versions.FindIndex(version => version.Id.Value == asked) : at - 1;
        if (at < 0 || from < 0 || from == at)
            return null;
        var (earlier, later) = (versions[Math.Min(from, at)], versions[Math.Max(from, at)]);
        if (Annotated(archive, earlier.Id) is not { } before || Annotated(archive, later.Id) is not { } after)
            return null;
        var change = ChangeFinder.Compare(before, after);
        return new ChangesModel(
            earlier, later, versions, [.. change.Words.Select(word => LineOf(before, after, word))],
            Show(before, after, change, inTitle: true), Show(before, after, change, inTitle: false));
    }

    private static AnnotatedArticle? Annotated(Archive archive, ArticleId id) => archive.Document(id) is { } document ? Pipeline.Annotate(ArticleReader.Read(document, id)) : null;

    private static ChangeLine LineOf(AnnotatedArticle before, AnnotatedArticle after, WordChange word) => new(
        ArticleJson.Name(word.Grade), word.InTitle, word.Before.Quote(Text(before, word.InTitle)), word.After.Quote(Text(after, word.InTitle)));

    private static string Text(AnnotatedArticle article, bool inTitle) => (inTitle ? article.Article.Title : article.Article.Text) ?? "";

    // The later text, with what was taken away before what came in its place.
    private static string Show(AnnotatedArticle before, AnnotatedArticle after, ArticleChange change, bool inTitle)
    {
        var text = Text(after, inTitle);
        var words = change.Words.Where(word => word.InTitle == inTitle).OrderBy(word => word.After.Start).ThenBy(word => word.Before.Start).ToList();
        var html = new StringBuilder();
        var paragraphs = inTitle ? [new TextSpan(0, text.Length)] : SourcesHtml.Paragraphs(after.Article).Select(paragraph => paragraph.Paragraph).ToList();
        var next = 0;
        foreach (var (place, paragraph) in paragraphs.Index())
        {
            var end = place == paragraphs.Count - 1 ? text.Length : paragraphs[place + 1].Start;
            var line = new StringBuilder();
            var from = paragraph.Start;
            for (; next < words.Count && words[next].After.Start < end || next < words.Count && place == paragraphs.Count - 1; next++)
            {
                var word = words[next];
                var start = Math.Clamp(word.After.Start, from, paragraph.End);
                var stop = Math.Clamp(word.After.End, start, paragraph.End);
                line.Append(Encoded(text[from..start])).Append(Mark(word, word.Before.Quote(Text(before, inTitle)), text[start..stop]));
                from = stop;
            }

            line.Append(Encoded(text[from..paragraph.End]));
            html.Append(inTitle ? line : $"<p>{line}</p>\n");
        }

        return html.ToString();
    }

    private static string Mark(WordChange word, string was, string became)
    {
        var grade = ArticleJson.Name(word.Grade);
        var gone = string.IsNullOrWhiteSpace(was) ? Html.Empty : Html.Of($"<del class=\"c-{grade}\">{ShownText.Line(was)}</del> ");
        var came = string.IsNullOrWhiteSpace(became) ? Html.Empty : Html.Of($"<ins class=\"c-{grade}\">{ShownText.Line(became)}</ins>");
        return gone.Markup + came.Markup;
    }

    private static string Encoded(string text) => Html.Encode(ShownText.Line(text, keepEnds: true));
}

/// <summary>Two versions of a page beside what changed.</summary>
/// <param name="Earlier">The earlier version.</param>
/// <param name="Later">The later version.</param>
/// <param name="Versions">All versions of the page, the earliest first.</param>
/// <param name="Changes">What changed, the title's first.</param>
/// <param name="TitleMarkup">The title, marked.</param>
/// <param name="BodyMarkup">The text, marked.</param>
public sealed record ChangesModel(
    ArchivedArticle Earlier, ArchivedArticle Later, IReadOnlyList<ArchivedArticle> Versions, IReadOnlyList<ChangeLine> Changes, string TitleMarkup, string BodyMarkup);

/// <summary>One change.</summary>
/// <param name="Grade">What it touches.</param>
/// <param name="InTitle">Whether it is the title's.</param>
/// <param name="Before">The words that were; empty where some were added.</param>
/// <param name="After">The words that are; empty where some were taken away.</param>
public sealed record ChangeLine(string Grade, bool InTitle, string Before, string After);

/// <summary>What changed between two versions, as data.</summary>
public sealed record ChangesData(string Earlier, string Later, IReadOnlyList<ChangeLine> Changes);
