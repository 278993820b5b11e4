using System.Globalization;

using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Discrepancies;

/// <summary>Amounts of one thing that differ: units and magnitudes converted, approximations as bounds.</summary>
internal static class NumberComparer
{
    // What befalls people: the heads counted for one are not those counted for another.
    private static readonly ulong[] Fates = [.. new[] { "dead", "injured", "missing", "ill", "arrest", "evacuate", "treat", "rescue", "refugee", "layoff", "passenger" }.Select(key => TextHash.Of(key))];

    public static IEnumerable<Discrepancy> Compare(StoryText story, Sourcing point, List<ToldPassage> passages)
    {
        var amounts = DiscrepancyFinder.Representatives(
            passages.Select(passage => (passage, (passage, told: Read(story, passage)))), read => Reading(story, read.passage, read.told));
        var pairs = new List<(Amount A, Amount B)>();
        for (var i = 0; i < amounts.Count; i++)
        {
            for (var j = i + 1; j < amounts.Count; j++)
            {
                if (amounts[i].passage.Place != amounts[j].passage.Place)
                    Add(amounts[i].told, amounts[j].told, pairs);
            }
        }

        foreach (var same in pairs.GroupBy(pair => Key(pair.A, pair.B)))
        {
            var (a, b) = same.First();
            var resolution = Resolve(story, same);
            yield return new Discrepancy(DiscrepancyKind.Number, resolution, point.Point.Id, a.Passage.At(a.Number.Span), b.Passage.At(b.Number.Span), resolution switch
            {
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
    private static void Add(List<Amount> first, List<Amount> second, List<(Amount, Amount)> pairs)
    {
        foreach (var dimension in first.Select(amount => amount.Measure.Dimension).Distinct())
        {
            var ones = first.Where(amount => amount.Measure.Dimension == dimension).ToList();
            var others = second.Where(amount => amount.Measure.Dimension == dimension).ToList();
            if (ones.Exists(a => others.Exists(b => Agree(a, b))))
                continue;
            foreach (var a in ones)
            {
                foreach (var b in others)
                    pairs.Add((a, b));
            }
        }
    }

    private static bool Agree(Amount a, Amount b) => Amounts.Agree(a.Measure.Value, a.Number.Bounds, b.Measure.Value, b.Number.Bounds);

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

    private static bool SaysUpdate(StoryText story, ToldPassage passage) =>
        story.Articles[passage.Place].Body.Language is { } language
        && PhraseSet.Of(language, "updates").Any(story.Bodies[passage.Place].In(story.SentenceOf(passage.Evidence)));

    // Both tell when it was said, and the days differ.
    private static bool LaterOccasion(StoryText story, ToldPassage a, ToldPassage b) =>
        OccasionOf(story, a) is { } first && OccasionOf(story, b) is { } second && first != second;

    private static string? OccasionOf(StoryText story, ToldPassage passage)
    {
        var statement = story.StatementOf(passage.Chain.Passage);
        if (statement is null)
            return null;
        var sentence = story.SentenceOf(passage.Evidence);
        return story.DatesIn(passage.Place, sentence)
            .Where(date => date.Value is { Length: 10 } && sentence.Contains(date.Span) && !statement.Content.Any(content => content.Overlaps(date.Span)))
            .Select(date => date.Value).FirstOrDefault();
    }

    private static string BaseOf(StoryText story, Amount amount)
    {
        if (story.Articles[amount.Passage.Place].Body.Language is not { } language)
            return "";
        var words = story.Bodies[amount.Passage.Place];
        var (from, to) = words.Range(amount.Number.Span);
        var near = new TextSpan(
            words.Source.Tokens[Math.Max(0, from - 2)].Start, words.Source.Tokens[Math.Min(words.Source.Tokens.Length, to + 5) - 1].End);
        var phrases = PhraseSet.Of(language, "bases").Find(words.In(near));
        return phrases.IsEmpty ? "" : phrases[0].Class;
    }

    private static List<Amount> Read(StoryText story, ToldPassage passage)
    {
        var amounts = new List<Amount>();
        foreach (var number in story.NumbersIn(passage.Place, passage.Evidence.Span))
        {
            if (passage.Evidence.Span.Overlaps(number.Span) && MeasureOf(story, passage, number) is { } measure)
                amounts.Add(new Amount(passage, number, measure));
        }

        return amounts;
    }

    private static Measure? MeasureOf(StoryText story, ToldPassage passage, NumberMention number)
    {
        if (Measure.Of(number.Value, number.Unit) is not { } measure)
            return null;
        if (measure.Dimension != number.Unit || measure.Dimension == "%" || measure.Dimension is { Length: 3 } && measure.Dimension.All(char.IsAsciiLetterUpper))
            return measure;

        // What is counted: by its concept, across languages; people by what befell them.
        var language = story.Articles[passage.Place].Body.Language;
        var fate = FateOf(story, passage, number);
        if (fate != 0)
            return new Measure("people:" + fate, number.Value);
        var key = WordSequence.KeyOf(Folding.Fold(number.Unit!), language);
        return key == 0 ? null : new Measure("count:" + key, number.Value);
    }

    private static ulong FateOf(StoryText story, ToldPassage passage, NumberMention number)
    {
        var words = story.Bodies[passage.Place];
        var (from, to) = words.Range(number.Span);
        var (_, end) = words.Range(passage.Evidence.Span);
        for (var i = Math.Max(0, from); i < Math.Min(end, to + 5); i++)
        {
            if (Array.IndexOf(Fates, words.Keys[i]) is var at and >= 0 && Fates[at] != Fates[^1])
                return Fates[at];
        }

        return 0;
    }

    private sealed record Amount(ToldPassage Passage, NumberMention Number, Measure Measure);
}
