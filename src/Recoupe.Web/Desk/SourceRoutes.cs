using System.Globalization;

using Recoupe.Dossiers;
using Recoupe.Feeds;
using Recoupe.Storage;
using Recoupe.Web.Access;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>The feeds that the archive follows, and how they fare.</summary>
internal static class SourceRoutes
{
    private const int LongestAddress = 2000;

    public static void MapSources(this RouteGroupBuilder desk)
    {
        desk.MapGet("/sources", (Archive archive, HttpContext context) => DeskResults.Page<SourcesPage>(context, Load(archive, Told(context))));
        desk.MapGet("/sources.json", (Archive archive) => TypedResults.Json(archive.Feeds.All()));
        desk.MapGet("/sources.opml", (Archive archive) =>
            Results.File(System.Text.Encoding.UTF8.GetBytes(Opml.Write(archive.Feeds.All().Select(feed => (feed.Address, feed.Title)))), "text/x-opml", "recoupe.opml"));
        desk.MapPost("/sources/remove", Remove).Needs(AccountRole.Editor);
        desk.MapPost("/sources/import", Import).Needs(AccountRole.Editor);
    }

    /// <summary>Follows feeds, where all of them are addresses of the web; else none.</summary>
    public static IResult Add(Archive archive, TimeProvider clock, HttpContext context, IEnumerable<(string Address, string? Title)> feeds)
    {
        var list = feeds.ToList();
        if (list.FirstOrDefault(feed => !IsAddress(feed.Address)).Address is { } wrong)
            return DeskResults.Wrong(context, StatusCodes.Status400BadRequest, "wrong.failed", DeskReader.Of(context).Texts.Fill("sources.wrong", ShownText.Line(wrong)));
        var added = list.Count(feed => archive.Feeds.Add(feed.Address, feed.Title, clock.GetUtcNow()));
        return DeskResults.SeeOther(context, string.Create(CultureInfo.InvariantCulture, $"/sources?added={added}"));
    }

    private static SourcesModel Load(Archive archive, IReadOnlyList<string> told) => new(archive.Feeds.All(), FrontRoutes.Proposed, told);

    private static IReadOnlyList<string> Told(HttpContext context) =>
        int.TryParse(context.Request.Query["added"], NumberStyles.None, CultureInfo.InvariantCulture, out var added) ? [DeskReader.Of(context).Texts.Count("sources.added", added)] : [];

    private static async Task<IResult> Remove(Archive archive, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        archive.Feeds.Remove(form["address"].ToString());
        return DeskResults.SeeOther(context, "/sources");
    }

    private static async Task<IResult> Import(Archive archive, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        return Add(archive, clock, context, Opml.Read(form["opml"].ToString()));
    }

    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
}
