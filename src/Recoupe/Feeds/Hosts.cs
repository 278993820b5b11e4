namespace Recoupe.Feeds;

/// <summary>Goes through addresses host by host: some hosts at once, each one thing at a time.</summary>
internal static class Hosts
{
    /// <summary>Does <paramref name="work"/> for the first of each host, then for its next.</summary>
    /// <param name="items">What is to be done.</param>
    /// <param name="address">Where.</param>
    /// <param name="options">How many hosts at once.</param>
    /// <param name="mostOfAHost">How many of one host; the rest is left.</param>
    /// <param name="work">What is done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task EachAsync<T>(
        IEnumerable<T> items, Func<T, string> address, FollowOptions options, int mostOfAHost, Func<T, CancellationToken, Task> work,
        CancellationToken cancellationToken)
    {
        var hosts = items.GroupBy(
            item => Uri.TryCreate(address(item), UriKind.Absolute, out var uri) ? uri.Authority : "", StringComparer.OrdinalIgnoreCase);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.Hosts, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(hosts, atOnce, async (host, token) =>
        {
            foreach (var item in host.Take(mostOfAHost))
                await work(item, token).ConfigureAwait(false);
        });
    }
}
