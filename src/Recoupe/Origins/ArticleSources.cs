using System.Runtime.InteropServices;

using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Whom one article may have a point from: the candidates of its passages that name one source.</summary>
/// <param name="Place">The article's place in the story.</param>
/// <param name="Affirms">Whether its passages affirm the point.</param>
/// <param name="Key">What the candidates have in common.</param>
internal sealed record ArticleSource(int Place, bool Affirms, string Key)
{
    /// <summary>The candidates, each with its passage's number in the point and its log-odds.</summary>
    public List<(int Passage, OriginCandidate Candidate, float Odds)> Candidates { get; } = [];

    /// <summary>What the decision is made on.</summary>
    public float[] Features { get; } = new float[ArticleSources.Count];

    /// <summary>The log-odds that its article has the point from it, once it was judged.</summary>
    public float Odds { get; set; }

    /// <summary>The candidate that is likeliest for its passage.</summary>
    public (int Passage, OriginCandidate Candidate, float Odds) Best { get; private set; }

    /// <summary>The candidates of a passage.</summary>
    public ReadOnlySpan<(int Passage, OriginCandidate Candidate, float Odds)> Of(int passage)
    {
        // They stand there by their passages.
        var all = CollectionsMarshal.AsSpan(Candidates);
        static int PassageOf((int Passage, OriginCandidate, float) item) => item.Passage;
        return all[Sorted.First(all, passage, PassageOf)..Sorted.First(all, passage + 1, PassageOf)];
    }

    /// <summary>Takes a candidate; those of earlier passages come first.</summary>
    public void Add(int passage, OriginCandidate candidate, float odds)
    {
        if (Candidates.Count == 0 || odds > Best.Odds)
            Best = (passage, candidate, odds);
        Candidates.Add((passage, candidate, odds));
    }
}

/// <summary>Gathers the candidates of a point's passages by article and source: an article has a point from one source as a rule, however many speak around it.</summary>
internal static class ArticleSources
{
    /// <summary>How many numbers describe a source.</summary>
    public const int Count = 45;

    private const int Links = 7;
    private const float None = -8;
    private const int First = 8;
    private const int Passages = 12;
    private const int Rivals = 18;
    private const int Types = 22;
    private const int Story = 27;
    private const int Words = 33;
    private const int Likelihoods = 42;

    /// <summary>The features of which more never makes a source less likely.</summary>
    public static IReadOnlySet<int> Rising { get; } = new HashSet<int> { 0, 7, First, First + 1, Story + 1, Story + 2 };

    /// <summary>The sources of each article, with their features.</summary>
    /// <param name="told">Each passage with its candidates.</param>
    /// <param name="placeOf">The place of a passage's article in the story.</param>
    /// <param name="odds">The log-odds of a candidate for its passage.</param>
    public static List<ArticleSource> Of(IReadOnlyList<(Passage Passage, List<OriginCandidate> Candidates)> told, Func<Passage, int> placeOf, Func<OriginCandidate, float> odds)
    {
        var found = new Dictionary<(int, bool, string), ArticleSource>();
        var scenes = new Dictionary<(int, bool), List<int>>();
        // Whom words are from that hardly tell the point, its article does not have the point from if it tells it surely elsewhere.
        var sure = told.Where(item => item.Passage.Likelihood >= Passage.Sure && !item.Passage.Evidence.InTitle).Select(item => (placeOf(item.Passage), item.Passage.Stance == Stance.Affirms)).ToHashSet();
        for (var i = 0; i < told.Count; i++)
        {
            var (passage, candidates) = told[i];
            if (passage.Evidence.InTitle)
                continue;
            var scene = (placeOf(passage), passage.Stance == Stance.Affirms);
            if (!scenes.TryGetValue(scene, out var passages))
                scenes[scene] = passages = [];
            passages.Add(i);
            if (sure.Contains(scene) && passage.Likelihood < Passage.Firm)
                continue;
            foreach (var candidate in candidates)
            {
                var key = KeyOf(candidate.Trace);
                if (!found.TryGetValue((scene.Item1, scene.Item2, key), out var source))
                    found[(scene.Item1, scene.Item2, key)] = source = new ArticleSource(scene.Item1, scene.Item2, key);
                source.Add(i, candidate, odds(candidate));
            }
        }

        var sources = found.Values.ToList();
        var articles = told.Select(item => item.Passage.Evidence.Article).Distinct().Count();
        var byKey = sources.GroupBy(source => source.Key, StringComparer.Ordinal).ToDictionary(alike => alike.Key, alike => new Elsewhere(alike), StringComparer.Ordinal);
        foreach (var scene in sources.GroupBy(source => (source.Place, source.Affirms)))
        {
            var rivals = scene.ToList();
            foreach (var source in rivals)
                Fill(source, rivals, scenes[scene.Key], told, articles, byKey[source.Key]);
        }

        return sources;
    }

    /// <summary>By which a source is known in a point.</summary>
    public static string KeyOf(Trace trace) => trace.Name is { } name ? Attributions.KeyOf(name) : trace.Media.Count > 0 ? MediaNames.KeyOf(trace.Media[^1]) : "";

