using System.Globalization;

using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Discrepancies;

/// <summary>Amounts of one thing that differ: units and magnitudes converted, approximations as bounds.</summary>
/// <remarks>
/// The thing must be one: people with the same fate; else the same counted noun, or a measure or currency, governed by the same noun or
/// verb in its clause. A measure that both articles tell in one sentence alone is of one thing without that.
/// </remarks>
internal static class NumberComparer
{
    private const string Part = "part";

    // Ages, terms and waits are all told in time: only what governs them tells them apart.
    private const string Time = "time";

    // "Three more people": how far from the amount a word still says so.
    private const int WordsBeside = 3;

    // A thing is hardly told ten times as large as it is; beyond, the two are of different things.
    internal const double FarthestRatio = 12;

    // What an amount may change when a newsroom converts it ("10 kilometres", "six miles").
    internal const double MostConverting = 0.05;

    // The dead are counted while the search goes on, and only become more (a class of the list "happenings").
    private const string Dead = "dead";

    // Two articles less apart than this may have counted at one time.
    private static readonly TimeSpan CountAgain = TimeSpan.FromHours(3);

    private static readonly HashSet<string> Physical = ["length", "area", "mass", "volume", "speed", "power", "energy"];

    public static IEnumerable<Discrepancy> Compare(StoryText story, Sourcing point, List<ToldPassage> passages)
    {
        var amounts = DiscrepancyFinder.Representatives(
            passages.Select(passage => (passage, (passage, told: Read(story, passage)))), read => Reading(story, read.passage, read.told));
        var pairs = new List<(Amount A, Amount B)>();
        for (var i = 0; i < amounts.Count; i++)
        {
            for (var j = i + 1; j < amounts.Count; j++)
            {
                if (amounts[i].passage.Place != amounts[j].passage.Place || DiscrepancyFinder.OtherOrigin(amounts[i].passage, amounts[j].passage))
                    Add(story, amounts[i].told, amounts[j].told, pairs);
            }
        }

        foreach (var same in pairs.GroupBy(pair => (Key(pair.A, pair.B), pair.A.Base == pair.B.Base)))
        {
            var resolution = Resolve(story, same);
            var rises = story.Keeps(SourcingRule.TollsRise) && resolution == Resolution.Open && same.All(pair => Rises(story, pair.A, pair.B));
            if (rises)
                resolution = Resolution.Update;
            var (a, b) = same.First();
            yield return new Discrepancy(DiscrepancyKind.Number, resolution, point.Point.Id, a.Passage.At(a.Number.Span), b.Passage.At(b.Number.Span), resolution switch
            {
                Resolution.Update when rises => "a toll that rises: told later",
                Resolution.Update => "another amount: the same origin told it later",
                Resolution.Base => "another amount, counted on another base",
                _ => "another amount of the same thing",
            });
        }
    }

    private static string Reading(StoryText story, ToldPassage passage, List<Amount> told) => told.Count == 0 ? "" : string.Join(' ', told.Select(amount =>
        string.Create(CultureInfo.InvariantCulture, $"{amount.Measure.Dimension}={amount.Measure.Value}/{amount.Number.Bounds}/{amount.Base}")))
        + (SaysUpdate(story, passage) ? "+" : "");

    private static (double, double) Key(Amount a, Amount b) =>
        (Math.Min(a.Measure.Value, b.Measure.Value), Math.Max(a.Measure.Value, b.Measure.Value));

    // Passages that tell one amount both are no difference, whatever else they tell beside it ("90 in a 60 zone", "twelve of the 96").
    // The others are matched one to one: what is left over is another thing.
    private static void Add(StoryText story, List<Amount> first, List<Amount> second, List<(Amount, Amount)> pairs)
    {
        foreach (var dimension in first.Select(amount => amount.Measure.Dimension).Distinct())
        {
            var ones = first.Where(amount => amount.Measure.Dimension == dimension).ToList();
            var others = second.Where(amount => amount.Measure.Dimension == dimension).ToList();
            if (ones.Exists(a => others.Exists(b => Agree(story, a, b))))
                continue;
            foreach (var a in ones)
            {
                if (others.Find(b => OneThing(a, b)) is not { } match)
                    continue;
                others.Remove(match);
                pairs.Add((a, match));
            }
        }
    }

