using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Checks;
using Recoupe.Dossiers;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Web.Api;

/// <summary>Stories, their dossiers and points. An id of before a merge leads to the story of today.</summary>
internal static class StoriesApi
{
    private static readonly string Version = typeof(Archive).Assembly.GetName().Version!.ToString(3);

    public static void MapStories(this RouteGroupBuilder api)
    {
        api.MapGet("/stories", List).WithTags("stories").WithSummary("Stories, the latest first");
        api.MapGet("/stories/{id}", Facts).WithTags("stories").WithSummary("A story");
        api.MapGet("/stories/{id}/history", History).WithTags("stories").WithSummary("What happened to a story, in order; also under an id that was merged away");
    }

    /// <summary>What rests on dossiers: the first answer on a large story takes its time.</summary>
    public static void MapDossiers(this RouteGroupBuilder api)
    {
        api.MapGet("/stories/{id}/dossier", DossierAsync).WithTags("dossiers").WithSummary("The dossier of a story: format is json, text, markdown, html, csv, docx or package; interface is the language of its own words; fresh waits for what has just come in")
            .Produces<object>(contentType: "application/json");
        api.MapGet("/check", CheckAsync).WithTags("check").WithSummary("Who tells a claim, in whatever words: a dossier whose one point is the claim; language is that of the claim, format and interface are as of a story's dossier")
            .Produces<object>(contentType: "application/json");
        api.MapGet("/stories/{id}/points", PointsAsync).WithTags("points").WithSummary("The points of a story with grades, origins and passages").Produces<object[]>(contentType: "application/json");
        api.MapGet("/stories/{id}/points/{point}", PointAsync).WithTags("points").WithSummary("A point of a story").Produces<object>(contentType: "application/json");
    }

    private static Part<StoryFacts> List(Archive archive, int? least, string? language, int? limit, string? cursor)
    {
        var page = archive.Stories(new StoryFilter(least, language), Limits.Of(limit), cursor);
        return new Part<StoryFacts>([.. page.Items.Select(StoryFacts.Of)], page.Next);
    }

    private static Results<Ok<StoryFacts>, RedirectHttpResult, ProblemHttpResult> Facts(Archive archive, string id)
    {
        if (archive.Story(new StoryId(id)) is not { } story)
            return NotThere(id);
        return story.Id.Value == id ? TypedResults.Ok(StoryFacts.Of(story)) : TypedResults.Redirect($"/api/v1/stories/{story.Id}", preserveMethod: true);
    }

    private static Results<Ok<IReadOnlyList<StoryStep>>, ProblemHttpResult> History(Archive archive, string id) => archive.History(new StoryId(id)) is { Count: > 0 } history
        ? TypedResults.Ok<IReadOnlyList<StoryStep>>([.. history.Select(step => new StoryStep(
            step.At, ArticleJson.Name(step.Change.Kind), step.Change.Story.Value, step.Change.Article?.Value, step.Change.Other?.Value))])
        : NotThere(id);

    private static async Task<Results<FileContentHttpResult, ContentHttpResult, ProblemHttpResult>> DossierAsync(
        Archive archive, LatestDossiers dossiers, HttpContext context, string id, string? format, string? @interface, bool? fresh, CancellationToken cancellationToken)
    {
        if (format is null or "json")
            return await dossiers.GetAsync(context, new StoryId(id), fresh ?? false) is { } json ? TypedResults.Bytes(json, "application/json") : NotThere(id);
        var texts = TextsOf(@interface);
        if (await DossierTurns.RunAsync(() => archive.Dossier(new StoryId(id), cancellationToken), cancellationToken) is not { } dossier)
            return NotThere(id);
        if (format is "docx" or "package")
            return Packed(dossier, format, texts);
        return Shown(context, dossier, format, texts);
    }

