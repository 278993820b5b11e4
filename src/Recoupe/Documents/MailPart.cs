using System.Text;

namespace Recoupe.Documents;

/// <summary>A mail or a part of one: its header, and its bytes or the parts in it.</summary>
internal sealed class MailPart
{
    private MailPart(HeaderFields fields, ReadOnlyMemory<byte> body)
    {
        Fields = fields;
        Body = body;
        var type = fields["content-type"] ?? "text/plain";
        Media = type.Split(';')[0].Trim().ToLowerInvariant();
        Charset = Parameter(type, "charset");
        IsAttachment = fields["content-disposition"]?.TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true;
    }

    public HeaderFields Fields { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The media type, in lower case.</summary>
    public string Media { get; }

    public string? Charset { get; }

    public bool IsAttachment { get; }

    public List<MailPart> Parts { get; } = [];

    /// <summary>Its bytes, decoded from what mail writes them in.</summary>
    public byte[] Content => MailEncoding.Unpack(Body.Span, Fields["content-transfer-encoding"]);

    /// <summary>Takes a mail apart.</summary>
    /// <param name="mail">All of it.</param>
    /// <param name="options">Limits.</param>
    /// <param name="notes">Receives what was left out for a limit.</param>
    public static MailPart Read(ReadOnlyMemory<byte> mail, DocumentOptions options, List<string> notes)
    {
        var count = 0;
        return Read(mail, options, notes, depth: 0, ref count);
    }

    private static MailPart Read(ReadOnlyMemory<byte> mail, DocumentOptions options, List<string> notes, int depth, ref int count)
    {
        var part = Split(mail, options, notes);
        var inner = new List<ReadOnlyMemory<byte>>();
        if (part.Media.StartsWith("multipart/", StringComparison.Ordinal) && Parameter(part.Fields["content-type"]!, "boundary") is { Length: > 0 } boundary)
            inner = Cut(part.Body, boundary, options.MaxParts + 1);
        else if (part.Media == "message/rfc822")
            inner.Add(part.Content);
        foreach (var bytes in inner)
        {
            if (depth >= options.MaxPartDepth || ++count > options.MaxParts)
            {
                const string Note = "the mail has more parts, or deeper ones, than are read: the rest was left out";
                if (!notes.Contains(Note))
                    notes.Add(Note);
                break;
            }

            part.Parts.Add(Read(bytes, options, notes, depth + 1, ref count));
        }

        return part;
    }

    private static MailPart Split(ReadOnlyMemory<byte> mail, DocumentOptions options, List<string> notes)
    {
        var fields = new HeaderFields();
        var at = 0;
        while (at < mail.Length)
        {
            var rest = mail.Span[at..];
            var end = rest.IndexOf((byte)'\n');
            var line = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            at += end < 0 ? rest.Length : end + 1;
            if (line.IsEmpty)
                break;
            if (at <= options.MaxHeaderBytes)
                fields.Add(Encoding.UTF8.GetString(line));
        }

        if (at > options.MaxHeaderBytes)
            notes.Add($"the mail's header is longer than {options.MaxHeaderBytes >> 10} KiB: the rest of it was read past");
        return new MailPart(fields, mail[at..]);
    }

    // Boundaries stand at the beginning of a line.
    private static List<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> body, string boundary, int limit)
    {
        var mark = Encoding.UTF8.GetBytes("--" + boundary);
        var parts = new List<ReadOnlyMemory<byte>>();
        var start = -1;
        for (var i = 0; i < body.Length && parts.Count < limit;)
        {
            var at = body.Span[i..].IndexOf(mark);
            if (at < 0)
                break;
            at += i;
            i = at + mark.Length;
            if (at > 0 && body.Span[at - 1] != (byte)'\n')
                continue;
            if (start >= 0)
                parts.Add(body[start..BeforeLineEnd(body.Span, start, at)]);
            var line = body.Span[i..].IndexOf((byte)'\n');
            start = line < 0 ? body.Length : i + line + 1;
            // "--boundary--" ends them; what follows is an epilogue.
            if (body.Span[i..].StartsWith("--"u8))
                return parts;
        }

        if (start >= 0 && start < body.Length && parts.Count < limit)
            parts.Add(body[start..]);
        return parts;
    }

    // The line end before a boundary belongs to the boundary.
    private static int BeforeLineEnd(ReadOnlySpan<byte> body, int start, int end)
    {
        if (end > start && body[end - 1] == (byte)'\n')
            end--;
        return end > start && body[end - 1] == (byte)'\r' ? end - 1 : end;
    }

    // "charset = \"utf-8\""
    private static string? Parameter(string header, string name)
    {
        for (var at = header.IndexOf(';', StringComparison.Ordinal); at >= 0; at = header.IndexOf(';', at + 1))
        {
            var rest = header.AsSpan(at + 1).TrimStart();
            if (!rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                continue;
            rest = rest[name.Length..].TrimStart();
            if (rest is not ['=', ..])
                continue;
            rest = rest[1..].TrimStart();
            if (rest is ['"', ..])
                return rest[1..].IndexOf('"') is >= 0 and var quote ? rest[1..][..quote].ToString() : rest[1..].Trim().ToString();
            var end = rest.IndexOfAny("; \t");
            return (end < 0 ? rest : rest[..end]).Trim().ToString();
        }

        return null;
    }
}
