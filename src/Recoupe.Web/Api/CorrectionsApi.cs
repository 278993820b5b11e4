using System.Text.Json;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Web.Access;

namespace Recoupe.Web.Api;

/// <summary>What people corrected: listed, made in batches, undone, and told beforehand.</summary>
internal static class CorrectionsApi
{
    private const int LargestBody = 1 << 20;

    public static void MapCorrections(this RouteGroupBuilder api)
    {
        api.MapGet("/corrections", List).WithTags("corrections").WithSummary("Corrections, the last first: about an article or a story, undone or not");
        api.MapGet("/corrections/{number:long}", Facts).WithTags("corrections").WithSummary("A correction");
        api.MapPost("/corrections", Add).Needs(AccountRole.Analyst).WithTags("corrections").WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestBody))
            .WithSummary("Makes corrections, all or none; with preview=true only says what would change")
            .Accepts<NewCorrections>("application/json").Produces<CorrectionPreviewFacts>();
        api.MapDelete("/corrections/{number:long}", UndoOne).Needs(AccountRole.Analyst).WithTags("corrections").WithSummary("Undoes a correction; with preview=true only says what would change");
        api.MapDelete("/corrections", Undo).Needs(AccountRole.Analyst).WithTags("corrections").WithSummary("Undoes corrections, all or none: number may be given again; with preview=true only says what would change");
    }

    private static Part<CorrectionFacts> List(Archive archive, string? article, string? story, bool? undone, int? limit, string? cursor)
    {
        var filter = new CorrectionFilter(
            article is { Length: > 0 } ? new ArticleId(article) : null, story is { Length: > 0 } ? new StoryId(story) : null, undone);
        var page = archive.Corrections.List(filter, Limits.Of(limit), cursor);
        return new Part<CorrectionFacts>([.. page.Items.Select(CorrectionFacts.Of)], page.Next);
    }

    private static Results<Ok<CorrectionFacts>, ProblemHttpResult> Facts(Archive archive, long number) => archive.Corrections.Find(number) is { } kept
        ? TypedResults.Ok(CorrectionFacts.Of(kept))
        : TypedResults.Problem($"there is no correction {number}", statusCode: StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<CorrectionPreviewFacts>, Created<Made>, ProblemHttpResult>> Add(
        Archive archive, HttpContext context, bool? preview, CancellationToken cancellationToken)
    {
        var (why, corrections) = await ReadAsync(context.Request, cancellationToken);
        if (preview ?? false)
            return TypedResults.Ok(CorrectionPreviewFacts.Of(archive.Corrections.Preview(corrections, cancellationToken)));
        if (!MayChange(context, corrections))
            return OnlyEditors();
        var made = archive.Corrections.Add(corrections, WhoAsks.Of(context), why, TimeProvider.System);
        return TypedResults.Created($"/api/v1/corrections/{made[0].Number}", new Made([.. made.Select(CorrectionFacts.Of)]));
    }

    private static Results<Ok<CorrectionPreviewFacts>, Ok<Made>, ProblemHttpResult> UndoOne(
        Archive archive, HttpContext context, long number, bool? preview, CancellationToken cancellationToken) =>
        Undo(archive, context, [number], preview, cancellationToken);

    private static Results<Ok<CorrectionPreviewFacts>, Ok<Made>, ProblemHttpResult> Undo(
        Archive archive, HttpContext context, long[] number, bool? preview, CancellationToken cancellationToken)
    {
        var numbers = number.Distinct().ToArray();
        if (preview ?? false)
            return TypedResults.Ok(CorrectionPreviewFacts.Of(archive.Corrections.PreviewUndo(numbers, cancellationToken)));
        var kept = numbers.Select(archive.Corrections.Find).OfType<KeptCorrection>().ToList();
        if (!MayChange(context, kept.Select(one => one.Correction)) || WhoAsks.Role(context) < AccountRole.Editor && kept.Exists(one => one.Who != WhoAsks.Of(context)))
            return OnlyEditors();
        return TypedResults.Ok(new Made([.. archive.Corrections.Undo(numbers, WhoAsks.Of(context), TimeProvider.System).Select(CorrectionFacts.Of)]));
    }

    // An analyst's notes and stars change nothing that others see.
    private static bool MayChange(HttpContext context, IEnumerable<Correction> corrections) =>
        WhoAsks.Role(context) >= AccountRole.Editor || corrections.All(correction => correction is Note or Star);

    private static ProblemHttpResult OnlyEditors() =>
        TypedResults.Problem("an analyst makes notes and stars, and undoes their own: this needs the role editor", statusCode: StatusCodes.Status403Forbidden);

    private static async Task<(string? Why, IReadOnlyList<Correction> Corrections)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = 16 }, cancellationToken);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("corrections", out var list))
            {
                var why = root.TryGetProperty("why", out var reason) && reason.ValueKind == JsonValueKind.String ? reason.GetString() : null;
                return (why, CorrectionReader.ReadList(list));
            }

            return (null, CorrectionReader.ReadList(root));
        }
        catch (JsonException failure)
        {
            throw new BadHttpRequestException($"the body is no JSON: {failure.Message}", failure);
        }
    }
}

