using System.Globalization;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Dossiers;
using Recoupe.Grades;
using Recoupe.Storage;
using Recoupe.Web.Access;
using Recoupe.Web.Api;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>The front page, and what an empty desk begins with.</summary>
internal static class FrontRoutes
{
    // So many of the latest stories are weighed, and so many shown.
    private const int Weighed = 400;
    private const int Shown = 60;

    // Stories of one article are shown where there are hardly others.
    private const int FewStories = 12;

    private static readonly string[] Feeds = DeskAssets.Read("feeds.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Feeds to start with.</summary>
    public static IReadOnlyList<string> Proposed => Feeds;

    public static void MapFront(this RouteGroupBuilder desk)
    {
        desk.MapGet("/", (Archive archive, SharedIndex index, HttpContext context) => DeskResults.Page<FrontPage>(context, Load(archive, index, context, Told(context))));
        desk.MapGet("/index.json", Data);
        desk.MapGet("/add", (Archive archive, SharedIndex index, HttpContext context) => DeskResults.Page<AddPage>(context, Load(archive, index, context, [])));
        desk.MapGet("/add.json", (Archive archive, SharedIndex index, HttpContext context) => TypedResults.Json(DeskHelp.Adding(Load(archive, index, context, []))));
    }

    /// <summary>What takes articles in, and begins to follow feeds.</summary>
    public static void MapIntake(this RouteGroupBuilder desk)
    {
        desk.MapPost("/start/sample", TakeInSample).Needs(AccountRole.Editor);
        desk.MapPost("/start/own", TakeInOwn).Needs(AccountRole.Editor);
        desk.MapPost("/start/feeds", Follow).Needs(AccountRole.Editor);
    }

    private static FrontModel Load(Archive archive, SharedIndex index, HttpContext context, IReadOnlyList<string> told)
    {
        var asked = Asked(context.Request.Query);
        var newest = archive.Desk.Front(new FrontFilter(), 1) is [var latest] ? FrontWeight.Time(latest.Story.Latest) : DateTime.MinValue;
        var filter = new FrontFilter
        {
            Least = asked.Least ?? 2,
            Language = asked.Language,
            Outlet = asked.Outlet,
            Grade = asked.Grade,
            Since = SinceOf(asked.Time, newest),
            Stories = asked.Watch is null ? null : WatchRoutes.StoriesOf(archive, index, context, asked.Watch) ?? [],
        };
        var stories = archive.Desk.Front(filter, Weighed).ToList();
        if (asked.Least is null && stories.Count < FewStories)
            stories.AddRange(archive.Desk.Front(filter with { Least = 1 }, FewStories).Where(lone => lone.Story.Articles < 2));
        IEnumerable<FrontStory> ordered = asked.Order switch
        {
            "latest" => stories.OrderByDescending(story => story.Story.Latest, StringComparer.Ordinal),
            "outlets" => stories.OrderByDescending(story => story.Story.Outlets),
            // One article alone has nothing to compare: it stands behind what several tell.
            _ => stories.OrderByDescending(story => story.Story.Articles > 1).ThenByDescending(story => FrontWeight.Of(story, newest)),
        };
        return new FrontModel(
            [.. ordered.Take(Shown)], asked, stories.Count(story => story.Story.Articles > 1 && !story.IsFresh), newest == DateTime.MinValue, InterfaceTexts.Codes, told, archive.Revision())
        {
            Feeds = Feeds,
            Watches = DeskReader.Of(context).May(AccountRole.Analyst) ? archive.Watches.All(WhoAsks.Of(context)) : [],
        };
    }

    private static FrontAsked Asked(IQueryCollection query)
    {
        string? Value(string name) => query[name].ToString() is { Length: > 0 and <= 200 } value ? value : null;
        string OneOf(string name, IReadOnlyList<string> known) => Value(name) is { } value && known.Contains(value) ? value : known[0];
        return new FrontAsked(
            OneOf("order", FrontAsked.Orders), OneOf("time", FrontAsked.Times), Value("language"),
            Value("grade") is { } grade && Enum.GetValues<Grade>().Any(known => ArticleJson.Name(known) == grade) ? grade : null,
            int.TryParse(Value("least"), NumberStyles.None, CultureInfo.InvariantCulture, out var least) && least is >= 1 and <= 10_000 ? least : null, Value("outlet"), Value("watch"));
    }

    private static string? SinceOf(string time, DateTime newest)
    {
        var days = time switch
        {
            "day" => 1,
            "three" => 3,
            "week" => 7,
            _ => 0,
        };
        return days == 0 || newest == DateTime.MinValue ? null : newest.AddDays(-days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private static JsonHttpResult<FrontData> Data(Archive archive, SharedIndex index, HttpContext context)
    {
        var model = Load(archive, index, context, []);
        return TypedResults.Json(new FrontData(
            model.Revision, model.Making,
            [.. model.Stories.Select(story => new FrontDataStory(
                StoryFacts.Of(story.Story), story.Summary is { } summary ? SummaryFacts.Of(summary) : null, story.IsFresh))]));
    }

    private static List<string> Told(HttpContext context)
    {
        var texts = DeskReader.Of(context).Texts;
        var told = new List<string>();
        foreach (var key in new[] { "taken", "known" })
        {
            if (int.TryParse(context.Request.Query[key], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
                told.Add(texts.Count("start." + key, count));
        }

        return told;
    }

    private static Task<IResult> TakeInSample(DeskIntake intake, HttpContext context, CancellationToken cancellationToken) =>
        TakeIn(context, () => intake.TakeInSampleAsync(cancellationToken));

    private static async Task<IResult> TakeInOwn(DeskIntake intake, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        string? Field(string name) => form[name].ToString().Trim() is { Length: > 0 } value ? value : null;
        return Field("box") is not { } box
            ? DeskResults.Wrong(context, StatusCodes.Status400BadRequest, "wrong.failed", DeskReader.Of(context).Texts["start.nothing"])
            : await TakeIn(context, () => intake.TakeInAsync(box, Field("title"), Field("outlet"), Field("published"), cancellationToken));
    }

    private static async Task<IResult> TakeIn(HttpContext context, Func<Task<IntakeReport>> work)
    {
        var texts = DeskReader.Of(context).Texts;
        try
        {
            var report = await work();
            if (report.Failures.Count == 0)
                return DeskResults.SeeOther(context, string.Create(CultureInfo.InvariantCulture, $"/?taken={report.Taken}&known={report.Known}"));
            var failures = report.Failures.Select(failure => texts.Fill("start.failed", ShownText.Line(failure.What), ShownText.Line(failure.Why)));
            var taken = report.Taken == 0 ? texts["start.none"] : texts.Count("start.taken", report.Taken);
            return DeskResults.Wrong(context, StatusCodes.Status422UnprocessableEntity, "wrong.failed", string.Join(" ", failures.Append(taken)));
        }
        catch (ArchiveException)
        {
            return DeskResults.Wrong(context, StatusCodes.Status409Conflict, "wrong.failed", texts["start.busy"]);
        }
    }

    private static async Task<IResult> Follow(Archive archive, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        return SourceRoutes.Add(archive, clock, context, form["feeds"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => (line, (string?)null)));
    }
}

/// <summary>The front page as data.</summary>
public sealed record FrontData(long Revision, int Making, IReadOnlyList<FrontDataStory> Stories);

/// <summary>A story of the front page as data.</summary>
public sealed record FrontDataStory(StoryFacts Story, SummaryFacts? Summary, bool Fresh);

/// <summary>A summary as data.</summary>
public sealed record SummaryFacts(
    string? Point, string? Grade, int Fewest, int Most, int Stated, int Points, int Disputed, int Denied, int Revised, int Copies, int Omissions)
{
    internal static SummaryFacts Of(DossierSummary summary) => new(
        summary.Point, summary.Grade is { } grade ? ArticleJson.Name(grade) : null, summary.Fewest, summary.Most, summary.Stated, summary.Points, summary.Disputed,
        summary.Denied, summary.Revised, summary.Copies, summary.Omissions);
}
