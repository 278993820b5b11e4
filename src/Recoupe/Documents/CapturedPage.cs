using System.Globalization;
using System.Text;

using Recoupe.Dates;

namespace Recoupe.Documents;

/// <summary>What an archive record holds: an answer over HTTP, or bytes with a type.</summary>
/// <param name="Address">Its address, or null.</param>
/// <param name="Captured">When it was captured, or null.</param>
/// <param name="Type">The record's own media type, or null.</param>
/// <param name="IsCut">Whether the archive says, or shows, that it was cut off.</param>
internal sealed record CapturedRecord(string? Address, Moment? Captured, string? Type, bool IsCut);

/// <summary>Makes documents of captured answers. Headers are believed as far as they fit the body.</summary>
internal static class CapturedPage
{
    private static readonly string[] TextTypes = ["text/html", "application/xhtml+xml", "text/plain", "", "application/octet-stream", "binary/octet-stream", "application/unknown", "application/x-unknown-content-type", "unknown/unknown", "text/xml", "application/xml", "no-type"];

    /// <summary>The page, or what stands in its place; null in both where <paramref name="other"/> says what the record is.</summary>
    public static Intake? Read(CapturedRecord record, byte[] payload, DocumentPlace place, DocumentOptions options, out string? other)
    {
        other = null;
        var notes = new List<string>();
        var type = record.Type ?? "";
        var body = payload;
        if (StartsWithHttp(payload))
        {
            var http = new ArchiveStream(new MemoryStream(payload, writable: false));
            var status = http.ReadLine(1 << 16)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (status is not [_, { Length: 3 } code, ..])
                return place.Skip("holds no HTTP response");
            var fields = HeaderFields.Read(http, options.MaxHeaderBytes);
            if (code[0] != '2')
            {
                other = $"answer with status {code}";
                return null;
            }

            type = fields["content-type"] ?? "";
            body = http.ReadBytes(payload.Length);
            if (fields["transfer-encoding"]?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true)
                body = Unchunk(body);
            if (!BodyEncoding.TryDecode(fields["content-encoding"], ref body, options, notes, out var reason))
                return place.Skip(reason);
        }
        else if (type.StartsWith("application/http", StringComparison.OrdinalIgnoreCase))
        {
            return place.Skip("holds no HTTP response");
        }

        if (body.Length == 0)
        {
            other = "answer without content";
            return null;
        }

        return OfBody(record, type, body, notes, place, out other);
    }

    /// <summary>The page that a body is, or what stands in its place; null where <paramref name="other"/> says what it is.</summary>
    public static Intake? OfBody(CapturedRecord record, string type, byte[] body, List<string> notes, DocumentPlace place, out string? other)
    {
        other = null;
        var media = type.Split(';')[0].Trim().ToLowerInvariant();
        var form = FileForms.Of(body.AsSpan(0, Math.Min(body.Length, DocumentReader.PeekWindow)));
        if (media == "application/pdf" || form == FileForm.Pdf)
            return place.Skip("is a PDF, which is out of scope");
        var isText = form == FileForm.PlainText && media is "text/plain" or "text/html" or "application/xhtml+xml" or "";
        if (Array.IndexOf(TextTypes, media) < 0 || form != FileForm.Html && !isText)
        {
            other = form == FileForm.Feed ? "feed" : "other content";
            return null;
        }

        string? charset = null;
        if (type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            charset = type[(at + 8)..].Split(';')[0].Trim().Trim('"', '\'');
        if (record.IsCut)
            notes.Add("the capture was cut off");
        var content = TextDecoder.Decode(body, charset, notes);
        return new Intake(
            new Document
            {
                Source = place.Source,
                Name = place.Name,
                Form = form == FileForm.Html ? DocumentForm.Html : DocumentForm.PlainText,
                Content = content,
                Raw = RawContent.Of(body, type, content),
                Url = record.Address,
                Captured = record.Captured,
                Partial = record.IsCut,
                Notes = notes,
            },
            null);
    }

    private static bool StartsWithHttp(ReadOnlySpan<byte> payload) => payload.Length > 5 && Ascii.EqualsIgnoreCase(payload[..5], "HTTP/");

    // A body that is no chunks stands there whole, whatever the header says; one that breaks off inside a chunk gives what is there.
    private static byte[] Unchunk(byte[] body)
    {
        using var result = new MemoryStream(body.Length);
        var at = 0;
        while (at < body.Length && ChunkLength(body, ref at) is { } length)
        {
            if (length == 0)
                return result.ToArray();
            var take = (int)Math.Min(length, body.Length - at);
            result.Write(body, at, take);
            at += take;
            if (at < body.Length && body[at] is not ((byte)'\r' or (byte)'\n'))
                break;
            while (at < body.Length && body[at] is (byte)'\r' or (byte)'\n')
                at++;
        }

        return result.Length == 0 || at < body.Length && result.Length < body.Length / 2 ? body : result.ToArray();
    }

    // "1a2b;name=value" and a line end; null where it is none.
    private static long? ChunkLength(byte[] body, ref int at)
    {
        var end = Array.IndexOf(body, (byte)'\n', at, Math.Min(body.Length - at, 256));
        if (end < 0)
            return null;
        var line = Encoding.ASCII.GetString(body, at, end - at).Split(';')[0].Trim();
        if (line.Length is 0 or > 8 || !long.TryParse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length))
            return null;
        at = end + 1;
        return length;
    }
}
