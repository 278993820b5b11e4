using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>How an archive is written.</summary>
public sealed record ArchiveOptions
{
    /// <summary>So many articles are committed together at most: more would only be told later.</summary>
    public int MostInBatch { get; init; } = 64;

    /// <summary>After so many articles the state of grouping is saved: so many are placed again at most when a run was killed.</summary>
    public int SaveAfter { get; init; } = 1000;

    /// <summary>How many threads read; the result is the same for any number.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How articles are put into stories.</summary>
    public StoryOptions Stories { get; init; } = new();

    /// <summary>The clock that says when something was taken in.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
