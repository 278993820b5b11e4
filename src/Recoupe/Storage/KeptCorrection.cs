using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>A correction that an archive keeps. Times are ISO 8601 in UTC.</summary>
/// <param name="Number">Its number, from 1: later ones win over earlier ones.</param>
/// <param name="Batch">The number of the first that was made together with it.</param>
/// <param name="Correction">What was corrected.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Why">Their reason, or null.</param>
/// <param name="Made">When.</param>
/// <param name="Undone">When it was undone; null where it holds.</param>
/// <param name="UndoneBy">Who undid it; null where it holds.</param>
public sealed record KeptCorrection(
    long Number, long Batch, Correction Correction, string Who, string? Why, string Made, string? Undone, string? UndoneBy);

/// <summary>Which corrections are asked for; null asks for all.</summary>
/// <param name="Article">About this article, or an earlier version of it.</param>
/// <param name="Story">About an article of this story.</param>
/// <param name="Undone">Only those that were undone, or only those that hold.</param>
public sealed record CorrectionFilter(ArticleId? Article = null, StoryId? Story = null, bool? Undone = null);

/// <summary>What corrections, or taking corrections back, would change.</summary>
/// <param name="Moves">Articles that would stand in another story.</param>
/// <param name="Articles">Articles of which something else would be told.</param>
/// <param name="Statements">Statements that would be somebody else's.</param>
/// <param name="Points">Points that would come, go, or stand on something else; null where more stories are touched than are worth telling.</param>
/// <param name="WithoutEffect">By their place in what was given, from 0: corrections that name nothing that could be changed, with the reason.</param>
public sealed record CorrectionPreview(
    IReadOnlyList<MovedArticle> Moves, IReadOnlyList<ChangedArticle> Articles, IReadOnlyList<ChangedSpeaker> Statements,
    IReadOnlyList<ChangedPoint>? Points, IReadOnlyList<(int At, string Why)> WithoutEffect);

/// <summary>An article that goes from one story to another.</summary>
public sealed record MovedArticle(ArticleId Article, StoryId From, StoryId To);

/// <summary>An article's outlet or time of publication that becomes another.</summary>
/// <param name="Article">The article.</param>
/// <param name="What"><c>outlet</c> or <c>published</c>.</param>
/// <param name="Before">As it is; null where unknown.</param>
/// <param name="After">As it would be.</param>
public sealed record ChangedArticle(ArticleId Article, string What, string? Before, string? After);

/// <summary>A statement that goes to another speaker.</summary>
/// <param name="Article">The article.</param>
/// <param name="Content">The words of the statement.</param>
/// <param name="Before">Who says it now; null where unknown.</param>
/// <param name="After">Who would.</param>
public sealed record ChangedSpeaker(ArticleId Article, string Content, string? Before, string? After);

/// <summary>A point that comes, goes, or stands on something else.</summary>
/// <param name="Story">Its story, as it would be.</param>
/// <param name="Point">The point.</param>
/// <param name="Text">Its words.</param>
/// <param name="Before">What it stands on; null where it is new.</param>
/// <param name="After">What it would stand on; null where it would be gone.</param>
public sealed record ChangedPoint(StoryId Story, string Point, string Text, PointFooting? Before, PointFooting? After);

/// <summary>What a point stands on.</summary>
/// <param name="Grade">What its origins amount to.</param>
/// <param name="Fewest">The lower end of the number of origins.</param>
/// <param name="Most">The upper end.</param>
/// <param name="Passages">How many passages tell it.</param>
public sealed record PointFooting(string Grade, int Fewest, int Most, int Passages);
