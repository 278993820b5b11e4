using Recoupe.Articles;

namespace Recoupe.Storage;

/// <summary>A feed that is followed. Times are ISO 8601 in UTC.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Title">Its own title, or the one that a person gave it; null where neither is known.</param>
/// <param name="Added">When it was added.</param>
/// <param name="Due">When it is read next.</param>
public sealed record FollowedFeed(string Address, string? Title, string Added, string Due)
{
    /// <summary>When it was last read; null for never.</summary>
    public string? Succeeded { get; init; }

    /// <summary>When it last could not be read; null for never.</summary>
    public string? Failed { get; init; }

    /// <summary>Why it could not be read that time.</summary>
    public string? Failure { get; init; }

    /// <summary>How often it could not be read since it last was.</summary>
    public int Failures { get; init; }

    /// <summary>When it last named a page that was not known: since then it is silent. Null where it never has.</summary>
    public string? Newest { get; init; }

    /// <summary>How often in a row it brought nothing new.</summary>
    public int Quiet { get; init; }

    /// <summary>Sent back with the next request, or null.</summary>
    public string? ETag { get; init; }

    /// <summary>Sent back with the next request, or null.</summary>
    public string? LastModified { get; init; }
}

/// <summary>A page that a feed named. Times are ISO 8601 in UTC.</summary>
/// <param name="Address">Its canonical address.</param>
/// <param name="Url">The address that the feed named.</param>
/// <param name="Feed">The feed that named it first.</param>
/// <param name="Found">When.</param>
public sealed record FollowedPage(string Address, string Url, string Feed, string Found)
{
    /// <summary>When it is fetched next; null where never again.</summary>
    public string? Due { get; init; }

    /// <summary>How often it was fetched along the schedule.</summary>
    public int Visits { get; init; }

    /// <summary>How often it could not be fetched since it last was.</summary>
    public int Failures { get; init; }

    /// <summary>When it was last fetched; null for never.</summary>
    public string? Fetched { get; init; }

    /// <summary>The version that was last read of it; null where there is none.</summary>
    public ArticleId? Article { get; init; }

    /// <summary>Why it was not taken in that last time; null where it was.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when its host says that it is not there; null where it is.</summary>
    public string? Gone { get; init; }

    /// <summary>Where it has moved for good; null where it has not.</summary>
    public string? MovedTo { get; init; }

    /// <summary>Sent back with the next request, or null.</summary>
    public string? ETag { get; init; }

    /// <summary>Sent back with the next request, or null.</summary>
    public string? LastModified { get; init; }
}
