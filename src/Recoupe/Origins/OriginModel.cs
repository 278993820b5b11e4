using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Whom passages go back to, learned from stories that careful readers sourced.</summary>
/// <param name="Passages">Log-odds that a passage goes back to a candidate, from the features of <see cref="OriginCandidates"/>.</param>
/// <param name="Articles">Log-odds that an article has a point from a source, from the features of <see cref="ArticleSources"/>.</param>
internal sealed record OriginModel(TreeModel Passages, TreeModel Articles)
{
    private static readonly Lazy<OriginModel> Lazy = new(() => new OriginModel(TreeModel.BuiltIn("origins"), TreeModel.BuiltIn("sources")));

    // An article has a point from one source as a rule: a second one must be likelier. Chosen with stories left out.
    /// <summary>The least log-odds of the source that an article most likely has a point from.</summary>
    public float LeastFirst { get; init; } = -0.5f;

    /// <summary>The least log-odds of a source that none of an article's passages names, where somebody else is likelier to stand behind them. Chosen with stories left out.</summary>
    public float LeastInferred { get; init; }

    /// <summary>The least log-odds of any further one.</summary>
    public float LeastFurther { get; init; } = 2.5f;

    /// <summary>The built-in model.</summary>
    public static OriginModel Default => Lazy.Value;

    /// <summary>What each passage of a point goes back to.</summary>
    /// <param name="told">Each passage with its candidates.</param>
    /// <param name="story">The story.</param>
    public List<PassageOrigin> Choose(IReadOnlyList<(Passage Passage, List<OriginCandidate> Candidates)> told, StoryText story)
    {
        int PlaceOf(Passage passage) => story.PlaceOf(passage.Evidence.Article);
        var chosen = told.Select(item => new PassageOrigin(item.Passage)).ToList();
        List<OriginCandidate> candidates = [.. told.SelectMany(item => item.Candidates)];
        foreach (var (candidate, odds) in candidates.Zip(OddsOf(Passages, OriginCandidates.Count, candidates.ConvertAll(candidate => candidate.Features))))
            candidate.Odds = odds;
        var scenes = Enumerable.Range(0, told.Count).Where(i => !told[i].Passage.Evidence.InTitle).ToLookup(i => (PlaceOf(told[i].Passage), told[i].Passage.Stance == Stance.Affirms));
        var sources = ArticleSources.Of(told, PlaceOf, static candidate => candidate.Odds);
        foreach (var (source, odds) in sources.Zip(OddsOf(Articles, ArticleSources.Count, sources.ConvertAll(source => source.Features))))
            source.Odds = odds;
        // Beside a name that words give, or an agency that stands behind the text, a guess tells less.
        var named = sources.Exists(source => source.Odds >= LeastFirst && IsToldBy(source) && source.Best.Candidate.Trace.Type is OriginType.Person or OriginType.Organisation);
        foreach (var scene in sources.GroupBy(source => (source.Place, source.Affirms)))
        {
            var kept = Kept(scene, named || !story.Articles[scene.Key.Place].Article.Agencies.IsEmpty ? LeastInferred : LeastFirst, story);
            if (kept.Count == 0)
                continue;
            foreach (var i in scenes[scene.Key])
                Choose(chosen[i], told[i].Candidates, i, kept, story);
        }

        return chosen;
    }

    private static float[] OddsOf(TreeModel model, int width, List<float[]> rows) => model.Score(rows.Count, width, (row, features) => rows[row].CopyTo(features));

    private List<ArticleSource> Kept(IEnumerable<ArticleSource> sources, float leastInferred, StoryText story)
    {
        var ranked = sources.Where(source => source.Odds >= leastInferred || IsToldBy(source)).OrderByDescending(source => source.Odds).ThenBy(source => source.Best.Passage);
        return [.. ranked.Where((source, rank) => source.Odds >= (rank == 0 ? LeastFirst : LeastFurther) || story.Keeps(SourcingRule.MediaNamedStand) && source.Candidates.Exists(IsMediumTold))];
    }

    // Whether the article's own words tell the point by it.
    private static bool IsToldBy(ArticleSource source) => source.Candidates.Exists(static told => told.Candidate.IsStated);

    // A medium that the words of a passage name always stands behind it (rules 1, 2).
    private static bool IsMediumTold((int Passage, OriginCandidate Candidate, float Odds) item) => item.Candidate is { IsStated: true, Trace.Open: true };

    // What its own words give first, then who is likeliest for it, else whom its article has the point from elsewhere (rule 5): not where all of it is told as another's words.
    private static void Choose(PassageOrigin passage, List<OriginCandidate> candidates, int number, List<ArticleSource> kept, StoryText story)
    {
        var own = new List<(int Passage, OriginCandidate Candidate, float Odds)>();
        foreach (var source in kept)
            own.AddRange(source.Of(number));
        if (own.Count > 1)
            own = [.. own.OrderByDescending(item => item.Odds)];
        passage.Stated.AddRange(own.Where(item => item.Candidate.IsStated).Select(item => item.Candidate));
        // Who denies is who says so, whomever else the article has it from.
        if (story.Keeps(SourcingRule.DeniersStand) && passage.Stated.Count == 0 && passage.Passage.Stance != Stance.Affirms && candidates.Where(candidate => candidate.IsStated).MaxBy(candidate => candidate.Odds) is { } denier)
            passage.Stated.Add(denier);
        passage.Aside = passage.Stated.Count > 0 ? null : candidates.Find(candidate => candidate.IsStated && OriginCandidates.IsWhole(candidate.Features));
        passage.Inferred = own.Find(item => !item.Candidate.IsStated).Candidate ?? (story.Keeps(SourcingRule.ElsewhereInArticle) ? kept[0].Best.Candidate : null);
    }
}

/// <summary>What a passage goes back to.</summary>
/// <param name="Passage">The passage.</param>
internal sealed record PassageOrigin(Passage Passage)
{
    /// <summary>What its own words give, the likeliest first.</summary>
    public List<OriginCandidate> Stated { get; } = [];

    /// <summary>Whose words all of it is told as, though its article has the point from somebody else: shown, and no origin beside that one; null where there is none.</summary>
    public OriginCandidate? Aside { get; set; }

    /// <summary>What it goes back to where its own words and shared text give nothing; null if it is bare then.</summary>
    public OriginCandidate? Inferred { get; set; }
}
