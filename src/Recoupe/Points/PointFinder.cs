using System.Collections.Immutable;
using System.Globalization;

namespace Recoupe.Points;

/// <summary>Puts the passages of a story together that tell the same thing, within and across languages.</summary>
public static class PointFinder
{
    /// <summary>The points that are told: what several articles tell before what one alone has, background last; among these what many tell, high up and in their titles, first.</summary>
    /// <param name="articles">The articles of a story, in its order.</param>
    /// <param name="options">What makes passages one point.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ImmutableArray<Point> Find(ImmutableArray<AnnotatedArticle> articles, PointOptions options, CancellationToken cancellationToken) =>
        Find(new StoryText(articles, cancellationToken), options, cancellationToken);

    internal static ImmutableArray<Point> Find(StoryText story, PointOptions options, CancellationToken cancellationToken)
    {
        var passages = story.Passages(cancellationToken);
        var pairs = passages.Units.Count <= options.MaxUnitsAtOnce ? PairOdds.Of(passages.Units, options) : null;
        var drafts = Drafts(passages, pairs, options, cancellationToken);
        foreach (var draft in drafts)
            draft.Worth = draft.Part is { Of: var whole } && whole.Worth < options.MinTold ? float.NegativeInfinity : WorthOf(draft, passages, options.Judge);
        var told = drafts.Where(draft => draft.Owner is null ? draft.Worth >= options.MinTold : draft.Facet is not null && draft.Worth >= options.MinToldFacet && story.Keeps(SourcingRule.Facets))
            .Concat(story.Keeps(SourcingRule.Parts) ? Parts.Told(drafts, options) : []).ToList();
        if (told.Count == 0)
            told = [.. drafts.OrderByDescending(draft => draft.Worth).Take(1)];
        var own = told.FindAll(draft => draft.Owner is null);
        Assign(own, passages, pairs ?? PairOdds.Of(passages.Units, options, own.SelectMany(draft => draft.Units).ToHashSet()), options, cancellationToken);
        var known = own.ToHashSet();
        foreach (var draft in told.Where(draft => draft.Owner is { } owner && known.Contains(owner)))
            draft.FollowOwner();
        told.RemoveAll(draft => draft.Units.Count == 0);
        if (story.Keeps(SourcingRule.Titles))
            AddTitles(own, passages);
        told = [.. told.OrderBy(draft => draft.Old).ThenBy(IsAlone).ThenByDescending(Prominence).ThenByDescending(draft => draft.Worth).ThenBy(draft => (draft.Units[0].Article, draft.Units[0].Sentence))];
        var points = told.ConvertAll(draft => (draft.Owner, Point: draft.ToPoint(story, default)));
        // What is shown by the line of another point tells nothing beside it.
        var lines = points.Where(item => item.Owner is null).Select(item => item.Point.Clearest.Evidence).ToHashSet();
        points.RemoveAll(item => item.Owner is not null && !lines.Add(item.Point.Clearest.Evidence));
        return [.. points.Select((item, number) => item.Point with { Id = new PointId("p" + (number + 1).ToString(CultureInfo.InvariantCulture)) })];
    }

    // Headline facts first: how many articles tell it, each the more the higher up it does, and how many titles.
    private static float Prominence(PointDraft draft) => draft.Units.GroupBy(unit => unit.Article).Sum(own => 1 - own.Min(unit => unit.Depth)) + draft.Titles.Count;

    // Whether one article alone tells it; who doubts it does not.
    private static bool IsAlone(PointDraft draft) => draft.Units.Where(unit => !unit.Doubting).Select(unit => unit.Article).Distinct().Count() < 2;

    /// <summary>The points of all units, told or not.</summary>
    /// <param name="passages">The units.</param>
    /// <param name="pairs">What is known of their pairs; null for a story that is put together in parts.</param>
    /// <param name="options">What makes passages one point.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static List<PointDraft> Drafts(StoryPassages passages, PairOdds? pairs, PointOptions options, CancellationToken cancellationToken)
    {
        var clusters = pairs is null ? InParts(passages.Units, options, cancellationToken) : Cluster(pairs, options, cancellationToken);
        var units = passages.Units;
        var drafts = clusters.ConvertAll(cluster => new PointDraft(cluster.Units.ConvertAll(index => units[index])));
        var parts = drafts.SelectMany((draft, i) => Parts.Of(draft, clusters[i], units)).ToList();
        return [.. drafts, .. Facets.Of(drafts), .. parts];
    }

