using Recoupe.Articles;

namespace Recoupe.Stories;

/// <summary>What happened to a story.</summary>
public enum StoryChangeKind
{
    /// <summary>An article opened it.</summary>
    Opened,

    /// <summary>An article joined it.</summary>
    Joined,

    /// <summary>It was merged into another one.</summary>
    Merged,

    /// <summary>Articles left it for a story of their own.</summary>
    Split,

    /// <summary>An article was moved to it from another story.</summary>
    Moved,

    /// <summary>It became a phase of another saga.</summary>
    Linked,

    /// <summary>It went quiet: its articles left the window.</summary>
    Rested,
}

/// <summary>One step of a story's history.</summary>
/// <param name="Number">Steps are counted from 1 over the whole stream.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Story">The story that gained an article, took in another story, or was split off.</param>
/// <param name="Article">The article that it happened with; null where a whole story is concerned.</param>
/// <param name="Other">The story that was merged away, split from or left, or the saga linked to; null where there is none.</param>
public sealed record StoryChange(int Number, StoryChangeKind Kind, StoryId Story, ArticleId? Article = null, StoryId? Other = null)
{
    /// <summary>The stories that <paramref name="changes"/> leave otherwise than they were, in order; those that merely rest are not.</summary>
    public static IReadOnlyList<StoryId> Touched(IEnumerable<StoryChange> changes) =>
    [
        .. changes.Where(change => change.Kind != StoryChangeKind.Rested)
            .SelectMany(change => change.Other is { } other && change.Kind != StoryChangeKind.Linked ? [change.Story, other] : new[] { change.Story }).Distinct(),
    ];
}

/// <summary>Where an article was placed, and all that changed by it.</summary>
/// <param name="Article">The article.</param>
/// <param name="Story">Its story after all repairs.</param>
/// <param name="Saga">The saga of that story.</param>
/// <param name="Changes">What changed, in order.</param>
public sealed record Placement(ArticleId Article, StoryId Story, StoryId Saga, IReadOnlyList<StoryChange> Changes)
{
    /// <summary>The stories that are not what they were: each that gained, lost or gave up articles, or came into another saga.</summary>
    public IReadOnlyList<StoryId> Touched => StoryChange.Touched(Changes);
}
