using Recoupe.Numbers;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>What kind of thing the passages of a facet tell beside what their point tells.</summary>
internal enum FacetKind : byte
{
    /// <summary>It is no facet.</summary>
    None,

    /// <summary>How many people or things a fate befell.</summary>
    Fate,

    /// <summary>An amount of one kind.</summary>
    Amount,

    /// <summary>What somebody did or what happened besides.</summary>
    Deed,
}

/// <summary>One thing that passages of a point tell beside each other: "killing nine and injuring fifty" tells two that an editor lists apart.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Key">What it is, across articles and languages.</param>
/// <param name="Of">The point whose passages tell it.</param>
/// <param name="Weight">What its word weighs in the story; 0 for an amount.</param>
internal sealed record Facet(FacetKind Kind, ulong Key, PointDraft Of, float Weight)
{
    /// <summary>Whether a passage tells it.</summary>
    public bool IsIn(Unit unit)
    {
        foreach (var (kind, key) in Facets.In(unit))
        {
            if (kind == Kind && key == Key)
                return true;
        }

        return false;
    }

    /// <summary>The clause of a passage that tells it, as far as it stands in the passage; the whole passage where there is no such clause.</summary>
    public TextSpan SpanIn(StoryText story, Unit unit)
    {
        var words = story.Bodies[unit.Article];
        if (words.Source.Syntax is not { } tree)
            return unit.Evidence.Span;
        var (from, to) = words.Range(unit.Evidence.Span);
        for (var i = from; i < to; i++)
        {
            if (!Marks(unit, words, i) || tree.PredicateOver(i) is not (>= 0 and var predicate) || predicate < from || predicate >= to)
                continue;
            var range = tree.ClauseOf(predicate).CoreRange;
            if (range.To - range.From >= FewestTokens && tree.SpanOf(range).Intersection(unit.Evidence.Span) is { } span)
                return span;
        }

        return unit.Evidence.Span;
    }

    // Whether the token is the predicate, or begins the amount.
    private bool Marks(Unit unit, WordSequence words, int token)
    {
        if (Kind == FacetKind.Deed)
            return words.Keys[token] == Key && words.Source.Syntax!.IsPredicate(token);
        for (var n = 0; n < unit.Numbers.Length; n++)
        {
            var number = unit.Numbers[n];
            if (number.Span.Contains(words.Source.Tokens[token].Span) && (Kind == FacetKind.Fate ? number.Happened is { } fate && TextHash.Of(fate) == Key : number.Happened is null && unit.Amounts[n].Of == Key))
                return true;
        }

        return false;
    }

    // A clause of fewer tokens cannot be read.
    private const int FewestTokens = 3;
}

/// <summary>Finds what the passages of points tell beside each other.</summary>
internal static class Facets
{
    // Of more things an editor lists the first.
    private const int MostOfKind = 6;

    // A deed that nearly all passages of a point tell is the point.
    private const float MostOfDeed = 0.75f;

    /// <summary>The things that passages of two articles at least tell in a point, as points of their own.</summary>
    public static List<PointDraft> Of(IReadOnlyList<PointDraft> drafts)
    {
        var found = new List<PointDraft>();
        foreach (var draft in drafts)
        {
            if (draft.Articles > 1)
                Read(draft, found);
        }

        return found;
    }

    /// <summary>The things that a passage tells, each once.</summary>
    public static IEnumerable<(FacetKind Kind, ulong Key)> In(Unit unit)
    {
        var met = new HashSet<(FacetKind, ulong)>();
        for (var i = 0; i < unit.Numbers.Length; i++)
        {
            var thing = unit.Numbers[i].Happened is { } fate ? (FacetKind.Fate, TextHash.Of(fate)) : (FacetKind.Amount, unit.Amounts[i].Of);
            if (thing.Item2 != 0 && met.Add(thing))
                yield return thing;
        }

        foreach (var claim in unit.Claims)
        {
            if (claim.Predicate != 0 && met.Add((FacetKind.Deed, claim.Predicate)))
                yield return (FacetKind.Deed, claim.Predicate);
        }
    }

    private static void Read(PointDraft draft, List<PointDraft> found)
    {
        var told = new Dictionary<(FacetKind Kind, ulong Key), List<Unit>>();
        foreach (var unit in draft.Units)
        {
            foreach (var thing in In(unit))
            {
                if (!told.TryGetValue(thing, out var units))
                    told[thing] = units = [];
                units.Add(unit);
            }
        }

        var shared = told.Where(pair => pair.Value.Select(unit => unit.Article).Distinct().Skip(1).Any()
                && (pair.Key.Kind != FacetKind.Deed || pair.Value.Count <= MostOfDeed * draft.Units.Count))
            .Select(pair => (Facet: new Facet(pair.Key.Kind, pair.Key.Key, draft, pair.Value.Max(unit => unit.WeightOf(pair.Key.Key))), Units: pair.Value)).ToList();
        foreach (var kind in shared.GroupBy(item => item.Facet.Kind).OrderBy(group => group.Key))
        {
            var met = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (facet, units) in kind.OrderByDescending(item => item.Units.Count).ThenByDescending(item => item.Facet.Weight).ThenBy(item => item.Facet.Key).Take(MostOfKind))
            {
                // Two deeds that the same passages tell are one.
                if (facet.Kind != FacetKind.Deed || met.Add(string.Join(' ', units.Select(unit => draft.Units.IndexOf(unit)))))
                    found.Add(new PointDraft([.. units]) { Facet = facet });
            }
        }
    }
}