/// <summary>Corrections to make.</summary>
/// <param name="Why">The reason, or null.</param>
/// <param name="Corrections">Each with a "kind", as docs/archive.md tells.</param>
public sealed record NewCorrections(string? Why, IReadOnlyList<JsonElement> Corrections);

/// <summary>Corrections that were made or undone together.</summary>
public sealed record Made(IReadOnlyList<CorrectionFacts> Items);

/// <summary>A correction that is kept.</summary>
public sealed record CorrectionFacts(
    long Number, long Batch, JsonElement Correction, string Who, string? Why, string Made, string? Undone, string? UndoneBy)
{
    internal static CorrectionFacts Of(KeptCorrection kept)
    {
        using var body = JsonDocument.Parse(CorrectionWriter.Text(kept.Correction));
        return new CorrectionFacts(kept.Number, kept.Batch, body.RootElement.Clone(), kept.Who, kept.Why, kept.Made, kept.Undone, kept.UndoneBy);
    }
}

/// <summary>What would change.</summary>
public sealed record CorrectionPreviewFacts(
    IReadOnlyList<MoveFacts> Moves, IReadOnlyList<ArticleChangeFacts> Articles, IReadOnlyList<SpeakerChangeFacts> Statements,
    IReadOnlyList<PointChangeFacts>? Points, IReadOnlyList<NoEffect> WithoutEffect)
{
    internal static CorrectionPreviewFacts Of(CorrectionPreview preview) => new(
        [.. preview.Moves.Select(move => new MoveFacts(move.Article.Value, move.From.Value, move.To.Value))],
        [.. preview.Articles.Select(changed => new ArticleChangeFacts(changed.Article.Value, changed.What, changed.Before, changed.After))],
        [.. preview.Statements.Select(changed => new SpeakerChangeFacts(changed.Article.Value, changed.Content, changed.Before, changed.After))],
        preview.Points is { } points
            ? [.. points.Select(changed => new PointChangeFacts(changed.Story.Value, changed.Point, changed.Text, changed.Before, changed.After))]
            : null,
        [.. preview.WithoutEffect.Select(item => new NoEffect(item.At, item.Why))]);
}

/// <summary>An article that would go to another story.</summary>
public sealed record MoveFacts(string Article, string From, string To);

/// <summary>An article's outlet or time of publication that would be another.</summary>
public sealed record ArticleChangeFacts(string Article, string What, string? Before, string? After);

/// <summary>A statement that would be somebody else's.</summary>
public sealed record SpeakerChangeFacts(string Article, string Content, string? Before, string? After);

/// <summary>A point that would come, go, or stand on something else.</summary>
public sealed record PointChangeFacts(string Story, string Point, string Text, PointFooting? Before, PointFooting? After);

/// <summary>A correction, by its place in what was given, that would change nothing.</summary>
public sealed record NoEffect(int At, string Why);
