using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.Mvc;

using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Fetches;
using Recoupe.Storage;
using Recoupe.Web.Access;

namespace Recoupe.Web.Api;

/// <summary>Takes articles in: their text, or their address, which is fetched.</summary>
internal static class TakingApi
{
    private const int LargestBody = 16 << 20;
    private const int MostAtOnce = 200;
    private const string Source = "posted";

    public static void MapTaking(this RouteGroupBuilder api) => api.MapPost("/articles", Take).Needs(AccountRole.Editor).WithTags("articles").WithMetadata(new RequestSizeLimitAttribute(LargestBody))
        .WithSummary("Takes articles in: JSON as \"recoupe ingest\" reads it (an object, a list, lines), an object with nothing but \"url\" to fetch it, or a text or page as it is")
        .Accepts<NewArticle>("application/json", "application/jsonl", "text/plain", "text/html").Produces<TakenIn>();

    private static async Task<IResult> Take(HttpContext context, ServiceWriter writer, Fetcher fetcher, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var options = new DocumentOptions { Today = today };
        var taken = new List<Taken>();
        var documents = new List<Document>();
        await foreach (var intake in ReadAsync(body.ToArray(), options, fetcher, cancellationToken))
        {
            if (intake.Document is { } document)
                documents.Add(document);
            else
                taken.Add(new Taken(null, null, "unread", intake.Skipped!.Source, intake.Skipped.Reason));
            if (documents.Count + taken.Count > MostAtOnce)
                throw new BadHttpRequestException($"more than {MostAtOnce} articles: send them in parts, or use \"recoupe ingest\"");
        }

        var ingested = writer.Ingest(documents, cancellationToken);
        taken.AddRange(ingested.Select(item => new Taken(item.Article?.Value, item.Story?.Value, ArticleJson.Name(item.Outcome), item.Source, item.Reason)));
        var isNew = ingested.Exists(item => item.Outcome is IngestOutcome.New or IngestOutcome.NewVersion);
        return TypedResults.Json(new TakenIn(taken), statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async IAsyncEnumerable<Intake> ReadAsync(
        byte[] body, DocumentOptions options, Fetcher fetcher, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Addresses(body) is { Count: > 0 } addresses)
        {
            foreach (var address in addresses)
                yield return FetchedPage.ReadUnlessReserved(await fetcher.FetchAsync(new FetchRequest(address), cancellationToken), options, takesReserved: false);
            yield break;
        }

        if (body.Length == 0)
            throw new BadHttpRequestException("there is nothing in the body: send a text, or {\"url\": …}");
        foreach (var intake in DocumentReader.Read(new MemoryStream(body, writable: false), Source, options))
            yield return intake;
    }

    // Of one object, or a list of objects, that give nothing but where an article is.
    private static List<string> Addresses(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var items = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray().ToList() : [json.RootElement];
            return items.TrueForAll(item => item.ValueKind == JsonValueKind.Object && item.EnumerateObject().ToList() is [{ Name: "url", Value.ValueKind: JsonValueKind.String }])
                ? [.. items.Select(item => item.GetProperty("url").GetString()!)]
                : [];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return [];
        }
    }
}

/// <summary>An article to take in: its text or its page, or only its address.</summary>
public sealed record NewArticle(string? Id, string? Url, string? Published, string? Language, string? Outlet, string? Title, string? Text, string? Html);

/// <summary>What became of what was given.</summary>
public sealed record TakenIn(IReadOnlyList<Taken> Items);

/// <summary>What became of one document.</summary>
/// <param name="Id">The article; null where it holds none.</param>
/// <param name="Story">Its story.</param>
/// <param name="Outcome">new, new-version, known, unchanged or unread.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Reason">Why there is no article; null where there is.</param>
public sealed record Taken(string? Id, string? Story, string Outcome, string Source, string? Reason);
