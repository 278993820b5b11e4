using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Recoupe.Endpoints;

/// <summary>Asks an endpoint for vectors over HTTP, and waits and tries again where that helps.</summary>
/// <remarks>Redirects are not followed, cookies not kept, certificates checked; what the server writes is never shown.</remarks>
internal sealed class EmbeddingClient : IDisposable
{
    private const string MediaType = "application/json";

    private readonly EmbeddingEndpoint _endpoint;
    private readonly string _model;
    private readonly EmbeddingLimits _limits;
    private readonly HttpClient _http;
    private readonly Stopwatch _asking = new();

    /// <summary>A client for one run. No connection is opened before the first question.</summary>
    /// <param name="endpoint">Whom to ask.</param>
    /// <param name="model">The model's name, sent as it is.</param>
    /// <param name="key">Sent as bearer token; null for none.</param>
    /// <param name="limits">How long is waited, and how much is read.</param>
    public EmbeddingClient(EmbeddingEndpoint endpoint, string model, string? key, EmbeddingLimits limits)
    {
        (_endpoint, _model, _limits) = (endpoint, model, limits);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !endpoint.IsPrivate, // a proxy for the web is none for the own network
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(Math.Min(15, limits.PerRequest.TotalSeconds)),
            ActivityHeadersPropagator = null,
        }) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("recoupe", typeof(EmbeddingClient).Assembly.GetName().Version!.ToString(3)));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaType));
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>The vectors of <paramref name="texts"/> in their order; null for one that the server has no vector for. A request that is too much is sent in halves.</summary>
    /// <param name="texts">At most <see cref="EmbeddingLimits.MostTexts"/>.</param>
    /// <param name="dimensions">How many numbers a vector must have; null where that is not known yet.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="EmbeddingException">The endpoint gives none that can be used.</exception>
    public async Task<float[]?[]> AskAsync(IReadOnlyList<string> texts, int? dimensions, CancellationToken cancellationToken)
    {
        try
        {
            return EmbeddingAnswer.Read(await SendAsync(texts, cancellationToken).ConfigureAwait(false), texts.Count, dimensions);
        }
        catch (EmbeddingException failure) when (failure.IsOfTexts && texts.Count > 1)
        {
            var half = texts.Count / 2;
            var first = await AskAsync([.. texts.Take(half)], dimensions, cancellationToken).ConfigureAwait(false);
            dimensions ??= first.FirstOrDefault(vector => vector is not null)?.Length;
            return [.. first, .. await AskAsync([.. texts.Skip(half)], dimensions, cancellationToken).ConfigureAwait(false)];
        }
    }

    private async Task<ReadOnlyMemory<byte>> SendAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var body = Body(texts);
        for (var attempt = 1; ; attempt++)
        {
            _asking.Start();
            try
            {
                if (_asking.Elapsed > _limits.PerRequest * _limits.RequestsInAll)
                    throw new EmbeddingException($"it took more than {(_limits.PerRequest * _limits.RequestsInAll).TotalMinutes:0.#} minutes in all. Run again to go on from the cache, or give it more time with --embeddings-timeout");
                var (answer, wait) = await TryAsync(body, attempt, cancellationToken).ConfigureAwait(false);
                if (answer is { } read)
                    return read;
                await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _asking.Stop();
            }
        }
    }

    // The answer, or how long to wait before the next try.
    private async Task<(ReadOnlyMemory<byte>? Answer, TimeSpan Wait)> TryAsync(byte[] body, int attempt, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_limits.PerRequest);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint.Address) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
                return (await ReadAsync(response, limit.Token).ConfigureAwait(false), default);
            var passes = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
            return passes && attempt < _limits.Tries && Wait(response, attempt) is { } wait ? (null, wait) : throw Refused(response.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EmbeddingException($"it gave no answer within {_limits.PerRequest.TotalSeconds:0.#} seconds. Check that the server is well, or wait longer with --embeddings-timeout SECONDS");
        }
        catch (HttpRequestException failure) when (attempt < _limits.Tries && failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded)
        {
            return (null, Backoff(attempt));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Unreached(failure);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var tooLarge = new EmbeddingException($"its answer is larger than {_limits.MostBytes >> 20} MiB. Check that the model is one for embeddings of whole texts");
        if (response.Content.Headers.ContentLength > _limits.MostBytes)
            throw tooLarge;
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var buffer = new MemoryStream();
            var part = new byte[1 << 16];
            int read;
            while ((read = await stream.ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (buffer.Length + read > _limits.MostBytes)
                    throw tooLarge;
                buffer.Write(part, 0, read);
            }

            return buffer.ToArray();
        }
    }

    // What the server asks for, by seconds or by its own clock, else longer from try to try; null where it asks for more than is waited.
    private TimeSpan? Wait(HttpResponseMessage response, int attempt)
    {
        var asked = response.Headers.RetryAfter is not { } after ? Backoff(attempt)
            : after.Delta ?? (after.Date - response.Headers.Date) ?? _limits.FirstWait;
        return asked > _limits.LongestWait ? null : asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    private TimeSpan Backoff(int attempt) => _limits.FirstWait * (1 << (attempt - 1));

    private EmbeddingException Refused(HttpStatusCode code) => new($"it answered {(int)code}. " + code switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"Put a key that it takes into the environment variable {EmbeddingEndpoint.KeyVariable}",
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => $"Check the address, and that the server has the model {_model}",
        HttpStatusCode.TooManyRequests => "It is asked too often or your quota is used up: run again later, and what was given so far comes from the cache",
        HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => $"Check that {_model} is a model for embeddings and takes texts of 300 tokens",
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => "It sends elsewhere, which is not followed: name the address that it sends to, if you trust it",
        _ => "Check what the server logs, and run again: what was given so far comes from the cache",
    })
    {
        IsOfTexts = code is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity,
    };

    private static EmbeddingException Unreached(Exception failure) => new((failure as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => "its certificate is not to be trusted, or it speaks no TLS. Install its certificate on this machine, or write http:// for a server of your own",
        HttpRequestError.NameResolutionError => "there is no such host. Check the address",
        HttpRequestError.ConnectionError => "nobody answers there. Start the server, or check the address",
        _ => "the connection broke, or it speaks no HTTP. Check the address and what the server logs",
    });

    private byte[] Body(IReadOnlyList<string> texts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", _model);
            json.WriteStartArray("input");
            foreach (var text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteString("encoding_format", "float");
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
