using System.Threading.Channels;

using Recoupe.Documents;
using Recoupe.Fetches;
using Recoupe.Storage;

namespace Recoupe.Feeds;

/// <summary>Fetches pages and takes them in.</summary>
internal sealed class PageRound(FeedShelf shelf, ArchiveWriter writer, Fetcher fetcher, FollowOptions options, Action<FollowNote> tell)
{
    // Fetched and not yet taken in: few, for each may hold all that a page may.
    private const int MostWaiting = 4;
    private const int MostTogether = 32;

    private readonly RevisitPlan _plan = new(options);

    /// <summary>Fetches the pages; one that fails is told, and the rest goes on.</summary>
    public async Task RunAsync(IReadOnlyList<FollowedPage> pages, CancellationToken cancellationToken)
    {
        if (pages.Count == 0)
            return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fetched = Channel.CreateBounded<Visit>(MostWaiting);
        var fetching = FetchAsync(pages, fetched.Writer, stop.Token);
        try
        {
            while (await fetched.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var visits = new List<Visit>();
                while (visits.Count < MostTogether && fetched.Reader.TryRead(out var visit))
                    visits.Add(visit);
                Take(visits, cancellationToken);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task FetchAsync(IReadOnlyList<FollowedPage> pages, ChannelWriter<Visit> into, CancellationToken cancellationToken)
    {
        try
        {
            await Hosts.EachAsync(pages, page => page.Url, options, options.PagesOfAHost, async (page, token) =>
            {
                var fetch = await fetcher.FetchAsync(new FetchRequest(page.Url, page.ETag, page.LastModified), token).ConfigureAwait(false);
                await into.WriteAsync(new Visit(page, fetch), token).ConfigureAwait(false);
            }, cancellationToken).ConfigureAwait(false);
            into.Complete();
        }
        catch (Exception failure)
        {
            into.Complete(failure);
            throw;
        }
    }

    // Taken in first, kept as visited after that: what is killed between is fetched again, and known.
    private void Take(List<Visit> visits, CancellationToken cancellationToken)
    {
        var kept = new List<FollowedPage>();
        var notes = new List<FollowNote>();
        var documents = new List<(Visit Visit, Document Document)>();
        foreach (var visit in visits)
        {
            if (DocumentOf(visit, out var reason) is { } document)
                documents.Add((visit, document));
            else
                kept.Add(Missed(visit, reason, notes));
        }

        var at = 0;
        foreach (var ingested in writer.Ingest(documents.Select(item => item.Document), cancellationToken))
        {
            var visit = documents[at++].Visit;
            kept.Add(_plan.Taken(visit.Page, visit.Fetch, ingested));
            notes.Add(ingested.Reason is { } unread
                ? new FollowNote(FollowEvent.PageFailed, visit.Page.Url, unread)
                : new FollowNote(FollowEvent.PageTaken, visit.Page.Url, Ingested: ingested));
        }

        shelf.Save(kept);
        notes.ForEach(tell);
    }

    private Document? DocumentOf(Visit visit, out string? reason)
    {
        reason = visit.Fetch.Reason;
        if (visit.Fetch.Outcome != FetchOutcome.Fetched)
            return null;
        var today = DateOnly.FromDateTime(options.Clock.GetUtcNow().UtcDateTime);
        var page = FetchedPage.ReadUnlessReserved(visit.Fetch, new DocumentOptions { Today = today }, options.TakesReserved);
        reason = page.Skipped?.Reason;
        return page.Document;
    }

    private FollowedPage Missed(Visit visit, string? reason, List<FollowNote> notes)
    {
        var (page, fetch) = (visit.Page, visit.Fetch);
        switch (fetch.Outcome)
        {
            case FetchOutcome.NotModified:
                return _plan.Unchanged(page, fetch);
            case FetchOutcome.PutOff:
                return page with { Due = FeedShelf.Written(fetch.NotBefore ?? options.Clock.GetUtcNow() + options.FirstRetry) };
            case FetchOutcome.Gone when page.Article is not null && page.Gone is null:
                notes.Add(new FollowNote(FollowEvent.PageWithdrawn, page.Url, reason));
                break;
            case FetchOutcome.Gone when page.Gone is not null:
                break;
            default:
                notes.Add(new FollowNote(FollowEvent.PageFailed, page.Url, reason));
                break;
        }

        return _plan.Missed(page, fetch, reason);
    }

    private sealed record Visit(FollowedPage Page, Fetch Fetch);
}
