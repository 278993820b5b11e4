using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>Works out which time an expression means. What cannot be known is null.</summary>
internal sealed class DateResolver(AnalyzedText text, DateLexicon lexicon, DateOnly? published)
{
    // The text's last day or longer period: what "la veille" counts from. Unknown after an expression without value.
    private Period? _context;

    // How many days an event is called by its day before the year has to be told.
    private const int JustNow = 45;

    /// <summary>The ISO 8601 value, or null.</summary>
    public string? Resolve(CalendarExpression expression)
    {
        if (expression is RangeExpression range)
            return ResolveRange(range);
        if (expression is StretchExpression stretch)
            return ResolveStretch(stretch);
        var period = Period(expression);
        if (expression is not VagueExpression && (period is not null || expression.From == Base.Published))
            _context = period is { Grain: Grain.Decade or Grain.Century } ? _context : period;
        return period?.ToString();
    }

    private Period? Period(CalendarExpression expression) => expression switch
    {
        DateExpression date => Date(date),
        NumberedExpression numbered => Numbered(numbered),
        HolidayExpression holiday => Yearly(holiday, holiday.Holiday.In),
        UnitExpression unit => Unit(unit),
        DayExpression day => Today()?.Shift(day.Days),
        QuantityExpression quantity => Quantity(quantity),
        NthExpression nth => Nth(nth),
        DecadeExpression decade => Dates.Period.Of(Grain.Decade, decade.Year, 1),
        AroundExpression around => Period(around.Whole is RangeExpression range ? range.Low : around.Whole) is { } day ? UnitOf(around.Grain, day.Start) : null,
        _ => null,
    };

    // The weekend of a Monday or Tuesday is the one before it.
    private static Period? UnitOf(Grain grain, DateOnly day) =>
        Dates.Period.Of(grain, day).Shift(grain == Grain.Weekend && Number(day) <= 2 ? -1 : 0);

    private Period? Today() => published is { } day ? Dates.Period.Of(day) : null;

    /// <summary>The tense of the clause that an expression stands in.</summary>
    public Tense TenseOf(CalendarExpression e)
    {
        var first = text.TokenAt(e.Span.Start);
        if (first == text.Tokens.Length || text.Tokens[first].Start > e.Span.Start)
            first = Math.Max(0, first - 1);
        var last = Math.Max(first, text.TokenAt(e.Span.End) - 1);
        return IsSetFor(first, last) ? Tense.Future : lexicon.Tense.Around(text, first, last);
    }

    // "Votée pour jeudi", "renvoyé à lundi", "set for Friday": what is arranged is still to come, whatever the tense of the arranging.
    private bool IsSetFor(int first, int last)
    {
        var k = first - 1;
        if (k >= 0 && text.Tokens[k].Tag == PartOfSpeech.Determiner)
            k--;
        if (k < 0 || text.Tokens[k].Kind != TokenKind.Word || lexicon.Phrases.Find(text.Text, text.Tokens, k, out _) is not { } preposition)
            return false;
        // Friday's attack, the Friday meeting: the day belongs to what is told next.
        var isOwner = last + 1 < text.Tokens.Length && text.Tokens[last + 1].Tag is PartOfSpeech.Noun or PartOfSpeech.Particle or PartOfSpeech.ProperNoun;
        if (preposition.Is(Roles.Ahead))
            return !isOwner;
        if (!preposition.Is(Roles.To))
            return false;
        for (var i = k - 1; i >= 0 && i >= k - 5 && text.Tokens[i].Kind == TokenKind.Word; i--)
        {
            if (text.Tokens[i].Tag is PartOfSpeech.Verb or PartOfSpeech.Adjective or PartOfSpeech.Noun && lexicon.Scheduling.Contains(text.LemmaOf(text.Tokens[i])))
                return true;
        }

        return false;
    }

    // ---------------------------------------------------------------- dates

    private Period? Date(DateExpression e)
    {
        if (e.Whole is not null)
            return Period(e.Whole) is { } whole ? InYear(e, whole.Start.Year) : null;
        if (e.Year is { } year)
            return e.Month is null ? Dates.Period.Year(year) : InYear(e, year);
        if (e.Month is not null)
            return e.Day is not null && e.Weekday is { } weekday ? OnWeekday(e, weekday) : Yearly(e, candidate => InYear(e, candidate));
        if (e.Weekday is { } alone)
            return e.Day is { } day ? DayAndWeekday(day, alone) : Weekday(e, alone);
        return e.Day is { } only ? DayAlone(e, only) : null;
    }

