using System.Collections.Concurrent;

namespace Recoupe.Fetches;

/// <summary>Asks each host one thing at a time, with a pause between, and leaves it alone when it asks for that or keeps failing.</summary>
internal sealed class HostPaces(FetchOptions options)
{
    private const int MostHosts = 10_000;

    // Three pages that fail one after the other are the host's failure, not a page's.
    private const int FailuresOfAHost = 3;

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, HostPace> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for the turn of a request to <paramref name="host"/>, which lasts until it is disposed of.</summary>
    /// <exception cref="FetchFailure">The host is to be left alone for longer than a fetch waits.</exception>
    public async Task<IDisposable> EnterAsync(string host, CancellationToken cancellationToken)
    {
        if (_hosts.Count > MostHosts)
            Forget();
        var pace = _hosts.GetOrAdd(host, _ => new HostPace());
        await pace.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = options.Clock.GetUtcNow();
            if (pace.ClosedUntil - now > options.MostDelay)
                throw PutOff(pace.ClosedUntil);
            var wait = (pace.ClosedUntil > pace.NextAt ? pace.ClosedUntil : pace.NextAt) - now;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, options.Clock, cancellationToken).ConfigureAwait(false);
            return new HostTurn(pace, options);
        }
        catch
        {
            pace.Turn.Release();
            throw;
        }
    }

    /// <summary>Notes that <paramref name="host"/> answered: how long it wants to be left alone after each request.</summary>
    public void Answered(string host, TimeSpan? pause)
    {
        if (_hosts.TryGetValue(host, out var pace))
            (pace.Failures, pace.Pause) = (0, pause ?? TimeSpan.Zero);
    }

    /// <summary>Notes that <paramref name="host"/> failed, or asked to wait.</summary>
    /// <param name="host">The host.</param>
    /// <param name="asked">How long it asks to wait; null where it does not.</param>
    /// <param name="isOverloaded">Whether it says that it is asked too much.</param>
    /// <returns>When it may be asked again; null where it may at once.</returns>
    public DateTimeOffset? Failed(string host, TimeSpan? asked, bool isOverloaded)
    {
        if (!_hosts.TryGetValue(host, out var pace))
            return null;
        pace.Failures++;
        var rests = isOverloaded ? pace.Failures : pace.Failures - FailuresOfAHost + 1;
        if (asked is null && rests < 1)
            return null;
        var rest = asked is { } time ? Least(time, LongestAsked) : Least(FirstRest * Math.Pow(2, Math.Min(rests - 1, 10)), LongestRest);
        return pace.ClosedUntil = options.Clock.GetUtcNow() + rest;
    }

    private static FetchFailure PutOff(DateTimeOffset until) =>
        new(FetchOutcome.PutOff, $"its host is left alone until {until:yyyy-MM-dd HH:mm} UTC") { NotBefore = until };

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Forget()
    {
        var now = options.Clock.GetUtcNow();
        foreach (var (host, pace) in _hosts)
        {
            if (pace.Turn.CurrentCount > 0 && pace.ClosedUntil < now && pace.NextAt < now)
                _hosts.TryRemove(host, out _);
        }
    }

    private sealed class HostPace
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public DateTimeOffset NextAt { get; set; }

        public DateTimeOffset ClosedUntil { get; set; }

        public TimeSpan Pause { get; set; }

        public int Failures { get; set; }
    }

    private sealed class HostTurn(HostPace pace, FetchOptions options) : IDisposable
    {
        public void Dispose()
        {
            var pause = pace.Pause > options.LeastDelay ? Least(pace.Pause, options.MostDelay) : options.LeastDelay;
            pace.NextAt = options.Clock.GetUtcNow() + pause;
            pace.Turn.Release();
        }
    }
}
