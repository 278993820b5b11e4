using System.Globalization;

using Recoupe.Articles;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Web.Api;

/// <summary>Search.</summary>
internal static class SearchApi
{
    public static void MapSearch(this RouteGroupBuilder api) =>
        api.MapGet("/search", Find).WithTags("search").WithSummary("What fits a query, as docs/archive.md tells: in is articles, statements or points; order is rank or time");

    private static FoundPart Find(Archive archive, SharedIndex index, string q, string? @in, string? order, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var kind = Value<SearchKind>(@in, "in");
        var answer = index.Find(q, kind, Value<SearchOrder>(order, "order"), Limits.Of(limit), cursor, cancellationToken);
        return new FoundPart(answer.Total, FoundOf(archive, answer.Hits), answer.Next, answer.Missing);
    }

    private static IReadOnlyList<Found> FoundOf(Archive archive, IReadOnlyList<SearchHit> hits) =>
    [
        .. hits.Zip(RowsOf(archive, hits), (hit, row) => hit.Kind == SearchKind.Points
            ? new Found("point", null, hit.Id, null, hit.Part, hit.Score, archive.Story(new StoryId(hit.Id))?.Title)
            : new Found(hit.Part is null ? "article" : "statement", hit.Id, row?.Article.Story.Value, NumberOf(hit), null, hit.Score, row?.Article.Title)),
    ];

    /// <summary>The articles and statements that were found, as the archive has them now; nulls for points.</summary>
    internal static IReadOnlyList<FoundArticle?> RowsOf(Archive archive, IReadOnlyList<SearchHit> hits) => hits is [{ Kind: SearchKind.Points }, ..]
        ? new FoundArticle?[hits.Count]
        : archive.Found([.. hits.Select(hit => (new ArticleId(hit.Id), NumberOf(hit)))]);

    private static int? NumberOf(SearchHit hit) => hit.Part is { } part ? int.Parse(part, CultureInfo.InvariantCulture) : null;

    /// <summary>What a part of an address names; the first where it names nothing.</summary>
    /// <exception cref="BadHttpRequestException">It names none of them.</exception>
    internal static T Value<T>(string? text, string name)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(known => known.ToLowerInvariant()).ToList();
        if (text is null)
            return default;
        return names.IndexOf(text) is var at and >= 0 ? Enum.GetValues<T>()[at] : throw new BadHttpRequestException($"{name} is {text}: {string.Join(", ", names)} are known");
    }
}