    private static Period? InYear(DateExpression e, int year) =>
        e.Day is { } day ? Dates.Period.Day(year, e.Month!.Value, day) : Dates.Period.Of(Grain.Month, year, e.Month!.Value);

    /// <summary>The year of something that comes once a year: by what is said, by tense, or the nearest.</summary>
    private Period? Yearly(YearlyExpression e, Func<int, Period?> inYear)
    {
        if (e.Year is { } told)
            return inYear(told);
        if (e.Whole is not null)
            return Period(e.Whole) is { } whole ? inYear(whole.Start.Year) : null;
        if ((e.From == Base.Context ? _context?.Start : published) is not { } origin)
            return null;

        Period? past = null, future = null, now = null;
        for (var year = origin.Year - 4; year <= origin.Year + 4; year++)
        {
            if (inYear(year) is not { } period)
                continue;
            if (period.End < origin)
                past = period;
            else if (period.Start > origin)
                future ??= period;
            else
                now = period;
        }

        var hasDay = e is DateExpression { Day: not null };
        switch (e.Shift)
        {
            case -1:
                return past;
            case 1:
                return future;
            case 0:
                return now ?? (hasDay && e is DateExpression ? Nearest(past, future, origin) : inYear(origin.Year));
        }

        if (now is not null)
            return now;
        // The day that names an event lies in the event's year, unless it was just now.
        if (e is DateExpression { NamesEvent: true })
            return past is { } lately && Distance(lately, origin) <= JustNow ? past : null;
        return TenseOf(e) switch
        {
            // A past clause may tell of what is planned, a future one rarely of what was: only what is much nearer wins.
            Tense.Past => IsMuchNearer(future, past, origin, e is NumberedExpression ? 8 : hasDay ? 4 : 0) ? future : past,
            Tense.Future => IsMuchNearer(past, future, origin, hasDay ? 8 : 0) ? past : future,
            _ => Nearest(past, future, origin),
        };
    }

    private static bool IsMuchNearer(Period? a, Period? b, DateOnly origin, int times) =>
        times > 0 && a is not null && (b is null || Distance(a.Value, origin) * times < Distance(b.Value, origin));

    private static int Distance(Period period, DateOnly origin) =>
        period.End < origin ? origin.DayNumber - period.End.DayNumber : period.Start > origin ? period.Start.DayNumber - origin.DayNumber : 0;

    private static Period? Nearest(Period? past, Period? future, DateOnly origin) =>
        past is null || future is not null && Distance(future.Value, origin) < Distance(past.Value, origin) ? future : past;

    // Mercredi 20 novembre: the nearest year in which the weekday is right; if it is never right nearby, the weekday is a slip.
    private Period? OnWeekday(DateExpression e, int weekday)
    {
        if (published is not { } origin)
            return null;
        Period? best = null;
        for (var year = origin.Year - 5; year <= origin.Year + 5; year++)
        {
            if (InYear(e, year) is { } day && Number(day.Start) == weekday && (best is null || Distance(day, origin) < Distance(best.Value, origin)))
                best = day;
        }

        return best is { } found && Distance(found, origin) < 200 ? found : Yearly(e, year => InYear(e, year));
    }

    private Period? DayAndWeekday(int day, int weekday)
    {
        if (published is not { } origin)
            return null;
        Period? best = null;
        for (var month = -11; month <= 11; month++)
        {
            if (Dates.Period.Of(Grain.Month, origin).Shift(month) is { } of && Dates.Period.Day(of.Start.Year, of.Start.Month, day) is { } found
                && Number(found.Start) == weekday && (best is null || Distance(found, origin) < Distance(best.Value, origin)))
                best = found;
        }

        return best;
    }

    private Period? DayAlone(DateExpression e, int day)
    {
        if (published is not { } origin)
            return null;
        Period? past = null, future = null;
        for (var month = -2; month <= 2; month++)
        {
            if (Dates.Period.Of(Grain.Month, origin).Shift(month) is not { } of || Dates.Period.Day(of.Start.Year, of.Start.Month, day) is not { } found)
                continue;
            if (found.Start <= origin)
                past = found;
            else
                future ??= found;
        }

        return TenseOf(e) switch { Tense.Past => past, Tense.Future => future, _ => Nearest(past, future, origin) };
    }

