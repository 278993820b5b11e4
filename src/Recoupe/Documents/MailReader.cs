using System.Text;

namespace Recoupe.Documents;

/// <summary>Reads newsletters: one mail (eml) or a folder of them (mbox). The HTML part wins over the plain one.</summary>
internal static class MailReader
{
    private const int MaxDepth = 8;
    private const int MaxParts = 200;

    /// <summary>The mails of an mbox file, parted by "From " lines.</summary>
    public static IEnumerable<Intake> ReadMbox(Stream stream, DocumentPlace place, DocumentOptions options)
    {
        var number = 0;
        using var mail = new MemoryStream();
        var afterEmpty = true;
        var tooLong = false;
        foreach (var line in Lines(stream))
        {
            var empty = line.AsSpan().Trim("\r\n"u8).IsEmpty;
            if (afterEmpty && line.AsSpan().StartsWith("From "u8))
            {
                if (mail.Length > 0 || tooLong)
                    yield return tooLong ? place.At(++number).Skip($"the mail is longer than {options.MaxDocumentBytes >> 20} MiB") : Read(mail.ToArray(), place.At(++number));
                mail.SetLength(0);
                tooLong = false;
            }
            else if (mail.Length + line.Length > options.MaxDocumentBytes)
            {
                tooLong = true;
            }
            else
            {
                // ">From " was quoted by the writer of the file.
                var quoted = line.AsSpan().StartsWith(">From "u8);
                mail.Write(quoted ? line.AsSpan(1) : line);
            }

            afterEmpty = empty;
        }

        if (tooLong)
            yield return place.At(++number).Skip($"the mail is longer than {options.MaxDocumentBytes >> 20} MiB");
        else if (mail.Length > 0)
            yield return Read(mail.ToArray(), place.At(++number));
    }

    /// <summary>One mail.</summary>
    public static Intake Read(byte[] bytes, DocumentPlace place)
    {
        var notes = new List<string>();
        var parts = 0;
        var (headers, body) = Split(bytes);
        string? html = null, text = null;
        Walk(headers, body, 0, ref parts, ref html, ref text, notes);
        if (html is null && text is null)
            return place.Skip("the mail has no text");
        var id = headers.GetValueOrDefault("message-id")?.Trim().Trim('<', '>');
        return new Intake(
            new Document
            {
                Source = place.Source,
                Name = place.Name,
                Id = id is { Length: > 0 } ? id : null,
                Form = html is not null ? DocumentForm.Html : DocumentForm.PlainText,
                Content = html ?? text!,
                Title = Words(headers.GetValueOrDefault("subject")) is { Length: > 0 } subject ? subject : null,
                Outlet = Sender(Words(headers.GetValueOrDefault("from"))),
                Published = FeedReader.ParseTime(headers.GetValueOrDefault("date")),
                Notes = notes,
            },
            null);
    }

    private static string? Sender(string? from)
    {
        if (from is null)
            return null;
        var open = from.IndexOf('<', StringComparison.Ordinal);
        var name = (open > 0 ? from[..open] : "").Trim().Trim('"').Trim();
        return name.Length > 0 ? name : null;
    }

    private static void Walk(Dictionary<string, string> headers, byte[] body, int depth, ref int parts, ref string? html, ref string? text, List<string> notes)
    {
        if (depth > MaxDepth || ++parts > MaxParts)
            return;
        var type = headers.GetValueOrDefault("content-type") ?? "text/plain";
        var media = type.Split(';')[0].Trim().ToLowerInvariant();
        if (media.StartsWith("multipart/", StringComparison.Ordinal) && Parameter(type, "boundary") is { } boundary)
        {
            foreach (var part in Parts(body, boundary))
            {
                var (inner, content) = Split(part);
                Walk(inner, content, depth + 1, ref parts, ref html, ref text, notes);
            }

            return;
        }

        if (headers.GetValueOrDefault("content-disposition")?.StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true || media is not ("text/html" or "text/plain"))
            return;
        var decoded = TextDecoder.Decode(Unpack(body, headers.GetValueOrDefault("content-transfer-encoding")), Parameter(type, "charset"), notes);
        if (media == "text/html")
            html ??= decoded;
        else
            text ??= decoded;
    }

    private static byte[] Unpack(byte[] body, string? encoding)
    {
        switch (encoding?.Trim().ToLowerInvariant())
        {
            case "base64":
                var letters = new StringBuilder(body.Length);
                foreach (var b in body)
                {
                    if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/')
                        letters.Append((char)b);
                }

                var whole = letters.Length / 4 * 4;
                var tail = letters.Length - whole;
                if (tail == 1)
                    letters.Length = whole;
                else if (tail > 1)
                    letters.Append('=', 4 - tail);
                return Convert.FromBase64String(letters.ToString());
            case "quoted-printable":
                return Unquote(body, underscores: false);
            default:
                return body;
        }
    }

