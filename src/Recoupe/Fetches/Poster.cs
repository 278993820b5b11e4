using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Recoupe.Fetches;

/// <summary>Posts messages to addresses of the web that a person named, signed as Standard Webhooks asks: who gets one can tell whose it is, and drop what comes twice.</summary>
/// <remarks>The same guard as for fetches: private addresses are reached only where a person allowed them. Redirects are not followed.</remarks>
public sealed class Poster : IDisposable
{
    private static readonly TimeSpan WholeTime = TimeSpan.FromSeconds(20);

    private readonly FetchOptions _options;
    private readonly HttpClient _http;

    /// <summary>Posts as <paramref name="options"/> allow.</summary>
    public Poster(FetchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (context, token) => GuardedConnection.OpenAsync(context.DnsEndPoint, options, token),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = options.ConnectTime,
            MaxResponseHeadersLength = options.MostHeaderKilobytes,
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Posts a message.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="id">The same for the same message, however often it is tried.</param>
    /// <param name="body">JSON.</param>
    /// <param name="secret">What it is signed with: <c>whsec_</c> and Base64.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Why it did not arrive; null where it did.</returns>
    public async Task<string?> PostAsync(string address, string id, string body, string secret, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "is no address of the web";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(WholeTime);
        try
        {
            using var message = Message(uri, id, body, secret);
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? null : $"the host answers with status {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "gave no answer in time";
        }
        catch (FetchFailure failure)
        {
            return failure.Message;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return FetchFailure.Of(failure).Message;
        }
    }

    /// <summary>The signature of a message.</summary>
    public static string Signature(string secret, string id, string time, string body)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var key = Convert.FromBase64String(secret[(secret.IndexOf('_', StringComparison.Ordinal) + 1)..]);
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{time}.{body}")));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Message(Uri uri, string id, string body, string secret)
    {
        var time = _options.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var message = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        message.Headers.TryAddWithoutValidation("User-Agent", _options.Agent);
        message.Headers.TryAddWithoutValidation("webhook-id", id);
        message.Headers.TryAddWithoutValidation("webhook-timestamp", time);
        message.Headers.TryAddWithoutValidation("webhook-signature", Signature(secret, id, time, body));
        return message;
    }
}
