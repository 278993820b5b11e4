using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Origins;
using Recoupe.Points;

namespace Recoupe.Discrepancies;

/// <summary>Finds where the passages of one point differ (sourcing rule 12).</summary>
internal static class DiscrepancyFinder
{
    // Passages of one point that read so many different ways are a list, not one thing told.
    private const int MostCompared = 60;

    /// <summary>The discrepancies by point, kind and place, each pair of differing values once.</summary>
    public static ImmutableArray<Discrepancy> Find(StoryText story, IReadOnlyList<Sourcing> points, PointJudge judge, CancellationToken cancellationToken)
    {
        var told = points.Where(point => !point.Point.Background).Select(point => (Point: point, Passages: Told(story, point, partial: false))).ToList();
        var byRule = !story.Keeps(SourcingRule.NumbersByRule) ? [] : story.ForEach(told.Count, i => NumberComparer.Compare(story, told[i].Point, told[i].Passages).ToList(), cancellationToken)
            .SelectMany(differences => differences).ToList();
        var numbers = AmountComparer.Compare(story, points, byRule, judge, cancellationToken).ToLookup(difference => difference.Point);
        var names = new NamesOfArticles(story);
        var found = story.ForEach(told.Count, i => Compare(story, told[i].Point, told[i].Passages, numbers, names), cancellationToken).SelectMany(differences => differences).ToImmutableArray();
        return story.Keeps(SourcingRule.OnceAmongPoints) ? Once(found, points) : found;
    }

    private static List<Discrepancy> Compare(StoryText story, Sourcing point, List<ToldPassage> passages, ILookup<PointId, Discrepancy> numbers, NamesOfArticles names)
    {
        var all = Told(story, point, partial: true);
        return
        [
            .. numbers[point.Point.Id],
            .. story.Keeps(SourcingRule.Dates) ? DateComparer.Compare(story, point, passages) : [],
            .. story.Keeps(SourcingRule.Clocks) ? ClockComparer.Compare(story, point, passages) : [],
            .. PlaceComparer.Compare(story, point, all),
            .. story.Keeps(SourcingRule.SpellingsOfNames) ? NameComparer.Compare(story, point, passages, names) : [],
            .. story.Keeps(SourcingRule.Polarity) ? PolarityComparer.Compare(story, point) : [],
            .. QuoteComparer.Compare(story, point, all),
        ];
    }

    // A difference that passages of two points tell is that of the point that is told in fewer words around it: of the dead, where another is of the whole accident.
    private static ImmutableArray<Discrepancy> Once(IReadOnlyList<Discrepancy> found, IReadOnlyList<Sourcing> points)
    {
        var byId = points.ToDictionary(point => point.Point.Id);
        var kept = found.GroupBy(difference => (difference.Kind, difference.A, difference.B)).Select(same => same.MinBy(WordsAround)!).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. found.Where(kept.Contains)];

        int WordsAround(Discrepancy difference) => byId[difference.Point].Point.Passages.Select(passage => passage.Evidence)
            .Where(evidence => evidence.Article == difference.A.Article && evidence.InTitle == difference.A.InTitle && evidence.Span.Overlaps(difference.A.Span))
            .Select(evidence => evidence.Span.Length).DefaultIfEmpty(int.MaxValue).Min();
    }

    // The earliest first; titles repeat their articles, and what is told in part or taken for granted claims nothing itself, but quotes what it quotes.
    private static List<ToldPassage> Told(StoryText story, Sourcing sourcing, bool partial)
    {
        var told = new List<ToldPassage>();
        var seen = new HashSet<Evidence>();
        foreach (var chain in sourcing.Chains)
        {
            if (!chain.Passage.Evidence.InTitle && (partial || !chain.Passage.Partial) && seen.Add(chain.Passage.Evidence))
                told.Add(new ToldPassage(chain, story.PlaceOf(chain.Passage.Evidence.Article), sourcing.GroupOf(chain)));
        }

        return [.. told.OrderBy(passage => TimeOf(story, passage.Place)).ThenBy(passage => passage.Place).ThenBy(passage => passage.Evidence.Span)];
    }

    /// <summary>The passages that stand for all: of those that read the same, the first ones of two articles.</summary>
    /// <param name="passages">In order.</param>
    /// <param name="reading">What a comparison reads in a passage, as one string; empty for nothing.</param>
    public static List<T> Representatives<T>(IEnumerable<(ToldPassage Passage, T Read)> passages, Func<T, string> reading)
    {
        var kept = new List<T>();
        var seen = new Dictionary<(string, int), int>();
        foreach (var (passage, read) in passages)
        {
            if (kept.Count >= MostCompared)
                break;
            var text = reading(read);
            if (text.Length == 0)
                continue;
            var key = (text, passage.Origin);
            if (!seen.TryGetValue(key, out var first))
                seen[key] = passage.Place;
            else if (first < 0 || first == passage.Place)
                continue;
            else
                seen[key] = -1;
            kept.Add(read);
        }

        return kept;
    }

    /// <summary>Whether two passages are words of two origins that are told apart.</summary>
    public static bool OtherOrigin(ToldPassage a, ToldPassage b) => a.Chain.Passage.Statement is not null && b.Chain.Passage.Statement is not null && a.Origin >= 0 && b.Origin >= 0 && a.Origin != b.Origin;

    /// <summary>How many content words of two passages mean the same.</summary>
    public static int Shared(StoryText story, ToldPassage a, ToldPassage b)
    {
        var words = story.Bodies[b.Place].KeysIn(b.Evidence.Span).ToHashSet();
        words.IntersectWith(story.Bodies[a.Place].KeysIn(a.Evidence.Span));
        return words.Count;
    }

    private static DateTime TimeOf(StoryText story, int place) => story.Articles[place].Article.Published?.Utc ?? DateTime.MaxValue;
}

/// <summary>A passage as the comparison sees it.</summary>
/// <param name="Chain">The passage and its chain.</param>
/// <param name="Place">The place of its article in the story.</param>
/// <param name="Origin">The index of the origin that it goes back to among the point's; -1 for none.</param>
internal sealed record ToldPassage(Chain Chain, int Place, int Origin)
{
    public Evidence Evidence => Chain.Passage.Evidence;

    public Evidence At(Text.TextSpan span) => new(Evidence.Article, span);
}
