using Recoupe.Documents;

namespace Recoupe.Feeds;

/// <summary>Finds the feed that a page says it has.</summary>
internal static class FeedLinks
{
    private static readonly string[] Types = ["application/rss+xml", "application/atom+xml", "application/feed+json"];

    /// <summary>The address of the first; null where the page names none.</summary>
    public static string? In(string content, string address)
    {
        var scanner = new MarkupScanner(content);
        while (scanner.Next(out var token))
        {
            var name = content.AsSpan()[token.Name];
            if (token.Kind is not (MarkupKind.Start or MarkupKind.Empty) || !name.Equals("link", StringComparison.OrdinalIgnoreCase))
                continue;
            var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (attribute, value) in MarkupScanner.Attributes(content, token))
                attributes.TryAdd(content[attribute], content[value]);
            if (attributes.TryGetValue("type", out var type) && Types.Contains(type.Trim(), StringComparer.OrdinalIgnoreCase)
                && attributes.TryGetValue("href", out var link) && attributes.GetValueOrDefault("rel") is { } rel
                && rel.Contains("alternate", StringComparison.OrdinalIgnoreCase))
                return FeedParser.Absolute(MarkupText.Decode(link), address);
        }

        return null;
    }
}
