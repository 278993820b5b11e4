using System.Buffers;
using System.Text;
using System.Text.Json;

using Recoupe.Dates;

namespace Recoupe.Documents;

/// <summary>Reads articles written as JSON: lines, one object, an array, a JSON Feed.</summary>
internal static class JsonDocuments
{
    private const string HalfPair = "holds half of a surrogate pair (\\uD800 to \\uDFFF): write the character whole";

    private const string Remedy = "each line must be one JSON object with \"text\" or \"html\"";

    /// <summary>The articles of a JSON file.</summary>
    public static IEnumerable<Intake> Read(PeekStream stream, DocumentPlace place, DocumentOptions options)
    {
        if (FirstLineIsWhole(stream.Peek()))
            return ReadLines(stream, place, options);
        return ReadWhole(stream, place, options, out var rest) is { } whole ? whole : ReadLines(rest, place, options);
    }

    /// <summary>Whether the first line alone is a JSON object, or too long to be told.</summary>
    private static bool FirstLineIsWhole(ReadOnlySpan<byte> head)
    {
        if (!System.Text.Unicode.Utf8.IsValid(head[..Math.Min(head.Length, 2)]) || head.IndexOf((byte)0) >= 0)
            return false;
        if (head.StartsWith("\uFEFF"u8))
            head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        var end = head.IndexOf((byte)'\n');
        if (end < 0)
            return head.Length >= DocumentReader.PeekWindow - 16 && head[0] == (byte)'{';
        return TryParse(head[..end].ToArray(), out var json, out _) && Dispose(json);
    }

    private static bool Dispose(JsonDocument json)
    {
        json.Dispose();
        return true;
    }

    // A file that is one JSON value over several lines; null, and the file's bytes again, where it is not.
    private static List<Intake>? ReadWhole(PeekStream stream, DocumentPlace place, DocumentOptions options, out Stream rest)
    {
        rest = stream;
        if (DocumentReader.ReadToEnd(stream, options.MaxDocumentBytes) is not { } bytes)
            return [place.Skip($"is longer than {options.MaxDocumentBytes >> 20} MiB: cut it into JSON lines, one article each")];
        var notes = new List<string>();
        var utf8 = AsUtf8(bytes, notes);
        rest = new MemoryStream(utf8, writable: false);
        if (!TryParse(utf8, out var json, out _))
            return null;
        using (json)
        {
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
                return [.. root.EnumerateArray().Select((item, i) => ReadObject(item, place.At(i + 1), notes))];
            return IsFeed(root) ? ReadFeed(root, place, options) : [ReadObject(root, place, notes)];
        }
    }

    private static IEnumerable<Intake> ReadLines(Stream stream, DocumentPlace place, DocumentOptions options)
    {
        var number = 0;
        foreach (var line in Lines(stream, options.MaxDocumentBytes))
        {
            number++;
            var at = place.At(number);
            if (line is null)
            {
                yield return at.Skip($"the line is longer than {options.MaxDocumentBytes >> 20} MiB");
                continue;
            }

            var notes = new List<string>();
            var utf8 = AsUtf8(line, notes);
            if (utf8.AsSpan().Trim(" \t\r\n\0"u8).IsEmpty)
                continue;
            if (!TryParse(utf8, out var json, out var reason))
            {
                yield return at.Skip($"is no JSON ({reason}): {Remedy}");
                continue;
            }

            using (json)
            {
                if (IsFeed(json.RootElement))
                {
                    foreach (var intake in ReadFeed(json.RootElement, place, options))
                        yield return intake;
                }
                else
                {
                    yield return ReadObject(json.RootElement, at, notes);
                }
            }
        }
    }

    private static bool TryParse(byte[] utf8, out JsonDocument json, out string reason)
    {
        try
        {
            json = JsonDocument.Parse(utf8);
            reason = "";
            return true;
        }
        catch (JsonException exception)
        {
            json = null!;
            reason = $"at byte {exception.BytePositionInLine}";
            return false;
        }
    }

    private static byte[] AsUtf8(byte[] bytes, ICollection<string> notes)
    {
        if (bytes.AsSpan().StartsWith("\uFEFF"u8))
            return bytes[3..];
        return System.Text.Unicode.Utf8.IsValid(bytes) && bytes.AsSpan().IndexOf((byte)0) < 0
            ? bytes
            : Encoding.UTF8.GetBytes(TextDecoder.Decode(bytes, null, notes));
    }

    // Lines without their ends; null for a line that is longer than the limit.
    private static IEnumerable<byte[]?> Lines(Stream stream, int limit)
    {
        var chunk = new byte[1 << 16];
        var line = new ArrayBufferWriter<byte>(1 << 12);
        var tooLong = false;
        int length;
        while ((length = stream.Read(chunk, 0, chunk.Length)) > 0)
        {
            for (var i = 0; i < length;)
            {
                var end = Array.IndexOf(chunk, (byte)'\n', i, length - i);
                var stop = end < 0 ? length : end;
                if (line.WrittenCount + stop - i > limit)
                    tooLong = true;
                else
                    line.Write(chunk.AsSpan(i, stop - i));
                i = stop + 1;
                if (end < 0)
                    break;
                yield return tooLong ? null : line.WrittenSpan.ToArray();
                line.ResetWrittenCount();
                tooLong = false;
            }
        }

        if (tooLong || line.WrittenCount > 0)
            yield return tooLong ? null : line.WrittenSpan.ToArray();
    }

