using Recoupe.Articles;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>What became of a document that was given to an archive.</summary>
public enum IngestOutcome
{
    /// <summary>An article that the archive did not have.</summary>
    New,

    /// <summary>A later version of a page that the archive had: the earlier one stays, and the story tells this one.</summary>
    NewVersion,

    /// <summary>The very document is in the archive already.</summary>
    Known,

    /// <summary>The page is in the archive with the same title and text: only what surrounds them differs.</summary>
    Unchanged,

    /// <summary>It holds no article.</summary>
    Unread,
}

/// <summary>What became of one document. It is told when it is safe on the disk.</summary>
/// <param name="Source">Where it was read.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Article">The article, of this or of an earlier run; null where it holds none.</param>
/// <param name="Story">Its story when it came in; null where it holds none.</param>
/// <param name="Reason">Why it holds no article; else null.</param>
public sealed record Ingested(string Source, IngestOutcome Outcome, ArticleId? Article, StoryId? Story, string? Reason = null);
