using System.Text.Json;

using Recoupe.Documents;

namespace Recoupe.Feeds;

/// <summary>A page that a feed names.</summary>
/// <param name="Address">Its canonical address.</param>
/// <param name="Url">Its address as the feed names it, made absolute.</param>
public sealed record FeedItem(string Address, string Url);

/// <summary>What a feed names.</summary>
/// <param name="Title">Its title; null where it has none.</param>
/// <param name="Items">The pages, each once.</param>
/// <param name="Parts">Where it is only a list of sitemaps: those, the latest first.</param>
/// <param name="Problem">Why nothing is named, in words for a person; null where something could be.</param>
public sealed record FeedContents(string? Title, IReadOnlyList<FeedItem> Items, IReadOnlyList<string> Parts, string? Problem)
{
    /// <summary>Reads RSS, Atom, JSON Feed or a sitemap.</summary>
    /// <param name="body">What was fetched.</param>
    /// <param name="contentType">Its type as stated, for its charset.</param>
    /// <param name="address">Where it was fetched, for addresses that are not whole.</param>
    /// <param name="options">How much is taken.</param>
    /// <param name="now">The time: of a sitemap of a whole site, only what is new is named.</param>
    public static FeedContents Read(ReadOnlySpan<byte> body, string contentType, string address, FeedOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(contentType);
        var form = FileForms.Of(body[..Math.Min(body.Length, DocumentReader.PeekWindow)]);
        if (form == FileForm.Json)
            return OfJson(body, address, options);
        if (form is not (FileForm.Feed or FileForm.Sitemap or FileForm.Html))
            return Nothing(form == FileForm.Empty ? "is empty" : "is no feed");
        var at = contentType.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        var charset = at < 0 ? null : contentType[(at + 8)..].Split(';')[0].Trim().Trim('"', '\'');
        var content = TextDecoder.Decode(body, charset, new List<string>());
        return form switch
        {
            FileForm.Feed => OfFeed(content, address, options),
            FileForm.Sitemap => Sitemap.Read(content, address, options, now),
            _ => Nothing("is a page and no feed" + (FeedLinks.In(content, address) is { } feed ? $": its feed is {feed}" : "")),
        };
    }

    internal static FeedContents Nothing(string problem) => new(null, [], [], problem);

    /// <summary>The items of addresses that may be relative, hostile or repeated.</summary>
    internal static List<FeedItem> ItemsOf(IEnumerable<string?> addresses, string home, FeedOptions options)
    {
        var items = new List<FeedItem>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var written in addresses.OfType<string>().Take(options.MostItems))
        {
            var url = FeedParser.Absolute(written, home).Split('#')[0];
            if (url.Length <= options.LongestAddress && DocumentIds.Canonical(url) is { } canonical && known.Add(canonical))
                items.Add(new FeedItem(canonical, url));
        }

        return items;
    }

    private static FeedContents OfFeed(string content, string address, FeedOptions options)
    {
        var parser = new FeedParser(content);
        var items = ItemsOf(Addresses(parser), address, options);
        return new FeedContents(FeedEntries.Title(parser.Feed), items, [], null);
    }

    private static IEnumerable<string?> Addresses(FeedParser parser)
    {
        while (parser.Next() is { IsWhole: true } entry)
            yield return FeedEntries.Address(entry, parser.Feed);
    }

    private static FeedContents OfJson(ReadOnlySpan<byte> body, string address, FeedOptions options)
    {
        try
        {
            var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body);
            using var json = JsonDocument.ParseValue(ref reader);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("items", out var items)
                || items.ValueKind != JsonValueKind.Array)
                return Nothing("is JSON and no feed");
            var addresses = items.EnumerateArray().Select(item => Text(item, "url") ?? Text(item, "external_url") ?? Text(item, "id"));
            return new FeedContents(Text(root, "title"), ItemsOf(addresses, address, options), [], null);
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            return Nothing("is damaged JSON");
        }
    }

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
