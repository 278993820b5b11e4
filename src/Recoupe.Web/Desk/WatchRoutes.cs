using System.Globalization;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Dossiers;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Watches;
using Recoupe.Web.Access;
using Recoupe.Web.Api;
using Recoupe.Web.Desk.Pages;
using Recoupe.Web.Watches;

namespace Recoupe.Web.Desk;

/// <summary>What somebody waits for, and what was told of it.</summary>
internal static class WatchRoutes
{
    private const int AtOnce = 50;
    private const int LongestPrefilled = 1000;
    private const int TitleOfClaim = 120;

    public static void MapWatchPages(this RouteGroupBuilder desk)
    {
        desk.MapGet("/watches", (Archive archive, HttpContext context) => DeskResults.Page<WatchesPage>(context, List(archive, context))).Needs(AccountRole.Analyst);
        desk.MapGet("/watches.json", (Archive archive, HttpContext context) => TypedResults.Json(archive.Watches.All(WhoAsks.Of(context)).Select(WatchFacts.Of))).Needs(AccountRole.Analyst);
        desk.MapGet("/watches/new", (Archive archive, WebServiceOptions options, HttpContext context) =>
            DeskResults.Page<WatchFormPage>(context, New(archive, options, context))).Needs(AccountRole.Analyst);
        desk.MapGet("/watches/new.json", (Archive archive, WebServiceOptions options, HttpContext context) =>
            TypedResults.Json(DeskHelp.Watch(New(archive, options, context)))).Needs(AccountRole.Analyst);
        desk.MapPost("/watches", Add).Needs(AccountRole.Analyst);
        desk.MapGet("/watches/{id}", Told).Needs(AccountRole.Analyst);
        desk.MapGet("/watches/{id}.json", Data).Needs(AccountRole.Analyst);
        desk.MapGet("/watches/{id}/edit", (Archive archive, WebServiceOptions options, HttpContext context, string id) =>
            Edit(archive, options, context, id) is { } form ? DeskResults.Page<WatchFormPage>(context, form) : NotThere(context)).Needs(AccountRole.Analyst);
        desk.MapGet("/watches/{id}/edit.json", IResult (Archive archive, WebServiceOptions options, HttpContext context, string id) =>
            Edit(archive, options, context, id) is { } form ? TypedResults.Json(DeskHelp.Watch(form)) : NotThere(context)).Needs(AccountRole.Analyst);
        desk.MapPost("/watches/{id}", Change).Needs(AccountRole.Analyst);
        desk.MapPost("/watches/{id}/remove", Remove).Needs(AccountRole.Analyst);
    }

    /// <summary>The stories that somebody's watch is about; null where they have no such watch.</summary>
    public static IReadOnlyList<StoryId>? StoriesOf(Archive archive, SharedIndex index, HttpContext context, string? id) =>
        id is not null && DeskReader.Of(context).May(AccountRole.Analyst) && WatchKeeping.Own(archive, context, id) is { } watch
            ? WatchKeeping.StoriesOf(archive, index, watch, context.RequestAborted)
            : null;

    private static WatchesModel List(Archive archive, HttpContext context) => new(
        [.. archive.Watches.All(WhoAsks.Of(context)).Select(watch => new WatchLine(
            watch, StoryOf(archive, watch), archive.Watches.Alerts(watch.Id, 1).Items is [var last] ? last.At : null))],
        context.Request.Query.ContainsKey("removed"));

    private static ArchivedStory? StoryOf(Archive archive, Watch watch) => watch.Story is { } story ? archive.Story(story) : null;

    private static RazorComponentResult Told(Archive archive, HttpContext context, string id)
    {
        if (WatchKeeping.Own(archive, context, id) is not { } watch)
            return NotThere(context);
        var page = archive.Watches.Alerts(id, AtOnce, Cursor(context));
        return DeskResults.Page<WatchPage>(context, new WatchModel(
            watch, StoryOf(archive, watch), [.. page.Items.Select(alert => new AlertLine(alert, AlertBody.Read(alert.Body)))], page.Next, context.Request.Query.ContainsKey("kept")));
    }

    private static IResult Data(Archive archive, HttpContext context, string id)
    {
        if (WatchKeeping.Own(archive, context, id) is not { } watch)
            return NotThere(context);
        var page = archive.Watches.Alerts(id, AtOnce, Cursor(context));
        return TypedResults.Json(new WatchData(WatchFacts.Of(watch), [.. page.Items.Select(AlertFacts.Of)], page.Next));
    }

    // What to watch may be given with the address: a story, or a query.
    private static WatchFormModel New(Archive archive, WebServiceOptions options, HttpContext context)
    {
        string? Given(string name) => context.Request.Query[name].ToString() is { Length: > 0 and <= LongestPrefilled } value ? value : null;
        var story = Given("story") is { } id ? archive.Story(new StoryId(id)) : null;
        var claim = story is null ? Given("claim") : null;
        var asked = new NewWatch(
            story?.Title ?? (claim is null ? Given("query") : ShownText.Cut(ShownText.Line(claim), TitleOfClaim, "…")), story is null && claim is null ? Given("query") : null, story?.Id.Value,
            [.. DeskHelp.ConditionsOf(story is not null, claim is not null).Where(condition => claim is not null || condition != ArticleJson.Name(WatchCondition.OutletJoins))],
            [], null, null, null, null, null, claim);
        return new WatchFormModel(null, asked, story, options.Mail is not null, null);
    }

