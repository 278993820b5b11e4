namespace Recoupe.Points;

/// <summary>Passages that were put together first and then became a broader point: what they tell, an editor may list apart.</summary>
/// <param name="Of">The broader point.</param>
/// <param name="Odds">The mean log-odds between the two groups that the part was made of.</param>
/// <param name="OddsOfPoint">Those between the two that the point was made of.</param>
internal sealed record Part(PointDraft Of, float Odds, float OddsOfPoint);

/// <summary>Finds what was put together first in points.</summary>
internal static class Parts
{
    /// <summary>The parts of a point that two articles at least tell.</summary>
    /// <param name="draft">The point.</param>
    /// <param name="cluster">How it was put together.</param>
    /// <param name="units">The units of the story.</param>
    public static IEnumerable<PointDraft> Of(PointDraft draft, UnitCluster cluster, List<Unit> units) =>
        cluster.Parts.Where(group => group.Units.Exists(unit => units[unit].Article != units[group.Units[0]].Article))
            .Select(group => new PointDraft([.. group.Units.Order().Select(unit => units[unit])]) { Part = new Part(draft, group.Odds, cluster.All.Odds) });

    /// <summary>What is told of the parts among <paramref name="drafts"/>: the likeliest first, none that holds another or stands in it.</summary>
    public static IEnumerable<PointDraft> Told(List<PointDraft> drafts, PointOptions options)
    {
        var taken = new HashSet<Unit>();
        return drafts.Where(draft => draft.Part is not null && draft.Worth >= options.MinToldPart)
            .OrderByDescending(draft => draft.Worth).ThenBy(draft => draft.Units.Count).ThenBy(draft => (draft.Units[0].Article, draft.Units[0].Sentence))
            .Where(draft => !draft.Units.Exists(taken.Contains) && draft.Units.TrueForAll(taken.Add));
    }
}