    private static Intake ReadObject(JsonElement root, DocumentPlace place, IEnumerable<string> intakeNotes)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return place.Skip($"is a JSON {root.ValueKind.ToString().ToLowerInvariant()}: {Remedy}");
        try
        {
            var notes = new List<string>(intakeNotes);
            var html = Text(root, "html");
            var text = Text(root, "text");
            if (html is null && text is null)
                return place.Skip($"has neither \"text\" nor \"html\": {Remedy}");
            return new Intake(
                new Document
                {
                    Source = place.Source,
                    Name = place.Name,
                    Id = Id(root),
                    Form = text is null ? DocumentForm.Html : DocumentForm.CleanText,
                    Content = text ?? html!,
                    Url = Text(root, "url"),
                    Title = Filled(Text(root, "title")),
                    Outlet = Filled(Text(root, "outlet")),
                    Byline = Names(root, "byline"),
                    Language = Filled(Text(root, "language")),
                    Published = Time(root, "published", notes),
                    Modified = Time(root, "modified", notes),
                    Captured = Time(root, "captured", notes),
                    Notes = notes,
                },
                null);
        }
        catch (InvalidOperationException)
        {
            return place.Skip(HalfPair);
        }
    }

    private static bool IsFeed(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.String
        && version.GetRawText().Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase) && root.TryGetProperty("items", out var items)
        && items.ValueKind == JsonValueKind.Array;

    private static List<Intake> ReadFeed(JsonElement root, DocumentPlace place, DocumentOptions options)
    {
        var result = new List<Intake>();
        string? outlet = null, language = null;
        try
        {
            (outlet, language) = (Title(root), Text(root, "language"));
        }
        catch (InvalidOperationException)
        {
            // The feed's own title holds half of a pair: its entries are read all the same.
        }

        foreach (var item in root.GetProperty("items").EnumerateArray())
        {
            if (result.Count == options.MaxEntries)
            {
                result.Add(new DocumentPlace($"{place.Source}:{result.Count + 1}", place.Name).Skip($"the feed has more than {options.MaxEntries} entries: those before were read"));
                break;
            }

            var at = place.At(result.Count + 1);
            try
            {
                result.Add(ReadEntry(item, at, outlet, language, options));
            }
            catch (InvalidOperationException)
            {
                result.Add(at.Skip(HalfPair));
            }
        }

        return result;
    }

    private static Intake ReadEntry(JsonElement item, DocumentPlace place, string? outlet, string? language, DocumentOptions options)
    {
        var notes = new List<string>();
        var html = Filled(Text(item, "content_html"));
        var text = Filled(Text(item, "content_text"));
        var summary = Filled(Text(item, "summary"));
        if (html is null && text is null && summary is null)
            return place.Skip("the entry has neither content nor summary");
        return new Intake(
            new Document
            {
                Source = place.Source,
                Name = place.Name,
                Key = DocumentIds.Canonical(Text(item, "url") ?? Text(item, "external_url") ?? Id(item)),
                Form = html is null ? DocumentForm.PlainText : DocumentForm.Fragment,
                Content = html ?? text ?? summary!,
                Partial = html is null && text is null,
                Url = Text(item, "url") ?? Text(item, "external_url"),
                Title = Title(item),
                Outlet = outlet,
                Byline = FeedAuthors(item),
                Language = Text(item, "language") ?? language,
                Published = WrittenTimes.Published(Text(item, "date_published"), "the entry", options, notes),
                Modified = WrittenTimes.Published(Text(item, "date_modified"), "the entry", options, []),
                Notes = notes,
            },
            null);
    }

    private static string? Title(JsonElement of) => Filled(Text(of, "title")) is { } title ? Filled(MarkupText.Title(title)) : null;

    private static List<string> FeedAuthors(JsonElement item)
    {
        var names = new List<string>();
        if (item.TryGetProperty("authors", out var authors) && authors.ValueKind == JsonValueKind.Array)
            names.AddRange(authors.EnumerateArray().Select(author => Text(author, "name")).OfType<string>());
        else if (item.TryGetProperty("author", out var author) && Text(author, "name") is { } name)
            names.Add(name);
        return names;
    }

    private static string? Id(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("id", out var id))
            return null;
        return id.ValueKind switch
        {
            JsonValueKind.String => Filled(id.GetString()),
            JsonValueKind.Number => id.GetRawText(),
            _ => null,
        };
    }

    private static List<string> Names(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
            return [];
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
        return value.ValueKind == JsonValueKind.String ? [value.GetString()!] : [];
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static Moment? Time(JsonElement root, string name, List<string> notes)
    {
        var text = Filled(Text(root, name));
        var moment = Moment.Parse(text);
        if (text is not null && moment is null)
            notes.Add($"\"{name}\" is no ISO 8601 date: taken as unknown");
        return moment;
    }
}
