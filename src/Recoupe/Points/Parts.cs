namespace Recoupe.Points;

/// <summary>Passages that were put together first and then became a broader point: what they tell, an editor may list apart.</summary>
/// <param name="Of">The broader point.</param>
/// <param name="Odds">The mean log-odds between the two groups that the part was made of.</param>
/// <param name="OddsOfPoint">Those between the two that the point was made of.</param>
internal sealed record Part(PointDraft Of, float Odds, float OddsOfPoint);

/// <summary>Finds what was put together first in points.</summary>
internal static class Parts
{
    // What fewer of a point's articles tell is a detail of it: one in three, as in all stories that this is learned from.
    private const int MostToOne = 3;

    // Of a point so many are told at most, as of its facets.
    private const int MostOfPoint = 6;

    /// <summary>The parts of a point that two articles at least tell, and one in three of its articles.</summary>
    /// <param name="draft">The point.</param>
    /// <param name="cluster">How it was put together.</param>
    /// <param name="units">The units of the story.</param>
    public static IEnumerable<PointDraft> Of(PointDraft draft, UnitCluster cluster, List<Unit> units) =>
        cluster.Parts.Where(group => group.Units.Count > 1 && group.Units.Count * MostToOne >= draft.Articles)
            .Select(group => new PointDraft([.. group.Units.Order().Select(unit => units[unit])]) { Part = new Part(draft, group.Odds, cluster.All.Odds) })
            .Where(part => part.Articles > 1 && part.Articles * MostToOne >= draft.Articles);

    /// <summary>What is told of the parts among <paramref name="drafts"/>: the likeliest first, none that holds another or stands in it.</summary>
    public static List<PointDraft> Told(List<PointDraft> drafts, PointOptions options)
    {
        var told = new List<PointDraft>();
        var taken = new HashSet<Unit>();
        var count = new Dictionary<PointDraft, int>();
        foreach (var draft in drafts.Where(draft => draft.Part is not null && draft.Worth >= options.MinToldPart)
            .OrderByDescending(draft => draft.Worth).ThenBy(draft => draft.Units.Count).ThenBy(draft => (draft.Units[0].Article, draft.Units[0].Sentence)))
        {
            var known = count.GetValueOrDefault(draft.Part!.Of);
            if (known == MostOfPoint || draft.Units.Exists(taken.Contains))
                continue;
            count[draft.Part.Of] = known + 1;
            taken.UnionWith(draft.Units);
            told.Add(draft);
        }

        return told;
    }
}