    private static WatchFormModel? Edit(Archive archive, WebServiceOptions options, HttpContext context, string id) => WatchKeeping.Own(archive, context, id) is { } watch
        ? new WatchFormModel(id, AskedOf(watch), StoryOf(archive, watch), options.Mail is not null, null)
        : null;

    private static NewWatch AskedOf(Watch watch) => new(
        watch.Title, watch.Query, watch.Story?.Value, [.. watch.Conditions.Select(condition => ArticleJson.Name(condition))], watch.Outlets, watch.Webhook, watch.Mail, watch.Quiet, watch.Zone,
        watch.Cap, watch.Claim);

    private static async Task<IResult> Add(Archive archive, SharedIndex index, WebServiceOptions options, HttpContext context, CancellationToken cancellationToken)
    {
        var asked = Read(await context.FormAsync(cancellationToken));
        return Keep(archive, options, context, null, asked, () => WatchKeeping.Add(archive, index, WhoAsks.Of(context), asked, cancellationToken));
    }

    private static async Task<IResult> Change(Archive archive, SharedIndex index, WebServiceOptions options, HttpContext context, string id, CancellationToken cancellationToken)
    {
        var asked = Read(await context.FormAsync(cancellationToken));
        return WatchKeeping.Own(archive, context, id) is { } known
            ? Keep(archive, options, context, id, asked, () => WatchKeeping.Change(archive, index, known, asked, cancellationToken))
            : NotThere(context);
    }

    // What cannot be is told on the form itself, with all that was written in it.
    private static IResult Keep(Archive archive, WebServiceOptions options, HttpContext context, string? id, NewWatch asked, Func<Watch> keep)
    {
        try
        {
            return DeskResults.SeeOther(context, $"/watches/{keep().Id}?kept=1");
        }
        catch (Exception refused) when (refused is BadHttpRequestException or SearchException)
        {
            var story = asked.Story is { } named ? archive.Story(new StoryId(named)) : null;
            var wrong = DeskReader.Of(context).Texts.Why(refused.Message);
            return DeskResults.Page<WatchFormPage>(context, new WatchFormModel(id, asked, story, options.Mail is not null, wrong), StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<IResult> Remove(Archive archive, HttpContext context, string id, CancellationToken cancellationToken)
    {
        await context.FormAsync(cancellationToken);
        if (WatchKeeping.Own(archive, context, id) is null)
            return NotThere(context);
        archive.Watches.Remove(id);
        return DeskResults.SeeOther(context, "/watches?removed=1");
    }

    private static NewWatch Read(IFormCollection form)
    {
        string? Value(string name) => form[name].ToString().Trim() is { Length: > 0 } value ? value : null;
        return new NewWatch(
            Value("title"), Value("query"), Value("story"), [.. form["condition"].OfType<string>()],
            [.. form["outlets"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)], Value("webhook"), Value("mail"), Value("quiet"), Value("zone"),
            Value("cap") is { } cap ? int.TryParse(cap, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0 : null,
            Value("claim") ?? (form.ContainsKey("claim") ? "" : null));
    }

    private static string? Cursor(HttpContext context) => context.Request.Query["cursor"].ToString() is { Length: > 0 } cursor ? cursor : null;

    private static RazorComponentResult NotThere(HttpContext context) => DeskResults.Wrong(context, StatusCodes.Status404NotFound, "wrong.notfound");
}

/// <summary>Somebody's watches.</summary>
public sealed record WatchesModel(IReadOnlyList<WatchLine> Lines, bool IsRemoved);

/// <summary>A watch in a list.</summary>
/// <param name="Watch">The watch.</param>
/// <param name="Story">The story that it watches; null where it watches a query, or the story is gone.</param>
/// <param name="Told">When it last told something; null for never.</param>
public sealed record WatchLine(Watch Watch, ArchivedStory? Story, string? Told);

/// <summary>A watch and what it told, the last first.</summary>
public sealed record WatchModel(Watch Watch, ArchivedStory? Story, IReadOnlyList<AlertLine> Alerts, string? Next, bool IsKept);

/// <summary>One thing that a watch told.</summary>
public sealed record AlertLine(Alert Alert, AlertBody Body);

/// <summary>The form of a watch.</summary>
/// <param name="Id">The watch that is changed; null for a new one.</param>
/// <param name="Asked">What stands in it.</param>
/// <param name="Story">The story that is watched; null where a query is.</param>
/// <param name="CanMail">Whether this service sends mail.</param>
/// <param name="Wrong">Why it was not kept; null where it was not sent yet.</param>
public sealed record WatchFormModel(string? Id, NewWatch Asked, ArchivedStory? Story, bool CanMail, string? Wrong);

/// <summary>A watch as data.</summary>
public sealed record WatchData(WatchFacts Watch, IReadOnlyList<AlertFacts> Alerts, string? Next);
