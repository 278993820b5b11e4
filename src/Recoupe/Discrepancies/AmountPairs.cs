using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Discrepancies;

/// <summary>What decides whether two amounts are told of one thing, beside what their passages have in common; the order is that of the model.</summary>
internal enum AmountFeature
{
    Kind,
    SameKey,
    SameCounted,
    Fate,
    SamePer,
    Ratio,
    Larger,
    Bounds,
    SameSentence,
    Fits,
    OfOthers,
    Nouns,
    Verb,
    AroundShared,
    Near,
    NearPart,
    Governor,
    ValuesInArticle,
    ValuesInStory,
    LessTold,
    MoreTold,
    Known,
    FewestInUnits,
    MostInUnits,
    Hours,
    LaterIsMore,
    Updates,
    Increments,
    Demands,
    Vague,
    Agree,
    Beside,
}

/// <summary>An amount of a story with what stands around it.</summary>
/// <param name="Place">The place of its article in the story.</param>
/// <param name="Number">The amount.</param>
/// <param name="Unit">The passage that tells it.</param>
/// <param name="Kind">What amounts it may be compared with.</param>
/// <param name="Value">In the base unit.</param>
/// <param name="Key">What is counted or measured, across languages; 0 where nothing is told.</param>
/// <param name="Setting">What governs it.</param>
/// <param name="Near">The keys of the content words beside it, in rising order.</param>
internal sealed record StoryAmount(int Place, NumberMention Number, Unit Unit, AmountKind Kind, double Value, ulong Key, Setting Setting, ulong[] Near)
{
    /// <summary>Whether its sentence says that it is a later count (list <c>updates</c>).</summary>
    public bool Updates { get; init; }

    /// <summary>Whether it comes on top of another or is a part of it (list <c>increments</c>).</summary>
    public bool Increments { get; init; }

    /// <summary>Whether it is told by its magnitude alone (list <c>vague-numbers</c>).</summary>
    public bool Vague { get; init; }

    /// <summary>Whether it stands beside the words of its passage, in the same sentence ("…, against 13,000 according to the unions").</summary>
    public bool Beside { get; init; }

    /// <summary>Which run of amounts beside each other it stands in ("40 to 50", "aged 30, 35 and 56").</summary>
    public int Series { get; set; }

    /// <summary>Whether its article tells the same more exactly elsewhere ("some twenty", and "21").</summary>
    public bool Rounded { get; set; }
}

/// <summary>What amounts may be compared.</summary>
internal enum AmountKind
{
    /// <summary>People and things counted, and bare numbers.</summary>
    Count,

    /// <summary>Money; the currency is the key.</summary>
    Money,

    /// <summary>A physical measure; the dimension is the key.</summary>
    Physical,

    /// <summary>Durations and ages.</summary>
    Time,

    /// <summary>Shares.</summary>
    Share,
}

/// <summary>The amounts of a story that may be told of one thing with other values, as rows of the model <c>models/amounts.model</c>.</summary>
internal sealed class AmountPairs
{
    /// <summary>How many features there are.</summary>
    public const int Count = UnitFeatures.Count + (int)AmountFeature.Beside + 1;

    // Of a kind told more often some stand for all, evenly from first to last.
    private const int MostOfKind = 200;

    // From a million on an amount without a unit has that of the one before it.
    private const double LeastCarried = 1e6;

    // How many words before and behind an amount say what it is of.
    private const int Beside = 6;

    private readonly StoryText _story;
    private readonly Dictionary<(AmountKind, ulong, double), HashSet<int>> _tellers = [];
    private readonly Dictionary<(int, AmountKind), HashSet<double>> _inArticle = [];
    private readonly Dictionary<(AmountKind, ulong), HashSet<double>> _inStory = [];
    private readonly Dictionary<(Unit, AmountKind), int> _inUnit = [];

    // What the passage of the last pair's first amount has in common with others: the amounts of a passage stand beside each other.
    private readonly Dictionary<Unit, float[]> _common = [];
    private Unit? _commonOf;

