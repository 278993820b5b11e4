using System.Globalization;
using System.Text;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Reuses;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Text;
using Recoupe.Web.Api;
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
        desk.MapGet("/stories/{id}.json", DataAsync);
        // A section is a part of the dossier.
        desk.MapGet("/stories/{id}/sections/{section}.json", DataAsync);
        desk.MapGet("/stories/{id}/points/{point}", Point);
        desk.MapGet("/stories/{id}/points/{point}.json", StoriesApi.PointAsync);
        desk.MapGet("/stories/{id}/beside", Beside);
        desk.MapGet("/stories/{id}/beside.json", BesideData);
    }

    private static async Task<IResult> DataAsync(LatestDossiers dossiers, HttpContext context, string id) =>
        await dossiers.GetAsync(context, new StoryId(id)) is { } json ? Results.Bytes(json, "application/json") : NotThere(context);

    private static async Task<IResult> Story(Archive archive, StoryPages pages, HttpContext context, string id, string? section)
    {
        if (archive.Story(new StoryId(id)) is not { } story)
            return NotThere(context);
        if (story.Id.Value != id)
            return Results.Redirect("/stories/" + Uri.EscapeDataString(story.Id.Value), permanent: false, preserveMethod: true);
        var texts = DeskReader.Of(context).Texts;
        if (await pages.GetAsync(story, texts, Patience) is not var (shownStory, page, asOf))
            return Making(context, story);
        story = shownStory;
        if (section is not null && page.Sections.All(known => known.Key != section))
            return NotThere(context);
        // A page of points begins where one of so many does.
        var from = int.TryParse(context.Request.Query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 && asked <= page.Points.Count
            ? ((asked - 1) / DeskPlaces.PointsAtOnce * DeskPlaces.PointsAtOnce) + 1
            : 1;
        var points = section is null ? pages.Markup(story, texts, $"points/{from}") : "";
        var shown = section is not null ? page.Sections.Where(known => known.Key == section) : from > 1 ? [] : StoryModel.Fitting(page, points.Length);
        return DeskResults.Page<StoryPage>(context, new StoryModel(story, page, from, section, archive.History(story.Id))
        {
            PointsMarkup = points,
            Shown = [.. shown.Select(known => (known, pages.Markup(story, texts, "section/" + known.Key)))],
            Edges = pages.Edges(story, texts),
            Others = Others(archive, story),
            AsOf = asOf,
        });
    }

    private static RazorComponentResult Making(HttpContext context, ArchivedStory story) =>
        DeskResults.Page<StoryPage>(context, new StoryModel(story, null, 1, null, []), StatusCodes.Status202Accepted);

    // Of the latest stories, those of the same days first.
    private static List<ArchivedStory> Others(Archive archive, ArchivedStory story) =>
        [.. archive.Desk.Front(new FrontFilter(), MostOthers).Select(other => other.Story).Where(other => other.Id != story.Id)
            .OrderByDescending(other => string.CompareOrdinal(other.Began, story.Latest) <= 0 && string.CompareOrdinal(story.Began, other.Latest) <= 0)];

    private static async Task<IResult> Point(Archive archive, StoryPages pages, HttpContext context, string id, string point)
    {
        if (archive.Story(new StoryId(id)) is not { } story)
            return NotThere(context);
        var texts = DeskReader.Of(context).Texts;
        if (await pages.GetAsync(story, texts, Patience) is not var (shown, page, asOf))
            return Making(context, story);
        return page.Points.FirstOrDefault(known => known.Id == point) is { } found && pages.Details(shown, texts, point) is { } details
            ? DeskResults.Page<PointPage>(context, new PointModel(shown, page, found, details) { AsOf = asOf })
            : NotThere(context);
    }

    private static async Task<IResult> Beside(Archive archive, StoryPages pages, HttpContext context, string id)
    {
        if (archive.Story(new StoryId(id)) is not { } story)
            return NotThere(context);
        var texts = DeskReader.Of(context).Texts;
        if (await pages.GetAsync(story, texts, Patience) is not { Page: var page })
            return Making(context, story);
        return DeskResults.Page<BesidePage>(context, BesideOf(archive, story, page, Chosen(context, page), texts));
    }

    private static async Task<IResult> BesideData(Archive archive, StoryPages pages, HttpContext context, string id)
    {
        if (archive.Story(new StoryId(id)) is not { } story)
            return NotThere(context);
        if (await pages.GetAsync(story, DeskReader.Of(context).Texts, Patience) is not { Page: var page })
            return TypedResults.Problem("the dossier is being made: ask again in a moment", statusCode: StatusCodes.Status503ServiceUnavailable);
        var read = ReadOf(archive, Chosen(context, page));
        var offsets = read.ToDictionary(article => article.Id, article => new CodePointOffsets(article.Article.Text));
        return TypedResults.Json(new BesideData(
            story.Id.Value, [.. read.Select(article => article.Id.Value)],
            [.. Shared(read).Select(shared => new BesidePassage(shared.From.Value, Span(shared.From, shared.Passage.From), shared.To.Value, Span(shared.To, shared.Passage.To)))]));

        int[] Span(ArticleId article, TextSpan span) => [offsets[article].FromUtf16(span.Start), offsets[article].FromUtf16(span.End)];
    }

    // Where nobody chose, the two that share most; else the first two.
    private static List<RenderedArticle> Chosen(HttpContext context, RenderedStory page)
    {
        var asked = context.Request.Query["article"].OfType<string>().Distinct().Select(page.Article).OfType<RenderedArticle>().Take(MostBeside).ToList();
        return asked.Count >= 2 ? asked : [.. asked.Concat(page.Closest.Select(page.Article).OfType<RenderedArticle>()).Concat(page.Articles).Distinct().Take(2)];
    }

    private static BesideModel BesideOf(Archive archive, ArchivedStory story, RenderedStory page, List<RenderedArticle> chosen, InterfaceTexts texts)
    {
        var read = ReadOf(archive, chosen);
        var marks = read.ToDictionary(article => article.Id, _ => new List<TextMark>());
        var shared = 0;
        foreach (var (from, to, passage) in Shared(read))
        {
            shared++;
            marks[from].Add(Mark(passage.From, shared, "a", "b", texts));
            marks[to].Add(Mark(passage.To, shared, "b", "a", texts));
        }

        return new BesideModel(
            story, page, [.. chosen.Join(read, article => article.Id, article => article.Id.Value, (article, annotated) => new BesideText(article, BodyOf(annotated, marks[annotated.Id])))], shared);
    }

    private static List<AnnotatedArticle> ReadOf(Archive archive, List<RenderedArticle> chosen) =>
        [.. chosen.Select(article => ArticleRoutes.Reading(archive, new ArticleId(article.Id))).OfType<AnnotatedArticle>()];

    private static IEnumerable<(ArticleId From, ArticleId To, SharedPassage Passage)> Shared(List<AnnotatedArticle> read) => read
        .SelectMany((one, index) => read.Skip(index + 1).Select(other => ReuseFinder.Compare(one, other))).OfType<Reuse>()
        .SelectMany(reuse => reuse.Passages.Select(passage => (reuse.From, reuse.To, passage)));

    private static TextMark Mark(TextSpan span, int number, string side, string other, InterfaceTexts texts) => new(
        span, $"r{number}{side}", "l-r",
        Html.Of($"<a class=\"back\" href=\"#r{number}{other}\" aria-label=\"{texts.Fill("beside.to", number.ToString(CultureInfo.InvariantCulture))}\">{number}</a>"));

    private static string BodyOf(AnnotatedArticle annotated, List<TextMark> marks)
    {
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
