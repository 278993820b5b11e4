using Recoupe.Articles;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>An article of an archive, without its text.</summary>
/// <param name="Number">Its place in the order of arrival, from 1.</param>
/// <param name="Id">Its name, the same wherever and whenever the document is read.</param>
/// <param name="Name">What the input calls it: its own id, else the file's name.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Url">Its address, or null.</param>
/// <param name="Outlet">Who publishes it; null where unknown.</param>
/// <param name="Title">Its title; null where it has none.</param>
/// <param name="Published">When it was published, ISO 8601; null where unknown.</param>
/// <param name="Language">Its language's code; null where it cannot be told.</param>
/// <param name="Ingested">When the archive took it in, UTC.</param>
/// <param name="Capture">The SHA-256 of the document's content.</param>
/// <param name="Story">Its story.</param>
/// <param name="SupersededBy">The later version of the same page; null for the latest.</param>
/// <param name="Stamp">The engine that read it.</param>
/// <param name="Revision">Rises with each change in the archive.</param>
public sealed record ArchivedArticle(
    long Number, ArticleId Id, string Name, string Source, string? Url, string? Outlet, string? Title, string? Published, string? Language,
    string Ingested, string Capture, StoryId Story, ArticleId? SupersededBy, string Stamp, long Revision);

/// <summary>A story of an archive.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Saga">The larger affair that it is a phase of; its own id where it stands alone.</param>
/// <param name="Title">The title of its earliest article that has one.</param>
/// <param name="Articles">How many articles, of each page the latest version.</param>
/// <param name="Outlets">How many outlets; an unknown one counts once.</param>
/// <param name="Languages">The codes of its languages.</param>
/// <param name="Began">When its earliest article was published, UTC; where unknown, taken in.</param>
/// <param name="Latest">Likewise for its latest.</param>
/// <param name="Revision">Rises with each change in the archive.</param>
public sealed record ArchivedStory(
    StoryId Id, StoryId Saga, string? Title, int Articles, int Outlets, IReadOnlyList<string> Languages, string Began, string Latest, long Revision);

/// <summary>A dossier that was made before.</summary>
/// <param name="Json">The dossier.</param>
/// <param name="IsCurrent">Whether nothing has changed since.</param>
/// <param name="Made">When it was made, UTC; null where an earlier version did not keep that.</param>
public sealed record KeptDossier(byte[] Json, bool IsCurrent, string? Made);

/// <summary>A statement of an archived article.</summary>
/// <param name="Article">The article.</param>
/// <param name="Number">Its place among the article's statements, from 0.</param>
/// <param name="Speaker">Who said it; null where unknown.</param>
/// <param name="Type">What sort of source; null where unknown.</param>
/// <param name="Act">What is done by saying it.</param>
/// <param name="Kind">Direct, indirect or mixed.</param>
/// <param name="Channel">Through what it was said; null where nothing is told.</param>
/// <param name="Content">Its words.</param>
public sealed record ArchivedStatement(ArticleId Article, int Number, string? Speaker, string? Type, string Act, string Kind, string? Channel, string Content);

/// <summary>An article that was found.</summary>
/// <param name="Article">The article.</param>
/// <param name="Story">Its story.</param>
/// <param name="Statement">The statement that was asked for; null where none was.</param>
public sealed record FoundArticle(ArchivedArticle Article, ArchivedStory? Story, ArchivedStatement? Statement);

/// <summary>A step of a story's history, with when the archive took it.</summary>
/// <param name="Change">What happened.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Correction">The batch of corrections that did it; null where grouping did.</param>
public sealed record ArchivedChange(StoryChange Change, string At, long? Correction);

/// <summary>Part of a list, and where the next part begins.</summary>
/// <param name="Items">This part.</param>
/// <param name="Next">What to ask for the next part with; null at the end. New arrivals never make it skip or repeat an item.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What an archive holds.</summary>
/// <param name="Articles">Articles, older versions included.</param>
/// <param name="Stories">Stories.</param>
/// <param name="Statements">Statements.</param>
/// <param name="Captures">Captures.</param>
/// <param name="Stale">Articles that another engine than this one read.</param>
/// <param name="Revision">Rises with each change.</param>
public sealed record ArchiveFigures(long Articles, long Stories, long Statements, long Captures, long Stale, long Revision);

/// <summary>Which articles are asked for; null asks for all.</summary>
/// <param name="Outlet">Of this outlet.</param>
/// <param name="Language">In this language.</param>
/// <param name="Story">Of this story.</param>
public sealed record ArticleFilter(string? Outlet = null, string? Language = null, StoryId? Story = null);

/// <summary>Which stories are asked for; null asks for all.</summary>
/// <param name="LeastArticles">With at least so many articles.</param>
/// <param name="Language">With an article in this language.</param>
public sealed record StoryFilter(int? LeastArticles = null, string? Language = null);
