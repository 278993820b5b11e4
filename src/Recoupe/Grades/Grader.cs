using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;

namespace Recoupe.Grades;

/// <summary>Grades a point by its origins (sourcing rules 11 and 12).</summary>
internal static class Grader
{
    // Told by fewer articles, a detail cannot be told from what the point claims.
    private const int ManyArticles = 5;

    /// <summary>The grade of a point.</summary>
    /// <param name="story">The story.</param>
    /// <param name="sourcing">What stands behind it.</param>
    /// <param name="discrepancies">The discrepancies of the story.</param>
    public static Grade Of(StoryText story, Sourcing sourcing, IEnumerable<Discrepancy> discrepancies)
    {
        if (IsDisputed(story, sourcing, discrepancies))
            return Grade.Disputed;
        var groups = sourcing.Groups.Where(group => !group.Partial || !story.Keeps(SourcingRule.PartialCountsNot)).ToList();
        if (groups.Count == 0)
            groups = [.. sourcing.Groups];
        var named = groups.Exists(group => group.IsNamed);
        if (named && sourcing.Count.Fewest >= 2)
            return Grade.Independent;
        if (named)
            return Grade.Named;
        if (groups.Exists(group => group.IsUnnamed))
            return Grade.UnnamedOnly;
        return sourcing.Groups.Count == 1 ? Grade.Single : Grade.Unattributed;
    }

    private static bool IsDisputed(StoryText story, Sourcing sourcing, IEnumerable<Discrepancy> discrepancies)
    {
        List<(Evidence Evidence, string Text)>? told = null;
        return sourcing.Chains.Any(chain => chain.Passage.Stance == Stance.Denies)
            || discrepancies.Any(discrepancy => discrepancy.Resolution == Resolution.Open && discrepancy.Kind is not DiscrepancyKind.Quote
                && (discrepancy.Point == sourcing.Point.Id || story.Keeps(SourcingRule.DisputedElsewhere) && TellsBoth(sourcing.Chains, discrepancy))
                && !IsAccessory(story, told ??= ToldIn(story, sourcing), discrepancy));
    }

    /// <summary>Whether a point's passages tell both sides of a difference that is listed at another point: each is listed once.</summary>
    /// <param name="chains">The chains of the point's passages.</param>
    /// <param name="discrepancy">The difference.</param>
    public static bool TellsBoth(ImmutableArray<Chain> chains, Discrepancy discrepancy) => Tells(chains, discrepancy.A) && Tells(chains, discrepancy.B);

    private static bool Tells(ImmutableArray<Chain> chains, Evidence evidence) =>
        chains.Any(chain => chain.Passage is { Stance: Stance.Affirms, Partial: false, Evidence: { } told } && told.Article == evidence.Article && told.InTitle == evidence.InTitle && told.Span.Contains(evidence.Span));

    // The passages that tell the point, with their folded words.
    private static List<(Evidence Evidence, string Text)> ToldIn(StoryText story, Sourcing sourcing) =>
    [
        .. sourcing.Chains.Select(chain => chain.Passage).Where(passage => passage is { Stance: Stance.Affirms, Partial: false, Evidence.InTitle: false })
            .Select(passage => passage.Evidence).Distinct().Select(evidence => (evidence, TextOf(story, evidence))),
    ];

    // What few of the many articles that tell the point tell of it is a detail beside it: the gunman's age where the point is the shooting.
    private static bool IsAccessory(StoryText story, List<(Evidence Evidence, string Text)> told, Discrepancy discrepancy)
    {
        if (discrepancy.Kind == DiscrepancyKind.Polarity || !story.Keeps(SourcingRule.Accessories))
            return false;
        var articles = told.Select(passage => passage.Evidence.Article).Distinct().Count();
        if (articles < ManyArticles)
            return false;
        var values = new[] { TextOf(story, discrepancy.A), TextOf(story, discrepancy.B) };
        var telling = told.Where(passage => passage.Evidence.Article == discrepancy.A.Article || passage.Evidence.Article == discrepancy.B.Article || values.Any(passage.Text.Contains))
            .Select(passage => passage.Evidence.Article).Distinct().Count();
        return telling * 2 < articles;
    }

    private static string TextOf(StoryText story, Evidence evidence) => Folding.Fold(evidence.Span.Quote(story.Articles[story.PlaceOf(evidence.Article)].Body.Text));
}
