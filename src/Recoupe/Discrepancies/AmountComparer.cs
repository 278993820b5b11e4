using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Discrepancies;

/// <summary>
/// Amounts of one thing that differ: those that the rules find inside a point (<see cref="NumberComparer"/>), unless it is learned that they are of two things, and those
/// of which it is learned that they are of one, wherever the story tells them (<c>models/amounts.model</c>).
/// </summary>
internal static class AmountComparer
{
    // The least log-odds that two amounts are told of one thing. Chosen with affairs left out: three of five told are then listed by readers.
    private const float Least = -0.5f;

    /// <summary>How far below that bound the first place may be at which two values are told that differ: readers list where each was told first.</summary>
    public const float FirstBelow = 2;

    // The least log-odds for two amounts of which the rules hold that they are of one thing.
    private const float LeastByRule = -1f;

    // The least log-odds that nothing explains why they differ: a later count, another occasion. Chosen likewise: four of five of those told open are for readers.
    private const float LeastOpen = 0.5f;

    /// <summary>The differences, each pair of values once; those that stand in no told point are left out.</summary>
    /// <param name="story">The story.</param>
    /// <param name="points">Its points.</param>
    /// <param name="byRule">What the rules find.</param>
    /// <param name="judge">The learned decisions.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static List<Discrepancy> Compare(StoryText story, IReadOnlyList<Sourcing> points, List<Discrepancy> byRule, PointJudge judge, CancellationToken cancellationToken)
    {
        var pairs = new AmountPairs(story, story.Passages(cancellationToken).Units);
        var odds = Judge(pairs, judge, cancellationToken);
        // Two ends of a range may begin at one place, and two passages may hold one amount.
        var known = odds.GroupBy(pair => Key(Place(pair.A), Place(pair.B))).ToDictionary(group => group.Key, group => group.Max(pair => pair.Odds));
        var found = byRule.Where(difference => known.GetValueOrDefault(Key(At(story, difference.A), At(story, difference.B)), LeastByRule) >= LeastByRule || !story.Keeps(SourcingRule.NumbersVetoed)).ToList();
        var values = pairs.Amounts.ToLookup(Place, amount => amount.Value);
        var said = byRule.SelectMany(difference => values[At(story, difference.A)].SelectMany(a => values[At(story, difference.B)].Select(b => (Math.Min(a, b), Math.Max(a, b))))).ToHashSet();
        var told = new ToldAmounts(story, points);
        var row = new float[AmountPairs.Count];
        if (!story.Keeps(SourcingRule.NumbersLearned))
            return found;
        foreach (var same in odds.Where(pair => pair.Odds >= Least - FirstBelow && MayBeOne(story, pair.A, pair.B)).GroupBy(pair => AmountPairs.DifferenceOf(pair.A, pair.B)))
        {
            if (said.Contains((same.Key.Less, same.Key.More)) || !same.Any(pair => pair.Odds >= Least))
                continue;
            foreach (var (a, b, _) in same)
            {
                if (told.Of(a, b) is not { } point)
                    continue;
                found.Add(Difference(story, pairs, judge, point, a, b, row));
                break;
            }
        }

        return found;
    }

    // What was bought is not what was taken, in words that are otherwise the same: money must be governed alike.
    private static bool MayBeOne(StoryText story, StoryAmount a, StoryAmount b) => !story.Keeps(SourcingRule.MoneyGovernedAlike) || a.Kind != AmountKind.Money || a.Setting.Fits(b.Setting);

    private static List<(StoryAmount A, StoryAmount B, float Odds)> Judge(AmountPairs pairs, PointJudge judge, CancellationToken cancellationToken)
    {
        var all = pairs.Pairs().ToList();
        var odds = judge.Amounts.Score(all.Count, AmountPairs.Count, (pair, features) => pairs.Fill(all[pair].A, all[pair].B, features), cancellationToken: cancellationToken);
        return [.. all.Zip(odds, static (pair, odd) => (pair.A, pair.B, odd))];
    }

    private static Discrepancy Difference(StoryText story, AmountPairs pairs, PointJudge judge, PointId point, StoryAmount a, StoryAmount b, float[] row)
    {
        var (first, second) = IsLater(story, a, b) ? (b, a) : (a, b);
        pairs.Fill(a, b, row);
        var resolution = NumberComparer.BaseOf(story, a.Place, a.Number) != NumberComparer.BaseOf(story, b.Place, b.Number) ? Resolution.Base : judge.Opens.Score(row) < LeastOpen ? Resolution.Update : Resolution.Open;
        return new Discrepancy(DiscrepancyKind.Number, resolution, point, Evidence(story, first), Evidence(story, second), resolution switch
        {
            Resolution.Update => "another amount, told at another time",
            Resolution.Base => "another amount, counted on another base",
            _ => "another amount of the same thing",
        });
    }

    private static (int Place, int Start) Place(StoryAmount amount) => (amount.Place, amount.Number.Span.Start);

    private static (int Place, int Start) At(StoryText story, Evidence evidence) => (story.PlaceOf(evidence.Article), evidence.Span.Start);

    private static ((int, int), (int, int)) Key((int, int) a, (int, int) b) => a.CompareTo(b) <= 0 ? (a, b) : (b, a);

    private static Evidence Evidence(StoryText story, StoryAmount amount) => new(story.Articles[amount.Place].Id, amount.Number.Span);

    private static bool IsLater(StoryText story, StoryAmount a, StoryAmount b) => TimeOf(story, a) is { } first && TimeOf(story, b) is { } second && first > second;

    private static DateTime? TimeOf(StoryText story, StoryAmount amount) => story.Articles[amount.Place].Article.Published?.Utc;

    // Which told points amounts stand in.
    private sealed class ToldAmounts
    {
        private readonly List<(TextSpan Span, bool Partial, PointId Point)>[] _passages;

        public ToldAmounts(StoryText story, IReadOnlyList<Sourcing> points)
        {
            _passages = [.. story.Articles.Select(_ => new List<(TextSpan, bool, PointId)>())];
            foreach (var point in points.Where(point => !point.Point.Background))
            {
                foreach (var passage in point.Point.Passages.Where(passage => !passage.Evidence.InTitle))
                    _passages[story.PlaceOf(passage.Evidence.Article)].Add((passage.Evidence.Span, passage.Partial, point.Point.Id));
            }
        }

        // The point that holds both, else one that holds either; null where none does.
        public PointId? Of(StoryAmount a, StoryAmount b)
        {
            var (first, second) = (At(a), At(b));
            PointId? both = first.Where(second.Contains).Select(point => (PointId?)point).FirstOrDefault();
            return both ?? first.Concat(second).Select(point => (PointId?)point).FirstOrDefault();
        }

        // Beside a passage, the points of that passage.
        private List<PointId> At(StoryAmount amount)
        {
            var span = amount.Beside ? amount.Unit.Evidence.Span : amount.Number.Span;
            return [.. _passages[amount.Place].Where(passage => passage.Span.Overlaps(span)).OrderBy(passage => passage.Partial).Select(passage => passage.Point)];
        }
    }
}
