using Recoupe.Articles;
using Recoupe.Checks;
using Recoupe.Dossiers;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Web.Api;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>Who tells a claim.</summary>
internal static class CheckRoutes
{
    public static void MapCheckPage(this RouteGroupBuilder desk)
    {
        desk.MapGet("/check", async (Archive archive, SharedIndex index, HttpContext context, CancellationToken cancellationToken) =>
        {
            var model = await CheckAsync(archive, index, context, cancellationToken);
            return DeskResults.Page<CheckPage>(context, model, model.Wrong is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
        });
        desk.MapGet("/check.json", async (Archive archive, SharedIndex index, HttpContext context, CancellationToken cancellationToken) =>
            TypedResults.Json(await CheckAsync(archive, index, context, cancellationToken)));
    }

    private static async Task<CheckModel> CheckAsync(Archive archive, SharedIndex index, HttpContext context, CancellationToken cancellationToken)
    {
        var claim = context.Request.Query["claim"].ToString();
        if (string.IsNullOrWhiteSpace(claim))
            return new CheckModel(null, null, [], null);
        try
        {
            ClaimChecker.Require(claim, null);
            var dossier = await DossierTurns.RunAsync(
                () => archive.Check(claim, null, index.StoriesOf(claim, cancellationToken), cancellationToken), cancellationToken);
            var view = new DossierView(dossier, DeskReader.Of(context).Texts);
            var story = new StoryHtml(view, RenderedStory.Prefix, 1, new CheckPlaces(view));
            return new CheckModel(claim, story.Facts, [.. story.Sections().Select(section => new CheckPart(section.Key, section.Content.Markup))], null);
        }
        catch (Exception wrong) when (wrong is SearchException or ClaimException)
        {
            return new CheckModel(claim, null, [], wrong.Message);
        }
    }

    // Words and articles stand in the archive; the point is on this page alone.
    private sealed class CheckPlaces(DossierView view) : IPlaces
    {
        private readonly DeskPlaces _places = new(view, "");

        public string Words(Evidence place, MarkUse use, int point = 0) => _places.Words(place, use, point);

        public string Article(ArticleView article) => _places.Article(article);

        public string Point(int number) => $"#{RenderedStory.Prefix}-p{number}";

        public Html After(PointView point) => Html.Empty;
    }
}
