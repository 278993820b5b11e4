namespace Recoupe.Feeds;

/// <summary>How much of a feed is taken.</summary>
public sealed record FeedOptions
{
    /// <summary>The most entries of one feed: what comes after is left out. Search engines take a thousand of a news sitemap.</summary>
    public int MostItems { get; init; } = 1000;

    /// <summary>The longest address of a page.</summary>
    public int LongestAddress { get; init; } = 2000;

    /// <summary>The most sitemaps that are read of a list of them, the latest first.</summary>
    public int MostParts { get; init; } = 3;

    /// <summary>How old a page may be, by its sitemap, to be news. A news sitemap holds two days.</summary>
    public TimeSpan News { get; init; } = TimeSpan.FromDays(2);
}
