using Recoupe.Storage;

namespace Recoupe.Feeds;

/// <summary>What happened while following.</summary>
public enum FollowEvent
{
    /// <summary>A feed was read.</summary>
    FeedRead,

    /// <summary>A feed could not be read.</summary>
    FeedFailed,

    /// <summary>A page was taken in, and is safe on the disk.</summary>
    PageTaken,

    /// <summary>A page could not be taken in.</summary>
    PageFailed,

    /// <summary>A page that had been taken in is no longer there.</summary>
    PageWithdrawn,
}

/// <summary>One thing that happened while following.</summary>
/// <param name="Event">What.</param>
/// <param name="Address">The feed or the page.</param>
/// <param name="Reason">Why it failed; null where it did not.</param>
/// <param name="Ingested">What became of the page; null where it was not taken in.</param>
/// <param name="Found">Of a feed: how many pages it named that were not known.</param>
public sealed record FollowNote(FollowEvent Event, string Address, string? Reason = null, Ingested? Ingested = null, int Found = 0);
