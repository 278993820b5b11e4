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

    // How far before the amount the count of victims stands that it is the amount of.
    private const int TollBefore = 14;

    // A thing is hardly told ten times as large as it is; beyond, the two are of different things.
    internal const double FarthestRatio = 12;

    // Passages that tell one amount each and so many words alike tell it of one thing.
    private const int EnoughShared = 3;

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

        foreach (var same in pairs.GroupBy(pair => (Key(pair.A, pair.B), BaseOf(story, pair.A) == BaseOf(story, pair.B))))
        {
            // Where one of the articles knows both, it tells how they hang together.
            var resolution = Resolve(story, same);
            var rises = story.Keeps(SourcingRule.TollsRise) && resolution == Resolution.Open && same.All(pair => Rises(story, pair.A, pair.B));
            if (rises)
                resolution = Resolution.Update;
            var (a, b) = resolution == Resolution.Open ? same.FirstOrDefault(pair => !story.Keeps(SourcingRule.NumbersReconciled) || !Reconciles(story, pair.A, pair.B)) : same.First();
            if (a is null || b is null)
                continue;
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
        string.Create(CultureInfo.InvariantCulture, $"{amount.Measure.Dimension}={amount.Measure.Value}/{amount.Number.Bounds}/{BaseOf(story, amount)}")))
        + (SaysUpdate(story, passage) ? "+" : "") + OccasionOf(story, passage);

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
                if (others.Find(b => OneThing(story, a, b, ones.Count == 1 && others.Count == 1)) is not { } match)
                    continue;
                others.Remove(match);
                pairs.Add((a, match));
                // "14 hectares, or 14,000 square metres" tells one thing twice, and may contradict itself.
                foreach (var again in others.Where(b => story.Keeps(SourcingRule.NumbersRestated) && Restates(story, match, b)).ToList())
                {
                    others.Remove(again);
                    pairs.Add((a, again));
                }
            }
        }
    }

    private static bool OneThing(StoryText story, Amount a, Amount b, bool isSole)
    {
        if (story.Keeps(SourcingRule.NumbersOfSpeakers) && a.Setting.FirstPerson && b.Setting.FirstPerson && a.Passage.Origin != b.Passage.Origin)
            return false;
        var (low, high) = (Math.Min(Math.Abs(a.Measure.Value), Math.Abs(b.Measure.Value)), Math.Max(Math.Abs(a.Measure.Value), Math.Abs(b.Measure.Value)));
        // Nobody hurt is at odds with two hurt; of other things none is told only beside some.
        if (low == 0 ? !a.IsFate || !b.IsFate || high == 0 : high > low * FarthestRatio)
            return false;
        // What is asked for is not what is offered or was paid.
        if (story.Keeps(SourcingRule.Demands) && a.Passage.Origin != b.Passage.Origin && (Demands(story, a) || Demands(story, b)))
            return false;
        if (a.IsFate)
            return a.Setting.Names.Count == 0 || b.Setting.Names.Count == 0 || a.Setting.Fits(b.Setting) || a.Setting.Names.Overlaps(b.Setting.Around) || b.Setting.Names.Overlaps(a.Setting.Around);
        return a.Setting.Fits(b.Setting)
            || story.Keeps(SourcingRule.SoleNumbers) && isSole && a.Measure.Dimension != Time && !IsMoney(a.Measure.Dimension) && !a.Setting.IsOfOthers(b.Setting) && DiscrepancyFinder.Shared(story, a.Passage, b.Passage) >= EnoughShared
            || story.Keeps(SourcingRule.SoleMeasures) && Physical.Contains(a.Measure.Dimension) && OnlyOne(story, a) && OnlyOne(story, b);
    }

    private static bool Demands(StoryText story, Amount amount) => story.StatementOf(amount.Passage.Chain.Passage) is { Act: Statements.Act.Demand };

    private static bool Restates(StoryText story, Amount told, Amount again)
    {
        var words = story.Bodies[told.Passage.Place];
        var (_, end) = words.Range(told.Number.Span);
        var (start, _) = words.Range(again.Number.Span);
        return told.Number.Unit != again.Number.Unit && start >= end && start - end <= 3;
    }

    // Whether the article tells this measure in one sentence alone.
    private static bool OnlyOne(StoryText story, Amount amount)
    {
        var body = story.Articles[amount.Passage.Place].Body;
        var sentence = body.SentenceAt(amount.Number.Span.Start);
        return story.Articles[amount.Passage.Place].Numbers.All(number => number.InTitle
            || Measure.Of(number.Value, number.Unit)?.Dimension != amount.Measure.Dimension || body.SentenceAt(number.Span.Start) == sentence);
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
            if (BaseOf(story, a) != BaseOf(story, b))
                return Resolution.Base;
            var sameOrigin = a.Passage.Origin >= 0 && a.Passage.Origin == b.Passage.Origin;
            if (sameOrigin && (SaysUpdate(story, a.Passage) || SaysUpdate(story, b.Passage) || LaterOccasion(story, a.Passage, b.Passage)))
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

    // An article that tells the other's amount too tells how they hang together; two origins in one article are told against each other.
    private static bool Reconciles(StoryText story, Amount a, Amount b) =>
        a.Passage.Place != b.Passage.Place && (Knows(story, a.Passage.Place, b) || Knows(story, b.Passage.Place, a));

    private static bool Knows(StoryText story, int place, Amount other) =>
        story.Articles[place].Numbers.Any(number => !number.InTitle && Math.Abs(number.Value) > 2
            && Measure.Of(number.Value, number.Unit) is { } measure && (other.IsFate || measure.Dimension == (Measure.Of(other.Number.Value, other.Number.Unit)?.Dimension ?? ""))
            && Math.Abs(measure.Value - other.Measure.Value) <= 0.001 * Math.Abs(measure.Value));

    private static bool SaysUpdate(StoryText story, ToldPassage passage) =>
        story.Articles[passage.Place].Body.Language is { } language
        && PhraseSet.Of(language, "updates").Any(story.Bodies[passage.Place].In(story.SentenceOf(passage.Evidence)));

    // Both tell when it was said, and the days differ.
    private static bool LaterOccasion(StoryText story, ToldPassage a, ToldPassage b) =>
        OccasionOf(story, a) is { } first && OccasionOf(story, b) is { } second && first != second;

    private static string? OccasionOf(StoryText story, ToldPassage passage)
    {
        var statement = story.StatementOf(passage.Chain.Passage);
        if (statement is null || !story.Keeps(SourcingRule.Occasions))
            return null;
        var sentence = story.SentenceOf(passage.Evidence);
        return story.DatesIn(passage.Place, sentence)
            .Where(date => date.Value is { Length: 10 } && sentence.Contains(date.Span) && !statement.Content.Any(content => content.Overlaps(date.Span)))
            .Select(date => date.Value).FirstOrDefault();
    }

    private static string BaseOf(StoryText story, Amount amount) => BaseOf(story, amount.Passage.Place, amount.Number);

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
                amounts.Add(amount);
        }

        return amounts;
    }

    private static Amount? Read(StoryText story, ToldPassage passage, NumberMention number)
    {
        if (IsIncrement(story, passage, number))
            return null;
        var language = story.Articles[passage.Place].Body.Language;
        // "The number of dead stood at nine"
        if (story.Keeps(SourcingRule.TollNouns) && number.Unit is null && number.Value > 0 && TollOf(story, passage, number) is { } toll)
            return new Amount(passage, number, new Measure("people:" + toll, number.Value), Setting.Of(story, passage.Place, passage.Evidence.Span, number.Span), true, false) { Fate = toll };
        if (Measure.Of(number.Value, number.Unit) is not { } measure)
            return BareAmount(story, passage, number);
        if (Measure.SecondsOf(number.Unit) is var seconds and > 0)
            return new Amount(passage, number, new Measure(Time, number.Value * seconds), Setting.Of(story, passage.Place, passage.Evidence.Span, number.Span), false, false);
        var vague = !story.Articles[passage.Place].Body.Text.AsSpan(number.Span.Start, number.Span.Length).ContainsAnyInRange('0', '9') && IsVague(story, passage, number);
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

    // "A mother of twelve": only what a noun of both passages governs is of one thing.
    private static Amount? BareAmount(StoryText story, ToldPassage passage, NumberMention number)
    {
        var setting = Setting.Of(story, passage.Place, passage.Evidence.Span, number.Span);
        return setting.Nouns.Count == 0 || !story.Keeps(SourcingRule.BareNumbers) ? null : new Amount(passage, number, new Measure("bare:" + setting.Nouns.Min(), number.Value), setting, false, false);
    }

    // "Dozens", "des milliers": an amount told by its magnitude alone.
    private static bool IsVague(StoryText story, ToldPassage passage, NumberMention number) =>
        story.Articles[passage.Place].Body.Language is { } language
        && PhraseSet.Of(language, "vague-numbers").Any(story.Bodies[passage.Place].In(number.Span));

    // "Three more", "the two others", "dont deux": no total.
    private static bool IsIncrement(StoryText story, ToldPassage passage, NumberMention number)
    {
        if (story.Articles[passage.Place].Body.Language is not { } language)
            return false;
        var words = story.Bodies[passage.Place];
        var (from, to) = words.Range(number.Span);
        var sentence = story.SentenceOf(passage.At(number.Span));
        var (first, end) = words.Range(sentence);
        while (to < Math.Min(end, from + WordsBeside + 1) && words.Source.Tokens[to].Kind == TokenKind.Word)
            to++;
        var start = from > first && words.Source.Tokens[from - 1].Kind == TokenKind.Word ? from - 1 : from;
        var beside = new TextSpan(words.Source.Tokens[start].Start, words.Source.Tokens[to - 1].End);
        // "Two killed, five others injured" are all that were injured.
        if (number.Happened is { } fate && story.NumbersIn(passage.Place, sentence).Any(other => other.Happened is { } told && told != fate))
            return false;
        return PhraseSet.Of(language, "increments").Find(words.In(beside)) is [var found, ..]
            && !PhraseSet.Of(language, "bounds").Find(words.In(number.Span)).Any(bound => bound.At <= found.At + start - from && found.At + start - from < bound.At + bound.Length);
    }

    // A number without a noun, right after the verb or preposition of a clause whose subject is a count of victims: what befell them, or null.
    private static string? TollOf(StoryText story, ToldPassage passage, NumberMention number)
    {
        var words = story.Bodies[passage.Place];
        var tokens = words.Source.Tokens;
        var (from, to) = words.Range(number.Span);
        var (first, end) = words.Range(story.SentenceOf(passage.At(number.Span)));
        if (words.Source.Language is not { } language || from <= first || tokens[from - 1].Tag is not (PartOfSpeech.Adposition or PartOfSpeech.Verb or PartOfSpeech.Auxiliary or PartOfSpeech.Particle)
            || to < end && tokens[to].Tag is PartOfSpeech.Noun or PartOfSpeech.Adjective && tokens[to].Kind == TokenKind.Word)
            return null;
        var counts = PhraseSet.Of(language, "toll-nouns");
        var happenings = NumberLexicon.Of(language).Happenings;
        for (var i = from - 1; i >= Math.Max(first, from - TollBefore); i--)
        {
            if (counts.At(words.Words[first..end].ToArray(), i - first).Length == 0)
                continue;
            for (var j = i; j < from; j++)
            {
                if (happenings.Of(words.Source[tokens[j]]) is { } happening)
                    return happening.Class;
            }
        }

        return null;
    }

    private sealed record Amount(ToldPassage Passage, NumberMention Number, Measure Measure, Setting Setting, bool IsFate, bool Vague)
    {
        /// <summary>What befell those counted (<see cref="NumberMention.Happened"/>); null where nothing did.</summary>
        public string? Fate { get; init; }

        public bool IsLeast => Number.Bounds is NumberBounds.AtLeast or NumberBounds.MoreThan;
    }
}