    private static byte[] Unquote(ReadOnlySpan<byte> body, bool underscores)
    {
        using var result = new MemoryStream(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] == (byte)'_' && underscores)
                result.WriteByte((byte)' ');
            else if (body[i] != (byte)'=')
                result.WriteByte(body[i]);
            else if (i + 2 < body.Length && byte.TryParse(Encoding.ASCII.GetString(body.Slice(i + 1, 2)), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value))
            {
                result.WriteByte(value);
                i += 2;
            }
            else if (i + 1 < body.Length && body[i + 1] == (byte)'\n')
                i++;
            else if (i + 2 < body.Length && body[i + 1] == (byte)'\r' && body[i + 2] == (byte)'\n')
                i += 2;
            else
                result.WriteByte(body[i]);
        }

        return result.ToArray();
    }

    // The words of a header: "=?utf-8?Q?…?=" and its like (RFC 2047).
    private static string? Words(string? header)
    {
        if (header is null || !header.Contains("=?", StringComparison.Ordinal))
            return header;
        var result = new StringBuilder();
        for (var i = 0; i < header.Length;)
        {
            var start = header.IndexOf("=?", i, StringComparison.Ordinal);
            if (start < 0)
            {
                result.Append(header, i, header.Length - i);
                break;
            }

            var parts = header[(start + 2)..].Split('?', 4);
            if (parts.Length < 4 || !parts[3].StartsWith('='))
            {
                result.Append(header, i, start + 2 - i);
                i = start + 2;
                continue;
            }

            // White space between two such words is none.
            if (!string.IsNullOrWhiteSpace(header[i..start]) || i == 0)
                result.Append(header, i, start - i);
            var bytes = Encoding.ASCII.GetBytes(parts[2]);
            bytes = parts[1] is "B" or "b" ? Unpack(bytes, "base64") : Unquote(bytes, underscores: true);
            result.Append(TextDecoder.Decode(bytes, parts[0], new List<string>()));
            i = start + 2 + parts[0].Length + 1 + parts[1].Length + 1 + parts[2].Length + 2;
        }

        return result.ToString();
    }

    private static string? Parameter(string header, string name)
    {
        var at = header.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var value = header[(at + name.Length + 1)..];
        if (value.StartsWith('"'))
            return value[1..].Split('"')[0];
        return value.Split([';', ' '], 2)[0].Trim();
    }

    private static List<byte[]> Parts(byte[] body, string boundary)
    {
        var mark = Encoding.ASCII.GetBytes("--" + boundary);
        var parts = new List<byte[]>();
        var start = -1;
        for (var i = 0; i <= body.Length - mark.Length && parts.Count < MaxParts;)
        {
            var at = body.AsSpan(i).IndexOf(mark);
            if (at < 0)
                break;
            at += i;
            if (at == 0 || body[at - 1] == (byte)'\n')
            {
                if (start >= 0)
                    parts.Add(body[start..at]);
                var line = Array.IndexOf(body, (byte)'\n', at);
                start = line < 0 ? body.Length : line + 1;
            }

            i = at + mark.Length;
        }

        if (start >= 0 && start < body.Length)
            parts.Add(body[start..]);
        return parts;
    }

    private static (Dictionary<string, string> Headers, byte[] Body) Split(byte[] mail)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? last = null;
        var at = 0;
        while (at < mail.Length)
        {
            var end = Array.IndexOf(mail, (byte)'\n', at);
            var stop = end < 0 ? mail.Length : end;
            var line = Encoding.UTF8.GetString(mail, at, stop - at).TrimEnd('\r');
            at = Math.Min(mail.Length, stop + 1);
            if (line.Length == 0)
                break;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line[0] is ' ' or '\t' && last is not null)
                headers[last] += " " + line.Trim();
            else if (colon > 0 && headers.Count < 500)
                headers.TryAdd(last = line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
        }

        return (headers, mail[at..]);
    }

    // Lines with their ends.
    private static IEnumerable<byte[]> Lines(Stream stream)
    {
        var chunk = new byte[1 << 16];
        using var line = new MemoryStream();
        int length;
        while ((length = stream.Read(chunk, 0, chunk.Length)) > 0)
        {
            for (var i = 0; i < length;)
            {
                var end = Array.IndexOf(chunk, (byte)'\n', i, length - i);
                var stop = end < 0 ? length : end + 1;
                line.Write(chunk, i, stop - i);
                i = stop;
                if (end < 0)
                    break;
                yield return line.ToArray();
                line.SetLength(0);
            }
        }

        if (line.Length > 0)
            yield return line.ToArray();
    }
}