    /// <summary>Reads the amounts of a story.</summary>
    /// <param name="story">The story.</param>
    /// <param name="units">Its passages.</param>
    public AmountPairs(StoryText story, List<Unit> units)
    {
        _story = story;
        var amounts = new List<StoryAmount>();
        foreach (var article in units.GroupBy(unit => unit.Article))
            ReadArticle(article.Key, [.. article], amounts);

        foreach (var amount in amounts)
            Note(amount);
        Line([.. amounts.OrderBy(amount => amount.Place).ThenBy(amount => amount.Number.Span)]);
        Amounts = [.. amounts.GroupBy(amount => amount.Kind).OrderBy(group => group.Key).SelectMany(group => PointDraft.Sample([.. group], MostOfKind))];
        Round();
    }

    /// <summary>The amounts, by kind.</summary>
    public List<StoryAmount> Amounts { get; }

    /// <summary>The pairs of different values that may be told of one thing, in order.</summary>
    public IEnumerable<(StoryAmount A, StoryAmount B)> Pairs()
    {
        for (var i = 0; i < Amounts.Count; i++)
        {
            for (var j = i + 1; j < Amounts.Count && Amounts[j].Kind == Amounts[i].Kind; j++)
            {
                if (MayDiffer(Amounts[i], Amounts[j]))
                    yield return (Amounts[i], Amounts[j]);
            }
        }
    }

    /// <summary>The same for all pairs that tell the same two values of one kind: they are one difference, wherever it is told.</summary>
    public static (AmountKind Kind, ulong Measure, double Less, double More) DifferenceOf(StoryAmount a, StoryAmount b) =>
        (a.Kind, IsMeasured(a) ? a.Key : 0, Math.Min(a.Value, b.Value), Math.Max(a.Value, b.Value));

    // Whether its key is what it is measured in: another currency or dimension is another thing.
    private static bool IsMeasured(StoryAmount amount) => amount.Kind is AmountKind.Money or AmountKind.Physical;

    private static bool MayDiffer(StoryAmount a, StoryAmount b)
    {
        // What comes on top of another is no total; two that do may differ.
        if (a.Increments != b.Increments || a.Rounded || b.Rounded || a.Series == b.Series)
            return false;
        var (low, high) = (Math.Min(a.Value, b.Value), Math.Max(a.Value, b.Value));
        if (IsMeasured(a) && a.Key != b.Key)
            return false;
        return low > 0 && high <= low * NumberComparer.FarthestRatio && !IsSame(a, b);
    }