    private static List<UnitCluster> InParts(List<Unit> units, PointOptions options, CancellationToken cancellationToken)
    {
        // Runs of whole articles first, then what stands for each run's points: linear in articles.
        var runs = new List<(int From, int To)>();
        for (var from = 0; from < units.Count;)
        {
            var to = Math.Min(units.Count, from + options.MaxUnitsAtOnce);
            while (to < units.Count && units[to].Article == units[to - 1].Article)
                to++;
            runs.Add((from, to));
            from = to;
        }

        var found = new List<UnitCluster>[runs.Count];
        Parallel.For(
            0, runs.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads ?? -1, CancellationToken = cancellationToken },
            run => found[run] = Cluster(PairOdds.Of(units.GetRange(runs[run].From, runs[run].To - runs[run].From), options), options, cancellationToken)
                .ConvertAll(cluster => cluster.From(runs[run].From)));
        var clusters = found.SelectMany(run => run).ToList();
        List<Unit> central = [.. clusters.Select(cluster => new PointDraft(cluster.Units.ConvertAll(index => units[index])).Central())];
        return Cluster(PairOdds.Of(central, options), options, cancellationToken).ConvertAll(cluster => cluster.Of(clusters));
    }

    internal static float WorthOf(PointDraft draft, StoryPassages passages, PointJudge judge)
    {
        Span<float> features = stackalloc float[ToldFeatures.Count];
        ToldFeatures.Compute(draft, passages.Titles.Length, 0, features);
        return judge.Told.Score(features);
    }

    private static List<UnitCluster> Cluster(PairOdds pairs, PointOptions options, CancellationToken cancellationToken) =>
        UnitClusterer.Cluster(pairs.Links.Units.Count, pairs.Links.Pairs, pairs.Odds, options, cancellationToken);

    // A sentence may tell two points, and a point that it was not put with: each unit is judged by each point that it shares words with.
    private static void Assign(List<PointDraft> told, StoryPassages passages, PairOdds pairs, PointOptions options, CancellationToken cancellationToken)
    {
        var units = passages.Units;
        cancellationToken.ThrowIfCancellationRequested();
        var members = new PointMembers(units, told, pairs.Links, pairs.Odds, options);
        var best = new Dictionary<Unit, (PointDraft Draft, float Odds)>();
        var found = new List<(Unit Unit, PointDraft Draft, bool Home, float Odds)>();
        foreach (var (unit, draft, odds) in members.Judge(options.Judge.Tells, options.Threads))
        {
            var home = members.IsHome(unit, draft);
            told[draft].Odds[units[unit]] = odds;
            if (odds < (home ? options.MinStays : options.MinTells))
            {
                if (home && told[draft].Units.Count > 1)
                    found.Add((units[unit], told[draft], true, float.NegativeInfinity));
                continue;
            }

            found.Add((units[unit], told[draft], home, odds));
            if (!best.TryGetValue(units[unit], out var known) || odds > known.Odds)
                best[units[unit]] = (told[draft], odds);
        }

        var placed = told.SelectMany(draft => draft.Units).ToHashSet();
        foreach (var (unit, draft, home, odds) in found)
        {
            if (home && float.IsNegativeInfinity(odds) && draft.Units.Count > 1)
            {
                draft.Units.Remove(unit);
                placed.Remove(unit);
            }
            else if (!home)
            {
                (best[unit].Draft == draft && placed.Add(unit) ? draft.Units : draft.Beside).Add(unit);
            }
        }

        foreach (var draft in told)
            draft.Units.Sort((a, b) => a.Article != b.Article ? a.Article.CompareTo(b.Article) : a.Evidence.Span.CompareTo(b.Evidence.Span));
    }

    // A title tells the point whose passages tell most of it, if its own article tells that point.
    private static void AddTitles(List<PointDraft> told, StoryPassages passages)
    {
        const float Most = 0.5f;
        foreach (var title in passages.Titles.OfType<Unit>().Where(title => told.Count > 0 && title.Mass > 0))
        {
            var best = told.Select(draft => (draft, part: draft.Units.Where(unit => unit.Article == title.Article).Select(unit => TermWeights.Part(title, unit)).DefaultIfEmpty().Max()))
                .MaxBy(pair => pair.part);
            if (best.part >= Most)
                best.draft.Titles.Add(title);
        }
    }
}
