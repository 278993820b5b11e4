using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Storage;
using Recoupe.Web.Access;

namespace Recoupe.Web.Api;

/// <summary>The feeds that the archive follows.</summary>
internal static class FeedsApi
{
    public static void MapFeeds(this RouteGroupBuilder api)
    {
        api.MapGet("/feeds", List).WithTags("feeds").WithSummary("The feeds that are followed, with their health");
        api.MapPost("/feeds", Add).Needs(AccountRole.Editor).WithTags("feeds").WithSummary("Follows a feed from now on");
        api.MapDelete("/feeds", Remove).Needs(AccountRole.Editor).WithTags("feeds").WithSummary("Follows a feed no longer; what it brought stays");
    }

    private static IReadOnlyList<FeedFacts> List(Archive archive) => [.. archive.Feeds.All().Select(FeedFacts.Of)];

    private static Results<Created, NoContent> Add(Archive archive, NewFeed feed)
    {
        var address = FeedShelf.AddressOf(feed.Address ?? "")
            ?? throw new BadHttpRequestException($"{feed.Address} is no address of the web (http:// or https://, without name and password)");
        return archive.Feeds.Add(address, feed.Title, TimeProvider.System.GetUtcNow()) ? TypedResults.Created() : TypedResults.NoContent();
    }

    private static Results<NoContent, ProblemHttpResult> Remove(Archive archive, string address) => archive.Feeds.Remove(address)
        ? TypedResults.NoContent()
        : TypedResults.Problem($"{address} is not followed", statusCode: StatusCodes.Status404NotFound);
}

/// <summary>A feed to follow.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Title">What a person calls it; null for its own title.</param>
public sealed record NewFeed(string? Address, string? Title);

/// <summary>A feed that is followed.</summary>
public sealed record FeedFacts(
    string Address, string? Title, string Added, string Due, string? Read, string? Failed, string? Failure, int Failures, string? SilentSince)
{
    internal static FeedFacts Of(FollowedFeed feed) =>
        new(feed.Address, feed.Title, feed.Added, feed.Due, feed.Succeeded, feed.Failed, feed.Failure, feed.Failures, feed.Newest);
}
