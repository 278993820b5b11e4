using Recoupe.Fetches;
using Recoupe.Storage;

namespace Recoupe.Feeds;

/// <summary>Follows the feeds of an archive: reads them, fetches what they name, takes it in, and looks at it again later.</summary>
/// <remarks>
/// What is told is on the disk. A page is known before its feed counts as read, and is due until what became of it is kept: a run may be
/// killed at any moment and costs at most one more fetch. No source can stop another one.
/// </remarks>
public sealed class Follower : IDisposable
{
    // Of a host with more than that the rest waits; of all others nothing does.
    private const int PagesAtOnce = 5000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Archive _archive;
    private readonly ArchiveWriter _writer;
    private readonly FollowOptions _options;
    private readonly Fetcher _fetcher;
    private readonly FeedRound _feeds;
    private readonly PageRound _pages;

    /// <summary>Follows into an archive.</summary>
    /// <param name="archive">Whose feeds are followed.</param>
    /// <param name="writer">Its writer.</param>
    /// <param name="options">How.</param>
    /// <param name="tell">Told what happens, one thing at a time.</param>
    public Follower(Archive archive, ArchiveWriter writer, FollowOptions options, Action<FollowNote> tell)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tell);
        (_archive, _writer, _options) = (archive, writer, options);
        var telling = new Lock();
        void Tell(FollowNote note)
        {
            lock (telling)
                tell(note);
        }

        _fetcher = new Fetcher(options.Fetches);
        _feeds = new FeedRound(archive.Feeds, _fetcher, options, Tell);
        _pages = new PageRound(archive.Feeds, writer, _fetcher, options, Tell);
    }

    /// <summary>Reads all feeds, but those that asked to be left alone, and fetches all that is due.</summary>
    public async Task FollowOnceAsync(CancellationToken cancellationToken)
    {
        var now = _options.Clock.GetUtcNow();
        var asked = _archive.Feeds.All().Where(feed => feed.Failures == 0 || IsDue(feed, now)).ToList();
        await _feeds.RunAsync(asked, cancellationToken).ConfigureAwait(false);
        while (await PagesAsync(cancellationToken).ConfigureAwait(false) > 0)
        {
            // What is fetched is due later, or never: there is an end.
        }

        _writer.End(cancellationToken);
    }

    /// <summary>Goes on until it is stopped.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = _options.Clock.GetUtcNow();
            await _feeds.RunAsync([.. _archive.Feeds.All().Where(feed => IsDue(feed, now))], cancellationToken).ConfigureAwait(false);
            if (await PagesAsync(cancellationToken).ConfigureAwait(false) > 0)
                continue;
            _writer.Save();
            await Task.Delay(LongestPause, _options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _fetcher.Dispose();

    // What a clock that had run ahead has put off is due too.
    private bool IsDue(FollowedFeed feed, DateTimeOffset now) =>
        string.CompareOrdinal(feed.Due, FeedShelf.Written(now)) <= 0 || string.CompareOrdinal(feed.Due, FeedShelf.Written(now + _options.LongestWait)) > 0;

    private async Task<int> PagesAsync(CancellationToken cancellationToken)
    {
        var now = _options.Clock.GetUtcNow();
        var due = _archive.Feeds.DuePages(now, now + _options.LongestWait, PagesAtOnce);
        await _pages.RunAsync(due, cancellationToken).ConfigureAwait(false);
        return due.Count;
    }
}
