using System.Runtime.InteropServices;

using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Checks;

/// <summary>What decides whether a unit tells a claim, seen alone, beside what <see cref="UnitFeatures"/> compares; the order is that of the model.</summary>
internal enum ClaimFeature
{
    OfStory = UnitFeatures.Count,
    OfArticle,
    OverNext,
    Around,
    Odds,
    NamesMissing,
    AmountsMissing,
    DaysMissing,
    ClaimWords,
    UnitWords,
    Said,
    Covered,
    CoveredByKin,
    CoveredAround,
    KinStrong,
    KinWeak,
    KinCosine,
    KinPredicate,
    NamesInArticle,
    Last,
}

/// <summary>What decides it once all units were seen alone; the order is that of the model.</summary>
internal enum ClaimAgainFeature
{
    Alone,
    BestOfStory,
    BelowBest,
    OverArticle,
    BestOfArticle,
    Before,
    After,
    Seeds,
    LikestSeed,
    MeanSeed,
    SeedOfOther,
    Cosine,
    NamesMissing,
    AmountsMissing,
    CoveredByKin,
    CoveredAround,
    NamesInArticle,
    ClaimWords,
    UnitWords,
    Said,
    Depth,
    Articles,
    OtherLanguage,
    SeedsCover,
    SeedsNames,
    SeedsAmounts,
    StoryCovers,
    ArticleCovers,
    AtLeastEven,
    EvenArticles,
    Last,
}

/// <summary>Finds which units of a story tell a claim: each alone first, then beside those that surely do.</summary>
/// <remarks>The cost grows with the units: a claim is compared with each once, and each with the few likest.</remarks>
internal sealed class ClaimMatcher
{
    /// <summary>How many numbers <see cref="Fill"/> gives.</summary>
    public const int Count = (int)ClaimFeature.Last;

    /// <summary>How many numbers <see cref="FillAgain"/> gives.</summary>
    public const int CountAgain = (int)ClaimAgainFeature.Last;

    // Those that most likely tell it stand for it when the others are judged.
    private const int MostSeeds = 6;

    // How much less likely than the likest a unit may be to stand for the claim.
    private const float SeedBelowBest = 2;

    // What a meaning gives of its weight to each that may tell the same, and to each that goes with it.
    private const float ToStrong = 0.5f;
    private const float ToWeak = 0.25f;

    // As unlikely as it gets.
    private const float Unlike = -5;

    private readonly List<Unit> _units;
    private readonly Unit _claim;
    private readonly TreeModel _same;
    private readonly float[] _cosines;
    private readonly (float ByKin, float Around)[] _covered; // how much of the claim each unit tells, once it was seen alone
    private readonly Dictionary<int, (float Best, float Next)> _ofArticles = [];
    private readonly float _best;
    private readonly KinTerm[][] _kin; // of each term of the claim
    private readonly Dictionary<ulong, float> _spread = []; // what the claim tells, and in part what that is kin to
    private readonly float _spreadNorm;
    private readonly Dictionary<int, HashSet<ulong>> _namesOf = []; // of each article

    /// <summary>Looks at the units of a story and a claim that was weighed with their weights.</summary>
    /// <param name="units">The units, by article, then by place.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="same">Whether two units tell the same.</param>
    public ClaimMatcher(List<Unit> units, Unit claim, TreeModel same)
    {
        (_units, _claim, _same) = (units, claim, same);
        _covered = new (float, float)[units.Count];
        _cosines = [.. units.Select(unit => TermWeights.Cosine(claim, unit))];
        for (var i = 0; i < units.Count; i++)
        {
            var (best, next) = _ofArticles.GetValueOrDefault(units[i].Article);
            _ofArticles[units[i].Article] = _cosines[i] > best ? (_cosines[i], best) : (best, MathF.Max(next, _cosines[i]));
            _best = MathF.Max(_best, _cosines[i]);
            foreach (var term in units[i].Terms)
            {
                if (term.Kind == TermKind.Name)
                    (CollectionsMarshal.GetValueRefOrAddDefault(_namesOf, units[i].Article, out _) ??= []).Add(term.Key);
            }
        }

        _kin = Array.ConvertAll(claim.Terms, term => term.Kind is TermKind.Name or TermKind.Amount or TermKind.Date ? [] : Kin.Default.Of(term.Key));
        for (var i = 0; i < claim.Terms.Length; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_spread, claim.Terms[i].Key, out _) += claim.Weights[i];
            foreach (var kin in _kin[i])
                CollectionsMarshal.GetValueRefOrAddDefault(_spread, kin.Key, out _) += claim.Weights[i] * (kin.Strong ? ToStrong : ToWeak);
        }

