using Recoupe.Fetches;
using Recoupe.Storage;

namespace Recoupe.Feeds;

/// <summary>Reads feeds, and keeps which pages they name and how they fare.</summary>
internal sealed class FeedRound(FeedShelf shelf, Fetcher fetcher, FollowOptions options, Action<FollowNote> tell)
{
    /// <summary>How often the time that a feed is left is doubled while it brings nothing.</summary>
    public const int LongestQuiet = 3;

    /// <summary>How often it is doubled while it cannot be read.</summary>
    public const int MostDoublings = 6;

    /// <summary>Reads the feeds; one that cannot be read is told, and the rest goes on.</summary>
    public Task RunAsync(IReadOnlyList<FollowedFeed> feeds, CancellationToken cancellationToken) =>
        Hosts.EachAsync(feeds, feed => feed.Address, options, int.MaxValue, ReadAsync, cancellationToken);

    private async Task ReadAsync(FollowedFeed feed, CancellationToken cancellationToken)
    {
        var request = new FetchRequest(feed.Address, feed.ETag, feed.LastModified);
        var fetch = await fetcher.FetchAsync(request, cancellationToken).ConfigureAwait(false);
        var now = options.Clock.GetUtcNow();
        if (fetch.Outcome == FetchOutcome.NotModified)
        {
            Keep(feed, fetch, [], now);
            return;
        }

        if (fetch.Outcome != FetchOutcome.Fetched)
        {
            Fail(feed, fetch.Reason, fetch.NotBefore, now);
            return;
        }

        var contents = Contents(fetch);
        if (contents.Problem is { } problem)
        {
            Fail(feed, problem, null, now);
            return;
        }

        var items = contents.Items.ToList();
        foreach (var part in contents.Parts)
            items.AddRange(await PartAsync(part, cancellationToken).ConfigureAwait(false));
        Keep(feed with { Title = feed.Title ?? contents.Title }, fetch, items, now);
    }

    // A list of sitemaps names no page itself. One that cannot be read is told; the list has been read.
    private async Task<IReadOnlyList<FeedItem>> PartAsync(string address, CancellationToken cancellationToken)
    {
        var fetch = await fetcher.FetchAsync(new FetchRequest(address), cancellationToken).ConfigureAwait(false);
        if (fetch.Outcome == FetchOutcome.Fetched)
            return Contents(fetch).Items;
        tell(new FollowNote(FollowEvent.FeedFailed, address, fetch.Reason));
        return [];
    }

    private FeedContents Contents(Fetch fetch)
    {
        try
        {
            return FeedContents.Read(fetch.Body.Span, fetch.ContentType, fetch.FinalAddress, options.Feeds, fetch.At);
        }
#pragma warning disable CA1031 // One odd feed never ends a run, whatever a library throws at it.
        catch (Exception odd) when (odd is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            return FeedContents.Nothing($"cannot be read: {odd.Message.ReplaceLineEndings(" ")}");
        }
    }

    private void Keep(FollowedFeed feed, Fetch fetch, IReadOnlyList<FeedItem> items, DateTimeOffset now)
    {
        var quiet = Math.Min(feed.Quiet + 1, LongestQuiet);
        var found = shelf.Save(
            feed with
            {
                Succeeded = FeedShelf.Written(now),
                Failures = 0,
                Quiet = quiet,
                Due = FeedShelf.Written(now + options.Every * Math.Pow(2, quiet)),
                // An answer that says "as it was" need not say what it was.
                ETag = fetch.ETag ?? (fetch.Outcome == FetchOutcome.NotModified ? feed.ETag : null),
                LastModified = fetch.LastModified ?? (fetch.Outcome == FetchOutcome.NotModified ? feed.LastModified : null),
            },
            items.Select(item => (item.Address, item.Url)),
            FeedShelf.Written(now + options.Every),
            now);
        tell(new FollowNote(FollowEvent.FeedRead, feed.Address, Found: found));
    }

    private void Fail(FollowedFeed feed, string reason, DateTimeOffset? notBefore, DateTimeOffset now)
    {
        var due = now + options.FirstRetry * Math.Pow(2, Math.Min(feed.Failures, MostDoublings));
        shelf.Save(
            feed with
            {
                Failed = FeedShelf.Written(now),
                Failure = reason,
                Failures = feed.Failures + 1,
                Due = FeedShelf.Written(notBefore > due ? notBefore.Value : due),
            },
            [], null, now);
        tell(new FollowNote(FollowEvent.FeedFailed, feed.Address, reason));
    }
}
