using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Checks;

/// <summary>Finds what of a claim no passage gives.</summary>
internal static class MissingWords
{
    /// <summary>Amounts and dates that stand in none of the passages, names and nouns that stand nowhere in their articles or titles: whom a passage means by "she", and what by "it", its article tells elsewhere.</summary>
    /// <param name="whole">The story with the claim as its last article.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="unit">The claim as a unit.</param>
    /// <param name="telling">The passages.</param>
    public static IEnumerable<TextSpan> Of(StoryText whole, AnnotatedArticle claim, Unit unit, List<Unit> telling)
    {
        var missing = new SortedSet<TextSpan>(Values(claim, unit, telling));
        var words = whole.Bodies[^1];
        var texts = telling.Select(told => told.Article).Distinct().SelectMany(place => new[] { whole.Bodies[place], whole.Headlines[place] }).OfType<WordSequence>().ToList();
        List<HashSet<ulong>> tellers = texts.ConvertAll(text => new HashSet<ulong>([.. text.Keys]));
        var all = tellers.SelectMany(keys => keys).ToHashSet();
        var stems = texts.SelectMany(text => text.Words.ToArray()).Distinct().Select(ClaimSlots.StemOf).ToHashSet();
        stems.Remove(0);
        foreach (var entity in claim.Entities)
        {
            var (from, to) = words.Range(entity.Span);
            var named = Enumerable.Range(from, to - from).Where(i => words.Keys[i] != 0).ToList();
            if (named.Count > 0 && !tellers.Exists(keys => named.TrueForAll(i => keys.Contains(words.Keys[i]))))
                missing.Add(entity.Span);
        }

        for (var i = 0; i < words.Keys.Length; i++)
        {
            // What has no kin in the lexicon may be told in words that it does not know.
            var span = words.Source.Tokens[i].Span;
            if (words.Source.Tokens[i].Tag == PartOfSpeech.Noun && Kin.Default.Of(words.Keys[i]) is { Length: > 0 } kin && !claim.Entities.Any(entity => entity.Span.Contains(span))
                && !claim.Numbers.Any(number => number.Span.Contains(span)) && !claim.Dates.Any(date => date.Span.Contains(span))
                && !all.Contains(words.Keys[i]) && !stems.Contains(ClaimSlots.StemOf(words.Words[i])) && !Array.Exists(kin, other => all.Contains(other.Key)))
                missing.Add(span);
        }

        return missing;
    }

    private static IEnumerable<TextSpan> Values(AnnotatedArticle claim, Unit unit, List<Unit> telling)
    {
        for (var i = 0; i < unit.Amounts.Length; i++)
        {
            var claimed = unit.Amounts[i];
            if (!telling.Exists(told => told.GivesAsMuchAs(claimed)))
                yield return unit.Numbers[i].Span;
        }

        foreach (var date in claim.Dates)
        {
            if (date.Value is { } value && !telling.Exists(told => told.GivesDay(value)))
                yield return date.Span;
        }
    }
}