    private static async Task<Results<FileContentHttpResult, ContentHttpResult>> CheckAsync(
        Archive archive, SharedIndex index, HttpContext context, string claim, string? language, string? format, string? @interface, CancellationToken cancellationToken)
    {
        var texts = TextsOf(@interface);
        language = language is "" ? null : language;
        ClaimChecker.Require(claim, language);
        if (format is null or "json")
            return TypedResults.Bytes(await DossierTurns.RunAsync(() => archive.CheckJson(claim, language, index.StoriesOf(claim, cancellationToken), cancellationToken), cancellationToken), "application/json");
        var dossier = await DossierTurns.RunAsync(() => archive.Check(claim, language, index.StoriesOf(claim, cancellationToken), cancellationToken), cancellationToken);
        if (format is "docx" or "package")
            return Packed(dossier, format, texts);
        return Shown(context, dossier, format, texts);
    }

    private static InterfaceTexts TextsOf(string? code) => code is null || InterfaceTexts.Codes.Contains(code)
        ? InterfaceTexts.Of(code ?? InterfaceTexts.Codes[0])
        : throw new BadHttpRequestException($"interface is {code}: {string.Join(" and ", InterfaceTexts.Codes)} are known");

    private static ContentHttpResult Shown(HttpContext context, Dossier dossier, string format, InterfaceTexts texts)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var type = Write(writer, dossier, format, texts);
        // The page is whole in itself; what it quotes is foreign, so that it is kept apart from the service.
        context.Response.Headers.ContentSecurityPolicy = "sandbox allow-scripts allow-popups; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";
        return TypedResults.Text(writer.ToString(), type, Encoding.UTF8);
    }

    private static FileContentHttpResult Packed(Dossier dossier, string format, InterfaceTexts texts)
    {
        using var bytes = new MemoryStream();
        if (format == "docx")
            DossierDocx.Write(bytes, [dossier], texts, Version);
        else
            EvidencePackage.Write(bytes, [dossier], texts, Version);
        return TypedResults.Bytes(bytes.ToArray(), format == "docx" ? DossierDocx.MediaType : "application/zip");
    }

    private static string Write(StringWriter writer, Dossier dossier, string format, InterfaceTexts texts)
    {
        ImmutableArray<Dossier> one = [dossier];
        switch (format)
        {
            case "text":
                DossierText.Write(writer, one, texts, new DossierTextOptions { All = true });
                return "text/plain";
            case "markdown":
                DossierMarkdown.Write(writer, one, texts, Version);
                return "text/markdown";
            case "html":
                DossierHtml.Write(writer, one, texts, Version);
                return "text/html";
            case "csv":
                DossierCsv.WritePassages(writer, one);
                return "text/csv";
            default:
                throw new BadHttpRequestException($"format is {format}: json, text, markdown, html, csv, docx and package are known");
        }
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PointsAsync(LatestDossiers dossiers, HttpContext context, string id, bool? fresh) =>
        await dossiers.GetAsync(context, new StoryId(id), fresh ?? false) is { } dossier ? Part(dossier, _ => true, all: true)! : NotThere(id);

    /// <summary>One point of a story, as in its dossier.</summary>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PointAsync(LatestDossiers dossiers, HttpContext context, string id, string point, bool? fresh)
    {
        if (await dossiers.GetAsync(context, new StoryId(id), fresh ?? false) is not { } dossier)
            return NotThere(id);
        return Part(dossier, one => one.GetProperty("id").GetString() == point, all: false) is { } found
            ? found
            : TypedResults.Problem($"the story has no point {point}", statusCode: StatusCodes.Status404NotFound);
    }

    private static FileContentHttpResult? Part(byte[] dossier, Func<JsonElement, bool> isWanted, bool all)
    {
        using var json = JsonDocument.Parse(dossier);
        var points = json.RootElement.GetProperty("stories")[0].GetProperty("points");
        if (all)
            return TypedResults.Bytes(Encoding.UTF8.GetBytes(points.GetRawText()), "application/json");
        var wanted = points.EnumerateArray().FirstOrDefault(isWanted);
        return wanted.ValueKind == JsonValueKind.Object ? TypedResults.Bytes(Encoding.UTF8.GetBytes(wanted.GetRawText()), "application/json") : null;
    }

    private static ProblemHttpResult NotThere(string id) => TypedResults.Problem($"the archive has no story {id}", statusCode: StatusCodes.Status404NotFound);
}