    private Period? Weekday(DateExpression e, int weekday)
    {
        var origin = e.From == Base.Context ? _context?.Start : published;
        if (origin is not { } today)
            return null;
        var back = (Number(today) - weekday + 7) % 7;
        var (last, next) = (-back, back == 0 ? 0 : 7 - back);
        var by = e.Shift switch
        {
            -1 => back == 0 ? -7 : last,
            1 when e.IsNextWeek => 7 - Number(today) + weekday,
            1 => back == 0 ? 7 : next,
            // "Ce jeudi" is today, or else as the clause says, or the nearest.
            _ when back == 0 => 0,
            _ => ByTense(TenseOf(e), last, next),
        };
        return Dates.Period.Of(today).Shift(by);
    }

    private static int ByTense(Tense tense, int last, int next) => tense switch
    {
        Tense.Past => last,
        Tense.Future => next,
        _ => next < -last ? next : last,
    };

    /// <summary>1 is Monday.</summary>
    private static int Number(DateOnly day) => ((int)day.DayOfWeek + 6) % 7 + 1;

    // ---------------------------------------------------------------- units

    private Period? Numbered(NumberedExpression e)
    {
        Period? InYear(int year) => Dates.Period.Of(e.Grain, year, e.Number);
        if (e.Grain == Grain.Season || e.Year is not null || e.Whole is not null)
            return Yearly(e, InYear);
        // A quarter without a year: the last one that is over, unless the clause looks ahead.
        if (published is not { } origin)
            return null;
        for (var year = origin.Year; year >= origin.Year - 1; year--)
        {
            if (InYear(year) is { } period && (period.End < origin || TenseOf(e) == Tense.Future || period.Start <= origin && e.Shift == 0))
                return period;
        }

        return null;
    }

    private Period? Unit(UnitExpression e)
    {
        if (e.From == Base.Context)
            return _context is { } context && context.Grain <= e.Grain ? Dates.Period.Of(e.Grain, context.Start).Shift(e.Shift) : null;
        if (published is not { } today)
            return null;
        var unit = Dates.Period.Of(e.Grain, today);
        if (e.Grain != Grain.Weekend || e.Shift is 1)
            return unit.Shift(e.Shift);
        // On a Monday the weekend just past is the one that a past clause means.
        if (e.Shift == -1)
            return unit.Shift(-1);
        return Number(today) <= 3 && TenseOf(e) == Tense.Past ? unit.Shift(-1) : unit;
    }

    private Period? Quantity(QuantityExpression e)
    {
        var from = e.From switch
        {
            Base.Published => Today(),
            Base.Context => _context,
            _ => e.Whole is null or RangeExpression ? null : Period(e.Whole),
        };
        if (from is not { } start)
            return null;
        if (e is { Grain: Grain.Decade or Grain.Century, From: Base.Published })
            return Dates.Period.Of(Grain.Year, start.Start).Shift(e.Number * (e.Grain == Grain.Decade ? 10 : 100));
        // A day counts from a day: "la veille" of a month is none.
        if (e.From != Base.Published && start.Grain > e.Grain && !(e.From == Base.Whole && e.Grain != Grain.Day))
            return null;
        // Three years and two months ago: as fine as its smaller unit.
        if (e.Whole is QuantityExpression { From: Base.Published or Base.Whole, IsExact: false } or QuantityExpression { Whole: QuantityExpression })
            return (e.Grain is Grain.Day or Grain.Week ? Dates.Period.Of(start.Start).Shift(e.Number * (e.Grain == Grain.Week ? 7 : 1)) : SameDay(start.Start, e.Grain, e.Number)) is { } day
                ? Dates.Period.Of(start.Grain, day.Start) : null;
        if (!e.IsExact)
            return (e.Grain == Grain.Week && Math.Abs(e.Number) == 1 ? Dates.Period.Of(start.Start).Shift(7 * e.Number) : Dates.Period.Of(e.Grain, start.Start).Shift(e.Number));
        return e.Grain switch
        {
            Grain.Day => Dates.Period.Of(start.Start).Shift(e.Number),
            _ when e.From == Base.Context => Dates.Period.Of(e.Grain, start.Start).Shift(e.Number),
            Grain.Week => Dates.Period.Of(start.Start).Shift(7 * e.Number),
            Grain.Month or Grain.Quarter or Grain.Half or Grain.Year => SameDay(start.Start, e.Grain, e.Number),
            _ => Dates.Period.Of(e.Grain, start.Start).Shift(e.Number),
        };
    }

