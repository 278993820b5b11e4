using System.Collections.Immutable;

using Recoupe.Entities;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Finds names by their capitals, for languages and texts in which no entities are found.</summary>
internal static class NameFinder
{
    // Longer runs of capitals are headings or shouting.
    private const int LongestName = 8;

    /// <summary>The names of a text in order, without overlap.</summary>
    public static ImmutableArray<Entity> Find(AttributedText text, SpeakerLexicon lexicon, bool inTitle)
    {
        var runs = new List<(TextSpan Span, EntityType Type)>();
        for (var i = 0; i < text.Count; i++)
        {
            if (!IsNamePart(text, lexicon, i))
                continue;
            var end = i + 1;
            while (end < text.Count && end - i < LongestName)
            {
                if (IsNamePart(text, lexicon, end) && text.SentenceOf(end) == text.SentenceOf(i))
                    end++;
                else if (IsLink(text, end) && end + 1 < text.Count && IsNamePart(text, lexicon, end + 1) && text.SentenceOf(end + 1) == text.SentenceOf(i))
                    end += 2;
                else
                    break;
            }

            var type = TypeOf(text, lexicon, i, end);
            var alone = i == text.SentenceFirst(i) && end == i + 1;
            if (!alone || type == EntityType.Person || IsAcronym(text.Word(i)) || lexicon.IsFirstName(text.Word(i), out _))
                runs.Add((text.Span(i, end), type));
            i = end - 1;
        }

        return [.. runs.Select(run => new Entity(run.Span, run.Type, Fullest(text.Text, run, runs), inTitle))];
    }

    private static bool IsNamePart(AttributedText text, SpeakerLexicon lexicon, int i)
    {
        if (!text.IsCapital(i))
            return false;
        var use = text.Speaker(i).Uses;
        if ((use & (WordUses.Determiner | WordUses.Pronoun | WordUses.Title)) != WordUses.None)
            return false;
        return (text.Classes[i] & ~(WordClasses.Title | WordClasses.Role | WordClasses.NoSource)) == WordClasses.None || i != text.SentenceFirst(i) && text.Classes[i] == WordClasses.None;
    }

    private static bool IsLink(AttributedText text, int i) => text.Is(i, WordClasses.Of) && text.Word(i).Length <= 3 && !text.Is(i, WordClasses.Coordinator);

    private static bool IsAcronym(ReadOnlySpan<char> word) => word.Length >= 2 && char.IsUpper(word[0]) && char.IsUpper(word[1]);

    private static EntityType TypeOf(AttributedText text, SpeakerLexicon lexicon, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (text.Speaker(i).Is(WordUses.Body | WordUses.MediumName | WordUses.MediumNameFirst))
                return EntityType.Organisation;
        }

        if (lexicon.IsFirstName(text.Word(start), out _) && end > start + 1)
            return EntityType.Person;
        var before = start - 1;
        if (text.IsMark(before, '.'))
            before--;
        if (before >= 0 && text.Speaker(before).Is(WordUses.Title | WordUses.Role))
            return EntityType.Person;
        return IsAcronym(text.Word(start)) ? EntityType.Organisation : EntityType.Other;
    }

    private static string Fullest(string text, (TextSpan Span, EntityType Type) run, List<(TextSpan Span, EntityType Type)> runs)
    {
        var name = run.Span.Quote(text);
        var best = name;
        // The first names of an article are its full ones; more than a few hundred come only from hostile text.
        for (var i = 0; i < Math.Min(runs.Count, 200); i++)
        {
            var other = runs[i].Span.Quote(text);
            if (other.Length > best.Length && runs[i].Type == EntityType.Person && other.EndsWith(name, StringComparison.Ordinal) && other[^(name.Length + 1)] == ' ')
                best = other;
        }

        return best;
    }
}
