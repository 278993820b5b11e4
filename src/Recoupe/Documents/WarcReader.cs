using System.IO.Compression;
using System.Text;

using Recoupe.Dates;

namespace Recoupe.Documents;

/// <summary>Reads WARC 1.0 and 1.1: one document per captured page, streamed record by record.</summary>
/// <remarks>
/// Pages are the 200 responses, resources and conversions with HTML or plain text. Other records are passed over; what is damaged or too long is
/// named. A revisit record tells of a page that was captured before: it gives no document.
/// </remarks>
internal static class WarcReader
{
    private const int MaxHeader = 1 << 16;

    /// <summary>The pages of an archive.</summary>
    public static IEnumerable<Intake> Read(Stream stream, DocumentPlace place, DocumentOptions options)
    {
        var lines = new LineStream(stream);
        for (var number = 1; ; number++)
        {
            var at = place.At(number);
            var headers = ReadHeaders(lines, out var version, out var problem);
            if (headers is null)
            {
                if (problem is not null)
                    yield return at.Skip(problem);
                yield break;
            }

            if (!version!.StartsWith("WARC/", StringComparison.Ordinal) || !long.TryParse(headers.GetValueOrDefault("content-length"), out var length) || length < 0)
            {
                yield return at.Skip("is no WARC record: the archive is damaged from here");
                yield break;
            }

            var wanted = IsWanted(headers);
            if (!wanted || length > options.MaxDocumentBytes)
            {
                var whole = lines.Skip(length);
                if (wanted)
                    yield return at.Skip($"the record is longer than {options.MaxDocumentBytes >> 20} MiB");
                if (!whole)
                {
                    yield return at.Skip("the archive is cut off in this record");
                    yield break;
                }

                continue;
            }

            var payload = new byte[length];
            var read = lines.Read(payload);
            if (Document(headers, payload.AsSpan(0, read).ToArray(), at, options, read < length) is { } intake)
                yield return intake;
            if (read < length)
                yield break;
        }
    }

    private static bool IsWanted(Dictionary<string, string> headers) => headers.GetValueOrDefault("warc-type") is "response" or "resource" or "conversion";

    private static Dictionary<string, string>? ReadHeaders(LineStream lines, out string? version, out string? problem)
    {
        problem = null;
        version = null;
        try
        {
            // Empty lines part the records.
            do
                version = lines.ReadLine(MaxHeader);
            while (version is { Length: 0 });
            return version is null ? null : ReadFields(lines);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            problem = "the archive is damaged or cut off here: the records before it were read";
            return null;
        }
    }

