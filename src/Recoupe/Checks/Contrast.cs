using System.Runtime.InteropServices;

using Recoupe.Entities;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Checks;

/// <summary>What decides whether a passage on a claim's matter tells it as it is claimed or otherwise, beside what <see cref="ClaimMatcher"/> fills; the order is that of the model.</summary>
internal enum ContrastFeature
{
    Odds,
    Best,
    Even,
    OddsWithoutValues,
    Words,
    UnitWords,
    ClaimNegates,
    UnitNegates,
    NegatesOtherwise,
    SeedsNegate,
    NegatesKin,
    UnitDenies,
    UnitDoubts,
    SeedsDeny,
    Predicates,
    SameWho,
    SameWhom,
    OtherWho,
    OtherWhom,
    Crossed,
    CounterPredicate,
    CounterMain,
    MainPredicate,
    SameAmounts,
    OtherAmounts,
    SeedsSameAmounts,
    SameDays,
    OtherDays,
    SeedsSameDays,
    OtherLanguage,
    Seeds,
    OtherPersons,
    OtherBodies,
    OtherPlaces,
    SeedsOtherPersons,
    SeedsOtherPlaces,
    HereLacks,
    AroundLacks = HereLacks + Contrast.OfWords,
    SeedsLack = AroundLacks + Contrast.OfWords,
    ArticleLacks = SeedsLack + Contrast.OfWords,
    StoryLacks = ArticleLacks + Contrast.OfWords,
    Last = StoryLacks + Contrast.OfWords,
}

/// <summary>Sees in what a claim and the passages on its matter differ.</summary>
internal sealed class Contrast
{
    /// <summary>How many numbers are given of the claim's words beside a text: how many it does not tell, by kind; how many by what they contradict, and how many by a word that goes with it.</summary>
    public const int OfWords = 11;

    /// <summary>How many numbers <see cref="Fill"/> gives.</summary>
    public const int Count = ClaimMatcher.CountAgain + (int)ContrastFeature.Last;

    private readonly List<Unit> _units;
    private readonly Unit _claim;
    private readonly List<ToldWord> _words;
    private readonly ClaimMatcher _matcher;
    private readonly ClaimMatcher.Known _known;
    private readonly float[] _odds;
    private readonly float[] _withoutValues;
    private readonly List<Unit> _seeds;
    private readonly StoryText _story;
    private readonly Dictionary<int, float[]> _articleLacks = [];
    private readonly Dictionary<int, HashSet<ulong>> _articleKeys = [];
    private readonly float[] _storyLacks;
    private readonly float[] _seedsLack;
    private readonly float _best;
    private readonly int _even;
    private readonly HashSet<ulong> _claimKeys;
    private readonly Dictionary<int, Entity[]> _names = []; // of each article, by place
    private readonly float _seedsOtherPersons;
    private readonly float _seedsOtherPlaces;

    public Contrast(StoryText story, List<Unit> units, ClaimUnits claim, ClaimMatcher matcher, ClaimMatcher.Known known, float[] odds, float[] withoutValues)
    {
        (_story, _units, _claim, _words, _matcher, _known, _odds, _withoutValues) = (story, units, claim.Whole, claim.Words, matcher, known, odds, withoutValues);
        _claimKeys = [.. _words.SelectMany(word => word.Keys)];
        _best = odds.Length == 0 ? 0 : odds.Max();
        _even = odds.Count(one => one >= 0);
        _seeds = [.. ClaimMatcher.SeedsOf(odds).Select(i => units[i])];
        var (all, stems) = (new HashSet<ulong>(), new HashSet<ulong>());
        foreach (var unit in units)
        {
            var article = CollectionsMarshal.GetValueRefOrAddDefault(_articleKeys, unit.Article, out _) ??= [];
            foreach (var term in unit.Terms)
            {
                article.Add(term.Key);
                all.Add(term.Key);
                stems.Add(term.Stem);
            }
        }

        stems.Remove(0);
        _storyLacks = Lacks(all.Contains, stems.Contains);
        _seedsLack = Lacks(key => _seeds.Exists(seed => seed.PlaceOf(key) >= 0), stem => _seeds.Exists(seed => HasStem(seed, stem)));
        _seedsOtherPersons = Share(_seeds, seed => Others(seed, EntityType.Person) > 0);
        _seedsOtherPlaces = Share(_seeds, seed => Others(seed, EntityType.Place) > 0);
    }

