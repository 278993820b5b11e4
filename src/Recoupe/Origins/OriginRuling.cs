using System.Collections.Immutable;

using Recoupe.Articles;

namespace Recoupe.Origins;

/// <summary>What a person ruled: that passages of a point have one origin, or that no two of them have the same.</summary>
/// <param name="Same">Whether they have one.</param>
/// <param name="Places">Where the passages stand.</param>
public sealed record OriginRuling(bool Same, ImmutableArray<Evidence> Places);

/// <summary>The rulings of a story, asked for pairs of origins.</summary>
internal sealed class OriginRulings(ImmutableArray<OriginRuling> rulings)
{
    public const string Why = "a person says so";

    /// <summary>Whether a person ruled that the two are not one. What was ruled last counts.</summary>
    public bool AreApart(IReadOnlyList<Trace> a, IReadOnlyList<Trace> b) => Ruled(a, b) == false;

    /// <summary>Whether a person ruled that the two are one.</summary>
    public bool AreSame(IReadOnlyList<Trace> a, IReadOnlyList<Trace> b) => Ruled(a, b) == true;

    private bool? Ruled(IReadOnlyList<Trace> a, IReadOnlyList<Trace> b)
    {
        for (var i = rulings.Length - 1; i >= 0; i--)
        {
            var (one, other) = (At(rulings[i], a), At(rulings[i], b));
            if (one.Exists(place => other.Exists(another => another != place)))
                return rulings[i].Same;
        }

        return null;
    }

    private static List<Evidence> At(OriginRuling ruling, IReadOnlyList<Trace> traces) => [.. ruling.Places.Where(place => traces.Any(trace =>
        trace.Passage.Evidence is { InTitle: false } evidence && evidence.Article == place.Article && evidence.Span.Overlaps(place.Span)))];
}
