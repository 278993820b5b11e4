using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>What an expression counts from.</summary>
internal enum Base : byte
{
    Published, Context, Whole,
}

/// <summary>A calendar expression as it is told, not yet resolved. It does not depend on the date of publication.</summary>
internal abstract record CalendarExpression
{
    /// <summary>Its words.</summary>
    public TextSpan Span { get; init; }

    /// <summary>The lexeme after it.</summary>
    public int Next { get; init; }

    /// <summary>What it counts from.</summary>
    public Base From { get; init; }

    /// <summary>Whether only a place that asks for a whole takes it: "year" in "the end of the year".</summary>
    public virtual bool IsBare => false;
}

/// <summary>What comes again each year.</summary>
internal abstract record YearlyExpression : CalendarExpression
{
    /// <summary>The year, or null where it is not told.</summary>
    public int? Year { get; init; }

    /// <summary>This 0, next 1, last -1; null where nothing is said.</summary>
    public int? Shift { get; init; }

    /// <summary>The year as another expression tells it (<i>next year</i>), or null.</summary>
    public CalendarExpression? Whole { get; init; }

    /// <summary>Whether the shift means the weekday of the coming week.</summary>
    public bool IsNextWeek { get; init; }
}

/// <summary>By year, month, day, weekday (1 is Monday), as many as are told.</summary>
internal sealed record DateExpression : YearlyExpression
{
    public int? Month { get; init; }

    public int? Day { get; init; }

    public int? Weekday { get; init; }

    /// <summary>Whether it names an event by its day, which lies in the event's year: <i>the Sept. 11 attacks</i>.</summary>
    public bool NamesEvent { get; init; }

    /// <summary>Whether the day stands for itself and waits for no month: <i>le 28</i>.</summary>
    public bool IsLone { get; init; }

    /// <summary>Whether it is a day whose month is still to come: "du 16" in "du 16 au 18 janvier".</summary>
    public bool IsPartial => this is { Day: not null, Month: null, Year: null, Weekday: null, Shift: null, IsLone: false };
}

/// <summary>By a number within a year: a quarter, a half, a season.</summary>
internal sealed record NumberedExpression(Grain Grain, int Number) : YearlyExpression;

/// <summary>A holiday.</summary>
internal sealed record HolidayExpression(Holiday Holiday) : YearlyExpression;

/// <summary>A unit so many units from publication or from the text's last day: next week, the previous year.</summary>
internal sealed record UnitExpression(Grain Grain, int Shift, bool IsBareUnit = false) : CalendarExpression
{
    public override bool IsBare => IsBareUnit;
}

/// <summary>Days counted from publication: yesterday.</summary>
internal sealed record DayExpression(int Days) : CalendarExpression;

/// <summary>So many units before or after publication, the text's last day, or another expression.</summary>
internal sealed record QuantityExpression(int Number, Grain Grain) : CalendarExpression
{
    /// <summary>What it is counted from where that is told.</summary>
    public CalendarExpression? Whole { get; init; }

    /// <summary>Whether it is told to the day.</summary>
    public bool IsExact { get; init; }
}

/// <summary>The nth unit or weekday of a longer period; the last where the number is negative.</summary>
internal sealed record NthExpression(int Number, Grain Grain, int? Weekday, CalendarExpression? Whole) : CalendarExpression;

/// <summary>The first or last n units of a longer period, or before or after publication.</summary>
internal sealed record StretchExpression(int Number, Grain Grain, int Shift) : CalendarExpression
{
    public CalendarExpression? Whole { get; init; }
}

/// <summary>From one expression to another.</summary>
internal sealed record RangeExpression(CalendarExpression Low, CalendarExpression High) : CalendarExpression;

/// <summary>A decade, by its first year.</summary>
internal sealed record DecadeExpression(int Year) : CalendarExpression;

/// <summary>The week or weekend of a date.</summary>
internal sealed record AroundExpression(Grain Grain, CalendarExpression Whole) : CalendarExpression;

/// <summary>A calendar expression that names no time: these past days.</summary>
internal sealed record VagueExpression : CalendarExpression;