    /// <summary>Fills <paramref name="row"/> with what is known of a passage beside the claim.</summary>
    public void Fill(int index, Span<float> row)
    {
        _matcher.FillAgain(index, _known, row[..ClaimMatcher.CountAgain]);
        var features = row[ClaimMatcher.CountAgain..];
        features.Clear();
        var unit = _units[index];
        features[(int)ContrastFeature.Odds] = _odds[index];
        features[(int)ContrastFeature.Best] = _best;
        features[(int)ContrastFeature.Even] = Math.Min(8, _even);
        features[(int)ContrastFeature.OddsWithoutValues] = _withoutValues[index];
        features[(int)ContrastFeature.Words] = _words.Count;
        features[(int)ContrastFeature.UnitWords] = unit.Words;
        features[(int)ContrastFeature.ClaimNegates] = _claim.Negative ? 1 : 0;
        features[(int)ContrastFeature.UnitNegates] = unit.Negative ? 1 : 0;
        features[(int)ContrastFeature.NegatesOtherwise] = _claim.Negative != unit.Negative ? 1 : 0;
        features[(int)ContrastFeature.SeedsNegate] = Share(_seeds, seed => seed.Negative != _claim.Negative);
        features[(int)ContrastFeature.UnitDenies] = unit.Denying ? 1 : 0;
        features[(int)ContrastFeature.SeedsDeny] = Share(_seeds, seed => seed.Denying);
        features[(int)ContrastFeature.UnitDoubts] = unit.Doubting ? 1 : 0;
        features[(int)ContrastFeature.OtherLanguage] = unit.Language == _claim.Language ? 0 : 1;
        features[(int)ContrastFeature.Seeds] = _seeds.Count;
        features[(int)ContrastFeature.OtherPersons] = Others(unit, EntityType.Person);
        features[(int)ContrastFeature.OtherBodies] = Others(unit, EntityType.Organisation);
        features[(int)ContrastFeature.OtherPlaces] = Others(unit, EntityType.Place);
        features[(int)ContrastFeature.SeedsOtherPersons] = _seedsOtherPersons;
        features[(int)ContrastFeature.SeedsOtherPlaces] = _seedsOtherPlaces;
        Predicates(unit, features);
        Values(unit, features);
        Lacks(key => unit.PlaceOf(key) >= 0, stem => HasStem(unit, stem)).CopyTo(features[(int)ContrastFeature.HereLacks..]);
        List<Unit> around = [.. Enumerable.Range(index - 2, 4).Where(at => at >= 0 && at < _units.Count && _units[at].Article == unit.Article).Select(at => _units[at])];
        Lacks(key => around.Exists(one => one.PlaceOf(key) >= 0), stem => around.Exists(one => HasStem(one, stem))).CopyTo(features[(int)ContrastFeature.AroundLacks..]);
        _seedsLack.CopyTo(features[(int)ContrastFeature.SeedsLack..]);
        if (!_articleLacks.TryGetValue(unit.Article, out var ofArticle))
            _articleLacks.Add(unit.Article, ofArticle = Lacks(_articleKeys[unit.Article].Contains, static _ => false));
        ofArticle.CopyTo(features[(int)ContrastFeature.ArticleLacks..]);
        _storyLacks.CopyTo(features[(int)ContrastFeature.StoryLacks..]);
    }

    // How many words of the claim of each kind are told in no way, how many of these the lexicon knows well, how many are contradicted, and how many are told by what goes with them alone.
    private float[] Lacks(Func<ulong, bool> tells, Func<ulong, bool> tellsStem)
    {
        var lacks = new float[OfWords];
        foreach (var word in _words)
        {
            if (Array.Exists(word.Keys, key => tells(key)) || word.Stem != 0 && tellsStem(word.Stem))
                continue;
            bool isKnown = false, isWeak = false, isStrong = false, isCounter = false;
            foreach (var key in word.Keys)
            {
                foreach (var kin in Kin.Default.Of(key))
                {
                    isKnown = true;
                    if (tells(kin.Key))
                        (isStrong, isWeak) = (isStrong || kin.Strong, true);
                }

                isCounter |= Array.Exists(Kin.Counter.Of(key), counter => tells(counter.Key));
            }

            lacks[8] += isCounter ? 1 : 0;
            if (isStrong)
                continue;
            lacks[9] += isWeak ? 1 : 0;
            lacks[10] += isCounter && word.Kind == TermKind.Verb ? 1 : 0;
            lacks[0]++;
            lacks[1 + Math.Min(3, (int)word.Kind)]++; // nouns, verbs, others, names
            lacks[5] += word.Entity == EntityType.Person ? 1 : 0;
            lacks[6] += word.Entity == EntityType.Place ? 1 : 0;
            lacks[7] += isKnown && !isWeak ? 1 : 0;
        }

        return lacks;
    }

    private static bool HasStem(Unit unit, ulong stem) => unit.MayHaveStem(stem) && Array.Exists(unit.Terms, term => term.Stem == stem);

    private static float Share(List<Unit> units, Predicate<Unit> isSo) => units.Count == 0 ? 0 : (float)units.Count(unit => isSo(unit)) / units.Count;

