using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Checks;

/// <summary>Finds what of a claim no passage gives.</summary>
internal static class MissingWords
{
    /// <summary>Amounts and dates that stand in none of the passages, names and nouns that stand nowhere in their articles: whom a passage means by "she", and what by "it", its article tells elsewhere.</summary>
    /// <param name="whole">The story with the claim as its last article.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="unit">The claim as a unit.</param>
    /// <param name="telling">The passages.</param>
    public static IEnumerable<TextSpan> Of(StoryText whole, AnnotatedArticle claim, Unit unit, List<Unit> telling)
    {
        var missing = new SortedSet<TextSpan>(Values(claim, unit, telling));
        var words = whole.Bodies[^1];
        List<WordSequence> tellers = [.. telling.Select(told => told.Article).Distinct().Select(place => whole.Bodies[place])];
        foreach (var entity in claim.Entities)
        {
            var (from, to) = words.Range(entity.Span);
            var named = Enumerable.Range(from, to - from).Where(i => words.Keys[i] != 0).ToList();
            if (named.Count > 0 && !tellers.Exists(text => named.TrueForAll(i => text.Keys.Contains(words.Keys[i]))))
                missing.Add(entity.Span);
        }

        for (var i = 0; i < words.Keys.Length; i++)
        {
            // What has no kin in the lexicon may be told in words that it does not know.
            var span = words.Source.Tokens[i].Span;
            if (words.Source.Tokens[i].Tag == PartOfSpeech.Noun && Kin.Default.Of(words.Keys[i]) is { Length: > 0 } kin && !claim.Entities.Any(entity => entity.Span.Contains(span))
                && !claim.Numbers.Any(number => number.Span.Contains(span)) && !claim.Dates.Any(date => date.Span.Contains(span))
                && !tellers.Exists(text => Tells(text, words.Keys[i], ClaimSlots.StemOf(words.Words[i]), kin)))
                missing.Add(span);
        }

        return missing;
    }

    private static IEnumerable<TextSpan> Values(AnnotatedArticle claim, Unit unit, List<Unit> telling)
    {
        for (var i = 0; i < unit.Amounts.Length; i++)
        {
            var value = unit.Amounts[i].Value;
            if (!telling.Exists(told => Array.Exists(told.Amounts, amount => Math.Abs(amount.Value - value) <= 1e-6 * Math.Abs(value))))
                yield return unit.Numbers[i].Span;
        }

        foreach (var date in claim.Dates)
        {
            if (date.Value is { } value && !telling.Exists(told => Array.Exists(told.Days, day => day.StartsWith(value, StringComparison.Ordinal) || value.StartsWith(day, StringComparison.Ordinal))))
                yield return date.Span;
        }
    }

    private static bool Tells(WordSequence words, ulong key, ulong stem, KinTerm[] kin)
    {
        for (var i = 0; i < words.Keys.Length; i++)
        {
            if (words.Keys[i] == key || (stem != 0 && ClaimSlots.StemOf(words.Words[i]) == stem) || Array.Exists(kin, other => other.Key == words.Keys[i]))
                return true;
        }

        return false;
    }
}
