using System.Collections.Immutable;

using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>What a watch waits for.</summary>
public enum WatchCondition
{
    /// <summary>A story that it has not met; of a claim, somebody who tells it where nobody did.</summary>
    FirstArticle,

    /// <summary>A second independent origin stands behind a point.</summary>
    SecondOrigin,

    /// <summary>An amount is told otherwise than before; of a claim, a value otherwise than it is claimed.</summary>
    NumberRevised,

    /// <summary>Somebody denies or doubts a point.</summary>
    Denial,

    /// <summary>A page says a quotation otherwise than before, or no longer.</summary>
    QuotationChanged,

    /// <summary>An outlet of its list joins a story; of a claim, tells it, or any outlet where there is no list.</summary>
    OutletJoins,
}

/// <summary>What somebody waits for, and how they are told. Times are ISO 8601 in UTC.</summary>
public sealed record Watch
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>The account that it is of.</summary>
    public required string Owner { get; init; }

    /// <summary>What a person calls it.</summary>
    public required string Title { get; init; }

    /// <summary>Stories with an article that fits this query; null where a story or a claim is watched.</summary>
    public string? Query { get; init; }

    /// <summary>The story that is watched; null where a query or a claim is.</summary>
    public StoryId? Story { get; init; }

    /// <summary>The claim whose tellers are watched; null where a query or a story is.</summary>
    public string? Claim { get; init; }

    /// <summary>What it waits for.</summary>
    public ImmutableArray<WatchCondition> Conditions { get; init; } = [];

    /// <summary>The outlets of <see cref="WatchCondition.OutletJoins"/>.</summary>
    public ImmutableArray<string> Outlets { get; init; } = [];

    /// <summary>Where it is posted to; null for nowhere.</summary>
    public string? Webhook { get; init; }

    /// <summary>What a post is signed with.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Where it is mailed to; null for nowhere.</summary>
    public string? Mail { get; init; }

    /// <summary>When nothing is sent: <c>22:00-07:00</c>; null for never.</summary>
    public string? Quiet { get; init; }

    /// <summary>The time zone of <see cref="Quiet"/>; null for UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>How many messages a day are sent by each way at most; what is left waits.</summary>
    public int Cap { get; init; } = 24;

    /// <summary>When it was made.</summary>
    public string Made { get; init; } = "";

    /// <summary>The secret of its Atom feed.</summary>
    public string Feed { get; init; } = "";

    /// <summary>The revision of the archive up to which it was looked at.</summary>
    public long Revision { get; init; }

    /// <summary>The number of the last step of stories when it was made: what was opened later is new to it.</summary>
    public long Opened { get; init; }

    /// <summary>Whether it watches what another does.</summary>
    public bool IsOf(Watch other) => Query == other.Query && Story == other.Story && Claim == other.Claim;
}

/// <summary>What a watch told. Times are ISO 8601 in UTC.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Watch">The watch.</param>
/// <param name="Name">The same for the same thing.</param>
/// <param name="Condition">What was waited for.</param>
/// <param name="Story">The story.</param>
/// <param name="Body">What changed, as JSON with the spans.</param>
/// <param name="At">When.</param>
public sealed record Alert(long Number, string Watch, string Name, WatchCondition Condition, StoryId Story, string Body, string At);

/// <summary>An alert that is to be sent.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Watch">Its watch.</param>
/// <param name="Way"><c>webhook</c> or <c>mail</c>.</param>
/// <param name="Tries">How often it was tried.</param>
public sealed record Delivery(Alert Alert, Watch Watch, string Way, int Tries);