    private static Dictionary<string, string> ReadFields(LineStream lines)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? last = null;
        while (lines.ReadLine(MaxHeader) is { Length: > 0 } line && headers.Count < 500)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line[0] is ' ' or '\t' && last is not null)
                headers[last] += " " + line.Trim();
            else if (colon > 0)
                headers[last = line[..colon].Trim().ToLowerInvariant()] = line[(colon + 1)..].Trim();
        }

        return headers;
    }

    private static Intake? Document(Dictionary<string, string> headers, byte[] payload, DocumentPlace place, DocumentOptions options, bool cut)
    {
        var notes = new List<string>();
        var type = headers.GetValueOrDefault("content-type") ?? "";
        string? charset = null;
        var body = payload;
        if (type.StartsWith("application/http", StringComparison.OrdinalIgnoreCase) || headers.GetValueOrDefault("warc-type") == "response" && payload.AsSpan().StartsWith("HTTP/"u8))
        {
            var http = new LineStream(new MemoryStream(payload, writable: false));
            var status = http.ReadLine(MaxHeader)?.Split(' ', 3);
            if (status is not [_, var code, ..] || code.Length != 3)
                return place.Skip("holds no HTTP response");
            var fields = ReadFields(http);
            if (code[0] != '2')
                return null;
            type = fields.GetValueOrDefault("content-type") ?? "";
            body = http.ReadRest();
            if (fields.GetValueOrDefault("transfer-encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true)
                body = Unchunk(body);
            if (!TryDecompress(fields.GetValueOrDefault("content-encoding"), ref body, options, notes, out var reason))
                return place.Skip(reason);
        }

        if (type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            charset = type[(at + 8)..].Split(';')[0].Trim().Trim('"');
        var media = type.Split(';')[0].Trim().ToLowerInvariant();
        var form = FileForms.Of(body.AsSpan(0, Math.Min(body.Length, DocumentReader.PeekWindow)));
        if (media is not ("text/html" or "application/xhtml+xml" or "text/plain" or "") || form is not (FileForm.Html or FileForm.PlainText))
            return media == "application/pdf" ? place.Skip("is a PDF, which is out of scope") : null;
        if (cut || headers.ContainsKey("warc-truncated"))
            notes.Add("the capture was cut off");
        return new Intake(
            new Document
            {
                Source = place.Source,
                Name = place.Name,
                Form = form == FileForm.Html ? DocumentForm.Html : DocumentForm.PlainText,
                Content = TextDecoder.Decode(body, charset, notes),
                Url = headers.GetValueOrDefault("warc-target-uri")?.Trim('<', '>'),
                Captured = Moment.Parse(headers.GetValueOrDefault("warc-date")),
                Partial = cut || headers.ContainsKey("warc-truncated"),
                Notes = notes,
            },
            null);
    }

    // A body that breaks off inside a chunk gives what is there.
    private static byte[] Unchunk(byte[] body)
    {
        using var result = new MemoryStream(body.Length);
        var at = 0;
        while (at < body.Length)
        {
            var end = Array.IndexOf(body, (byte)'\n', at);
            if (end < 0 || end - at > 64)
                break;
            var line = Encoding.ASCII.GetString(body, at, end - at).Split(';')[0].Trim();
            if (!int.TryParse(line, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var length) || length < 0)
                return at == 0 ? body : result.ToArray();
            if (length == 0)
                break;
            var take = Math.Min(length, body.Length - end - 1);
            result.Write(body, end + 1, take);
            at = end + 1 + take;
            while (at < body.Length && body[at] is (byte)'\r' or (byte)'\n')
                at++;
        }

        return result.ToArray();
    }

    private static bool TryDecompress(string? encoding, ref byte[] body, DocumentOptions options, List<string> notes, out string reason)
    {
        reason = "";
        foreach (var name in (encoding ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            var packed = new MemoryStream(body, writable: false);
            Stream? unpacked = name.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => body is [0x1F, 0x8B, ..] ? new GZipStream(packed, CompressionMode.Decompress) : null,
                "deflate" => body is [0x78, ..] ? new ZLibStream(packed, CompressionMode.Decompress) : new DeflateStream(packed, CompressionMode.Decompress),
                "br" => new BrotliStream(packed, CompressionMode.Decompress),
                _ => null,
            };
            if (unpacked is null)
            {
                // Some archivers keep the header and unpack the body.
                if (name is "gzip" or "x-gzip" or "identity")
                    continue;
                reason = $"is packed with {name}, which cannot be read";
                return false;
            }

            using (unpacked)
            {
                using var result = new MemoryStream();
                var chunk = new byte[1 << 16];
                try
                {
                    int length;
                    while ((length = unpacked.Read(chunk, 0, chunk.Length)) > 0)
                    {
                        result.Write(chunk, 0, length);
                        if (result.Length > options.MaxDocumentBytes)
                        {
                            reason = $"unpacks to more than {options.MaxDocumentBytes >> 20} MiB";
                            return false;
                        }
                    }
                }
                catch (Exception exception) when (exception is InvalidDataException or IOException or InvalidOperationException)
                {
                    if (result.Length == 0 && name == "br")
                        continue;
                    notes.Add("the packed body is damaged: what could be unpacked was read");
                }

                body = result.ToArray();
            }
        }

        return true;
    }

    /// <summary>Reads lines and counted bytes from one stream.</summary>
    private sealed class LineStream(Stream stream)
    {
        private readonly byte[] _buffer = new byte[1 << 16];
        private int _at;
        private int _end;

        /// <summary>A line without its end, or null at the end of the stream.</summary>
        public string? ReadLine(int limit)
        {
            var line = new StringBuilder();
            while (true)
            {
                if (_at == _end && !Fill())
                    return line.Length > 0 ? line.ToString().TrimEnd('\r') : null;
                var end = Array.IndexOf(_buffer, (byte)'\n', _at, _end - _at);
                var stop = end < 0 ? _end : end;
                if (line.Length < limit)
                    line.Append(Encoding.UTF8.GetString(_buffer, _at, stop - _at));
                _at = end < 0 ? stop : stop + 1;
                if (end >= 0)
                    return line.ToString().TrimEnd('\r');
            }
        }

        /// <summary>Fills <paramref name="target"/> as far as the stream goes.</summary>
        public int Read(byte[] target)
        {
            var count = 0;
            try
            {
                while (count < target.Length && (_at < _end || Fill()))
                {
                    var take = Math.Min(target.Length - count, _end - _at);
                    Array.Copy(_buffer, _at, target, count, take);
                    _at += take;
                    count += take;
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                // A damaged last member: what came out of it before is kept.
            }

            return count;
        }

        /// <summary>Passes over bytes; false where the stream ends before.</summary>
        public bool Skip(long count)
        {
            while (count > 0)
            {
                try
                {
                    if (_at == _end && !Fill())
                        return false;
                }
                catch (Exception exception) when (exception is InvalidDataException or IOException)
                {
                    return false;
                }

                var take = (int)Math.Min(count, _end - _at);
                _at += take;
                count -= take;
            }

            return true;
        }

        public byte[] ReadRest()
        {
            using var rest = new MemoryStream();
            while (_at < _end || Fill())
            {
                rest.Write(_buffer, _at, _end - _at);
                _at = _end;
            }

            return rest.ToArray();
        }

        private bool Fill()
        {
            _at = 0;
            _end = stream.Read(_buffer, 0, _buffer.Length);
            return _end > 0;
        }
    }
}
