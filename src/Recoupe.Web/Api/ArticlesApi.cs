using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Articles;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Web.Api;

/// <summary>Articles and statements.</summary>
internal static class ArticlesApi
{
    public static void MapArticles(this RouteGroupBuilder api)
    {
        api.MapGet("/articles", List).WithTags("articles").WithSummary("The latest versions of articles, the last that arrived first");
        api.MapGet("/articles/{id}", Facts).WithTags("articles").WithSummary("An article without its text");
        api.MapGet("/articles/{id}/reading", Reading).WithTags("articles").WithSummary("All that was read of an article: text, sentences, entities, dates, statements, as \"recoupe annotate\" prints it")
            .Produces<object>(contentType: "application/json");
        api.MapGet("/articles/{id}/document", Document).WithTags("articles").WithSummary("The content as it came in, with its SHA-256 in X-Content-Hash").Produces<string>(contentType: "text/plain");
        api.MapGet("/articles/{id}/capture", Capture).WithTags("articles").WithSummary("The bytes as they came in, as a file to keep, with their SHA-256 in X-Content-Hash")
            .Produces<string>(contentType: "application/octet-stream");
        api.MapGet("/articles/{id}/versions", Versions).WithTags("articles").WithSummary("All versions of the article's page, the earliest first");
        api.MapGet("/outlets", Outlets).WithTags("outlets").WithSummary("The outlets, those of most articles first, with how they worked on the stories whose dossiers were made");
        api.MapGet("/speakers", Speakers).WithTags("statements").WithSummary("The named speakers, those of most statements first; name is what a name holds");
        api.MapGet("/statements", Statements).WithTags("statements").WithSummary("Statements, of the articles that arrived last first");
    }

    private static Part<ArticleFacts> List(Archive archive, string? outlet, string? language, string? story, int? limit, string? cursor)
    {
        var page = archive.Articles(new ArticleFilter(outlet, language, story is { Length: > 0 } ? new StoryId(story) : null), Limits.Of(limit), cursor);
        return new Part<ArticleFacts>([.. page.Items.Select(ArticleFacts.Of)], page.Next);
    }

    private static Results<Ok<ArticleFacts>, ProblemHttpResult> Facts(Archive archive, string id) =>
        archive.Article(new ArticleId(id)) is { } article ? TypedResults.Ok(ArticleFacts.Of(article)) : NotThere(id);

    private static Results<FileContentHttpResult, ProblemHttpResult> Reading(Archive archive, string id) =>
        archive.Reading(new ArticleId(id)) is { } reading ? TypedResults.Bytes(reading, "application/json") : NotThere(id);

    // As text, never as a page: what came in is foreign.
    private static Results<ContentHttpResult, ProblemHttpResult> Document(Archive archive, string id, HttpContext context)
    {
        if (archive.Article(new ArticleId(id)) is not { } article || archive.Document(article.Id) is not { } document)
            return NotThere(id);
        context.Response.Headers["X-Content-Hash"] = $"sha-256={article.Capture}";
        return TypedResults.Text(document.Content, "text/plain", System.Text.Encoding.UTF8);
    }

    // As bytes without a type, for the same reason.
    private static Results<FileContentHttpResult, ProblemHttpResult> Capture(Archive archive, string id, HttpContext context)
    {
        if (archive.Captured(new ArticleId(id)) is not { } captured)
            return NotThere(id);
        var bytes = captured.Bytes.ToArray();
        context.Response.Headers["X-Content-Hash"] = $"sha-256={Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}";
        return TypedResults.File(bytes, "application/octet-stream", $"{new string([.. id.Where(char.IsAsciiLetterOrDigit)])}.capture");
    }

    private static Results<Ok<IReadOnlyList<ArticleFacts>>, ProblemHttpResult> Versions(Archive archive, string id) =>
        archive.Versions(new ArticleId(id)) is { Count: > 0 } versions ? TypedResults.Ok<IReadOnlyList<ArticleFacts>>([.. versions.Select(ArticleFacts.Of)]) : NotThere(id);

    private static Part<OutletFacts> Outlets(Archive archive, int? limit, string? cursor)
    {
        var page = archive.Desk.Outlets(Limits.Of(limit), cursor);
        return new Part<OutletFacts>([.. page.Items.Select(OutletFacts.Of)], page.Next);
    }

    private static Part<SpeakerFacts> Speakers(Archive archive, string? name, int? limit, string? cursor)
    {
        var page = archive.Desk.Speakers(name is { Length: > 0 } ? name : null, Limits.Of(limit), cursor);
        return new Part<SpeakerFacts>([.. page.Items.Select(speaker => new SpeakerFacts(speaker.Name, speaker.Type, speaker.Statements, speaker.Articles))], page.Next);
    }

    private static Part<StatementFacts> Statements(Archive archive, string? speaker, string? story, int? limit, string? cursor)
    {
        var page = archive.Statements(speaker, story is { Length: > 0 } ? new StoryId(story) : null, Limits.Of(limit), cursor);
        return new Part<StatementFacts>([.. page.Items.Select(StatementFacts.Of)], page.Next);
    }

    private static ProblemHttpResult NotThere(string id) => TypedResults.Problem($"the archive has no article {id}", statusCode: StatusCodes.Status404NotFound);
}
