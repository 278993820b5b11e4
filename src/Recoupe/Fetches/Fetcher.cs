using System.Net;
using System.Text;

using Recoupe.Documents;

namespace Recoupe.Fetches;

/// <summary>Fetches from the web, and from nowhere else: politely and within limits.</summary>
/// <remarks>
/// Nothing that a host does is an exception here: it slows itself down at most. No cookies, proxies or credentials; certificates are checked.
/// For many fetches at once.
/// </remarks>
public sealed class Fetcher : IDisposable
{
    private const string Accepted =
        "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5";

    private readonly FetchOptions _options;
    private readonly HttpClient _http;
    private readonly HostPaces _paces;
    private readonly RobotsFiles _robots;
    private readonly AnswerReader _answers;

    /// <summary>Fetches as <paramref name="options"/> say. No connection is opened before the first fetch.</summary>
    public Fetcher(FetchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _paces = new HostPaces(options);
        _answers = new AnswerReader(options);
        _robots = new RobotsFiles(options, (address, token) => FollowAsync(new FetchRequest(address), isRobots: true, token));
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (context, token) => GuardedConnection.OpenAsync(context.DnsEndPoint, options, token),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // a proxy would look names up where nobody checks what they mean
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTime,
            MaxResponseHeadersLength = options.MostHeaderKilobytes,
            MaxResponseDrainSize = 0,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ActivityHeadersPropagator = null,
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Asks for an address, and follows where it leads.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task<Fetch> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return FollowAsync(request, isRobots: false, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _answers.Dispose();
    }

    private async Task<Fetch> FollowAsync(FetchRequest request, bool isRobots, CancellationToken cancellationToken)
    {
        var way = new Redirects(_options.MostRedirects);
        try
        {
            way.Begin(request.Address);
            while (true)
            {
                var (fetch, next) = await StepAsync(request, way, isRobots, cancellationToken).ConfigureAwait(false);
                if (fetch is not null)
                    return fetch;
                way.GoTo(next!.Value.Location, next.Value.IsForGood);
            }
        }
        catch (FetchFailure failure)
        {
            return Nothing(request, way, failure);
        }
#pragma warning disable CA1031 // One odd address or answer never ends a run, whatever a library throws at it.
        catch (Exception odd) when (odd is not (OperationCanceledException or OutOfMemoryException))
#pragma warning restore CA1031
        {
            return Nothing(request, way, new FetchFailure(FetchOutcome.Failed, $"cannot be fetched: {odd.Message.ReplaceLineEndings(" ")}"));
        }
    }

    private Fetch Nothing(FetchRequest request, Redirects way, FetchFailure failure) => new()
    {
        Address = request.Address,
        FinalAddress = way.At?.AbsoluteUri ?? request.Address,
        Outcome = failure.Outcome,
        Reason = failure.Message,
        Status = failure.Status,
        NotBefore = failure.NotBefore,
        MovedTo = way.MovedTo,
        At = _options.Clock.GetUtcNow(),
    };

    // One request: what came of it, or where it leads on.
    private async Task<(Fetch? Fetch, (string Location, bool IsForGood)? Next)> StepAsync(
        FetchRequest request, Redirects way, bool isRobots, CancellationToken cancellationToken)
    {
        var page = way.At!;
        TimeSpan? pause = null;
        if (!isRobots)
        {
            var rules = await _robots.OfAsync(page, cancellationToken).ConfigureAwait(false);
            if (!rules.Allows(page))
                throw new FetchFailure(FetchOutcome.Disallowed, $"the robots.txt of {page.Host} asks not to fetch it");
            pause = rules.Delay;
        }

        // The rules of a host are asked for together with its first page: they have no turn of their own.
        using var turn = isRobots ? null : await _paces.EnterAsync(page.Authority, cancellationToken).ConfigureAwait(false);
        using var whole = new CancellationTokenSource(_options.WholeTime, _options.Clock);
        using var patience = new CancellationTokenSource(_options.FirstByteTime, _options.Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, whole.Token, patience.Token);
        try
        {
            using var message = Message(request, page, isFirst: way.Count == 0);
            using var response =
                await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            patience.CancelAfter(_options.SilentTime);
            if (Location(response) is { } location)
                return (null, (location, response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect));
            ThrowIfNothing(response, page.Authority);
            var notes = new List<string>();
            var body = response.StatusCode == HttpStatusCode.NotModified
                ? []
                : await _answers.ReadAsync(response, patience, notes, limit.Token).ConfigureAwait(false);
            _paces.Answered(page.Authority, pause);
            return (Answer(request, way, response, body, notes), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Rested(page.Authority, new FetchFailure(FetchOutcome.Failed, Overtime(whole, patience)));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Rested(page.Authority, FetchFailure.Of(failure));
        }
    }

    private HttpRequestMessage Message(FetchRequest request, Uri page, bool isFirst)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, page);
        message.Headers.TryAddWithoutValidation("User-Agent", _options.Agent);
        message.Headers.TryAddWithoutValidation("Accept", Accepted);
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br, deflate");
        // What was remembered is of the address that answered last time: behind a redirect it says nothing.
        if (isFirst && request.ETag is { } tag)
            message.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (isFirst && request.LastModified is { } time)
            message.Headers.TryAddWithoutValidation("If-Modified-Since", time);
        return message;
    }