    /// <summary>Fills <paramref name="features"/> for a pair.</summary>
    public void Fill(StoryAmount a, StoryAmount b, Span<float> features)
    {
        features.Clear();
        Common(a.Unit, b.Unit).CopyTo(features);
        var own = features[UnitFeatures.Count..];
        own[(int)AmountFeature.Kind] = (int)a.Kind;
        own[(int)AmountFeature.SameKey] = a.Key == 0 || b.Key == 0 ? -1 : a.Key == b.Key ? 1 : 0;
        own[(int)AmountFeature.SameCounted] = a.Number.Counted is null || b.Number.Counted is null ? -1 : a.Number.Counted == b.Number.Counted ? 1 : 0;
        own[(int)AmountFeature.Fate] = a.Number.Happened is null && b.Number.Happened is null ? -1 : a.Number.Happened == b.Number.Happened ? 2 : a.Number.Happened is null || b.Number.Happened is null ? 0 : 1;
        own[(int)AmountFeature.SamePer] = a.Number.Per == b.Number.Per ? 1 : 0;
        own[(int)AmountFeature.Ratio] = (float)Math.Log(Math.Max(a.Value, b.Value) / Math.Min(a.Value, b.Value));
        own[(int)AmountFeature.Larger] = (float)Math.Log10(Math.Max(a.Value, b.Value));
        own[(int)AmountFeature.Bounds] = (a.Number.Bounds == NumberBounds.Exact ? 0 : 1) + (b.Number.Bounds == NumberBounds.Exact ? 0 : 1);
        own[(int)AmountFeature.SameSentence] = a.Place == b.Place && a.Unit.Sentence == b.Unit.Sentence ? 1 : 0;
        own[(int)AmountFeature.Fits] = a.Setting.Fits(b.Setting) ? 1 : 0;
        own[(int)AmountFeature.OfOthers] = a.Setting.IsOfOthers(b.Setting) ? 1 : 0;
        own[(int)AmountFeature.Nouns] = a.Setting.Nouns.Count == 0 || b.Setting.Nouns.Count == 0 ? -1 : a.Setting.Nouns.Overlaps(b.Setting.Nouns) ? 1 : 0;
        own[(int)AmountFeature.Verb] = a.Setting.SharesVerb(b.Setting) ? 1 : 0;
        own[(int)AmountFeature.AroundShared] = Math.Min(8, a.Setting.Around.Count(b.Setting.Around.Contains));
        own[(int)AmountFeature.Agree] = Agree(a, b) ? 1 : 0;
        own[(int)AmountFeature.Beside] = (a.Beside ? 1 : 0) + (b.Beside ? 1 : 0);
        var near = UnitFeatures.CountShared(a.Near, b.Near);
        own[(int)AmountFeature.Near] = near;
        own[(int)AmountFeature.NearPart] = (float)near / Math.Max(1, Math.Min(a.Near.Length, b.Near.Length));
        own[(int)AmountFeature.Governor] = (a.Setting.Nouns.Count > 0 ? 1 : 0) + (b.Setting.Nouns.Count > 0 ? 1 : 0);
        Told(a, b, own);
        Times(a, b, own);
    }

    // Once for two passages, however many amounts they tell.
    private float[] Common(Unit a, Unit b)
    {
        if (_commonOf != a)
            _common.Clear();
        _commonOf = a;
        if (_common.TryGetValue(b, out var known))
            return known;
        var features = new float[UnitFeatures.Count];
        UnitFeatures.Compute(a, b, features);
        return _common[b] = features;
    }

    private void Told(StoryAmount a, StoryAmount b, Span<float> own)
    {
        own[(int)AmountFeature.ValuesInArticle] = Math.Min(12, Math.Max(_inArticle[(a.Place, a.Kind)].Count, _inArticle[(b.Place, b.Kind)].Count));
        own[(int)AmountFeature.ValuesInStory] = Math.Min(12, Math.Max(_inStory[(a.Kind, a.Key)].Count, _inStory[(b.Kind, b.Key)].Count));
        int first = _tellers[(a.Kind, a.Key, a.Value)].Count, second = _tellers[(b.Kind, b.Key, b.Value)].Count;
        own[(int)AmountFeature.LessTold] = Math.Min(first, second);
        own[(int)AmountFeature.MoreTold] = Math.Max(first, second);
        own[(int)AmountFeature.Known] = a.Place == b.Place ? -1 : (_inArticle[(a.Place, a.Kind)].Contains(b.Value) ? 1 : 0) + (_inArticle[(b.Place, b.Kind)].Contains(a.Value) ? 1 : 0);
        own[(int)AmountFeature.FewestInUnits] = Math.Min(_inUnit[(a.Unit, a.Kind)], _inUnit[(b.Unit, b.Kind)]);
        own[(int)AmountFeature.MostInUnits] = Math.Max(_inUnit[(a.Unit, a.Kind)], _inUnit[(b.Unit, b.Kind)]);
    }

