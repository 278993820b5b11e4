using System.Collections.Immutable;

using Recoupe.Fetches;

namespace Recoupe.Feeds;

/// <summary>How sources are followed.</summary>
public sealed record FollowOptions
{
    /// <summary>How it is fetched, and by which clock.</summary>
    public FetchOptions Fetches { get; init; } = new();

    /// <summary>How much of a feed is taken.</summary>
    public FeedOptions Feeds { get; init; } = new();

    /// <summary>How many hosts are asked at once; each of them one thing at a time.</summary>
    public int Hosts { get; init; } = 16;

    /// <summary>How many pages of one host are fetched before the feeds are looked at again.</summary>
    public int PagesOfAHost { get; init; } = 10;

    /// <summary>Whether pages are taken in whose publisher reserves text mining; they carry a note then.</summary>
    public bool TakesReserved { get; init; }

    /// <summary>How long a feed is left that brought something new; one that did not, up to eight times as long.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>When a page is fetched again, each counted from the time before: soon while it is new.</summary>
    public ImmutableArray<TimeSpan> Revisits { get; init; } =
    [
        TimeSpan.FromHours(1), TimeSpan.FromHours(4),
        TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromDays(10), TimeSpan.FromDays(30),
    ];

    /// <summary>How often a page that cannot be fetched is tried, each time after twice as long.</summary>
    public int Tries { get; init; } = 6;

    /// <summary>How long a page is left after it could not be fetched the first time, and a feed likewise.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMinutes(20);

    internal TimeProvider Clock => Fetches.Clock;

    // How long a feed or a page is put off at most, with a day for a host that asks to be left alone.
    internal TimeSpan LongestWait
    {
        get
        {
            TimeSpan[] waits = [.. Revisits, Every * Math.Pow(2, FeedRound.LongestQuiet), FirstRetry * Math.Pow(2, Math.Max(FeedRound.MostDoublings, Tries))];
            return waits.Max() + TimeSpan.FromDays(1);
        }
    }
}
