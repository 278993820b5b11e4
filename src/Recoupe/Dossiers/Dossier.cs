using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Grades;
using Recoupe.Omissions;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Sayings;
using Recoupe.Stories;

namespace Recoupe.Dossiers;

/// <summary>A point with what stands behind it.</summary>
/// <param name="Point">The point.</param>
/// <param name="Grade">What its origins amount to.</param>
/// <param name="Alone">The only outlet that has it; null where several do or the outlet is unknown.</param>
/// <param name="Origins">Its origins.</param>
/// <param name="Chains">The chain of each passage, in the order of the point's passages.</param>
public sealed record SourcedPoint(Point Point, Grade Grade, string? Alone, OriginCount Origins, ImmutableArray<Chain> Chains)
{
    /// <summary>How it came by its grade, the earliest step first; empty where that cannot be told.</summary>
    public ImmutableArray<GradeStep> History { get; init; } = [];
}

/// <summary>What is told to have happened on one day.</summary>
/// <param name="Date">ISO 8601 as far as it goes.</param>
/// <param name="Passages">The passages that tell it.</param>
public sealed record TimelineEntry(string Date, ImmutableArray<Evidence> Passages);

/// <summary>A story with all that its articles amount to.</summary>
/// <param name="Story">The story.</param>
/// <param name="Articles">Its articles, in the story's order, dated where they could be.</param>
/// <param name="Points">Its points, those that several articles tell first, then by weight.</param>
/// <param name="Discrepancies">Where the articles differ.</param>
/// <param name="Omissions">What most tell and one does not.</param>
/// <param name="Reuses">What shares text with what.</param>
/// <param name="Sayings">What was said, with every place where it is found again, by its first place.</param>
/// <param name="Timeline">What happened when, the earliest first.</param>
public sealed record Dossier(
    Story Story, ImmutableArray<AnnotatedArticle> Articles, ImmutableArray<SourcedPoint> Points,
    ImmutableArray<Discrepancy> Discrepancies, ImmutableArray<Omission> Omissions, ImmutableArray<Reuse> Reuses,
    ImmutableArray<Saying> Sayings, ImmutableArray<TimelineEntry> Timeline)
{
    /// <summary>What was asked, where the dossier answers a question about a claim; null for the dossier of a story.</summary>
    public ClaimCheck? Check { get; init; }

    /// <summary>The claim that was asked about, else the title of its earliest article that has one; null where none has.</summary>
    public string? Title => Check?.Text ?? Articles.Select(article => article.Article.Title).FirstOrDefault(title => title is not null);
}
