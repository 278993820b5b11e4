using System.Globalization;
using System.Text;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Text;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>Stories and their points. An id of before a merge leads to the story of today.</summary>
internal static class StoryRoutes
{
    // A large dossier that is made for the first time takes longer than somebody looks at an empty window.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private const int MostBeside = 3;

    // Stories that one may be merged with by hand.
    private const int MostOthers = 60;

    public static void MapStoryPages(this RouteGroupBuilder desk)
    {
        desk.MapGet("/stories/{id}", (Archive archive, StoryPages pages, HttpContext context, string id) => Story(archive, pages, context, id, null));
        desk.MapGet("/stories/{id}/sections/{section}", Story);
        desk.MapGet("/stories/{id}.json", (Archive archive, HttpContext context, string id, CancellationToken cancellationToken) =>
            archive.DossierJsonOf(new StoryId(id), cancellationToken) is { } json ? Results.Bytes(json, "application/json") : NotThere(context));
        desk.MapGet("/stories/{id}/points/{point}", Point);
        desk.MapGet("/stories/{id}/beside", Beside);
    }

    private static async Task<IResult> Story(Archive archive, StoryPages pages, HttpContext context, string id, string? section)
    {
        if (archive.Story(new StoryId(id)) is not { } story)
            return NotThere(context);
        if (story.Id.Value != id)
            return Results.Redirect("/stories/" + Uri.EscapeDataString(story.Id.Value), permanent: false, preserveMethod: true);
        var page = await pages.GetAsync(story, DeskReader.Of(context).Texts, Patience);
        var from = int.TryParse(context.Request.Query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && page is not null
            ? Math.Clamp(asked, 1, Math.Max(1, page.Points.Count)) : 1;
        if (page is not null && section is not null && page.Sections.All(known => known.Key != section))
            return NotThere(context);
        return DeskResults.Page<StoryPage>(
            context, new StoryModel(story, page, from, section, archive.History(story.Id)) { Others = Others(archive, story) }, page is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    // Of the latest stories, those of the same days first.
    private static List<ArchivedStory> Others(Archive archive, ArchivedStory story) =>
        [.. archive.Desk.Front(new FrontFilter(), MostOthers).Select(other => other.Story).Where(other => other.Id != story.Id)
            .OrderByDescending(other => string.CompareOrdinal(other.Began, story.Latest) <= 0 && string.CompareOrdinal(story.Began, other.Latest) <= 0)];

    private static async Task<IResult> Point(Archive archive, StoryPages pages, HttpContext context, string id, string point)
    {
        if (archive.Story(new StoryId(id)) is not { } story)
            return NotThere(context);
        var page = await pages.GetAsync(story, DeskReader.Of(context).Texts, Patience);
        return page is null ? DeskResults.Page<StoryPage>(context, new StoryModel(story, null, 1, null, []), StatusCodes.Status202Accepted)
            : page.Points.FirstOrDefault(known => known.Id == point) is { } found ? DeskResults.Page<PointPage>(context, new PointModel(story, page, found))
            : NotThere(context);
    }

    private static async Task<IResult> Beside(Archive archive, StoryPages pages, HttpContext context, string id)
    {
        if (archive.Story(new StoryId(id)) is not { } story)
            return NotThere(context);
        var texts = DeskReader.Of(context).Texts;
        if (await pages.GetAsync(story, texts, Patience) is not { } page)
            return DeskResults.Page<StoryPage>(context, new StoryModel(story, null, 1, null, []), StatusCodes.Status202Accepted);
        var asked = context.Request.Query["article"].OfType<string>().Distinct().Select(page.Article).OfType<RenderedArticle>().Take(MostBeside).ToList();
        // Where nobody chose, the two that share most; else the first two.
        if (asked.Count < 2)
            asked = [.. asked.Concat(page.Reuses.Take(1).SelectMany(reuse => new[] { reuse.From, reuse.To }).Select(page.Article).OfType<RenderedArticle>()).Concat(page.Articles).Distinct().Take(2)];
        return DeskResults.Page<BesidePage>(context, BesideOf(archive, story, page, asked, texts));
    }

    private static BesideModel BesideOf(Archive archive, ArchivedStory story, RenderedStory page, List<RenderedArticle> chosen, InterfaceTexts texts)
    {
        var marks = chosen.ToDictionary(article => article.Id, _ => new List<TextMark>());
        var shared = 0;
        foreach (var reuse in page.Reuses.Where(reuse => marks.ContainsKey(reuse.From) && marks.ContainsKey(reuse.To)))
        {
            foreach (var passage in reuse.Passages)
            {
                shared++;
                marks[reuse.From].Add(Mark(new TextSpan(passage[0], passage[1]), shared, "a", "b", texts));
                marks[reuse.To].Add(Mark(new TextSpan(passage[2], passage[3]), shared, "b", "a", texts));
            }
        }

        return new BesideModel(story, page, [.. chosen.Select(article => new BesideText(article, BodyOf(archive, article, marks[article.Id])))], shared);
    }

    private static TextMark Mark(TextSpan span, int number, string side, string other, InterfaceTexts texts) => new(
        span, $"r{number}{side}", "l-r",
        Html.Of($"<a class=\"back\" href=\"#r{number}{other}\" aria-label=\"{texts.Fill("beside.to", number.ToString(CultureInfo.InvariantCulture))}\">{number}</a>"));

    private static string BodyOf(Archive archive, RenderedArticle article, List<TextMark> marks)
    {
        if (ArticleRoutes.Reading(archive, new ArticleId(article.Id)) is not { } annotated)
            return "";
        var html = new StringBuilder();
        foreach (var (paragraph, kind) in SourcesHtml.Paragraphs(annotated.Article))
        {
            var inside = marks.Where(mark => mark.Span.Overlaps(paragraph));
            html.Append(Html.Of($"<p{(kind == "" ? Html.Empty : Html.Of($" class=\"{kind}\""))}>{MarkedText.Show(annotated.Article.Text, paragraph, inside)}</p>\n"));
        }

        return html.ToString();
    }

    private static RazorComponentResult NotThere(HttpContext context) => DeskResults.Wrong(context, StatusCodes.Status404NotFound, "wrong.notfound");
}
