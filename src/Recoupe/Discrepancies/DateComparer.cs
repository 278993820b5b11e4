using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Dates;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Discrepancies;

/// <summary>Told dates of one event that exclude each other. The time of a report or statement is not the time of the event.</summary>
/// <remarks>
/// The event is one where the dates are governed by the same noun or verb in their clauses, or where one origin dates the same thing on
/// both sides and dates nothing else there. A coarser date that holds the other agrees with it; so does the same weekday a week apart,
/// for a bare weekday counts from its article's day.
/// </remarks>
internal static class DateComparer
{
    public static IEnumerable<Discrepancy> Compare(StoryText story, Sourcing point, List<ToldPassage> passages)
    {
        var told = DiscrepancyFinder.Representatives(
            passages.Select(passage => (passage, (passage, dates: Read(story, passage)))), read => string.Join(' ', read.dates.Select(period => period.Date.Value)));
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < told.Count; i++)
        {
            for (var j = i + 1; j < told.Count; j++)
            {
                if (told[i].passage.Place == told[j].passage.Place)
                    continue;
                var others = told[j].dates.FindAll(b => !told[i].dates.Exists(other => Agree(other, b)));
                foreach (var a in others.Count == 0 ? [] : told[i].dates.FindAll(a => !told[j].dates.Exists(b => Agree(a, b))))
                {
                    foreach (var b in others)
                    {
                        if (a.Fineness != b.Fineness || !a.Setting.Fits(b.Setting))
                            continue;
                        var pair = string.CompareOrdinal(a.Date.Value, b.Date.Value) < 0 ? (a.Date.Value!, b.Date.Value!) : (b.Date.Value!, a.Date.Value!);
                        if (seen.Add(pair))
                        {
                            yield return new Discrepancy(DiscrepancyKind.Date, Resolution.Open, point.Point.Id,
                                told[i].passage.At(a.Date.Span), told[j].passage.At(b.Date.Span), "another date of the same event");
                        }
                    }
                }
            }
        }
    }

    private static List<Period> Read(StoryText story, ToldPassage passage)
    {
        var statement = story.StatementOf(passage.Chain.Passage);
        var periods = new List<Period>();
        foreach (var date in story.DatesIn(passage.Place, passage.Evidence.Span))
        {
            if (statement is not null && !statement.Content.Any(content => content.Overlaps(date.Span)))
                continue;
            if (Period.Of(date, () => Setting.Of(story, passage.Place, passage.Evidence.Span, date.Span), story.Bodies[passage.Place]) is { } period)
                periods.Add(period);
        }

        return periods;
    }

    private static bool Agree(Period a, Period b) =>
        a.From <= b.To && b.From <= a.To
        || a.Words.SequenceEqual(b.Words);

    /// <summary>A date as first and last day; finer and coarser are told apart, for a year says nothing against a day of another story.</summary>
    private sealed record Period(DateMention Date, DateOnly From, DateOnly To, int Fineness, Setting Setting, ImmutableArray<string> Words)
    {
        public static Period? Of(DateMention date, Func<Setting> setting, WordSequence words)
        {
            if (Range(date.Value) is not { } range)
                return null;
            return new Period(date, range.From, range.To, range.Fineness, setting(), [.. words.In(date.Span).Where(word => word.Length > 3 || word.Any(char.IsAsciiDigit))]);
        }

        private static (DateOnly From, DateOnly To, int Fineness)? Range(string? told)
        {
            if (told is not { Length: >= 7 } value || value.Contains('/') || !int.TryParse(value.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 2 or > 9997)
                return null;
            if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return (day, day, 0);
            var rest = value[5..];
            if (rest.Length >= 3 && rest[0] == 'W' && int.TryParse(rest.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var week) && week is >= 1 and <= 53)
            {
                var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
                return rest.EndsWith("WE", StringComparison.Ordinal) ? (monday.AddDays(5), monday.AddDays(6), 0) : (monday, monday.AddDays(6), 0);
            }

            if (rest.Length == 2 && int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12)
                return OfMonths(year, month, 1);
            // Seasons by the meteorologists' months: September lies in autumn.
            return rest switch
            {
                "SP" => OfMonths(year, 3, 3),
                "SU" => OfMonths(year, 6, 3),
                "AU" or "FA" => OfMonths(year, 9, 3),
                "WI" => OfMonths(year, 12, 3),
                "Q1" => OfMonths(year, 1, 3),
                "Q2" => OfMonths(year, 4, 3),
                "Q3" => OfMonths(year, 7, 3),
                "Q4" => OfMonths(year, 10, 3),
                "H1" => OfMonths(year, 1, 6),
                "H2" => OfMonths(year, 7, 6),
                _ => null,
            };
        }

        private static (DateOnly From, DateOnly To, int Fineness) OfMonths(int year, int month, int months)
        {
            var from = new DateOnly(year, month, 1);
            return (from, from.AddMonths(months).AddDays(-1), 1);
        }
    }
}
