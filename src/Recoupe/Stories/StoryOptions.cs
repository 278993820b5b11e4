namespace Recoupe.Stories;

/// <summary>How articles are put into stories. One setting serves all kinds of streams.</summary>
public sealed record StoryOptions
{
    /// <summary>How long an article stays in memory, by the publication times of the stream; undated articles count from their arrival.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(10);

    /// <summary>How long the last article of a quiet story of several is kept, so that the story can come back.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromDays(90);

    /// <summary>So many of the last articles stay whatever their age: an archive is not always read in order of time.</summary>
    public int KeepAtLeast { get; init; } = 20_000;

    /// <summary>More articles than this are never held: the oldest go.</summary>
    public int KeepAtMost { get; init; } = 1_000_000;

    /// <summary>Earlier articles that an article is compared with, the likeliest by their rarest terms.</summary>
    public int Candidates { get; init; } = 48;

    /// <summary>How many threads work, one of which places while the others make digests ahead; the result is the same for any number. At least 1; null for one for each processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Two groups are one story if the mean log-odds of their pairs is above this. Chosen on the development sets (docs/accuracy/stories.md).</summary>
    public float JoinFrom { get; init; } = -0.75f;

    /// <summary>The same bound for an article that comes in and for two stories met by it: the first of a story are few, and a mistake draws others in. Settling decides anew.</summary>
    public float PlaceFrom { get; init; } = -0.5f;

    /// <summary>Two stories are phases of one saga if the mean log-odds of the saga model over their pairs is above this.</summary>
    public float SagaFrom { get; init; } = -0.5f;

    /// <summary>Log-odds of two articles that no search brought together.</summary>
    public float Unmet { get; init; } = -3;
}
