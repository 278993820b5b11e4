using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>How a calendar expression tells its time.</summary>
internal enum Form : byte
{
    /// <summary>By year, month, day, weekday, as many as are told.</summary>
    Date,

    /// <summary>By a number within a year: a quarter, a half, a season.</summary>
    Numbered,

    /// <summary>A unit counted from publication or from the text's last day: next week, the previous year.</summary>
    UnitShift,

    /// <summary>Days counted from publication: yesterday.</summary>
    DayOffset,

    /// <summary>So many units before or after publication, the text's last day, or another expression.</summary>
    Quantity,

    /// <summary>The nth unit or weekday of a longer period.</summary>
    NthOf,

    /// <summary>The first or last n units of a longer period, or before or after publication.</summary>
    Stretch,

    /// <summary>From one expression to another.</summary>
    Range,

    Holiday,

    Decade,

    /// <summary>The week or weekend of a date.</summary>
    UnitOf,

    /// <summary>A calendar expression that names no time: these past days.</summary>
    Vague,
}

/// <summary>What an expression counts from.</summary>
internal enum Base : byte
{
    Published, Context, Whole,
}

/// <summary>A calendar expression as it is told, not yet resolved. It does not depend on the date of publication.</summary>
internal sealed class CalendarExpression(Form form)
{
    public Form Form { get; } = form;

    /// <summary>Its words.</summary>
    public TextSpan Span { get; set; }

    /// <summary>The lexeme after it.</summary>
    public int Next { get; set; }

    public int? Year { get; set; }

    public int? Month { get; set; }

    public int? Day { get; set; }

    public int? Weekday { get; set; }

    /// <summary>Which quarter, half, season, week; how many units.</summary>
    public int Number { get; set; }

    public Grain Grain { get; set; }

    /// <summary>This 0, next 1, last -1; null where nothing is said.</summary>
    public int? Shift { get; set; }

    /// <summary>Whether the shift means the weekday of the coming week.</summary>
    public bool NextWeek { get; set; }

    public Base From { get; set; }

    /// <summary>Whether it is told to the day.</summary>
    public bool Exact { get; set; }

    public Holiday? Holiday { get; set; }

    /// <summary>What it is a part of, or is counted from; the beginning of a range.</summary>
    public CalendarExpression? Whole { get; set; }

    /// <summary>The end of a range.</summary>
    public CalendarExpression? End { get; set; }

    /// <summary>Whether it names an event by its day, which lies in the event's year.</summary>
    public bool NamesEvent { get; set; }

    /// <summary>Whether only a place that asks for a whole takes it: "year" in "the end of the year".</summary>
    public bool Bare { get; set; }
}
