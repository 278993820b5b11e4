using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Dossiers;
using Recoupe.Numbers;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Checks;

/// <summary>Where passages about a claim differ from it, and which of them tell otherwise.</summary>
/// <param name="whole">The story with the claim as its last article.</param>
/// <param name="claim">The claim.</param>
/// <param name="unit">The claim as a unit.</param>
/// <param name="units">The passages.</param>
internal sealed class ClaimDifferences(StoryText whole, AnnotatedArticle claim, Unit unit, List<Unit> units)
{
    private readonly Dictionary<Evidence, double?> _values = []; // of what is told in place of the claim's

    /// <summary>The differences: each pair of values once.</summary>
    public List<ClaimDifference> All { get; } = [];

    /// <summary>The passages that give another value than the claim.</summary>
    public HashSet<Unit> Otherwise { get; } = [];

    /// <summary>Finds them.</summary>
    /// <param name="point">The claim and the passages as one point.</param>
    /// <param name="origins">Who stands behind passages: what one origin tells twice differs otherwise than what two tell.</param>
    /// <param name="judge">What decides whether two amounts are told of one thing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Find(Point point, OriginFinder origins, PointJudge judge, CancellationToken cancellationToken)
    {
        foreach (var found in DiscrepancyFinder.Find(whole, [origins.Of(point)], judge, cancellationToken))
        {
            var (isFirst, isSecond) = (found.A.Article == claim.Id, found.B.Article == claim.Id);
            if (isFirst == isSecond || found.Resolution is not (Resolution.Open or Resolution.Update))
                continue;
            var difference = isFirst ? new ClaimDifference(found.Kind, found.A.Span, found.B, found.Why) : new ClaimDifference(found.Kind, found.B.Span, found.A, found.Why);
            All.Add(difference);
            if (difference.Kind is not (DiscrepancyKind.Polarity or DiscrepancyKind.Quote))
                Hold(difference);
        }
    }

    // A difference stands for all that give the same value, and not the claim's beside it.
    private void Hold(ClaimDifference difference)
    {
        var (claimed, other) = (ValueAt(unit, difference.Claimed), _values[difference.Told] = ValueOf(difference.Told));
        var (days, otherDays) = (DaysAt(new Evidence(claim.Id, difference.Claimed)), difference.Kind == DiscrepancyKind.Date ? DaysAt(difference.Told) : []);
        var place = difference.Kind == DiscrepancyKind.Place ? whole.WordsOf(difference.Told).KeysIn(difference.Told.Span).Where(key => key != 0).ToList() : [];
        foreach (var told in units)
        {
            var isHeld = IsIn(told, difference.Told) || difference.Kind switch
            {
                DiscrepancyKind.Number => Gives(told, other),
                DiscrepancyKind.Date => Array.Exists(told.Days, otherDays.Contains),
                DiscrepancyKind.Place => place.Count > 0 && place.TrueForAll(key => told.PlaceOf(key) >= 0),
                _ => false,
            };
            if (isHeld && !Gives(told, claimed) && !Array.Exists(told.Days, days.Contains))
                Otherwise.Add(told);
        }
    }

    /// <summary>Finds other amounts of what the claim counts, in passages that tell the claim but for its amounts and dates.</summary>
    /// <param name="passages">These passages.</param>
    public void FindAmounts(IEnumerable<Unit> passages)
    {
        foreach (var told in passages.Where(told => !Otherwise.Contains(told)))
        {
            for (var i = 0; i < unit.Amounts.Length; i++)
            {
                var (claimed, of) = (unit.Numbers[i], unit.Amounts[i].Of);
                var alike = Enumerable.Range(0, told.Amounts.Length).Where(j => AreOne(of, told.Amounts[j].Of) && (claimed.Happened ?? told.Numbers[j].Happened) == (told.Numbers[j].Happened ?? claimed.Happened)).ToList();
                if (alike.Count == 0 || alike.Exists(j => Agree(claimed, unit.Amounts[i].Value, told.Numbers[j], told.Amounts[j].Value)))
                    continue;
                var words = new Evidence(told.Evidence.Article, told.Numbers[alike[0]].Span);
                if (!All.Exists(known => known.Kind == DiscrepancyKind.Number && known.Claimed.Overlaps(claimed.Span) && Gives(told, _values.GetValueOrDefault(known.Told))))
                {
                    _values[words] = told.Amounts[alike[0]].Value;
                    All.Add(new ClaimDifference(DiscrepancyKind.Number, claimed.Span, words, "another amount of what the claim counts"));
                }

                Otherwise.Add(told);
            }
        }
    }

    // "Workers" and "ouvriers": what is counted is one where its meanings may tell one fact.
    private static bool AreOne(ulong a, ulong b) => a != 0 && b != 0 && (a == b || Array.Exists(Kin.Default.Of(a), kin => kin.Strong && kin.Key == b));

    private static bool Agree(NumberMention a, double valueOfA, NumberMention b, double valueOfB) => Amounts.Agree(valueOfA, a.Bounds, valueOfB, b.Bounds)
        || a.IsLeast && valueOfB >= valueOfA || b.IsLeast && valueOfA >= valueOfB;

    private double? ValueOf(Evidence words) => units.Where(one => IsIn(one, words)).Select(one => ValueAt(one, words.Span)).FirstOrDefault(value => value is not null);

    private List<string> DaysAt(Evidence words) => [.. whole.DatesIn(whole.PlaceOf(words.Article), words.Span).Select(date => date.Value).OfType<string>()];

    private static bool Gives(Unit told, double? value) => value is not null && Array.Exists(told.Amounts, amount => amount.Value == value);

    private static bool IsIn(Unit told, Evidence words) => told.Evidence.Article == words.Article && !words.InTitle && told.Evidence.Span.Overlaps(words.Span);

    private static double? ValueAt(Unit told, TextSpan span)
    {
        for (var i = 0; i < told.Numbers.Length; i++)
        {
            if (told.Numbers[i].Span.Overlaps(span))
                return told.Amounts[i].Value;
        }

        return null;
    }
}
