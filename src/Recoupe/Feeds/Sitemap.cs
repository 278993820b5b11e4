using System.Globalization;

using Recoupe.Documents;

namespace Recoupe.Feeds;

/// <summary>Reads sitemaps: the news of one, or the sitemaps that one lists.</summary>
internal static class Sitemap
{
    private const string Written = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>What a sitemap names that is new.</summary>
    public static FeedContents Read(string content, string address, FeedOptions options, DateTimeOffset now)
    {
        var entries = Entries(content).ToList();
        var oldest = (now - options.News).UtcDateTime.ToString(Written, CultureInfo.InvariantCulture);
        // Times that are written alike can be compared as they are; of another offset they are hours off, which does not matter here.
        entries = [.. entries.OrderByDescending(entry => entry.Time, StringComparer.Ordinal)];
        var news = entries.Where(entry => !entry.IsPart && string.CompareOrdinal(entry.Time, oldest) >= 0);
        var parts = entries.Where(entry => entry.IsPart).Select(entry => entry.Address);
        var items = FeedContents.ItemsOf(news.Select(entry => entry.Address), address, options);
        var lists = FeedContents.ItemsOf(parts, address, options).Take(options.MostParts).Select(part => part.Url).ToList();
        var problem = items.Count == 0 && lists.Count == 0 && entries.Count > 0 ? "is a sitemap that names nothing of the last days" : null;
        return new FeedContents(null, items, lists, problem);
    }

    private static IEnumerable<(string? Address, string Time, bool IsPart)> Entries(string content)
    {
        var scanner = new MarkupScanner(content);
        string? address = null, time = null;
        var inside = "";
        while (scanner.Next(out var token))
        {
            var name = LocalName(content, token);
            switch (token.Kind)
            {
                case MarkupKind.Start when name is "url" or "sitemap":
                    (address, time) = (null, null);
                    break;
                case MarkupKind.Start:
                    inside = name;
                    break;
                case MarkupKind.Text or MarkupKind.Data when inside is "loc" && address is null:
                    address = Text(content, token);
                    break;
                case MarkupKind.Text or MarkupKind.Data when inside is "publication_date" || inside is "lastmod" && time is null:
                    time = Text(content, token);
                    break;
                case MarkupKind.End when name is "url" or "sitemap":
                    yield return (address, time ?? "", name == "sitemap");
                    break;
                case MarkupKind.End:
                    inside = "";
                    break;
            }
        }
    }

    // "news:loc" is the picture's or the film's own.
    private static string LocalName(string content, MarkupToken token)
    {
        if (token.Kind is not (MarkupKind.Start or MarkupKind.End))
            return "";
        var name = content[token.Name];
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? name : name[(colon + 1)..] is "publication_date" and var date ? date : name;
    }

    private static string Text(string content, MarkupToken token) => token.Kind == MarkupKind.Data
        ? content[(token.Start + 9)..Math.Max(token.Start + 9, token.End - 3)].Trim()
        : MarkupText.Decode(content[token.Start..token.End]).Trim();
}
