using Recoupe.Fetches;
using Recoupe.Storage;

namespace Recoupe.Feeds;

/// <summary>When a page is fetched next, by what came of fetching it.</summary>
internal sealed class RevisitPlan(FollowOptions options)
{
    /// <summary>The page after it was read.</summary>
    public FollowedPage Taken(FollowedPage page, Fetch fetch, Ingested ingested)
    {
        // A page that changes may change again soon: the next look is no later than this one was.
        var visits = ingested.Outcome == IngestOutcome.NewVersion ? Math.Max(page.Visits, 1) : page.Visits + 1;
        return Visited(page, fetch, visits) with { Article = ingested.Article ?? page.Article, Reason = ingested.Reason, Gone = null };
    }

    /// <summary>The page after its host said that it is as it was.</summary>
    public FollowedPage Unchanged(FollowedPage page, Fetch fetch) => Visited(page, fetch, page.Visits + 1) with
    {
        Gone = null,
        ETag = fetch.ETag ?? page.ETag,
        LastModified = fetch.LastModified ?? page.LastModified,
    };

    /// <summary>The page after there was nothing to read.</summary>
    public FollowedPage Missed(FollowedPage page, Fetch fetch, string? reason)
    {
        var now = options.Clock.GetUtcNow();
        var missed = page with { Reason = reason, Fetched = FeedShelf.Written(now), MovedTo = fetch.MovedTo ?? page.MovedTo };
        switch (fetch.Outcome)
        {
            case FetchOutcome.Gone when page.Article is not null:
                // What was withdrawn may come back, or only be away for an hour.
                var since = page.Gone ?? FeedShelf.Written(now);
                return missed with { Gone = since, Visits = page.Visits + 1, Due = Next(page.Visits + 1, now) };
            case FetchOutcome.Failed when page.Failures + 1 < options.Tries:
                var due = now + options.FirstRetry * Math.Pow(2, page.Failures);
                due = fetch.NotBefore > due ? fetch.NotBefore.Value : due;
                return missed with { Failures = page.Failures + 1, Due = FeedShelf.Written(due) };
            default:
                return missed with { Due = null };
        }
    }

    private FollowedPage Visited(FollowedPage page, Fetch fetch, int visits)
    {
        var now = options.Clock.GetUtcNow();
        return page with
        {
            Due = Next(visits, now),
            Visits = visits,
            Failures = 0,
            Fetched = FeedShelf.Written(now),
            MovedTo = fetch.MovedTo ?? page.MovedTo,
            ETag = fetch.ETag,
            LastModified = fetch.LastModified,
        };
    }

    // visits: how many looks there were.
    private string? Next(int visits, DateTimeOffset now) =>
        visits <= options.Revisits.Length ? FeedShelf.Written(now + options.Revisits[visits - 1]) : null;
}
