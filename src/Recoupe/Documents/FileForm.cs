using System.Text;

namespace Recoupe.Documents;

/// <summary>What a file is, told by its first bytes.</summary>
internal enum FileForm
{
    PlainText,
    Html,
    Json,
    Feed,
    Warc,
    Arc,
    Sitemap,
    Mbox,
    Mail,
    Pdf,
    Zip,
    Office,
    Picture,
    Binary,
    Empty,

    /// <summary>Packed, and nothing of it can be unpacked.</summary>
    Damaged,
}

/// <summary>Tells what a file is by its content.</summary>
internal static class FileForms
{
    private static readonly string[] MailHeaders =
        ["from", "to", "date", "subject", "mime-version", "received", "return-path", "message-id", "delivered-to", "dkim-signature", "reply-to", "list-unsubscribe", "content-type"];

    private static readonly string[] HtmlTags =
        ["html", "head", "body", "p", "div", "meta", "title", "article", "section", "span", "a", "h1", "h2", "table", "script", "link", "br", "ul", "img", "main", "header"];

    /// <summary>The form of a file that begins with <paramref name="head"/>.</summary>
    public static FileForm Of(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return FileForm.Empty;
        if (head.StartsWith("%PDF-"u8))
            return FileForm.Pdf;
        if (head.StartsWith("PK\x03\x04"u8))
            return FileForm.Zip;
        if (head is [0xD0, 0xCF, 0x11, 0xE0, ..] || head.StartsWith("{\\rtf"u8))
            return FileForm.Office;
        if (head is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] || head.StartsWith("GIF8"u8) || head.StartsWith("RIFF"u8))
            return FileForm.Picture;
        if (head.StartsWith("WARC/"u8))
            return FileForm.Warc;
        if (head.StartsWith("filedesc://"u8))
            return FileForm.Arc;
        if (!TextDecoder.LooksLikeText(head))
            return FileForm.Binary;
        var text = TextDecoder.Decode(head, null, new List<string>()).AsSpan().TrimStart();
        return text.IsEmpty ? FileForm.Empty : OfText(text);
    }

    private static FileForm OfText(ReadOnlySpan<char> text)
    {
        if (text[0] == '{' && text[1..].TrimStart() is ['"' or '}', ..] || text[0] == '[' && text[1..].TrimStart() is ['{' or ']', ..])
            return FileForm.Json;
        if (text[0] == '<')
            return OfMarkup(text);
        if (text.StartsWith("From ") && MailLine(text[(text.IndexOf('\n') + 1)..]))
            return FileForm.Mbox;
        if (IsMail(text))
            return FileForm.Mail;
        return CountTags(text) >= 6 ? FileForm.Html : FileForm.PlainText;
    }

    private static FileForm OfMarkup(ReadOnlySpan<char> text)
    {
        // Past the declaration, comments, processing instructions and the document type: the root element.
        for (var i = 0; i < 40 && text.Length > 1 && text[0] == '<' && text[1] is '?' or '!'; i++)
        {
            if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase))
                return FileForm.Html;
            var close = text.StartsWith("<!--") ? text.IndexOf("-->") + 2 : DeclarationEnd(text);
            if (close < 2)
                break;
            text = text[(close + 1)..].TrimStart();
        }

        var name = TagName(text);
        if (name is "urlset" or "sitemapindex")
            return FileForm.Sitemap;
        if (name is "rss" or "feed" || name.EndsWith(":rdf", StringComparison.Ordinal) || name == "rdf")
            return FileForm.Feed;
        if (Array.IndexOf(HtmlTags, name) >= 0 || CountTags(text) >= 3)
            return FileForm.Html;
        return FileForm.PlainText;
    }

    // A document type may hold declarations of its own in brackets.
    private static int DeclarationEnd(ReadOnlySpan<char> text)
    {
        var close = text.IndexOf('>');
        return text.IndexOf('[') is > 0 and var open && open < close && text.IndexOf("]>") is > 0 and var end ? end + 1 : close;
    }

    private static string TagName(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '<')
            return "";
        var end = 1;
        while (end < text.Length && end < 24 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is ':' or '-' or '_'))
            end++;
        return text[1..end].ToString().ToLowerInvariant();
    }

    private static int CountTags(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < 6)
        {
            var open = text.IndexOf('<');
            if (open < 0)
                break;
            text = text[open..];
            if (Array.IndexOf(HtmlTags, TagName(text)) >= 0)
                count++;
            text = text[1..];
        }

        return count;
    }

    private static bool IsMail(ReadOnlySpan<char> text)
    {
        var known = 0;
        for (var lines = 0; lines < 60 && !text.IsEmpty; lines++)
        {
            var end = text.IndexOf('\n');
            var line = (end < 0 ? text : text[..end]).TrimEnd('\r');
            if (line.IsEmpty)
                break;
            if (line[0] is not (' ' or '\t'))
            {
                if (!MailLine(line))
                    return false;
                var name = line[..line.IndexOf(':')].ToString().ToLowerInvariant();
                if (Array.IndexOf(MailHeaders, name) >= 0)
                    known++;
            }

            text = end < 0 ? [] : text[(end + 1)..];
        }

        return known >= 3;
    }

    // A header line: a name of letters and hyphens, a colon.
    private static bool MailLine(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        if (colon is < 1 or > 60)
            return false;
        foreach (var c in line[..colon])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return true;
    }
}