        _spreadNorm = MathF.Sqrt(_spread.Values.Sum(weight => weight * weight));
    }

    /// <summary>Fills <paramref name="features"/> with what a unit and the claim have in common.</summary>
    public void Fill(int index, Span<float> features)
    {
        var unit = _units[index];
        UnitFeatures.Compute(_claim, unit, features[..UnitFeatures.Count]);
        var cosine = _cosines[index];
        var (best, next) = _ofArticles[unit.Article];
        features[(int)UnitFeature.RankOfSecond] = features[(int)UnitFeature.RankOfFirst] = best == 0 ? 0 : cosine / best;
        features[(int)UnitFeature.LeadOverNext] = cosine - (cosine >= best ? next : best);
        features[(int)UnitFeature.Around] = Beside(index, -1) + Beside(index, 1);
        features[(int)ClaimFeature.Odds] = _same.Score(features[..UnitFeatures.Count]);
        features[(int)ClaimFeature.OfStory] = _best == 0 ? 0 : cosine / _best;
        features[(int)ClaimFeature.OfArticle] = features[(int)UnitFeature.RankOfFirst];
        features[(int)ClaimFeature.OverNext] = features[(int)UnitFeature.LeadOverNext];
        features[(int)ClaimFeature.Around] = MathF.Max(Beside(index, -1), Beside(index, 1));
        Missing(unit, out var names, out var amounts, out var days);
        features[(int)ClaimFeature.NamesMissing] = names;
        features[(int)ClaimFeature.AmountsMissing] = amounts;
        features[(int)ClaimFeature.DaysMissing] = days;
        features[(int)ClaimFeature.ClaimWords] = _claim.Words;
        features[(int)ClaimFeature.UnitWords] = unit.Words;
        features[(int)ClaimFeature.Said] = unit.Statements.IsEmpty ? 0 : 1;
        Related(index, features);
    }

    // How much of the claim it tells, in the same words, in kin, and with what stands beside it.
    private void Related(int index, Span<float> features)
    {
        var unit = _units[index];
        float told = 0, strong = 0, weak = 0, around = 0, dot = 0, predicate = 0;
        for (var i = 0; i < _claim.Terms.Length; i++)
        {
            var weight = _claim.Weights[i];
            if (unit.PlaceOf(_claim.Terms[i].Key) >= 0)
            {
                told += weight;
                continue;
            }

            float best = 0, next = 0;
            foreach (var kin in _kin[i])
            {
                if (unit.PlaceOf(kin.Key) < 0)
                    continue;
                best = kin.Strong ? weight : best;
                next = weight;
            }

            strong += best;
            weak += best > 0 ? 0 : next;
            if (best == 0 && (Tells(index, -1, _claim.Terms[i].Key) || Tells(index, 1, _claim.Terms[i].Key)))
                around += weight;
        }

        for (var i = 0; i < unit.Terms.Length; i++)
            dot += unit.Weights[i] * _spread.GetValueOrDefault(unit.Terms[i].Key);
        foreach (var own in _claim.WeighedClaims)
        {
            var at = _claim.PlaceOf(own.Claim.Predicate);
            foreach (var second in unit.WeighedClaims)
            {
                if (at >= 0 && Array.Exists(_kin[at], kin => kin.Key == second.Claim.Predicate))
                    predicate = MathF.Max(predicate, own.Predicate);
            }
        }

        var mass = MathF.Max(0.1f, _claim.Mass);
        features[(int)ClaimFeature.Covered] = told / mass;
        _covered[index] = (features[(int)ClaimFeature.CoveredByKin], features[(int)ClaimFeature.CoveredAround]) = ((told + strong) / mass, (told + strong + around) / mass);
        features[(int)ClaimFeature.KinStrong] = strong;
        features[(int)ClaimFeature.KinWeak] = weak;
        features[(int)ClaimFeature.KinCosine] = dot == 0 ? 0 : dot / (_spreadNorm * unit.Norm);
        features[(int)ClaimFeature.KinPredicate] = predicate;
        features[(int)ClaimFeature.NamesInArticle] = NamesInArticle(unit.Article);
    }

    // The share of the claim's names that the article names anywhere; -1 where it has none.
    private float NamesInArticle(int article)
    {
        float named = 0, met = 0;
        for (var i = 0; i < _claim.Terms.Length; i++)
        {
            if (_claim.Terms[i].Kind != TermKind.Name)
                continue;
            named += _claim.Weights[i];
            met += _namesOf.TryGetValue(article, out var names) && names.Contains(_claim.Terms[i].Key) ? _claim.Weights[i] : 0;
        }

        return named == 0 ? -1 : met / named;
    }

    private bool Tells(int index, int step, ulong key) =>
        index + step is >= 0 and var at && at < _units.Count && _units[at].Article == _units[index].Article && _units[at].PlaceOf(key) >= 0;

    /// <summary>The log-odds of each unit, seen alone.</summary>
    public float[] Alone(TreeModel alone, int? threads = 1, CancellationToken cancellationToken = default) => alone.Score(_units.Count, Count, (i, features) => Fill(i, features), threads, cancellationToken);

    /// <summary>The few likest by their log-odds, the likest first: they stand for the claim.</summary>
    public static int[] SeedsOf(float[] odds)
    {
        var order = Enumerable.Range(0, odds.Length).OrderByDescending(i => odds[i]).ThenBy(i => i).Take(MostSeeds).ToList();
        return [.. order.Where(i => odds[i] >= odds[order[0]] - SeedBelowBest)];
    }

    /// <summary>What is known of all units once each was seen alone.</summary>
    /// <param name="alone">Their log-odds.</param>
    /// <param name="threads">How many threads compare at most; null for one a processor.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Known Know(float[] alone, int? threads = 1, CancellationToken cancellationToken = default)
    {
        var seeds = SeedsOf(alone);
        var ofSeeds = _same.Score(
            _units.Count * seeds.Length, UnitFeatures.Count,
            (row, features) =>
            {
                var (i, seed) = (row / seeds.Length, seeds[row % seeds.Length]);
                UnitFeatures.Compute(_units[Math.Min(i, seed)], _units[Math.Max(i, seed)], features);
            },
            threads, cancellationToken);
        var ofArticles = new Dictionary<int, (float Best, float Next)>();
        for (var i = 0; i < alone.Length; i++)
        {
            var (best, next) = ofArticles.GetValueOrDefault(_units[i].Article, (Unlike, Unlike));
            ofArticles[_units[i].Article] = alone[i] > best ? (alone[i], best) : (best, MathF.Max(next, alone[i]));
        }

        var even = Enumerable.Range(0, alone.Length).Where(i => alone[i] >= 0).ToList();
        var ofSeed = KeysOf(seeds.Select(seed => _units[seed]));
        return new Known(alone, seeds, ofSeeds, ofArticles)
        {
            Cover = Cover(ofSeed, static _ => true),
            Names = Cover(ofSeed, static kind => kind == TermKind.Name),
            Amounts = Cover(ofSeed, static kind => kind is TermKind.Amount or TermKind.Date),
            OfStory = Cover(KeysOf(_units), static _ => true),
            OfEach = _units.GroupBy(unit => unit.Article).ToDictionary(article => article.Key, article => Cover(KeysOf(article), static _ => true)),
            Even = even.Count,
            EvenArticles = even.Select(i => _units[i].Article).Distinct().Count(),
        };
    }

    // The share of the claim's terms of a kind that are told, be it in kin; -1 where the claim has none.
    private float Cover(HashSet<ulong> told, Func<TermKind, bool> kinds)
    {
        float all = 0, covered = 0;
        for (var i = 0; i < _claim.Terms.Length; i++)
        {
            if (!kinds(_claim.Terms[i].Kind))
                continue;
            all += _claim.Weights[i];
            var (key, kin) = (_claim.Terms[i].Key, _kin[i]);
            covered += told.Contains(key) ? _claim.Weights[i] : Array.Exists(kin, other => other.Strong && told.Contains(other.Key)) ? _claim.Weights[i] * ToStrong : 0;
        }

        return all == 0 ? -1 : covered / all;
    }

    private static HashSet<ulong> KeysOf(IEnumerable<Unit> units) => [.. units.SelectMany(unit => unit.Keys)];

    /// <summary>Fills <paramref name="features"/> with what is known of a unit once all were seen alone.</summary>
    public void FillAgain(int index, Known known, Span<float> features)
    {
        features.Clear();
        var unit = _units[index];
        var alone = known.Alone;
        var (bestOfArticle, nextOfArticle) = known.OfArticles[unit.Article];
        float sum = 0, likest = Unlike, other = Unlike;
        var compared = 0;
        for (var s = 0; s < known.Seeds.Length; s++)
        {
            if (known.Seeds[s] == index)
                continue;
            var odds = MathF.Max(Unlike, known.OfSeeds[(index * known.Seeds.Length) + s]);
            sum += odds;
            likest = MathF.Max(likest, odds);
            if (_units[known.Seeds[s]].Article != unit.Article)
                other = MathF.Max(other, odds);
            compared++;
        }

        features[(int)ClaimAgainFeature.Alone] = alone[index];
        features[(int)ClaimAgainFeature.BestOfStory] = alone[known.Seeds[0]];
        features[(int)ClaimAgainFeature.BelowBest] = alone[index] - alone[known.Seeds[0]];
        features[(int)ClaimAgainFeature.OverArticle] = alone[index] - (alone[index] >= bestOfArticle ? nextOfArticle : bestOfArticle);
        features[(int)ClaimAgainFeature.BestOfArticle] = bestOfArticle;
        features[(int)ClaimAgainFeature.Before] = index > 0 && _units[index - 1].Article == unit.Article ? alone[index - 1] : Unlike;
        features[(int)ClaimAgainFeature.After] = index + 1 < _units.Count && _units[index + 1].Article == unit.Article ? alone[index + 1] : Unlike;
        features[(int)ClaimAgainFeature.Seeds] = known.Seeds.Length;
        features[(int)ClaimAgainFeature.LikestSeed] = likest;
        features[(int)ClaimAgainFeature.MeanSeed] = compared == 0 ? Unlike : sum / compared;
        features[(int)ClaimAgainFeature.SeedOfOther] = other;
        features[(int)ClaimAgainFeature.Cosine] = _cosines[index];
        Missing(unit, out var names, out var amounts, out _);
        features[(int)ClaimAgainFeature.NamesMissing] = names;
        features[(int)ClaimAgainFeature.AmountsMissing] = amounts;
        (features[(int)ClaimAgainFeature.CoveredByKin], features[(int)ClaimAgainFeature.CoveredAround]) = _covered[index];
        features[(int)ClaimAgainFeature.NamesInArticle] = NamesInArticle(unit.Article);
        features[(int)ClaimAgainFeature.ClaimWords] = _claim.Words;
        features[(int)ClaimAgainFeature.UnitWords] = unit.Words;
        features[(int)ClaimAgainFeature.Said] = unit.Statements.IsEmpty ? 0 : 1;
        features[(int)ClaimAgainFeature.Depth] = unit.Depth;
        features[(int)ClaimAgainFeature.Articles] = Math.Min(8, _ofArticles.Count);
        features[(int)ClaimAgainFeature.SeedsCover] = known.Cover;
        features[(int)ClaimAgainFeature.SeedsNames] = known.Names;
        features[(int)ClaimAgainFeature.SeedsAmounts] = known.Amounts;
        features[(int)ClaimAgainFeature.StoryCovers] = known.OfStory;
        features[(int)ClaimAgainFeature.ArticleCovers] = known.OfEach[unit.Article];
        features[(int)ClaimAgainFeature.AtLeastEven] = Math.Min(10, known.Even);
        features[(int)ClaimAgainFeature.EvenArticles] = Math.Min(6, known.EvenArticles);
        features[(int)ClaimAgainFeature.OtherLanguage] = unit.Language == _claim.Language ? 0 : 1;
    }

    /// <summary>What is known of all units once each was seen alone.</summary>
    /// <param name="Alone">Their log-odds.</param>
    /// <param name="Seeds">The likest few, which stand for the claim; the likest first.</param>
    /// <param name="OfSeeds">The log-odds that a unit and a seed tell the same, by unit, then by seed.</param>
    /// <param name="OfArticles">The best log-odds of each article, and the next.</param>
    internal sealed record Known(float[] Alone, int[] Seeds, float[] OfSeeds, Dictionary<int, (float Best, float Next)> OfArticles)
    {
        /// <summary>How much of the claim the seeds tell together.</summary>
        public required float Cover { get; init; }

        /// <summary>How much of its names.</summary>
        public required float Names { get; init; }

        /// <summary>How much of its amounts and dates.</summary>
        public required float Amounts { get; init; }

        /// <summary>How much of the claim the story tells anywhere.</summary>
        public required float OfStory { get; init; }

        /// <summary>How much of it each article tells anywhere.</summary>
        public required Dictionary<int, float> OfEach { get; init; }

        /// <summary>How many units tell it likelier than not.</summary>
        public required int Even { get; init; }

        /// <summary>In how many articles.</summary>
        public required int EvenArticles { get; init; }
    }

    private float Beside(int index, int step) =>
        index + step is >= 0 and var at && at < _units.Count && _units[at].Article == _units[index].Article ? _cosines[at] : 0;

    // What the claim names, counts and dates, and the unit does not: shares of 0 to 1, -1 where the claim has none.
    private void Missing(Unit unit, out float names, out float amounts, out float days)
    {
        float named = 0, met = 0;
        for (var i = 0; i < _claim.Terms.Length; i++)
        {
            if (_claim.Terms[i].Kind != TermKind.Name)
                continue;
            named += _claim.Weights[i];
            met += unit.PlaceOf(_claim.Terms[i].Key) >= 0 ? _claim.Weights[i] : 0;
        }

        names = named == 0 ? -1 : 1 - (met / named);
        amounts = _claim.Amounts.Length == 0 ? -1 : (float)_claim.Amounts.Count(amount => !Array.Exists(unit.Amounts, told => amount.IsAsMuchAs(told))) / _claim.Amounts.Length;
        days = _claim.Days.Length == 0 ? -1 : (float)_claim.Days.Count(day => !unit.Days.Contains(day)) / _claim.Days.Length;
    }
}