    // Names of a type in a passage that the claim does not name.
    private int Others(Unit unit, EntityType type)
    {
        if (!_names.TryGetValue(unit.Article, out var names))
            _names.Add(unit.Article, names = [.. _story.Articles[unit.Article].Entities.Where(entity => !entity.InTitle).OrderBy(entity => entity.Span)]);
        var (words, span, others) = (_story.Bodies[unit.Article], unit.Evidence.Span, 0);
        var (from, to) = (0, names.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            _ = names[middle].Span.Start < span.Start ? from = middle + 1 : to = middle;
        }

        for (; from < names.Length && names[from].Span.Start < span.End; from++)
        {
            if (names[from].Type == type && span.Contains(names[from].Span) && words.KeysIn(names[from].Span).All(key => !_claimKeys.Contains(key)))
                others++;
        }

        return others;
    }

    private void Predicates(Unit unit, Span<float> features)
    {
        float predicates = 0, who = -1, whom = -1, otherWho = 0, otherWhom = 0, crossed = 0, negates = 0, counter = 0, counterMain = 0, main = 0;
        foreach (var first in _claim.WeighedClaims)
        {
            var kin = Kin.Default.Of(first.Claim.Predicate);
            var counters = Kin.Counter.Of(first.Claim.Predicate);
            foreach (var second in unit.WeighedClaims)
            {
                var key = second.Claim.Predicate;
                var isCounter = key != 0 && Array.Exists(counters, other => other.Key == key);
                var isOne = key != 0 && key == first.Claim.Predicate || first.Claim.Stem != 0 && first.Claim.Stem == second.Claim.Stem;
                var isSame = isOne || key != 0 && Array.Exists(kin, other => other.Strong && other.Key == key);
                if (isCounter)
                    (counter, counterMain) = (MathF.Max(counter, first.Claim.Negated == second.Claim.Negated ? 1 : -1), MathF.Max(counterMain, first.Claim.Main && second.Claim.Main ? 1 : 0));
                if (first.Claim.Main)
                    main = MathF.Max(main, isOne ? 3 : isSame ? 2 : key != 0 && Array.Exists(kin, other => other.Key == key) ? 1 : 0);
                if (!isCounter && !isSame)
                    continue;
                predicates++;
                if (isSame)
                    negates = MathF.Max(negates, first.Claim.Negated != second.Claim.Negated ? 1 : 0);
                UnitFeatures.Fill(first.Who, second.Who, ref who, ref otherWho);
                UnitFeatures.Fill(first.Whom, second.Whom, ref whom, ref otherWhom);
                if (first.Who.Length > 0 && WeighedClaim.Shared(first.Who, second.Whom) > 0 || first.Whom.Length > 0 && WeighedClaim.Shared(first.Whom, second.Who) > 0)
                    crossed = 1;
            }
        }

        features[(int)ContrastFeature.Predicates] = predicates;
        features[(int)ContrastFeature.SameWho] = who;
        features[(int)ContrastFeature.SameWhom] = whom;
        features[(int)ContrastFeature.OtherWho] = otherWho;
        features[(int)ContrastFeature.OtherWhom] = otherWhom;
        features[(int)ContrastFeature.Crossed] = crossed;
        features[(int)ContrastFeature.NegatesKin] = negates;
        features[(int)ContrastFeature.CounterPredicate] = counter;
        features[(int)ContrastFeature.CounterMain] = counterMain;
        features[(int)ContrastFeature.MainPredicate] = main;
    }

    // Shares of -1 where the claim has none.
    private void Values(Unit unit, Span<float> features)
    {
        var (amounts, days) = (_claim.Amounts, _claim.Days);
        features[(int)ContrastFeature.SameAmounts] = amounts.Length == 0 ? -1 : (float)amounts.Count(unit.GivesAsMuchAs) / amounts.Length;
        features[(int)ContrastFeature.OtherAmounts] = amounts.Count(claimed => !unit.GivesAsMuchAs(claimed) && unit.Amounts.Length > 0);
        features[(int)ContrastFeature.SeedsSameAmounts] = amounts.Length == 0 ? -1 : amounts.Max(claimed => Share(_seeds, seed => seed.GivesAsMuchAs(claimed)));
        features[(int)ContrastFeature.SameDays] = days.Length == 0 ? -1 : (float)days.Count(unit.GivesDay) / days.Length;
        features[(int)ContrastFeature.OtherDays] = days.Count(claimed => !unit.GivesDay(claimed) && unit.Days.Length > 0);
        features[(int)ContrastFeature.SeedsSameDays] = days.Length == 0 ? -1 : days.Max(claimed => Share(_seeds, seed => seed.GivesDay(claimed)));
    }
}
