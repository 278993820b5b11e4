namespace Recoupe.Fetches;

/// <summary>The way of one fetch: where it is, and whether it may go on.</summary>
internal sealed class Redirects(int most)
{
    private const int LongestAddress = 4096;
    private const string NoAddress = "is no address of the web (http:// or https://)";

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private bool _isForGood = true;

    /// <summary>Where it is; null before it has begun.</summary>
    public Uri? At { get; private set; }

    /// <summary>How many redirects were followed.</summary>
    public int Count { get; private set; }

    /// <summary>Where the page has moved for good: all steps said so.</summary>
    public string? MovedTo => Count > 0 && _isForGood ? At!.AbsoluteUri : null;

    /// <summary>Begins at an address.</summary>
    /// <exception cref="FetchFailure">It is none of the web.</exception>
    public void Begin(string address) => Enter(Uri.TryCreate(address, UriKind.Absolute, out var at) ? at : null, address);

    /// <summary>Follows a redirect.</summary>
    /// <param name="location">Where to, perhaps relative.</param>
    /// <param name="isForGood">Whether the page is said to have moved.</param>
    /// <exception cref="FetchFailure">It leads in a circle, too far, or away from the web.</exception>
    public void GoTo(string location, bool isForGood)
    {
        if (Count == most)
            throw new FetchFailure(FetchOutcome.Failed, $"is redirected more than {most} times");
        Enter(Uri.TryCreate(At, location, out var next) ? next : null, location);
        Count++;
        _isForGood &= isForGood;
    }

    private void Enter(Uri? next, string written)
    {
        if (next is null || written.Length > LongestAddress || next.Scheme is not ("http" or "https") || next.Host.Length == 0)
            throw new FetchFailure(FetchOutcome.Refused, At is null ? NoAddress : "leads to what is no address of the web");
        if (next.UserInfo.Length > 0)
            throw new FetchFailure(FetchOutcome.Refused, "holds a name or password: those are sent to nobody");
        if (At?.Scheme == "https" && next.Scheme == "http")
            throw new FetchFailure(FetchOutcome.Refused, "leads from a secure address to one that everybody on the way can change");
        if (!_seen.Add(next.AbsoluteUri.Split('#')[0]))
            throw new FetchFailure(FetchOutcome.Failed, "is redirected in a circle");
        At = next;
    }
}