    private static bool OneThing(Amount a, Amount b)
    {
        var (low, high) = (Math.Min(Math.Abs(a.Measure.Value), Math.Abs(b.Measure.Value)), Math.Max(Math.Abs(a.Measure.Value), Math.Abs(b.Measure.Value)));
        // Nobody hurt is at odds with two hurt; of other things none is told only beside some.
        if (low == 0 ? !a.IsFate || !b.IsFate || high == 0 : high > low * FarthestRatio)
            return false;
        if (a.IsFate)
            return a.Setting.Names.Count == 0 || b.Setting.Names.Count == 0 || a.Setting.Fits(b.Setting) || a.Setting.Names.Overlaps(b.Setting.Around) || b.Setting.Names.Overlaps(a.Setting.Around);
        return a.Setting.Fits(b.Setting);
    }

    // "At least nine" stays true when it is twelve; "more than" is said of a number that is known.
    private static bool Agree(StoryText story, Amount a, Amount b) =>
        Amounts.Agree(a.Measure.Value, a.Number.Bounds, b.Measure.Value, b.Number.Bounds)
        || a.Number.Bounds == NumberBounds.AtLeast && b.Measure.Value >= a.Measure.Value
        || b.Number.Bounds == NumberBounds.AtLeast && a.Measure.Value >= b.Measure.Value
        || a.IsLeast && b.IsLeast
        || story.Keeps(SourcingRule.Converting) && a.Number.Unit != b.Number.Unit && !a.IsFate && Math.Abs(a.Measure.Value - b.Measure.Value) <= MostConverting * Math.Abs(a.Measure.Value)
        || story.Keeps(SourcingRule.Rounding) && !a.IsFate && (Amounts.Rounds(a.Measure.Value, b.Measure.Value) || Amounts.Rounds(b.Measure.Value, a.Measure.Value))
        || a.Vague && b.Measure.Value >= a.Measure.Value / 2
        || b.Vague && a.Measure.Value >= b.Measure.Value / 2;

    private static Resolution Resolve(StoryText story, IEnumerable<(Amount A, Amount B)> same)
    {
        foreach (var (a, b) in same)
        {
            if (a.Base != b.Base)
                return Resolution.Base;
            var sameOrigin = a.Passage.Origin >= 0 && a.Passage.Origin == b.Passage.Origin;
            if (sameOrigin && (SaysUpdate(story, a.Passage) || SaysUpdate(story, b.Passage)))
                return Resolution.Update;
        }

        return Resolution.Open;
    }

    // A toll grows while it is counted, whoever counts: the later article tells more, hours later or in so many words.
    private static bool Rises(StoryText story, Amount a, Amount b)
    {
        if (!a.IsFate || !b.IsFate || TimeOf(a) is not { } first || TimeOf(b) is not { } second)
            return false;
        var (earlier, later) = first <= second ? (a, b) : (b, a);
        if (later.Measure.Value <= earlier.Measure.Value)
            return false;
        return SaysUpdate(story, later.Passage) || later.Fate == Dead && (second - first).Duration() >= CountAgain;

        DateTime? TimeOf(Amount amount) => story.Articles[amount.Passage.Place].Article.Published is { Time: not null } published ? published.Utc : null;
    }

    private static bool SaysUpdate(StoryText story, ToldPassage passage) =>
        story.Articles[passage.Place].Body.Language is { } language
        && PhraseSet.Of(language, "updates").Any(story.Bodies[passage.Place].In(story.SentenceOf(passage.Evidence)));

    /// <summary>On what base an amount counts: per day, a part of the whole; empty where nothing is told.</summary>
    public static string BaseOf(StoryText story, int place, NumberMention number)
    {
        if (story.Articles[place].Body.Language is not { } language)
            return "";
        var words = story.Bodies[place];
        var (from, to) = words.Range(number.Span);
        var near = new TextSpan(
            words.Source.Tokens[Math.Max(0, from - 2)].Start, words.Source.Tokens[Math.Min(words.Source.Tokens.Length, to + 5) - 1].End);
        var phrases = PhraseSet.Of(language, "bases").Find(words.In(near));
        if (!phrases.IsEmpty)
            return phrases[0].Class;
        // "Only four hectares, and the rest stays meadow": a part of the whole.
        var sentence = story.SentenceOf(new Evidence(story.Articles[place].Id, number.Span));
        var after = new TextSpan(number.Span.End, Math.Max(number.Span.End, sentence.End));
        return PhraseSet.Of(language, "remainders").Any(words.In(after)) ? Part : "";
    }

