using Recoupe.Searches;
using Recoupe.Storage;

namespace Recoupe.Web;

/// <summary>The search index of the service: one thread brings it up to date while others search what there is.</summary>
/// <remarks>
/// What comes in is found a moment later; nobody waits for it but who has brought it (CatchUp). An index that was not up to date for long, as when the service starts, is waited for.
/// </remarks>
internal sealed class SharedIndex(Archive archive) : IDisposable
{
    // So old an index may be. One part after another is written while articles come in; now and then parts are joined, which takes longer.
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(30);

    private readonly SearchIndex _index = new(archive);
    private readonly Lock _updating = new();
    private readonly Lock _beginning = new();
    private long _articles = -1;
    private long _points = -1;
    private long _current;
    private Task? _catchingUp;

    public SearchAnswer Find(string query, SearchKind kind, SearchOrder order, int most, string? after, CancellationToken cancellationToken)
    {
        if (archive.Revision() is var revision && revision <= Known(kind))
            Interlocked.Exchange(ref _current, TimeProvider.System.GetTimestamp());
        else if (kind == SearchKind.Points || !IsRecent())
            CatchUp(kind, cancellationToken);
        else
            _ = CaughtUpAsync();
        return _index.Find(query, kind, order, most, after);
    }

    /// <summary>Brings the index of articles and statements up to date, or waits for who is at it.</summary>
    public void CatchUp(CancellationToken cancellationToken) => CatchUp(SearchKind.Articles, cancellationToken);

    /// <summary>Ends when what is in the archive now is in the index, or cannot be brought into it.</summary>
    public async Task CaughtUpAsync()
    {
        // What is under way may have begun before the last change.
        for (var rounds = 0; rounds < 2 && archive.Revision() > Known(SearchKind.Articles); rounds++)
        {
            Task catchingUp;
            lock (_beginning)
                catchingUp = _catchingUp is { IsCompleted: false } ? _catchingUp : _catchingUp = CatchUpAloneAsync();
            await catchingUp;
        }
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

    private bool IsRecent() => Interlocked.Read(ref _current) is > 0 and var current && TimeProvider.System.GetElapsedTime(current) < Oldest;

    private long Known(SearchKind kind) => Interlocked.Read(ref kind == SearchKind.Points ? ref _points : ref _articles);

    private async Task CatchUpAloneAsync()
    {
        // A thread of its own: those of the pool answer.
        await Task.Factory.StartNew(() => CatchUp(SearchKind.Articles, CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // who asks when it is too old tries again, and is told
    }

    private void CatchUp(SearchKind kind, CancellationToken cancellationToken)
    {
        lock (_updating)
        {
            if (archive.Revision() is var revision && revision > Known(kind))
                _index.Update(kind == SearchKind.Points, () => Note(revision, kind), cancellationToken);
        }
    }

    private void Note(long revision, SearchKind kind)
    {
        Interlocked.Exchange(ref _articles, revision);
        if (kind == SearchKind.Points)
            Interlocked.Exchange(ref _points, revision);
        Interlocked.Exchange(ref _current, TimeProvider.System.GetTimestamp());
    }
}
