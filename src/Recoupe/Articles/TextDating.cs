using System.Collections.Immutable;

using Recoupe.Dates;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Dates an article that states no time of publication from what its text tells.</summary>
/// <remarks>
/// A weekday with day and month fits some years only (Wednesday 20 November: 2013, 2019, 2024, 2030). Of these, those count that are not before
/// the latest date with a year that the article or its captions tell as past, and at most <see cref="MostYears"/> years after it.
/// One left: that is the day; several or none: the article stays undated.
/// </remarks>
public static class TextDating
{
    /// <summary>How many years after the latest told date an article may be published.</summary>
    public const int MostYears = 3;

    /// <summary>A clue and where it stands.</summary>
    internal readonly record struct Told(DateClue Clue, Evidence Evidence);

    /// <summary>The article with an inferred day of publication and the spans that it rests on, or the article itself where it is dated already or cannot be.</summary>
    /// <param name="article">An article.</param>
    /// <param name="body">Its text, analysed.</param>
    /// <param name="headline">Its title, analysed; null where it has none.</param>
    public static Article Date(Article article, AnalyzedText body, AnalyzedText? headline)
    {
        if (article.Published is not null)
            return article;
        var told = Read(article, body, headline);
        return Infer(told, Latest(told)) is { } inferred ? With(article, inferred) : article;
    }

    /// <summary>The dates that an article tells, in its text, title and captions.</summary>
    internal static ImmutableArray<Told> Read(Article article, AnalyzedText body, AnalyzedText? headline)
    {
        var told = ImmutableArray.CreateBuilder<Told>();
        foreach (var clue in DateFinder.Clues(body))
            told.Add(new Told(clue, new Evidence(article.Id, clue.Span)));
        if (headline is not null)
        {
            foreach (var clue in DateFinder.Clues(headline))
                told.Add(new Told(clue, new Evidence(article.Id, clue.Span, InTitle: true)));
        }

        if (article.Document is not { } document)
            return told.ToImmutable();
        var language = Language.Find(article.Language);
        foreach (var caption in article.Blocks.Where(block => block.Kind == BlockKind.Caption && block.Source.End <= document.Length))
        {
            foreach (var clue in DateFinder.Clues(AnalyzedText.Of(caption.Source.Quote(document), language)))
                told.Add(new Told(clue, new Evidence(article.Id, clue.Span.Shift(caption.Source.Start), InDocument: true)));
        }

        return told.ToImmutable();
    }

    /// <summary>The latest date with a year among what is told, by its first day, with where it stands; null where no year is told.</summary>
    internal static (DateOnly Day, Evidence Evidence)? Latest(ImmutableArray<Told> told)
    {
        (DateOnly Day, Evidence Evidence)? latest = null;
        foreach (var (clue, evidence) in told)
        {
            if (clue.Year is { } year && FirstDay(year, clue.Month, clue.Day) is { } day && (latest is null || day > latest.Value.Day))
                latest = (day, evidence);
        }

        return latest;
    }

    /// <summary>The day of publication and the spans that it rests on; null unless exactly one day is left.</summary>
    /// <param name="told">What the article tells.</param>
    /// <param name="latest">The latest day with a year that is told, here or by a sibling.</param>
    /// <param name="slack">How many days before it the article may yet be published.</param>
    internal static (DateOnly Day, ImmutableArray<Evidence> Evidence)? Infer(
        ImmutableArray<Told> told, (DateOnly Day, Evidence Evidence)? latest, int slack = 0)
    {
        if (latest is not { } from)
            return null;
        // "Ce mercredi 20 novembre" is the day itself; without such a one, the latest of those told.
        var clues = told.Where(item => item.Clue is { Weekday: not null, Month: not null, Day: not null } clue && (clue.Year is null || clue.IsThis)).ToList();
        if (clues.Exists(item => item.Clue.IsThis))
            clues.RemoveAll(item => !item.Clue.IsThis);

        (DateOnly Day, Evidence Evidence)? best = null;
        foreach (var (clue, evidence) in clues)
        {
            if (OnlyDay(clue, from.Day, slack) is not { } day)
                return null;
            if (best is null || day > best.Value.Day)
                best = (day, evidence);
        }

        return best is { } found ? (found.Day, [found.Evidence, from.Evidence]) : null;
    }

    internal static Article With(Article article, (DateOnly Day, ImmutableArray<Evidence> Evidence) inferred) => article with
    {
        Published = new Moment(inferred.Day),
        PublishedFrom = "inferred",
        DatedBy = inferred.Evidence,
    };

    private static DateOnly? OnlyDay(DateClue clue, DateOnly from, int slack)
    {
        DateOnly? only = null;
        var earliest = from.DayNumber - slack;
        for (var year = from.Year - 1; year <= from.Year + MostYears; year++)
        {
            if (clue.Year is { } told && told != year || FirstDay(year, clue.Month, clue.Day) is not { } day)
                continue;
            if (((int)day.DayOfWeek + 6) % 7 + 1 != clue.Weekday || day.DayNumber < earliest || day > from.AddYears(MostYears))
                continue;
            if (only is not null)
                return null;
            only = day;
        }

        return only;
    }

    private static DateOnly? FirstDay(int year, int? month, int? day) =>
        year is < 2 or > 9990 || month is < 1 or > 12 || day < 1 || day > (month is { } of ? DateTime.DaysInMonth(year, of) : 31)
            ? null
            : new DateOnly(year, month ?? 1, day ?? 1);
}
