using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;

namespace Recoupe.Dossiers;

/// <summary>How much of a story goes through one medium or back to one origin.</summary>
/// <param name="Name">Its fullest name in the story; null for what no article gives a source for.</param>
/// <param name="Type">What it is as an origin; a medium where it is known as one and only passes on; else null.</param>
/// <param name="Articles">The articles that have something from it, in the story's order.</param>
/// <param name="Points">The points that it stands behind, the weightiest first.</param>
/// <param name="Alone">Those of them that nothing else stands behind: all their affirming chains go through it.</param>
public sealed record SourceShare(string? Name, OriginType? Type, ImmutableArray<ArticleId> Articles, ImmutableArray<PointId> Points, ImmutableArray<PointId> Alone)
{
    /// <summary>The shares of a story, by how many points they stand behind, then by articles; what has no source last. Background is left out.</summary>
    public static ImmutableArray<SourceShare> Of(Dossier dossier)
    {
        var places = dossier.Articles.Select((article, place) => (article.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place);
        var points = dossier.Points.Where(point => !point.Point.Background)
            .Select(point => (point.Point.Id, Chains: point.Chains.Where(chain => chain.Passage is { Stance: Stance.Affirms, Partial: false }).ToList())).ToList();
        var names = new StoryNames(points.SelectMany(point => point.Chains)
            .SelectMany(chain => chain.Hops.Skip(1).Select((hop, i) => (hop, i == chain.Hops.Length - 2 && chain.Type == OriginType.Person))));

        var same = SameNames(dossier, names);
        var shares = new Dictionary<string, Draft>(StringComparer.Ordinal);
        foreach (var (id, chains) in points)
        {
            var through = chains.ConvertAll(chain => Through(chain, names).Select(stop => (Name: stop.Name is { } known ? same.GetValueOrDefault(known, known) : null, stop.Type)).ToList());
            foreach (var (i, stops) in through.Index())
            {
                foreach (var (name, type) in stops)
                {
                    var key = Folding.Fold(name ?? "");
                    if (!shares.TryGetValue(key, out var draft))
                        shares.Add(key, draft = new Draft(name, type));
                    draft.Add(id, places[chains[i].Passage.Evidence.Article], through.TrueForAll(others => others.Exists(other => Folding.Fold(other.Name ?? "") == key)));
                    // What is met both on the way and at the end is named by what it is at the end; whoever has a name anywhere is not unnamed.
                    if (draft.Type is null or OriginType.Unnamed || draft.Type == OriginType.Medium && type is not OriginType.Unnamed)
                        draft.Type = type ?? draft.Type;
                }
            }
        }

        return [.. shares.Values.OrderBy(draft => draft.Name is null).ThenByDescending(draft => draft.Points.Count).ThenByDescending(draft => draft.Places.Count)
            .ThenBy(draft => draft.Places.Min).ThenBy(draft => draft.Name, StringComparer.Ordinal)
            .Select(draft => new SourceShare(draft.Name, draft.Type, [.. draft.Places.Select(place => dossier.Articles[place].Id)], [.. draft.Points], [.. draft.Alone]))];
    }

    // What the points count as certainly one is one here too, under the name that came first.
    private static Dictionary<string, string> SameNames(Dossier dossier, StoryNames names)
    {
        var same = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var merge in dossier.Points.SelectMany(point => point.Origins.Merged).Where(merge => merge.Certain))
        {
            if (merge is not { A: { } a, B: { } b })
                continue;
            var (first, second) = (First(names[a]), First(names[b]));
            if (first != second)
                same[second] = first;
        }

        return same.Keys.ToDictionary(name => name, First, StringComparer.Ordinal);

        string First(string name)
        {
            while (same.TryGetValue(name, out var before))
                name = before;
            return name;
        }
    }

    private static IEnumerable<(string? Name, OriginType? Type)> Through(Chain chain, StoryNames names)
    {
        if (chain.Type is null)
        {
            yield return (null, null);
            yield break;
        }

        // An outlet's own reporting has no further hop.
        if (chain.Hops.Length == 1)
            yield return (chain.Hops[0], chain.Type);
        foreach (var (i, hop) in chain.Hops.Skip(1).Index())
            yield return (names[hop], i == chain.Hops.Length - 2 ? chain.Type : MediaDirectory.Find(hop) is null ? null : OriginType.Medium);
    }

    private sealed class Draft(string? name, OriginType? type)
    {
        public string? Name => name;

        public OriginType? Type { get; set; } = type;

        public SortedSet<int> Places { get; } = [];

        public List<PointId> Points { get; } = [];

        public List<PointId> Alone { get; } = [];

        public void Add(PointId point, int place, bool alone)
        {
            Places.Add(place);
            if (Points.Count == 0 || Points[^1] != point)
            {
                Points.Add(point);
                if (alone)
                    Alone.Add(point);
            }
        }
    }
}
