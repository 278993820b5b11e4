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

    /// <summary>What some of the passages tell in more likeness than all (<see cref="Points.Part"/>).</summary>
    Part,
}

/// <summary>One thing that passages of a point tell beside each other: "killing nine and injuring fifty" tells two that an editor lists apart.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Key">What it is, across articles and languages.</param>
/// <param name="Of">The point whose passages tell it.</param>
internal sealed record Facet(FacetKind Kind, ulong Key, PointDraft Of)
{
    // A clause of fewer tokens cannot be read, and what stands beside it in fewer words is no other thing told.
    private const int FewestTokens = 3;

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
                return WordsBeside(words, unit.Evidence.Span, span) < FewestTokens ? unit.Evidence.Span : span;
        }

        return unit.Evidence.Span;
    }

    // How many words of a passage stand outside a part of it.
    private static int WordsBeside(WordSequence words, TextSpan passage, TextSpan part)
    {
        var count = 0;
        var (from, to) = words.Range(passage);
        for (var i = from; i < to; i++)
            count += words.Source.Tokens[i].Kind != TokenKind.Mark && !part.Contains(words.Source.Tokens[i].Span) ? 1 : 0;
        return count;
    }

    // Whether the token stands in the amount.
    private bool Marks(Unit unit, WordSequence words, int token)
    {
        for (var n = 0; n < unit.Numbers.Length; n++)
        {
            var number = unit.Numbers[n];
            if (number.Span.Contains(words.Source.Tokens[token].Span) && Facets.Of(number, unit.Amounts[n]) == (Kind, Key))
                return true;
        }

        return false;
    }
}

/// <summary>Finds what the passages of points tell beside each other.</summary>
internal static class Facets
{
    // Of more things of a kind those that most passages tell.
    private const int MostOfKind = 6;

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
            var thing = Of(unit.Numbers[i], unit.Amounts[i]);
            if (thing.Key != 0 && met.Add(thing))
                yield return thing;
        }
    }

    /// <summary>What an amount is of: the fate that befell those counted, else what is counted or measured; the key is 0 where nothing is told.</summary>
    public static (FacetKind Kind, ulong Key) Of(NumberMention number, Told amount) =>
        number.Happened is { } fate ? (FacetKind.Fate, TextHash.Of(fate)) : (FacetKind.Amount, amount.Of);

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

        found.AddRange(told.Where(pair => pair.Value.Exists(unit => unit.Article != pair.Value[0].Article))
            .GroupBy(pair => pair.Key.Kind).OrderBy(kind => kind.Key)
            .SelectMany(kind => kind.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key.Key).Take(MostOfKind))
            .Select(pair => new PointDraft(pair.Value) { Facet = new Facet(pair.Key.Kind, pair.Key.Key, draft) }));
    }
}
