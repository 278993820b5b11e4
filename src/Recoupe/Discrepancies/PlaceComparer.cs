using System.Collections.Immutable;

using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Discrepancies;

/// <summary>Told places that exclude each other: the other side, away from what the other stands at, another town.</summary>
internal static class PlaceComparer
{
    private static readonly (string, string)[] Opposites = [("north", "south"), ("east", "west"), ("left", "right")];

    public static IEnumerable<Discrepancy> Compare(StoryText story, Sourcing point, List<ToldPassage> passages)
    {
        var told = DiscrepancyFinder.Representatives(
            passages.Select(passage => (passage, (passage, places: Read(story, passage), towns: PlacesIn(story, passage)))),
            read => string.Join('\n', read.places.Select(place => place.Words).Concat(read.towns.Select(town => town.Name))));
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < told.Count; i++)
        {
            for (var j = i + 1; j < told.Count; j++)
            {
                if (told[i].passage.Place == told[j].passage.Place)
                    continue;
                foreach (var (a, b, why) in Differences(told[i].places, told[j].places))
                {
                    if (story.Keeps(SourcingRule.PlacesOpposite) && a.Setting.Fits(b.Setting) && seen.Add((a.Words, b.Words)) && seen.Add((b.Words, a.Words)))
                        yield return new Discrepancy(DiscrepancyKind.Place, Resolution.Open, point.Point.Id, told[i].passage.At(a.Span), told[j].passage.At(b.Span), why);
                }

                foreach (var (a, b) in Towns(story, (told[i].passage, told[i].towns), (told[j].passage, told[j].towns)))
                {
                    if (story.Keeps(SourcingRule.Towns) && seen.Add((a.Name, b.Name)) && seen.Add((b.Name, a.Name)))
                        yield return new Discrepancy(DiscrepancyKind.Place, Resolution.Open, point.Point.Id, told[i].passage.At(a.Span), told[j].passage.At(b.Span), "another place of the same event");
                }
            }
        }
    }

    private static IEnumerable<(Location A, Location B, string Why)> Differences(List<Location> first, List<Location> second)
    {
        foreach (var a in first)
        {
            foreach (var b in second)
            {
                if (Opposites.Any(pair => (a.Class, b.Class) == pair || (b.Class, a.Class) == pair)
                    && !first.Exists(other => other.Class == b.Class) && !second.Exists(other => other.Class == a.Class))
                    yield return (a, b, "the opposite side");
                else if ((a.Class, b.Class) is ("at", "beyond") or ("beyond", "at") && a.Near.Any(b.Near.Contains))
                    yield return (a, b, "at a place against away from it");
            }
        }
    }

    // A statement that names no place is about what its speaker did in the sentence before.
    private static List<Location> Read(StoryText story, ToldPassage passage)
    {
        var own = Read(story, passage, passage.Evidence.Span);
        if (own.Count > 0 || story.StatementOf(passage.Chain.Passage)?.Speaker?.Name is not { } name)
            return own;
        var body = story.Articles[passage.Place].Body;
        var at = body.SentenceAt(passage.Evidence.Span.Start);
        if (at < 1 || body.Text.AsSpan(body.Sentences[at - 1].End, body.Sentences[at].Start - body.Sentences[at - 1].End).Contains('\n'))
            return own;
        var last = Folding.Fold(name.Split(' ')[^1]);
        return story.Bodies[passage.Place].In(body.Sentences[at - 1]).Contains(last) ? Read(story, passage, body.Sentences[at - 1]) : own;
    }

    private static List<Location> Read(StoryText story, ToldPassage passage, TextSpan within)
    {
        var found = new List<Location>();
        if (story.Articles[passage.Place].Body.Language is not { } language)
            return found;
        var words = story.Bodies[passage.Place];
        var (from, to) = words.Range(within);
        foreach (var (at, length, name) in PhraseSet.Of(language, "locations").Find(words.In(within)))
        {
            // The words around the phrase that belong to it: what stands between commas, at most five on each side.
            var start = from + at;
            while (start > from && from + at - start < 4 && words.Source.Tokens[start - 1].Kind != TokenKind.Mark)
                start--;
            var end = from + at + length;
            while (end < to && end - (from + at + length) < 5 && words.Source.Tokens[end].Kind != TokenKind.Mark)
                end++;
            var core = name is "at" ? from + at : start;
            var span = new TextSpan(words.Source.Tokens[core].Start, words.Source.Tokens[end - 1].End);
            var near = words.KeysIn(new TextSpan(words.Source.Tokens[from + at].Start, words.Source.Tokens[end - 1].End));
            // "beyond" as a place asks for a landmark; so does the side for the thing whose side it is.
            if (near.Length > 0)
                found.Add(new Location(name, Narrow(words, span, from + at, name), near, string.Join(" ", (IEnumerable<string>)words.In(span)), Setting.Of(story, passage.Place, within, Narrow(words, span, from + at, name))));
        }

        return found;
    }

    // A side is told by its own noun group: "the south bank" without the verb before it.
    private static TextSpan Narrow(WordSequence words, TextSpan span, int at, string name)
    {
        if (name is "at")
            return span;
        var (from, to) = words.Range(span);
        if (name is "beyond")
        {
            // "two kilometres beyond": the amount belongs to it, the verb does not.
            var amount = at;
            while (amount > from && at - amount < 2)
                amount--;
            return new TextSpan(words.Source.Tokens[amount].Start, span.End);
        }

        var start = at > from ? at - 1 : at;
        return new TextSpan(words.Source.Tokens[start].Start, words.Source.Tokens[(at + 1 < to && words.Source.Tokens[at + 1].Tag is PartOfSpeech.Noun or PartOfSpeech.ProperNoun ? at + 2 : at + 1) - 1].End);
    }

    // Two towns, each told by one article alone of what is governed alike: the event cannot be in both.
    private static IEnumerable<(Entity A, Entity B)> Towns(
        StoryText story, (ToldPassage Passage, ImmutableArray<Entity> Towns) first, (ToldPassage Passage, ImmutableArray<Entity> Towns) second)
    {
        // What tells the point in part names a town of something else.
        // Of two languages one may be the other's name for it.
        if (story.Articles[first.Passage.Place].Body.Language != story.Articles[second.Passage.Place].Body.Language || first.Passage.Chain.Passage.Partial || second.Passage.Chain.Passage.Partial || first.Towns is not [var one] || second.Towns is not [var other]
            || Mentions(story, second.Passage.Place, one.Name) || Mentions(story, first.Passage.Place, other.Name) || !SettingOf(first.Passage, one).Fits(SettingOf(second.Passage, other)))
            yield break;
        yield return (one, other);

        Setting SettingOf(ToldPassage passage, Entity town) => Setting.Of(story, passage.Place, passage.Evidence.Span, town.Span);
    }

    private static ImmutableArray<Entity> PlacesIn(StoryText story, ToldPassage passage)
    {
        if (story.Articles[passage.Place].Body.Language is not { } language)
            return [];
        var prepositions = PhraseSet.Of(language, "place-prepositions");
        var words = story.Bodies[passage.Place];
        return
        [
            .. story.EntitiesIn(passage.Place, passage.Evidence.Span).Where(entity => entity.Type == EntityType.Place && passage.Evidence.Span.Contains(entity.Span))
                .Where(entity =>
                {
                    var (from, _) = words.Range(entity.Span);
                    var before = words.Words[Math.Max(0, from - 3)..from].ToArray();
                    return Enumerable.Range(Math.Max(0, from - 3), Math.Min(3, from)).Any(at => at + prepositions.At(before, at - Math.Max(0, from - 3)).Length == from);
                }),
        ];
    }

    private static bool Mentions(StoryText story, int place, string name)
    {
        var keys = AnalyzedText.Of(name, story.Articles[place].Body.Language);
        var folded = keys.Tokens.Select(token => Folding.Fold(keys[token])).Where(word => word.Length > 3).ToArray();
        return folded.Length == 0 || folded.Any(word => story.Bodies[place].Words.Contains(word) || story.Headlines[place]?.Words.Contains(word) == true);
    }

    private sealed record Location(string Class, TextSpan Span, ImmutableArray<ulong> Near, string Words, Setting Setting);
}
