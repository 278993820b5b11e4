using System.Globalization;

namespace Recoupe.Dates;

/// <summary>When a holiday falls in a year: on a fixed day, so many days from Easter, or on the nth weekday of a month.</summary>
internal sealed record Holiday(int Month, int Day, int? FromEaster = null, int Weekday = 0, int Nth = 0)
{
    /// <summary>Reads a rule of the list <c>holidays</c>: <c>12-25</c>, <c>easter -2</c>, <c>11 4 4</c>.</summary>
    /// <exception cref="FormatException">It is no such rule.</exception>
    public static Holiday Parse(string rule)
    {
        var parts = rule.Split(' ', '-');
        if (rule.StartsWith("easter ", StringComparison.Ordinal))
            return new Holiday(0, 0, int.Parse(rule["easter ".Length..], CultureInfo.InvariantCulture));
        if (rule.Length == 5 && rule[2] == '-')
            return new Holiday(Number(parts[0]), Number(parts[1]));
        var columns = rule.Split(' ');
        return new Holiday(Number(columns[0]), 0, null, Number(columns[1]), Number(columns[2]));
    }

    /// <summary>Its day in <paramref name="year"/>, or null outside the calendar.</summary>
    public Period? In(int year)
    {
        if (year is < 1 or > 9998)
            return null;
        if (FromEaster is { } days)
            return Period.Of(Easter(year)).Shift(days);
        return Weekday == 0 ? Period.Day(year, Month, Day) : NthWeekday(year, Month, Weekday, Nth);
    }

    /// <summary>The nth weekday (1 is Monday) of a month, or counted from its end where n is negative; null where the month has none such.</summary>
    public static Period? NthWeekday(int year, int month, int weekday, int nth)
    {
        if (year is < 1 or > 9998 || month is < 1 or > 12)
            return null;
        if (nth < 0)
        {
            var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
            return Period.Of(last.AddDays(-(((int)last.DayOfWeek - weekday + 14) % 7)));
        }

        var first = new DateOnly(year, month, 1);
        var day = 1 + ((weekday - (int)first.DayOfWeek + 14) % 7) + (nth - 1) * 7;
        return Period.Day(year, month, day);
    }

    // The Gregorian computus (Meeus, Astronomical Algorithms, 1991; first published anonymously in Nature, 1876).
    private static DateOnly Easter(int year)
    {
        var a = year % 19;
        var (b, c) = (year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var g = (b - (b + 8) / 25 + 1) / 3;
        var h = (19 * a + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + 2 * e + 2 * i - h - k) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var month = (h + l - 7 * m + 114) / 31;
        return new DateOnly(year, month, (h + l - 7 * m + 114) % 31 + 1);
    }

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