    // Two months later, to the day; where the month is too short, its last day.
    private static Period? SameDay(DateOnly day, Grain grain, int by)
    {
        var months = by * (grain switch { Grain.Year => 12, Grain.Half => 6, Grain.Quarter => 3, _ => 1 });
        return Dates.Period.Of(Grain.Month, day).Shift(months) is { } month
            ? Dates.Period.Day(month.Start.Year, month.Start.Month, Math.Min(day.Day, DateTime.DaysInMonth(month.Start.Year, month.Start.Month)))
            : null;
    }

    private Period? Nth(NthExpression e)
    {
        if (e.Whole is null)
            return e.Grain == Grain.Week && published is { } today ? Dates.Period.Week(today.Year, e.Number) : null;
        if (Period(e.Whole) is not { } whole)
            return null;
        if (e.Weekday is { } weekday)
        {
            if (whole.Grain == Grain.Week)
                return Dates.Period.Of(whole.Start).Shift(weekday - 1);
            return whole.Grain == Grain.Month && e.Number <= 5 ? Holiday.NthWeekday(whole.Start.Year, whole.Start.Month, weekday, e.Number) : null;
        }

        if (e.Number < 0)
            return e.Grain >= whole.Grain ? null : e.Grain == Grain.Week && whole.Grain == Grain.Year
                ? Dates.Period.Week(whole.Start.Year, System.Globalization.ISOWeek.GetWeeksInYear(whole.Start.Year))
                : Dates.Period.Of(e.Grain, whole.End);
        if (e.Grain == Grain.Week && whole.Grain == Grain.Year)
            return Dates.Period.Week(whole.Start.Year, e.Number);
        if (e.Grain >= whole.Grain)
            return null;
        var nth = Dates.Period.Of(e.Grain, whole.Start).Shift(e.Number - 1);
        return nth is { } found && found.Start <= whole.End ? found : null;
    }

    // ---------------------------------------------------------------- ranges

    private string? ResolveRange(RangeExpression range)
    {
        // What only one end tells holds for both: du 16 janvier au 15 février 2020.
        var low = range is { Low: DateExpression { Year: null, Whole: null } told, High: DateExpression last } ? Completed(told, last) : range.Low;
        var end = Period(range.High);
        var start = low is DateExpression { Year: null, Month: not null } first && range.High is DateExpression { Month: not null } high && (first.Shift is null || high is { Year: not null, Day: null })
            ? end is { } until ? LatestUpTo(first, until) : null
            : Period(low);
        if (range.High is DateExpression { Weekday: { } weekday, Day: null, Month: null } && low is DateExpression { Weekday: not null } && start is { } from)
            end = Dates.Period.Of(from.Start).Shift((weekday - Number(from.Start) + 7) % 7);
        _context = end;
        return start is { } begins && end is { } ends && begins.Start <= ends.Start ? $"{begins}/{ends}" : null;
    }

    private static DateExpression Completed(DateExpression low, DateExpression high)
    {
        var month = low.Month ?? high.Month;
        return low with { Month = month, Whole = month is null ? null : high.Whole };
    }

    private static Period? LatestUpTo(DateExpression low, Period end)
    {
        var same = InYear(low, end.Start.Year);
        return same is { } period && period.Start <= end.Start ? same : InYear(low, end.Start.Year - 1);
    }

    private string? ResolveStretch(StretchExpression e)
    {
        if (e.Number <= 0)
            return null;
        if (e.Whole is not null)
        {
            if (Period(e.Whole) is not { } whole || e.Grain >= whole.Grain)
                return null;
            var first = Dates.Period.Of(e.Grain, whole.Start);
            return first.Shift(e.Number - 1) is { } last && last.End <= whole.End ? $"{first}/{last}" : null;
        }

        if (published is not { } today)
            return null;
        var now = Dates.Period.Of(e.Grain, today);
        return now.Shift(e.Shift * e.Number) is { } far ? (e.Shift < 0 ? $"{far}/{now}" : $"{now}/{far}") : null;
    }
}
