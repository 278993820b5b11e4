using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Web.Access;
using Recoupe.Web.Api;

namespace Recoupe.Web.Watches;

/// <summary>Watches and what they told.</summary>
internal static class WatchesApi
{
    /// <summary>Feeds are read by programs that cannot sign in: who has the address may.</summary>
    public const string FeedPath = "/feeds/{secret}.atom";

    private const int InFeed = 100;

    public static void MapWatches(this RouteGroupBuilder api, WebApplication app)
    {
        api.MapGet("/watches", List).Needs(AccountRole.Analyst).WithTags("watches").WithSummary("One's own watches; an administrator's view of all with all=true");
        api.MapPost("/watches", Add).Needs(AccountRole.Analyst).WithTags("watches").WithSummary("Watches a query, a story or a claim from now on; its secrets are in the answer");
        api.MapPut("/watches/{id}", Change).Needs(AccountRole.Analyst).WithTags("watches")
            .WithSummary("Changes a watch; its secrets and what it told stay. Where it watches something else, that is watched from now on");
        api.MapDelete("/watches/{id}", Remove).Needs(AccountRole.Analyst).WithTags("watches").WithSummary("Watches no longer, and forgets what was told");
        api.MapGet("/watches/{id}/alerts", Alerts).Needs(AccountRole.Analyst).WithTags("watches").WithSummary("What a watch told, the last first");
        app.MapGet(FeedPath, Feed).ExcludeFromDescription();
    }

    private static IEnumerable<WatchFacts> List(Archive archive, HttpContext context, bool? all) =>
        archive.Watches.All((all ?? false) && WhoAsks.Role(context) == AccountRole.Administrator ? null : WhoAsks.Of(context)).Select(WatchFacts.Of);

    private static Created<WatchFacts> Add(Archive archive, SharedIndex index, HttpContext context, NewWatch asked, CancellationToken cancellationToken)
    {
        var kept = WatchKeeping.Add(archive, index, WhoAsks.Of(context), asked, cancellationToken);
        return TypedResults.Created($"/api/v1/watches/{kept.Id}", WatchFacts.Of(kept));
    }

    private static Results<Ok<WatchFacts>, ProblemHttpResult> Change(
        Archive archive, SharedIndex index, HttpContext context, string id, NewWatch asked, CancellationToken cancellationToken) =>
        WatchKeeping.Own(archive, context, id) is { } known ? TypedResults.Ok(WatchFacts.Of(WatchKeeping.Change(archive, index, known, asked, cancellationToken))) : NotThere(id);

    private static Results<NoContent, ProblemHttpResult> Remove(Archive archive, HttpContext context, string id)
    {
        if (WatchKeeping.Own(archive, context, id) is null)
            return NotThere(id);
        archive.Watches.Remove(id);
        return TypedResults.NoContent();
    }

    private static Results<Ok<Part<AlertFacts>>, ProblemHttpResult> Alerts(Archive archive, HttpContext context, string id, int? limit, string? cursor)
    {
        if (WatchKeeping.Own(archive, context, id) is null)
            return NotThere(id);
        var page = archive.Watches.Alerts(id, Limits.Of(limit), cursor);
        return TypedResults.Ok(new Part<AlertFacts>([.. page.Items.Select(AlertFacts.Of)], page.Next));
    }

    private static Results<ContentHttpResult, ProblemHttpResult> Feed(Archive archive, WebServiceOptions options, IServer server, string secret) =>
        archive.Watches.OfFeed(secret) is { } watch
            ? TypedResults.Text(AlertText.Feed(watch, archive.Watches.Alerts(watch.Id, InFeed).Items, Watching.Service(options, server)), "application/atom+xml", Encoding.UTF8)
            : TypedResults.Problem("there is no such feed", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult NotThere(string id) => TypedResults.Problem($"there is no watch {id}", statusCode: StatusCodes.Status404NotFound);
}

/// <summary>A watch to make.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="Query">Stories with an article that fits this; or</param>
/// <param name="Story">this story; or</param>
/// <param name="Conditions">first-article, second-origin, number-revised, denial, quotation-changed, outlet-joins.</param>
/// <param name="Outlets">The outlets of outlet-joins.</param>
/// <param name="Webhook">Where it is posted to.</param>
/// <param name="Mail">Where it is mailed to.</param>
/// <param name="Quiet">When nothing is sent: 22:00-07:00.</param>
/// <param name="Zone">The time zone of that.</param>
/// <param name="Cap">How many messages a day are sent at most.</param>
/// <param name="Claim">who tells this claim.</param>
public sealed record NewWatch(
    string? Title, string? Query, string? Story, IReadOnlyList<string>? Conditions, IReadOnlyList<string>? Outlets, string? Webhook, string? Mail, string? Quiet, string? Zone, int? Cap,
    string? Claim = null);

/// <summary>A watch.</summary>
public sealed record WatchFacts(
    string Id, string Owner, string Title, string? Query, string? Story, IReadOnlyList<string> Conditions, IReadOnlyList<string> Outlets, string? Webhook, string? Secret,
    string? Mail, string? Quiet, string? Zone, int Cap, string Made, string Feed, string? Claim)
{
    internal static WatchFacts Of(Watch watch) => new(
        watch.Id, watch.Owner, watch.Title, watch.Query, watch.Story?.Value, [.. watch.Conditions.Select(ArticleJson.Name)], watch.Outlets, watch.Webhook,
        watch.Webhook is null ? null : watch.Secret, watch.Mail, watch.Quiet, watch.Zone, watch.Cap, watch.Made, $"/feeds/{watch.Feed}.atom", watch.Claim);
}

/// <summary>What a watch told.</summary>
public sealed record AlertFacts(long Number, string At, string Condition, string Story, JsonElement Alert)
{
    internal static AlertFacts Of(Alert alert)
    {
        using var body = JsonDocument.Parse(alert.Body);
        return new AlertFacts(alert.Number, alert.At, ArticleJson.Name(alert.Condition), alert.Story.Value, body.RootElement.Clone());
    }
}
