using System.Globalization;
using System.Text;
using System.Xml;

using Recoupe.Dates;

namespace Recoupe.Documents;

/// <summary>Reads RSS 0.9x, 1.0 and 2.0 and Atom: one document an entry, with its full content, else its summary.</summary>
internal static class FeedReader
{
    private const int MaxEntries = 100_000;

    private const string NoContent = "the entry has neither content nor summary";

    /// <summary>The entries of a feed, in its order.</summary>
    public static IEnumerable<Intake> Read(string content, DocumentPlace place)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, CheckCharacters = false, IgnoreComments = true };
        using var xml = XmlReader.Create(new StringReader(content.TrimStart()), settings);
        var feed = new Entry();
        Entry? entry = null;
        var path = new Stack<string>();
        var count = 0;
        while (true)
        {
            string? damage = null;
            var more = false;
            try
            {
                more = xml.Read();
            }
            catch (XmlException exception)
            {
                damage = $"the feed is damaged at line {exception.LineNumber}: the entries before it were read";
            }

            if (damage is not null)
            {
                yield return new DocumentPlace($"{place.Source}:{count + 1}", place.Name).Skip(damage);
                yield break;
            }

            if (!more)
                break;
            if (xml.NodeType == XmlNodeType.Element)
            {
                var name = Name(xml);
                if (name is "item" or "entry")
                    entry = new Entry();
                Attributes(xml, name, entry ?? feed);
                if (!xml.IsEmptyElement)
                {
                    if (name is "content" or "title" or "summary" && xml.GetAttribute("type") == "xhtml" && entry is not null)
                    {
                        var inner = TryReadInner(xml, out damage);
                        entry.Add(name, inner ?? "", isHtml: true, path);
                        if (damage is not null)
                        {
                            yield return new DocumentPlace($"{place.Source}:{count + 1}", place.Name).Skip(damage);
                            yield break;
                        }

                        continue;
                    }

                    path.Push(name);
                    if (entry is not null)
                        entry.IsHtml = xml.GetAttribute("type") is not ("text" or null) || name is "encoded" or "description";
                }
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && path.Count > 0)
            {
                (entry ?? feed).Add(path.Peek(), xml.Value, entry?.IsHtml ?? false, path);
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                if (path.Count > 0)
                    path.Pop();
                if (Name(xml) is not ("item" or "entry") || entry is null)
                    continue;
                count++;
                yield return entry.ToIntake(place.At(count), feed);
                entry = null;
                if (count >= MaxEntries)
                    yield break;
            }
        }

        if (count == 0)
            yield return place.Skip("is a feed without entries");
    }

    private static string? TryReadInner(XmlReader xml, out string? damage)
    {
        damage = null;
        try
        {
            return xml.ReadInnerXml();
        }
        catch (XmlException exception)
        {
            damage = $"the feed is damaged at line {exception.LineNumber}: the entries before it were read";
            return null;
        }
    }

    private static string Name(XmlReader xml) => xml.LocalName;

    private static void Attributes(XmlReader xml, string name, Entry entry)
    {
        if (name == "link" && xml.GetAttribute("href") is { } address && xml.GetAttribute("rel") is null or "alternate")
            entry.Link ??= xml.GetAttribute("href");
        if (xml.GetAttribute("lang", "http://www.w3.org/XML/1998/namespace") is { Length: > 0 } language)
            entry.Language ??= language;
    }

    /// <summary>Reads the dates of feeds: ISO 8601 or RFC 822.</summary>
    internal static Moment? ParseTime(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim();
        if (Moment.Parse(text) is { } moment)
            return moment;
        // "Wed, 20 Nov 2024 14:32:00 +0100": the weekday and named zones are read past.
        var parts = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var at = parts.Length > 0 && !char.IsAsciiDigit(parts[0][0]) ? 1 : 0;
        if (parts.Length < at + 3)
            return null;
        var year = parts[at + 2].Length == 2 ? "20" + parts[at + 2] : parts[at + 2];
        if (!DateOnly.TryParseExact($"{parts[at]} {parts[at + 1][..Math.Min(3, parts[at + 1].Length)]} {year}", "d MMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return null;
        if (parts.Length < at + 4 || !TimeOnly.TryParseExact(parts[at + 3], ["HH:mm:ss", "HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return new Moment(day);
        var zone = parts.Length > at + 4 ? parts[at + 4] : "";
        TimeSpan? offset = zone switch
        {
            "GMT" or "UT" or "UTC" or "Z" => TimeSpan.Zero,
            "EST" => TimeSpan.FromHours(-5),
            "EDT" => TimeSpan.FromHours(-4),
            "CST" => TimeSpan.FromHours(-6),
            "CDT" => TimeSpan.FromHours(-5),
            "MST" => TimeSpan.FromHours(-7),
            "MDT" => TimeSpan.FromHours(-6),
            "PST" => TimeSpan.FromHours(-8),
            "PDT" => TimeSpan.FromHours(-7),
            _ => zone.Length > 0 && zone[0] is '+' or '-' ? Moment.Parse("2000-01-01T00:00:00" + zone)?.Offset : null,
        };
        return new Moment(day, time, offset);
    }

    private sealed class Entry
    {
        private readonly StringBuilder _content = new();
        private readonly StringBuilder _summary = new();
        private readonly StringBuilder _title = new();
        private readonly List<string> _authors = [];
        private bool _contentIsHtml;
        private string? _id;
        private string? _published;
        private string? _updated;
        private string? _address;

        public string? Link { get; set; }

        public string? Language { get; set; }

        public bool IsHtml { get; set; }

        public string Title => _title.ToString().Trim();

        public void Add(string name, string text, bool isHtml, Stack<string> path)
        {
            switch (name)
            {
                case "encoded" or "content":
                    _content.Append(text);
                    _contentIsHtml |= isHtml;
                    break;
                case "description" or "summary" or "subtitle":
                    _summary.Append(text);
                    break;
                case "title" when path.Count < 2 || path.ElementAtOrDefault(path.Peek() == "title" ? 1 : 0) is not ("image" or "source" or "textInput"):
                    _title.Append(text);
                    break;
                case "creator" or "author":
                    AddAuthor(text);
                    break;
                case "name" when path.ElementAtOrDefault(1) is "author":
                    AddAuthor(text);
                    break;
                case "guid" or "id":
                    _id ??= text.Trim();
                    break;
                case "pubDate" or "published" or "date" or "issued" or "created":
                    _published ??= text;
                    break;
                case "updated" or "modified" or "lastBuildDate":
                    _updated ??= text;
                    break;
                case "link":
                    _address ??= text.Trim();
                    break;
                case "language":
                    Language ??= text.Trim();
                    break;
            }
        }

        public Intake ToIntake(DocumentPlace place, Entry feed)
        {
            var full = _content.ToString();
            var summary = _summary.ToString();
            // Feeds put all of an article into the description too: a long one is no summary.
            var content = full.Trim().Length > 0 ? full : summary;
            if (content.Trim().Length == 0)
                return place.Skip(NoContent);
            var isHtml = content.Contains('<', StringComparison.Ordinal) || content.Contains("&#", StringComparison.Ordinal) || (full.Trim().Length > 0 ? _contentIsHtml : true);
            var notes = new List<string>();
            var published = ParseTime(_published);
            if (_published is not null && published is null)
                notes.Add("the entry's time of publication cannot be read: taken as unknown");
            return new Intake(
                new Document
                {
                    Source = place.Source,
                    Name = place.Name,
                    Id = _id is { Length: > 0 } id ? id : Link ?? _address,
                    Form = isHtml ? DocumentForm.Fragment : DocumentForm.PlainText,
                    Content = content,
                    Partial = full.Trim().Length == 0 && summary.Length < 1500,
                    Url = Link ?? (_address is { Length: > 0 } address ? address : null),
                    Title = Title.Length > 0 ? Plain(Title) : null,
                    Outlet = feed.Title.Length > 0 ? Plain(feed.Title) : null,
                    Byline = _authors,
                    Language = Language ?? feed.Language,
                    Published = published ?? (ParseTime(_updated) is { } updated ? updated : null),
                    Modified = ParseTime(_updated),
                    Notes = notes,
                },
                null);
        }

        private void AddAuthor(string text)
        {
            text = text.Trim();
            // "desk@example.org (Name)"
            var open = text.IndexOf('(', StringComparison.Ordinal);
            if (text.Contains('@', StringComparison.Ordinal))
                text = open >= 0 && text.EndsWith(')') ? text[(open + 1)..^1] : "";
            if (text.Length > 0 && !_authors.Contains(text))
                _authors.Add(text);
        }

        private static string Plain(string text) => text.Contains('&', StringComparison.Ordinal) ? System.Net.WebUtility.HtmlDecode(text) : text;
    }
}
