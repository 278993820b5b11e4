namespace Recoupe.Documents;

/// <summary>Makes documents of a feed's entries: which of its elements is the title, the text, the author, the outlet.</summary>
internal static class FeedEntries
{
    // Feeds put all of an article into the description too: a long one is no summary.
    private const int MaxSummary = 1500;

    // Letters and digits: a content of less is a picture with its caption.
    private const int MinContent = 40;

    /// <summary>The entry as a document, or the reason why there is none.</summary>
    public static Intake ToIntake(FeedElements entry, FeedElements feed, DocumentPlace place, DocumentOptions options)
    {
        if (Body(entry) is not { } body)
            return place.Skip("the entry has neither content nor summary");
        var notes = new List<string>();
        if (entry.Repairs.Count > 0 || feed.Repairs.Count > 0)
            notes.Add($"the feed is not well-formed ({string.Join(", ", entry.Repairs.Concat(feed.Repairs).Distinct(StringComparer.Ordinal))}): it was repaired");
        var outlet = Title(feed);
        if (Republished(entry) is { } source && source != outlet)
        {
            notes.Add(outlet is null ? "the feed took this entry over from another one" : $"the feed of {outlet} took this entry over from {source}");
            outlet = source;
        }

        var url = Address(entry, feed);
        var published = Published(entry);
        var updated = entry.First(FeedVocabulary.Feed, "updated", "modified") ?? entry.First(FeedVocabulary.DublinCore, "modified");
        return new Intake(
            new Document
            {
                Source = place.Source,
                Name = place.Name,
                Key = DocumentIds.Canonical(url),
                Form = body.IsHtml ? DocumentForm.Fragment : DocumentForm.PlainText,
                Content = body.Text,
                Partial = body.IsSummary && body.Text.Length < MaxSummary,
                Url = url,
                BaseUrl = body.Base,
                Title = Title(entry),
                Outlet = outlet,
                Byline = Authors(entry),
                Language = body.Language ?? entry.First(FeedVocabulary.Feed, "language")?.Text.Trim() ?? entry.First(FeedVocabulary.DublinCore, "language")?.Text.Trim()
                    ?? entry.Language ?? feed.First(FeedVocabulary.Feed, "language")?.Text.Trim() ?? feed.First(FeedVocabulary.DublinCore, "language")?.Text.Trim() ?? feed.Language,
                Published = WrittenTimes.Published(published ?? updated?.Text, "the entry", options, notes),
                Modified = WrittenTimes.Published(updated?.Text, "the entry", options, []),
                Notes = notes,
            },
            null);
    }

    private static string? Published(FeedElements entry) =>
        (entry.First(FeedVocabulary.Feed, "pubDate", "published", "issued", "created", "date", "pubdate")
            ?? entry.First(FeedVocabulary.DublinCore, "date", "issued", "created"))?.Text;

    /// <summary>The title of a feed or an entry on one line; null where it has none.</summary>
    public static string? Title(FeedElements of)
    {
        var title = of.First(FeedVocabulary.Feed, "title") ?? of.First(FeedVocabulary.DublinCore, "title")
            ?? of.First(FeedVocabulary.Media, "title") ?? of.First(FeedVocabulary.Podcast, "title");
        return title is not null && MarkupText.Title(title.Text) is { Length: > 0 } text ? text : null;
    }

    // The outlet that an aggregator's entry comes from.
    private static string? Republished(FeedElements entry) =>
        entry.Source is { } source && Title(source) is { } title ? title
        : entry.First(FeedVocabulary.Feed, "source") is { } named && MarkupText.Title(named.Text) is { Length: > 0 and < 200 } name ? name
        : null;

    /// <summary>The address of the page that an entry is about; null where it names none.</summary>
    public static string? Address(FeedElements entry, FeedElements feed)
    {
        var home = entry.Base ?? feed.Base ?? feed.Link ?? feed.First(FeedVocabulary.Feed, "link")?.Text.Trim();
        if (entry.Link is { Length: > 0 } link)
            return FeedParser.Absolute(link, home);
        if (entry.First(FeedVocabulary.Feed, "link") is { } written)
            return FeedParser.Absolute(written.Text, home);
        var guid = entry.First(FeedVocabulary.Feed, "guid", "id")?.Text.Trim();
        return !entry.GuidIsNoAddress && guid is not null && guid.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(guid, UriKind.Absolute, out _) ? guid : null;
    }

    private static List<string> Authors(FeedElements entry)
    {
        var names = new List<string>();
        foreach (var value in entry.All(FeedVocabulary.Feed, "name").Concat(entry.All(FeedVocabulary.Feed, "author")).Concat(entry.All(FeedVocabulary.DublinCore, "creator")))
            AddAuthor(names, value.Text);
        if (names.Count == 0)
        {
            foreach (var value in entry.All(FeedVocabulary.Podcast, "author"))
                AddAuthor(names, value.Text);
        }

        return names;
    }

    private static void AddAuthor(List<string> names, string text)
    {
        text = MarkupText.Title(text);
        // "desk@example.org (Name)"
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (text.Contains('@', StringComparison.Ordinal))
            text = open >= 0 && text.EndsWith(')') ? text[(open + 1)..^1] : "";
        if (text.Length > 0 && !names.Contains(text))
            names.Add(text);
    }

    private static FeedBody? Body(FeedElements entry)
    {
        var full = entry.First(FeedVocabulary.Content, "encoded") ?? entry.First(FeedVocabulary.Feed, "content", "encoded");
        var summary = entry.First(FeedVocabulary.Feed, "description", "summary", "subtitle") ?? entry.First(FeedVocabulary.DublinCore, "description")
            ?? entry.First(FeedVocabulary.Media, "description") ?? entry.First(FeedVocabulary.Podcast, "summary");
        if (full is not null && (summary is null || MarkupText.VisibleLength(full.Text) is var length && (length >= MinContent || length >= MarkupText.VisibleLength(summary.Text))))
            return FeedBody.Of(full, isSummary: false);
        return summary is not null ? FeedBody.Of(summary, isSummary: true) : null;
    }

    private sealed record FeedBody(string Text, bool IsHtml, bool IsSummary, string? Base, string? Language)
    {
        public static FeedBody Of(FeedValue value, bool isSummary)
        {
            var text = value.Type == "text" ? value.Text : MarkupText.Unescaped(value.Text);
            return new FeedBody(text, value.Type != "text" || text.Contains('<', StringComparison.Ordinal), isSummary, value.Base, value.Language);
        }
    }
}