    private void Times(StoryAmount a, StoryAmount b, Span<float> own)
    {
        var (first, second) = (_story.Articles[a.Place].Article.Published?.Utc, _story.Articles[b.Place].Article.Published?.Utc);
        own[(int)AmountFeature.Hours] = first is null || second is null || a.Place == b.Place ? -1 : (float)Math.Min(240, Math.Abs((second.Value - first.Value).TotalHours));
        own[(int)AmountFeature.LaterIsMore] = first is null || second is null || first == second ? 0 : first < second == a.Value < b.Value ? 1 : -1;
        own[(int)AmountFeature.Updates] = (a.Updates ? 1 : 0) + (b.Updates ? 1 : 0);
        own[(int)AmountFeature.Increments] = (a.Increments ? 1 : 0) + (b.Increments ? 1 : 0);
        own[(int)AmountFeature.Demands] = (a.Unit.Act == Act.Demand ? 1 : 0) + (b.Unit.Act == Act.Demand ? 1 : 0);
        own[(int)AmountFeature.Vague] = (a.Vague ? 1 : 0) + (b.Vague ? 1 : 0);
    }

    // One amount in two ways: written the same, rounded, converted, told by its magnitude alone, or by a lower bound: "at least nine" stays true when it is twelve.
    private static bool IsSame(StoryAmount a, StoryAmount b) =>
        Numbers.Amounts.Agree(a.Value, NumberBounds.Exact, b.Value, NumberBounds.Exact)
        || a.Number.Bounds == NumberBounds.AtLeast && b.Value >= a.Value || b.Number.Bounds == NumberBounds.AtLeast && a.Value >= b.Value
        || a.Number.Happened is null && b.Number.Happened is null
            && (a.Number.Unit != b.Number.Unit && a.Kind == AmountKind.Physical && Math.Abs(a.Value - b.Value) <= NumberComparer.MostConverting * Math.Max(a.Value, b.Value)
                || Numbers.Amounts.Rounds(a.Value, b.Value) || Numbers.Amounts.Rounds(b.Value, a.Value))
        || a.Vague && b.Value >= a.Value / 2 || b.Vague && a.Value >= b.Value / 2;

    // Whether what each bounds holds of the other.
    private static bool Agree(StoryAmount a, StoryAmount b) =>
        Numbers.Amounts.Agree(a.Value, a.Number.Bounds, b.Value, b.Number.Bounds) || IsLeast(a) && IsLeast(b);

    private static bool IsLeast(StoryAmount amount) => amount.Number.IsLeast;

    // Which amounts stand beside each other.
    private void Line(List<StoryAmount> ordered)
    {
        for (var i = 1; i < ordered.Count; i++)
        {
            var (before, amount) = (ordered[i - 1], ordered[i]);
            var body = _story.Bodies[amount.Place];
            var beside = before.Place == amount.Place && before.Unit.Sentence == amount.Unit.Sentence
                && body.Range(amount.Number.Span).From - body.Range(before.Number.Span).To <= 1;
            amount.Series = beside ? before.Series : before.Series + 1;
        }
    }

    // Which amounts their articles tell more exactly elsewhere; of those that stand for all, for each is held against the others.
    private void Round()
    {
        foreach (var article in Amounts.GroupBy(amount => (amount.Place, amount.Kind)))
        {
            var exact = article.Where(amount => amount.Number.Bounds == NumberBounds.Exact && !amount.Vague).ToLookup(ThingOf, amount => amount.Value);
            foreach (var amount in article.Where(amount => amount.Vague || amount.Number.Bounds == NumberBounds.About))
            {
                amount.Rounded = exact[ThingOf(amount)]
                    .Any(value => value != amount.Value && Numbers.Amounts.Agree(amount.Value, NumberBounds.About, value, NumberBounds.Exact));
            }
        }
    }

    private static (ulong, string?) ThingOf(StoryAmount amount) => amount.Number.Happened is { } fate ? (0, fate) : (amount.Key, null);