    private static string? Location(HttpResponseMessage response) =>
        (int)response.StatusCode is >= 300 and < 400 and not 304 ? AnswerReader.Field(response, "location") : null;

    private void ThrowIfNothing(HttpResponseMessage response, string host)
    {
        var status = response.StatusCode;
        if (response.IsSuccessStatusCode || status == HttpStatusCode.NotModified)
            return;
        if (status == HttpStatusCode.NotFound)
            throw new FetchFailure(FetchOutcome.Gone, "is not there (404)") { Status = status };
        if (status == HttpStatusCode.Gone)
            throw new FetchFailure(FetchOutcome.Gone, "is no longer there (410)") { Status = status };
        var isOverloaded = status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
        DateTimeOffset? until = null;
        if (isOverloaded || (int)status >= 500)
            until = _paces.Failed(host, isOverloaded ? Asked(response) : null, isOverloaded);
        var reason = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.PaymentRequired =>
                $"the host does not give it to us ({(int)status})",
            _ when isOverloaded => $"the host is asked too much ({(int)status})",
            _ => $"the host answers with status {(int)status}",
        };
        throw new FetchFailure(FetchOutcome.Failed, reason) { Status = status, NotBefore = until };
    }

    private TimeSpan? Asked(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta > TimeSpan.Zero ? delta : null,
        { Date: { } date } when date > _options.Clock.GetUtcNow() => date - _options.Clock.GetUtcNow(),
        _ => null,
    };

    private FetchFailure Rested(string host, FetchFailure failure)
    {
        if (failure.Outcome != FetchOutcome.Failed)
            return failure;
        var until = _paces.Failed(host, null, isOverloaded: false);
        return new FetchFailure(failure.Outcome, failure.Message) { Status = failure.Status, NotBefore = until };
    }

    private string Overtime(CancellationTokenSource whole, CancellationTokenSource patience)
    {
        if (whole.IsCancellationRequested)
            return $"took more than {_options.WholeTime.TotalSeconds:0.#} s";
        return patience.IsCancellationRequested
            ? "gave no answer in time"
            : $"could not be connected to within {_options.ConnectTime.TotalSeconds:0.#} s";
    }

    private Fetch Answer(FetchRequest request, Redirects way, HttpResponseMessage response, byte[] body, List<string> notes)
    {
        string? Field(string name) => AnswerReader.Field(response, name);
        // The page's own header is plain letters in every charset of the web.
        var head = Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, DocumentReader.PeekWindow)));
        return new Fetch
        {
            Address = request.Address,
            FinalAddress = way.At!.AbsoluteUri,
            MovedTo = way.MovedTo,
            Outcome = response.StatusCode == HttpStatusCode.NotModified ? FetchOutcome.NotModified : FetchOutcome.Fetched,
            Status = response.StatusCode,
            Body = body,
            ContentType = Field("content-type") ?? "",
            ETag = way.Count == 0 ? Field("etag") : null,
            LastModified = way.Count == 0 ? Field("last-modified") : null,
            Reservation = Reservations.Find(Field, head),
            Notes = notes,
            At = _options.Clock.GetUtcNow(),
        };
    }
}
