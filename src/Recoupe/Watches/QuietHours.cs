using System.Globalization;

namespace Recoupe.Watches;

/// <summary>Hours of a day in which nothing is sent.</summary>
/// <param name="From">Their first minute.</param>
/// <param name="To">The minute in which they are over.</param>
/// <param name="Zone">Where this is the time.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    /// <summary>Reads <c>22:00-07:00</c> and a time zone's name; null where it is none.</summary>
    public static QuietHours? Parse(string? hours, string? zone)
    {
        if (hours?.Split('-') is not [var from, var to] || !TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begin)
            || !TimeOnly.TryParseExact(to, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end))
            return null;
        if (zone is null)
            return new QuietHours(begin, end, TimeZoneInfo.Utc);
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? new QuietHours(begin, end, known) : null;
    }

    /// <summary>When they end, if it is quiet now; null where it is not.</summary>
    public DateTimeOffset? EndsAfter(DateTimeOffset now)
    {
        var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
        // IsBetween goes over midnight where it must; the same time twice is no time at all.
        return From != To && time.IsBetween(From, To) ? now + (To - time) : null;
    }
}
