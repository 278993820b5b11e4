using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>Finds calendar expressions and resolves them.</summary>
/// <remarks>
/// Which words make an expression does not depend on the date of publication; only the values do. Time of day, durations,
/// ages and frequencies are no calendar expressions; an expression with a time of day has the day's value.
/// </remarks>
public static class DateFinder
{
    /// <summary>The calendar expressions of <paramref name="text"/>, in order and without overlap; none where its language is unknown.</summary>
    /// <param name="text">A body or a title.</param>
    /// <param name="published">What relative expressions are resolved against; null leaves them without value.</param>
    /// <param name="inTitle">Marks the mentions.</param>
    public static ImmutableArray<DateMention> Find(AnalyzedText text, Moment? published, bool inTitle = false)
    {
        if (text.Language is null)
            return [];
        var lexicon = DateLexicon.Of(text.Language);
        var lexemes = DateLexer.Cut(text, lexicon, out var calendarWords);
        if (calendarWords == 0)
            return [];

        var mentions = ImmutableArray.CreateBuilder<DateMention>();
        var resolver = new DateResolver(text, lexicon, published?.Day);
        foreach (var expression in new DateParser(text, lexicon, lexemes).Parse())
            mentions.Add(new DateMention(expression.Span, resolver.Resolve(expression), inTitle));
        return mentions.ToImmutable();
    }

    /// <summary>The dates of <paramref name="text"/> that are told by themselves: at least a year, or a day and a month.</summary>
    /// <remarks>What dating an undated article rests on. Dates that the text tells as still to come are left out.</remarks>
    public static ImmutableArray<DateClue> Clues(AnalyzedText text)
    {
        if (text.Language is null)
            return [];
        var lexicon = DateLexicon.Of(text.Language);
        var lexemes = DateLexer.Cut(text, lexicon, out var calendarWords);
        if (calendarWords == 0)
            return [];

        var clues = ImmutableArray.CreateBuilder<DateClue>();
        var resolver = new DateResolver(text, lexicon, null);
        foreach (var expression in new DateParser(text, lexicon, lexemes).Parse())
        {
            if (expression is DateExpression { Whole: null, From: Base.Published } date && (date.Year is not null || date is { Month: not null, Day: not null })
                && resolver.TenseOf(date) != Tense.Future)
                clues.Add(new DateClue(date.Span, date.Year, date.Month, date.Day, date.Weekday, IsThis: date.Shift == 0));
        }

        return clues.ToImmutable();
    }
}
