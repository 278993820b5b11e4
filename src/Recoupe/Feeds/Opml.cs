using System.Text;
using System.Xml;

using Recoupe.Documents;

namespace Recoupe.Feeds;

/// <summary>Lists of feeds as feed readers exchange them.</summary>
public static class Opml
{
    // A list that is longer is none.
    private const int MostFeeds = 10_000;

    /// <summary>The feeds of a list, whatever state it is in: each address once, with its title where it has one.</summary>
    public static IReadOnlyList<(string Address, string? Title)> Read(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var feeds = new List<(string Address, string? Title)>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var scanner = new MarkupScanner(content);
        while (feeds.Count < MostFeeds && scanner.Next(out var token))
        {
            var name = content.AsSpan()[token.Name];
            if (token.Kind is not (MarkupKind.Start or MarkupKind.Empty) || !name.Equals("outline", StringComparison.OrdinalIgnoreCase))
                continue;
            string? address = null, title = null, text = null;
            foreach (var (attribute, written) in MarkupScanner.Attributes(content, token))
            {
                var value = MarkupText.Decode(content[written]).Trim();
                switch (content[attribute].ToLowerInvariant())
                {
                    case "xmlurl":
                        address = value;
                        break;
                    case "title":
                        title = value;
                        break;
                    case "text":
                        text = value;
                        break;
                }
            }

            if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && known.Add(address!))
                feeds.Add((address!, title is { Length: > 0 } ? title : text is { Length: > 0 } ? text : null));
        }

        return feeds;
    }

    /// <summary>A list of feeds.</summary>
    public static string Write(IEnumerable<(string Address, string? Title)> feeds)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        using var text = new MemoryStream();
        var form = new XmlWriterSettings
        {
            Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n", CheckCharacters = false,
        };
        using (var xml = XmlWriter.Create(text, form))
        {
            xml.WriteStartElement("opml");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteStartElement("head");
            xml.WriteElementString("title", "Feeds followed by Recoupe");
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            foreach (var (address, title) in feeds)
            {
                xml.WriteStartElement("outline");
                xml.WriteAttributeString("type", "rss");
                xml.WriteAttributeString("text", title ?? address);
                xml.WriteAttributeString("xmlUrl", address);
                xml.WriteEndElement();
            }
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }
}