    private void Note(StoryAmount amount)
    {
        Add(_tellers, (amount.Kind, amount.Key, amount.Value), amount.Place);
        Add(_inArticle, (amount.Place, amount.Kind), amount.Value);
        Add(_inStory, (amount.Kind, amount.Key), amount.Value);
        _inUnit[(amount.Unit, amount.Kind)] = _inUnit.GetValueOrDefault((amount.Unit, amount.Kind)) + 1;
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, HashSet<TValue>> sets, TKey key, TValue value)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out var set))
            sets[key] = set = [];
        set.Add(value);
    }

    // The amounts of an article in order, each with the passage that tells it, else with the nearest of its sentence.
    private void ReadArticle(int place, List<Unit> units, List<StoryAmount> amounts)
    {
        var first = 0;
        NumberMention? before = null;
        (TextSpan? Sentence, bool Is) updated = default;
        foreach (var told in _story.NumbersIn(place, new TextSpan(0, _story.Articles[place].Body.Text.Length)))
        {
            var number = Carry(before, told);
            before = number;
            while (first < units.Count && units[first].Whole.End <= number.Span.Start)
                first++;
            Unit? nearest = null;
            var least = int.MaxValue;
            for (var i = first; i < units.Count && units[i].Whole.Start < number.Span.End; i++)
            {
                if (Distance(units[i], number) is var distance && distance < least)
                    (nearest, least) = (units[i], distance);
            }

            if (nearest is null)
                continue;
            if (nearest.Whole != updated.Sentence)
                updated = (nearest.Whole, IsUpdate(place, nearest.Whole));
            if (Read(_story, nearest, number) is { } amount)
                amounts.Add(amount with { Beside = least > 0, Updates = updated.Is });
        }

        static int Distance(Unit unit, NumberMention number) =>
            Math.Max(0, Math.Max(unit.Evidence.Span.Start - number.Span.End, number.Span.Start - unit.Evidence.Span.End) + 1);
    }

    private bool IsUpdate(int place, TextSpan sentence) =>
        _story.Articles[place].Body.Language is { } language && PhraseSet.Of(language, "updates").Any(_story.Bodies[place].In(sentence));

    // "450 million euros, then 100 million": a large amount of which no unit is told has that of the one before it.
    private static NumberMention Carry(NumberMention? before, NumberMention number) =>
        number is { Unit: null, Value: >= LeastCarried } && before is { Unit: { } unit, Value: >= LeastCarried } ? number with { Unit = unit, Counted = before.Counted } : number;

    private static StoryAmount? Read(StoryText story, Unit unit, NumberMention number)
    {
        var language = story.Articles[unit.Article].Body.Language;
        var (kind, value, key) = (AmountKind.Count, number.Value, 0UL);
        if (Measure.SecondsOf(number.Unit) is var seconds and > 0)
            (kind, value, key) = (AmountKind.Time, number.Value * seconds, 0);
        else if (number.Unit == "%")
            kind = AmountKind.Share;
        else if (Measure.Of(number.Value, number.Unit) is { } measure && measure.Dimension != number.Unit)
            (kind, value, key) = (AmountKind.Physical, measure.Value, TextHash.Of("unit:" + measure.Dimension));
        else if (number.Unit is { Length: 3 } currency && currency.All(char.IsAsciiLetterUpper))
            (kind, key) = (AmountKind.Money, TextHash.Of("unit:" + currency));
        else if (number.Unit is { } counted)
            key = WordSequence.KeyOf(Folding.Fold(counted), language);
        if (value <= 0 || !double.IsFinite(value))
            return null;
        var words = story.Bodies[unit.Article];
        var (from, to) = words.Range(number.Span);
        var near = new SortedSet<ulong>();
        for (var i = Math.Max(words.Range(unit.Whole).From, from - Beside); i < Math.Min(words.Range(unit.Whole).To, to + Beside); i++)
        {
            if (words.Keys[i] != 0 && !(i >= from && i < to && char.IsAsciiDigit(words.Words[i][0])))
                near.Add(words.Keys[i]);
        }

        return new StoryAmount(unit.Article, number, unit, kind, value, key, Setting.Of(story, unit.Article, unit.Evidence.Span, number.Span, key, kind == AmountKind.Physical), [.. near])
        {
            Increments = NumberComparer.IsIncrement(story, unit.Article, number),
            Vague = NumberComparer.IsVague(story, unit.Article, number),
        };
    }
}