    private static void Fill(
        ArticleSource source, List<ArticleSource> rivals, List<int> passages, IReadOnlyList<(Passage Passage, List<OriginCandidate> Candidates)> told, int articles, Elsewhere elsewhere)
    {
        var row = source.Features;
        Array.Fill(row, None, 0, Links + 1);
        foreach (var (_, candidate, odds) in source.Candidates)
        {
            row[(int)candidate.Link] = Math.Max(row[(int)candidate.Link], odds);
            row[Links] = Math.Max(row[Links], odds);
        }

        SetPassages(source, passages, told, rivals);
        var likely = source.Candidates.ConvertAll(item => (Stated: item.Candidate.IsStated, Likelihood: (float)(told[item.Passage].Passage.Likelihood ?? 1)));
        row[Likelihoods] = likely.Max(item => item.Likelihood);
        row[Likelihoods + 1] = likely.Where(item => item.Stated).Select(item => item.Likelihood).DefaultIfEmpty(-1).Max();
        row[Likelihoods + 2] = passages.Max(passage => (float)(told[passage].Passage.Likelihood ?? 1)) - row[Likelihoods];
        var others = rivals.Where(other => other != source).ToList();
        var best = others.Count == 0 ? None : others.Max(other => other.Best.Odds);
        row[Rivals] = others.Count(other => other.Best.Odds > row[Links]);
        row[Rivals + 1] = best;
        row[Rivals + 2] = row[Links] - best;
        row[Rivals + 3] = rivals.Count;
        var trace = source.Best.Candidate.Trace;
        row[Types + (trace.Type switch { OriginType.Person => 0, OriginType.Unnamed => 1, OriginType.Organisation => 2, OriginType.Document => 3, _ => 4 })] = 1;
        row[Story] = articles;
        row[Story + 1] = elsewhere.LikelyBut(source.Place);
        row[Story + 2] = elsewhere.BestBut(source.Place);
        row[Story + 3] = source.Affirms ? 1 : 0;
        OriginCandidates.Describe(source.Best.Candidate, row.AsSpan(Words));
        row[Story + 4] = trace.Name is { } name && name.Any(char.IsUpper) ? 1 : 0;
        row[Story + 5] = source.Candidates.Count(item => item.Candidate.IsStated && OriginCandidates.IsWhole(item.Candidate.Features));
    }

    // What a source has for a passage at most.
    private static float OddsIn(ArticleSource source, int passage)
    {
        var most = float.NegativeInfinity;
        foreach (var (_, _, odds) in source.Of(passage))
            most = Math.Max(most, odds);
        return float.IsNegativeInfinity(most) ? None : most;
    }

    private static void SetPassages(ArticleSource source, List<int> passages, IReadOnlyList<(Passage Passage, List<OriginCandidate> Candidates)> told, List<ArticleSource> rivals)
    {
        var row = source.Features;
        var stated = source.Candidates.Where(item => item.Candidate.IsStated).Select(item => item.Passage).ToHashSet();
        row[First] = stated.Count;
        row[First + 1] = (float)stated.Count / passages.Count;
        var leads = 0;
        foreach (var passage in passages)
        {
            var mine = OddsIn(source, passage);
            if (mine <= None || rivals.Exists(other => other != source && OddsIn(other, passage) > mine))
                continue;
            leads++;
            row[First + 2] = passage == passages[0] ? 1 : row[First + 2];
        }

        row[Passages] = leads;
        row[Passages + 1] = (float)leads / passages.Count;
        row[Passages + 2] = passages.Count;
        row[Passages + 3] = passages.Count(passage => !told[passage].Candidates.Exists(candidate => candidate.IsStated));
        row[Passages + 4] = told[passages[0]].Candidates.Exists(candidate => candidate.IsStated) ? 1 : 0;
        row[Passages + 5] = stated.Count(passage => told[passage].Passage.Partial);
    }

    /// <summary>What one source is in all articles, to be asked for without one of them.</summary>
    private sealed class Elsewhere
    {
        private readonly Dictionary<int, int> _likely = [];
        private readonly int _allLikely;
        private readonly (int Place, float Odds) _best = (-1, None);
        private readonly float _next = None;

        public Elsewhere(IEnumerable<ArticleSource> sources)
        {
            foreach (var article in sources.GroupBy(source => source.Place))
            {
                var best = article.Max(source => source.Best.Odds);
                if (_likely.Count == 0)
                    _best = (article.Key, best);
                else if (best > _best.Odds)
                    (_next, _best) = (_best.Odds, (article.Key, best));
                else
                    _next = _likely.Count == 1 ? best : Math.Max(_next, best);
                _allLikely += _likely[article.Key] = article.Count(source => source.Best.Odds > 0);
            }
        }

        /// <summary>How many are likely in other articles.</summary>
        public int LikelyBut(int place) => _allLikely - _likely[place];

        /// <summary>The log-odds where it is likeliest of the other articles.</summary>
        public float BestBut(int place) => place == _best.Place ? _next : _best.Odds;
    }
}
