namespace Recoupe.Documents;

/// <summary>Reads RSS 0.9x, 1.0 and 2.0 and Atom: one document an entry, with its full content, else its summary.</summary>
/// <remarks>
/// No parser of XML: a fifth of the feeds in the wild are none, and a reader that stops there loses what every reader of feeds shows.
/// One pass over tags and text; what is not well-formed is repaired, and the entry says so.
/// </remarks>
internal static class FeedReader
{
    /// <summary>The entries of a feed, in its order.</summary>
    public static IEnumerable<Intake> Read(string content, DocumentPlace place, DocumentOptions options)
    {
        var parser = new FeedParser(content);
        var count = 0;
        while (parser.Next() is { } entry)
        {
            count++;
            if (count > options.MaxEntries)
            {
                yield return new DocumentPlace($"{place.Source}:{count}", place.Name).Skip($"the feed has more than {options.MaxEntries} entries: those before were read");
                yield break;
            }

            if (!entry.IsWhole)
            {
                yield return place.At(count).Skip("the feed is damaged or cut off inside this entry: the entries before it were read");
                yield break;
            }

            yield return FeedEntries.ToIntake(entry, parser.Feed, place.At(count), options);
        }

        if (count == 0)
            yield return place.Skip("is a feed without entries");
    }
}