    private static List<Amount> Read(StoryText story, ToldPassage passage)
    {
        var amounts = new List<Amount>();
        foreach (var number in story.NumbersIn(passage.Place, passage.Evidence.Span))
        {
            if (passage.Evidence.Span.Overlaps(number.Span) && Read(story, passage, number) is { } amount)
                amounts.Add(amount with { Base = BaseOf(story, passage.Place, number) });
        }

        return amounts;
    }

    private static Amount? Read(StoryText story, ToldPassage passage, NumberMention number)
    {
        if (IsIncrement(story, passage.Place, number))
            return null;
        var language = story.Articles[passage.Place].Body.Language;
        if (Measure.Of(number.Value, number.Unit) is not { } measure)
            return null;
        if (Measure.SecondsOf(number.Unit) is var seconds and > 0)
            return new Amount(passage, number, new Measure(Time, number.Value * seconds), Setting.Of(story, passage.Place, passage.Evidence.Span, number.Span), false, false);
        var vague = IsVague(story, passage.Place, number);
        if (measure.Dimension != number.Unit || measure.Dimension == "%" || IsMoney(measure.Dimension))
            return new Amount(passage, number, measure, Setting.Of(story, passage.Place, passage.Evidence.Span, number.Span, distance: Physical.Contains(measure.Dimension)), false, vague);

        // What is counted: by its concept, across languages; people by what befell them.
        if (number.Happened is { } fate)
            return new Amount(passage, number, new Measure("people:" + fate, number.Value), Setting.Of(story, passage.Place, passage.Evidence.Span, number.Span), true, vague) { Fate = fate };
        var key = WordSequence.KeyOf(Folding.Fold(number.Unit!), language);
        return key == 0 ? null : new Amount(passage, number, new Measure("count:" + key, number.Value), Setting.Of(story, passage.Place, passage.Evidence.Span, number.Span, key), false, vague);
    }

    // A currency's code.
    private static bool IsMoney(string dimension) => dimension.Length == 3 && dimension.All(char.IsAsciiLetterUpper);

    /// <summary>Whether an amount is told by its magnitude alone: "dozens", "des milliers".</summary>
    public static bool IsVague(StoryText story, int place, NumberMention number) =>
        story.Articles[place].Body is { Language: { } language } body
        && !body.Text.AsSpan(number.Span.Start, number.Span.Length).ContainsAnyInRange('0', '9')
        && PhraseSet.Of(language, "vague-numbers").Any(story.Bodies[place].In(number.Span));

    /// <summary>Whether an amount comes on top of another or is a part of it: "three more", "the two others", "dont deux" are no total.</summary>
    public static bool IsIncrement(StoryText story, int place, NumberMention number)
    {
        if (story.Articles[place].Body.Language is not { } language)
            return false;
        var words = story.Bodies[place];
        var (from, to) = words.Range(number.Span);
        var sentence = story.SentenceOf(new Evidence(story.Articles[place].Id, number.Span));
        var (first, end) = words.Range(sentence);
        while (to < Math.Min(end, from + WordsBeside + 1) && words.Source.Tokens[to].Kind == TokenKind.Word)
            to++;
        var start = from > first && words.Source.Tokens[from - 1].Kind == TokenKind.Word ? from - 1 : from;
        var beside = new TextSpan(words.Source.Tokens[start].Start, words.Source.Tokens[to - 1].End);
        // "Two killed, five others injured" are all that were injured.
        return PhraseSet.Of(language, "increments").Find(words.In(beside)) is [var found, ..]
            && !PhraseSet.Of(language, "bounds").Find(words.In(number.Span)).Any(bound => bound.At <= found.At + start - from && found.At + start - from < bound.At + bound.Length)
            && !(number.Happened is { } fate && story.NumbersIn(place, sentence).Any(other => other.Happened is { } told && told != fate));
    }

    private sealed record Amount(ToldPassage Passage, NumberMention Number, Measure Measure, Setting Setting, bool IsFate, bool Vague)
    {
        /// <summary>What befell those counted (<see cref="NumberMention.Happened"/>); null where nothing did.</summary>
        public string? Fate { get; init; }

        /// <summary>On what base it counts (<see cref="BaseOf"/>).</summary>
        public string Base { get; init; } = "";

        public bool IsLeast => Number.IsLeast;
    }
}
