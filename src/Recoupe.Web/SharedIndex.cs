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

    // So long dossiers are made for one who searches in points; what is still missing is told, and there the next time.
    private static readonly TimeSpan Making = TimeSpan.FromSeconds(3);

    private readonly SearchIndex _index = new(archive);
    private readonly Lock _updating = new();
    private readonly Lock _beginning = new();
    private long _known = -1;
    private long _current;
    private Task? _catchingUp;

    public SearchAnswer Find(string query, SearchKind kind, SearchOrder order, int most, string? after, CancellationToken cancellationToken)
    {
        if (kind == SearchKind.Points)
        {
            // What cannot be read is told before anything is made for it.
            _index.Find(query, kind, order, 1, after);
            var missing = CatchUpPoints(cancellationToken);
            return _index.Find(query, kind, order, most, after) with { Missing = missing };
        }

        if (archive.Revision() <= Known)
            Interlocked.Exchange(ref _current, TimeProvider.System.GetTimestamp());
        else if (!IsRecent())
            CatchUp(cancellationToken);
        else
            _ = CaughtUpAsync();
        return _index.Find(query, kind, order, most, after);
    }

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

    private long Known => Interlocked.Read(ref _known);

    private async Task CatchUpAloneAsync()
    {
        // A thread of its own: those of the pool answer.
        await Task.Factory.StartNew(() => CatchUp(CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // who asks when it is too old tries again, and is told
    }

    private int CatchUpPoints(CancellationToken cancellationToken)
    {
        var missing = _index.MakeDossiers(Making, cancellationToken);
        lock (_updating)
        {
            var revision = archive.Revision();
            _index.Update(points: true, () => Note(revision), cancellationToken);
        }

        return missing;
    }

    private void Note(long revision)
    {
        Interlocked.Exchange(ref _known, revision);
        Interlocked.Exchange(ref _current, TimeProvider.System.GetTimestamp());
    }
}
