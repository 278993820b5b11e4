using System.Net.Http.Headers;

using Recoupe.Documents;

namespace Recoupe.Fetches;

/// <summary>Reads the body of an answer within its limits, and unpacks it.</summary>
internal sealed class AnswerReader(FetchOptions options) : IDisposable
{
    private const int MostLayers = 2;

    // However many answers come at once: so many are unpacked, which is what takes memory.
    private readonly SemaphoreSlim _unpacking = new(2, 2);

    /// <summary>The unpacked body.</summary>
    /// <param name="response">The answer, its header read.</param>
    /// <param name="patience">Cut short anew with each piece: the pause that an answer may make.</param>
    /// <param name="notes">Receives damage.</param>
    /// <param name="cancellationToken">Of the whole fetch.</param>
    /// <exception cref="FetchFailure">It is larger than it may be, or cannot be unpacked.</exception>
    public async Task<byte[]> ReadAsync(
        HttpResponseMessage response, CancellationTokenSource patience, List<string> notes, CancellationToken cancellationToken)
    {
        var packed = await ReadPackedAsync(response, patience, cancellationToken).ConfigureAwait(false);
        var encodings = response.Content.Headers.ContentEncoding;
        if (encodings.Count == 0)
            return packed;
        if (encodings.Count > MostLayers)
            throw new FetchFailure(FetchOutcome.Failed, $"is packed {encodings.Count} times over");
        await _unpacking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var limits = new DocumentOptions { MaxDocumentBytes = options.MostUnpackedBytes };
            return BodyEncoding.TryDecode(string.Join(',', encodings), ref packed, limits, notes, out var reason)
                ? packed
                : throw new FetchFailure(FetchOutcome.Failed, reason);
        }
        finally
        {
            _unpacking.Release();
        }
    }

    /// <summary>The first value of a field of the header; null where there is none.</summary>
    public static string? Field(HttpResponseMessage response, string name)
    {
        HttpHeaders[] headers = [response.Headers, response.Content.Headers];
        return headers.Select(part => part.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null).OfType<string>().FirstOrDefault();
    }

    /// <inheritdoc/>
    public void Dispose() => _unpacking.Dispose();

    private async Task<byte[]> ReadPackedAsync(
        HttpResponseMessage response, CancellationTokenSource patience, CancellationToken cancellationToken)
    {
        var tooLong = new FetchFailure(FetchOutcome.Failed, $"is longer than {options.MostBytes >> 20} MiB");
        if (response.Content.Headers.ContentLength > options.MostBytes)
            throw tooLong;
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        var piece = new byte[1 << 15];
        int length;
        while ((length = await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (body.Length + length > options.MostBytes)
                throw tooLong;
            body.Write(piece, 0, length);
            patience.CancelAfter(options.SilentTime);
        }

        return body.ToArray();
    }
}
