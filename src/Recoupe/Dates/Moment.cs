using System.Globalization;

namespace Recoupe.Dates;

/// <summary>When something was published: a day, and a time of day with its offset where they are known.</summary>
/// <param name="Day">The day, in the publisher's time.</param>
/// <param name="Time">The time of day; null where only the day is known.</param>
/// <param name="Offset">The offset from UTC; null where it is unknown (then UTC is taken for ordering).</param>
public readonly record struct Moment(DateOnly Day, TimeOnly? Time = null, TimeSpan? Offset = null) : IComparable<Moment>
{
    /// <summary>For ordering: in UTC; a day without a time counts from its beginning.</summary>
    public DateTime Utc
    {
        get
        {
            var local = Day.ToDateTime(Time ?? TimeOnly.MinValue, DateTimeKind.Utc);
            var offset = Time is null ? TimeSpan.Zero : Offset ?? TimeSpan.Zero;
            return local.Ticks > offset.Ticks && local.Ticks - offset.Ticks < DateTime.MaxValue.Ticks ? local - offset : local;
        }
    }

    /// <summary>Reads ISO 8601: a day, or a day and a time with or without seconds and offset. Null where it is neither.</summary>
    public static Moment? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim();
        if (text.Length < 10 || !DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return null;
        if (text.Length == 10)
            return new Moment(day);
        if (text[10] is not ('T' or 't' or ' '))
            return null;

        var rest = text.AsSpan(11);
        TimeSpan? offset = null;
        var zone = rest.IndexOfAny("Zz+-");
        if (zone >= 0)
        {
            offset = ParseOffset(rest[zone..]);
            rest = rest[..zone].TrimEnd();
        }

        var dot = rest.IndexOfAny(".,");
        if (dot > 0)
            rest = rest[..dot];
        return TimeOnly.TryParseExact(rest, ["HH:mm:ss", "HH:mm", "HHmmss", "HHmm", "HH:mm:s", "H:mm:ss", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new Moment(day, time, offset)
            : new Moment(day);
    }

    /// <summary>By <see cref="Utc"/>.</summary>
    public int CompareTo(Moment other) => Utc.CompareTo(other.Utc);

    /// <summary>ISO 8601, as much as is known.</summary>
    public override string ToString()
    {
        var day = Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Time is not { } time)
            return day;
        var text = day + "T" + time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return Offset switch
        {
            null => text,
            { Ticks: 0 } => text + "Z",
            { } offset => text + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture),
        };
    }

    private static TimeSpan? ParseOffset(ReadOnlySpan<char> zone)
    {
        if (zone[0] is 'Z' or 'z')
            return TimeSpan.Zero;
        var digits = zone[1..];
        Span<char> four = stackalloc char[4];
        var n = 0;
        foreach (var c in digits)
        {
            if (char.IsAsciiDigit(c) && n < 4)
                four[n++] = c;
        }

        if (n == 2)
            four[2] = four[3] = '0';
        else if (n != 4)
            return null;
        var hours = int.Parse(four[..2], CultureInfo.InvariantCulture);
        var minutes = int.Parse(four[2..], CultureInfo.InvariantCulture);
        if (hours > 14 || minutes > 59)
            return null;
        var span = new TimeSpan(hours, minutes, 0);
        return zone[0] == '-' ? -span : span;
    }
}
