using System.Globalization;

namespace Recoupe.Dates;

/// <summary>How long a calendar period is.</summary>
public enum Grain : byte
{
    Day, Week, Weekend, Month, Quarter, Half, Season, Year, Decade, Century,
}

/// <summary>A period of the calendar: a day, a week from Monday, a weekend, a month, …, told by its first day.</summary>
public readonly record struct Period
{
    private static readonly string[] Seasons = ["WI", "SP", "SU", "FA"];

    private Period(Grain grain, DateOnly start)
    {
        Grain = grain;
        Start = start;
    }

    /// <summary>How long it is.</summary>
    public Grain Grain { get; }

    /// <summary>Its first day.</summary>
    public DateOnly Start { get; }

    /// <summary>Its last day.</summary>
    public DateOnly End
    {
        get
        {
            var next = Grain == Grain.Weekend ? Math.Min(Start.DayNumber + 2, DateOnly.MaxValue.DayNumber) : Shift(1)?.Start.DayNumber;
            return next is { } day ? DateOnly.FromDayNumber(day - 1) : DateOnly.MaxValue;
        }
    }

    /// <summary>The day.</summary>
    public static Period Of(DateOnly day) => new(Grain.Day, day);

    /// <summary>The period of a grain that holds <paramref name="day"/>; a weekend is that of its week.</summary>
    /// <remarks>Seasons are those of the weather services of the north: spring from 1 March; a winter has the year that it begins in.</remarks>
    public static Period Of(Grain grain, DateOnly day)
    {
        var monday = Math.Max(0, day.DayNumber - ((int)day.DayOfWeek + 6) % 7);
        return new Period(grain, grain switch
        {
            Grain.Day => day,
            Grain.Week => DateOnly.FromDayNumber(monday),
            Grain.Weekend => DateOnly.FromDayNumber(Math.Min(monday + 5, DateOnly.MaxValue.DayNumber)),
            Grain.Month => new DateOnly(day.Year, day.Month, 1),
            Grain.Quarter => new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
            Grain.Half => new DateOnly(day.Year, (day.Month - 1) / 6 * 6 + 1, 1),
            Grain.Season => day.Month < 3 ? new DateOnly(Math.Max(1, day.Year - 1), 12, 1) : new DateOnly(day.Year, day.Month / 3 * 3, 1),
            Grain.Year => new DateOnly(day.Year, 1, 1),
            Grain.Decade => new DateOnly(Math.Max(1, day.Year / 10 * 10), 1, 1),
            _ => new DateOnly((day.Year - 1) / 100 * 100 + 1, 1, 1),
        });
    }

    /// <summary>The day, or null where the calendar has none such.</summary>
    public static Period? Day(int year, int month, int day) =>
        year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            ? null
            : Of(new DateOnly(year, month, day));

    /// <summary>The month, quarter, half or season with this number in a year (spring is 1, winter 4), or null where there is none such.</summary>
    public static Period? Of(Grain grain, int year, int number)
    {
        if (year is < 1 or > 9999)
            return null;
        var month = grain switch
        {
            Grain.Month => number,
            Grain.Quarter => number * 3 - 2,
            Grain.Half => number * 6 - 5,
            Grain.Season => number * 3,
            _ => 1,
        };
        return month is < 1 or > 12 ? null : Of(grain, new DateOnly(year, month, 1));
    }

    /// <summary>The year, or null where it has more than four digits.</summary>
    public static Period? Year(int year) => Of(Grain.Year, year, 1);

    /// <summary>The week with this number, by ISO 8601, or null where the year has none such.</summary>
    public static Period? Week(int year, int number) =>
        year is < 1 or > 9998 || number < 1 || number > ISOWeek.GetWeeksInYear(year)
            ? null
            : Of(Grain.Week, DateOnly.FromDateTime(ISOWeek.ToDateTime(year, number, DayOfWeek.Monday)));

    /// <summary>The period of the same length <paramref name="by"/> such periods later, or null where the calendar ends before.</summary>
    public Period? Shift(int by)
    {
        var months = Grain switch
        {
            Grain.Month => 1,
            Grain.Quarter or Grain.Season => 3,
            Grain.Half => 6,
            Grain.Year => 12,
            Grain.Decade => 120,
            Grain.Century => 1200,
            _ => 0,
        };
        if (months == 0)
        {
            var day = Start.DayNumber + (long)by * (Grain == Grain.Day ? 1 : 7);
            return day < 0 || day > DateOnly.MaxValue.DayNumber ? null : new Period(Grain, DateOnly.FromDayNumber((int)day));
        }

        var month = Start.Year * 12L + Start.Month - 1 + (long)by * months;
        return month < 12 || month >= 120000 ? null : new Period(Grain, new DateOnly((int)(month / 12), (int)(month % 12) + 1, 1));
    }

    /// <summary>ISO 8601 as the design extends it: <c>2024-11-20</c>, <c>2024-W47</c>, <c>2024-W47-WE</c>, <c>2024-11</c>, <c>2024-Q4</c>, <c>2024-H2</c>, <c>2024-FA</c>, <c>2024</c>, <c>202X</c>; a century as a range of years.</summary>
    public override string ToString()
    {
        var noon = Start.ToDateTime(TimeOnly.MinValue);
        return Grain switch
        {
            Grain.Day => Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Grain.Week => $"{ISOWeek.GetYear(noon):0000}-W{ISOWeek.GetWeekOfYear(noon):00}",
            Grain.Weekend => $"{ISOWeek.GetYear(noon):0000}-W{ISOWeek.GetWeekOfYear(noon):00}-WE",
            Grain.Month => $"{Start.Year:0000}-{Start.Month:00}",
            Grain.Quarter => $"{Start.Year:0000}-Q{(Start.Month + 2) / 3}",
            Grain.Half => $"{Start.Year:0000}-H{(Start.Month + 5) / 6}",
            Grain.Season => $"{Start.Year:0000}-{Seasons[Start.Month / 3 % 4]}",
            Grain.Year => $"{Start.Year:0000}",
            Grain.Decade => $"{Start.Year / 10:000}X",
            _ => $"{Start.Year:0000}/{End.Year:0000}",
        };
    }
}
