using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Discrepancies;

/// <summary>One saying given in two ways that do not say the same: cut before its condition, or turned by a negation.</summary>
internal static class QuoteComparer
{
    // Fewer words are a catchword, not a saying.
    private const int ShortestSaying = 3;

    // So many words in the same order are one saying, whoever the sentence was taken to give it to, if it names the speaker.
    private const int UnmistakableSaying = 4;

    public static IEnumerable<Discrepancy> Compare(StoryText story, Sourcing point, List<ToldPassage> passages)
    {
        var sayings = DiscrepancyFinder.Representatives(
            passages.Select(passage => Read(story, passage)).OfType<Saying>().Select(saying => (saying.Passage, saying)), saying => string.Join(' ', saying.Words));
        var told = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sayings.Count; i++)
        {
            for (var j = i + 1; j < sayings.Count; j++)
            {
                var (a, b) = (sayings[i], sayings[j]);
                if (a.Passage.Place == b.Passage.Place)
                    continue;
                var sameOrigin = a.Passage.Origin >= 0 && a.Passage.Origin == b.Passage.Origin;
                if (Why(story, a, b, sameOrigin) is { } why && told.Add(string.Join(' ', a.Words) + "\n" + string.Join(' ', b.Words)))
                    yield return new Discrepancy(DiscrepancyKind.Quote, Resolution.Open, point.Point.Id, a.Evidence, b.Evidence, why);
            }
        }
    }

    private static string? Why(StoryText story, Saying a, Saying b, bool sameOrigin)
    {
        var (whole, cut) = a.Words.Length >= b.Words.Length ? (a, b) : (b, a);
        if (whole.Language == cut.Language)
        {
            var at = Find(whole.Words, cut.Words);
            if (at >= 0 && whole.Words.Length > cut.Words.Length)
                return story.Keeps(SourcingRule.QuotesCut) && (sameOrigin || cut.Words.Length >= UnmistakableSaying && Names(story, cut, whole)) && Turns(story, whole, cut, at) ? "quoted here without what limits it there" : null;
        }

        return story.Keeps(SourcingRule.QuotesTurned) && sameOrigin && a.Negative != b.Negative && a.Sentences == b.Sentences && Common(a, b) >= 0.6
            ? whole.Language == cut.Language ? "reworded: negated in one wording only" : "translated: negated in one wording only"
            : null;
    }

    private static bool Names(StoryText story, Saying cut, Saying whole)
    {
        if (story.StatementOf(whole.Passage.Chain.Passage)?.Speaker?.Name is not { } name)
            return false;
        return story.Bodies[cut.Passage.Place].In(story.SentenceOf(cut.Evidence)).Contains(Folding.Fold(name.Split(' ')[^1]));
    }

    // What is cut off opens with "but", "provided", "unless", and the other article does not tell it elsewhere.
    private static bool Turns(StoryText story, Saying whole, Saying cut, int at)
    {
        var rest = whole.Words[(at + cut.Words.Length)..];
        if (rest.Length < 2 || !cut.IsClause || whole.Language is not { } language)
            return false;
        if (PhraseSet.Of(language, "contrasts").At(rest, 0) is not { Length: > 0, Class: not "also" })
            return false;
        var there = story.Bodies[cut.Passage.Place].Words;
        var tail = rest.Where(word => word.Length > 3).Distinct().ToArray();
        var retold = 0;
        foreach (var word in tail)
            retold += there.Contains(word) ? 1 : 0;
        return tail.Length == 0 || retold * 10 < tail.Length * 7;
    }

    private static int Find(string[] whole, string[] part)
    {
        for (var at = 0; at + part.Length <= whole.Length; at++)
        {
            if (whole.AsSpan(at, part.Length).SequenceEqual(part))
                return at;
        }

        return -1;
    }

    private static double Common(Saying a, Saying b)
    {
        if (a.Keys.Length < 3 || b.Keys.Length < 3)
            return 0;
        return (double)a.Keys.Count(b.Keys.Contains) / Math.Max(a.Keys.Length, b.Keys.Length);
    }

    private static Saying? Read(StoryText story, ToldPassage passage)
    {
        var statement = story.StatementOf(passage.Chain.Passage);
        if (statement is null or { Kind: StatementKind.Indirect } || statement.InTitle)
            return null;
        var span = statement.Extent;
        var text = story.Articles[passage.Place].Body;
        if (statement.Kind == StatementKind.Mixed)
        {
            if (Quoted(text.Text, span) is not { } quoted)
                return null;
            span = quoted;
        }

        var sequence = story.Bodies[passage.Place];
        var (from, to) = sequence.Range(span);
        var words = new List<string>();
        for (var i = from; i < to; i++)
        {
            if (text.Tokens[i].Kind != TokenKind.Mark)
                words.Add(sequence.Words[i]);
        }

        if (words.Count < ShortestSaying)
            return null;
        var language = text.Language;
        var negations = language is null ? null : PhraseSet.Of(language, "negations");
        var verb = false;
        for (var i = from; i < to; i++)
            verb |= text.Tokens[i].IsFiniteVerb;
        var sentences = text.SentenceAt(span.End - 1) - text.SentenceAt(span.Start);
        return new Saying(passage, passage.At(span), [.. words], [.. sequence.KeysIn(span)], negations?.Any(words) == true, verb, sentences, language);
    }

    private static TextSpan? Quoted(string text, TextSpan span)
    {
        var open = text.AsSpan(span.Start, span.Length).IndexOfAny("«“\"");
        if (open < 0)
            return null;
        var start = span.Start + open + 1;
        var close = text.AsSpan(start, span.End - start).IndexOfAny("»”\"");
        return new TextSpan(start, close < 0 ? span.End : start + close).Trim(text);
    }

    private sealed record Saying(ToldPassage Passage, Evidence Evidence, string[] Words, ulong[] Keys, bool Negative, bool IsClause, int Sentences, Language? Language);
}
