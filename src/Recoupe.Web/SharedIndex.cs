using System.Runtime.ExceptionServices;

using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Web;

/// <summary>The search index of the service: one thread brings it up to date while others search what there is.</summary>
/// <remarks>
/// What comes in is found a moment later; nobody waits for it but who has brought it. An index that was never up to date, as when the service starts, is waited for.
/// </remarks>
/// <param name="archive">The archive.</param>
/// <param name="keepsUp">Whether something brings it up to date all the time (<see cref="Indexing"/>): then nobody waits once it has been.</param>
internal sealed class SharedIndex(Archive archive, bool keepsUp) : IDisposable
{
    // So long dossiers are made for those who search in points; of how many stories they are still missing is told, and more are there the next time.
    private static readonly TimeSpan Making = TimeSpan.FromSeconds(3);

    // Who is the first to search in points waits for these, the others no longer than one notices.
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(100);

    private readonly SearchIndex _index = new(archive);
    private readonly Lock _updating = new();
    private readonly Lock _beginning = new();
    private long _known = -1;
    private Task? _catchingUp;
    private Task? _makingPoints;
    private volatile bool _hadPoints;

    public SearchAnswer Find(string query, SearchKind kind, SearchOrder order, int most, string? after, CancellationToken cancellationToken)
    {
        if (kind == SearchKind.Points)
        {
            // What cannot be read is told before anything is made for it.
            _index.Find(query, kind, order, 1, after);
            var missing = CatchUpPoints(cancellationToken);
            return _index.Find(query, kind, order, most, after) with { Missing = missing };
        }

        // Now and then its parts are joined, which takes seconds in a large one: who asks meanwhile is answered from what there is.
        if (archive.Revision() > Known && !(keepsUp && Known >= 0))
            CatchUp(cancellationToken);
        return _index.Find(query, kind, order, most, after);
    }

    /// <summary>The stories that may tell a claim, the likeliest first.</summary>
    public IReadOnlyList<StoryId> StoriesOf(string claim, CancellationToken cancellationToken) =>
        ClaimSearch.StoriesOf(archive, claim, (query, most) => Find(query, SearchKind.Articles, SearchOrder.Rank, most, null, cancellationToken).Hits);

    /// <summary>Brings the index of articles and statements up to date, or waits for who is at it.</summary>
    public void CatchUp(CancellationToken cancellationToken)
    {
        lock (_updating)
        {
            if (archive.Revision() is var revision && revision > Known)
                _index.Update(points: false, () => Note(revision), cancellationToken);
        }
    }

    /// <summary>Ends when what is in the archive now is in the index, or cannot be brought into it.</summary>
    public async Task CaughtUpAsync()
    {
        // What is under way may have begun before the last change.
        for (var rounds = 0; rounds < 2 && archive.Revision() > Known; rounds++)
        {
            Task catchingUp;
            lock (_beginning)
                catchingUp = _catchingUp is { IsCompleted: false } ? _catchingUp : _catchingUp = CatchUpAloneAsync();
            await catchingUp;
        }
    }

    /// <summary>Opens what the first search would open.</summary>
    public void Warm()
    {
        // Who disposes of the index waits for it.
        lock (_updating)
            _index.Warm();
    }

    /// <summary>Lets go of what the archive has deleted.</summary>
    public void Forget(CancellationToken cancellationToken)
    {
        lock (_updating)
            _index.Forget(cancellationToken);
    }

    /// <summary>Waits for who is at it.</summary>
    public void Dispose()
    {
        lock (_updating)
            _index.Dispose();
    }

    private long Known => Interlocked.Read(ref _known);

    private async Task CatchUpAloneAsync()
    {
        // A thread of its own: those of the pool answer.
        await Task.Factory.StartNew(() => CatchUp(CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // who asks when it is too old tries again, and is told
    }

    // Gives of how many stories the points are not searched yet.
    private int CatchUpPoints(CancellationToken cancellationToken)
    {
        if (_index.MakeDossiers(TimeSpan.Zero, cancellationToken) == 0 && _index.HasPointsMade())
            return 0;
        Task making;
        lock (_beginning)
        {
            // A thread of its own: those of the pool answer.
            making = _makingPoints is { IsCompleted: false } ? _makingPoints
                : _makingPoints = Task.Factory.StartNew(MakePoints, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        try
        {
            var isDone = making.Wait(keepsUp && _hadPoints ? Brief : First, cancellationToken);
            return Math.Max(_index.MakeDossiers(TimeSpan.Zero, cancellationToken), isDone ? 0 : 1);
        }
        catch (AggregateException failure) when (failure.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    private void MakePoints()
    {
        _index.MakeDossiers(Making, CancellationToken.None);
        lock (_updating)
        {
            var revision = archive.Revision();
            _index.Update(points: true, () => Note(revision), CancellationToken.None);
        }

        _hadPoints = true;
    }

    private void Note(long revision) => Interlocked.Exchange(ref _known, revision);
}

/// <summary>Brings the index up to date as long as the service runs.</summary>
internal sealed class Indexing(SharedIndex index) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var isWarm = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await index.CaughtUpAsync();
                if (!isWarm)
                    index.Warm();
                isWarm = true;
            }
            catch (Exception failure) when (failure is System.Data.Common.DbException or IOException or ObjectDisposedException)
            {
                // Who searches is told; it is tried again.
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
