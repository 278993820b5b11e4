using System.Collections.Concurrent;

using Recoupe.Documents;

namespace Recoupe.Fetches;

/// <summary>The robots.txt of each host, fetched once a day.</summary>
internal sealed class RobotsFiles(FetchOptions options, Func<string, CancellationToken, Task<Fetch>> fetch)
{
    private const int MostHosts = 2000;
    private const int MostCharacters = 512 << 10;

    private static readonly TimeSpan Lasting = TimeSpan.FromHours(24);

    // A host that could not be asked is asked again before long.
    private static readonly TimeSpan LastingOfFailure = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Lazy<Task<RobotsFile>>> _files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the host of <paramref name="page"/> asks for.</summary>
    /// <exception cref="FetchFailure">It cannot be asked: the host is left alone then, as the standard wants it.</exception>
    public async Task<RobotsRules> OfAsync(Uri page, CancellationToken cancellationToken)
    {
        if (_files.Count > MostHosts)
            _files.Clear();
        var host = page.GetLeftPart(UriPartial.Authority);
        while (true)
        {
            var file = _files.GetOrAdd(host, _ => new(() => ReadAsync(host, cancellationToken)));
            try
            {
                var (rules, failure, until) = await file.Value.ConfigureAwait(false);
                if (until > options.Clock.GetUtcNow())
                    return rules ?? throw failure!;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Another fetch asked for it, and was stopped.
            }

            _files.TryRemove(KeyValuePair.Create(host, file));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<RobotsFile> ReadAsync(string host, CancellationToken cancellationToken)
    {
        var file = await fetch($"{host}/robots.txt", cancellationToken).ConfigureAwait(false);
        var now = options.Clock.GetUtcNow();
        if (file.Outcome == FetchOutcome.Fetched)
        {
            var text = TextDecoder.Decode(file.Body.Span, "utf-8", new List<string>());
            var rules = RobotsRules.Read(text.Length > MostCharacters ? text[..MostCharacters] : text, options.Agent);
            return new RobotsFile(rules, null, now + Lasting);
        }

        // No file asks for nothing.
        if (file.Status is { } status && (int)status is >= 400 and < 500 and not 429)
            return new RobotsFile(RobotsRules.AllowAll, null, now + Lasting);
        var reason = file.Status is null ? file.Reason : $"its robots.txt cannot be had: {file.Reason}";
        return new RobotsFile(null, new FetchFailure(file.Outcome, reason) { NotBefore = file.NotBefore }, now + LastingOfFailure);
    }

    private sealed record RobotsFile(RobotsRules? Rules, FetchFailure? Failure, DateTimeOffset Until);
}
