using System.Globalization;

using Recoupe.Dates;

namespace Recoupe.Articles.Html;

/// <summary>Finds when a page was published where its head does not say so in plain ISO 8601.</summary>
internal static class PageTimes
{
    /// <summary>Reads a machine-readable time: ISO 8601 in its usual spellings, RFC 822, or a date in words.</summary>
    public static Moment? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim().Trim('"');
        if (Moment.Parse(text) is { } moment)
            return Sane(moment);
        if (text.Length is >= 8 and <= 20 && text.AsSpan(0, 8) is var digits && !digits.ContainsAnyExceptInRange('0', '9')
            && DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Sane(new Moment(day));
        if (text.Length is 10 or 13 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(text.Length == 13 ? seconds / 1000 : seconds);
            return Sane(new Moment(DateOnly.FromDateTime(time.UtcDateTime), TimeOnly.FromDateTime(time.UtcDateTime), TimeSpan.Zero));
        }

        var told = PublicationTimes.Find(text.Length > 200 ? text.AsSpan(0, 200) : text, monthFirst: text.Contains('/'));
        return told.Count > 0 ? Sane(told[0].Moment) : null;
    }

    /// <summary>The value of a key such as <c>datePublished</c> or <c>first-publication</c> in a script's data, or null.</summary>
    public static string? InScript(ReadOnlySpan<char> script)
    {
        for (var hits = 0; hits < 50; hits++)
        {
            var at = script.IndexOf("ubli", StringComparison.Ordinal);
            if (at < 0)
                return null;
            var rest = script[(at + 4)..];
            script = rest;
            var key = 0;
            while (key < rest.Length && key < 24 && (char.IsAsciiLetter(rest[key]) || rest[key] is '-' or '_'))
                key++;
            rest = rest[key..].TrimStart("\"' \\");
            if (rest is not [':' or '=' or ',', ..])
                continue;
            rest = rest[1..].TrimStart("\"' \\");
            if (rest.Length >= 10 && Moment.Parse(rest[..10].ToString()) is { } day && Sane(day) is not null)
            {
                var end = rest[..Math.Min(rest.Length, 32)].IndexOfAny("\"'\\,}");
                return rest[..(end < 10 ? 10 : end)].ToString();
            }
        }

        return null;
    }

    /// <summary>A full date in the path: <c>/2024/11/20/</c>, <c>20241120</c>, <c>2024-11-20</c>.</summary>
    public static Moment? InAddress(string? url)
    {
        if (url is null || url.Length > 2000)
            return null;
        var path = url.AsSpan();
        for (var i = 1; i + 7 < path.Length; i++)
        {
            if (path[i] is not ('1' or '2') || char.IsAsciiDigit(path[i - 1]) || !Digits(path.Slice(i, 4), out var year) || year is < 1990 or > 2100)
                continue;
            var rest = path[(i + 4)..];
            if (rest.Length >= 6 && rest[0] is '/' or '-' or '_' or '.' && Digits(rest.Slice(1, 2), out var month) && rest[3] == rest[0] && Digits(rest.Slice(4, 2), out var day)
                && (rest.Length == 6 || !char.IsAsciiDigit(rest[6])) && Make(year, month, day) is { } date)
                return date;
            if (rest.Length >= 4 && Digits(rest[..2], out month) && Digits(rest.Slice(2, 2), out day) && (rest.Length == 4 || !char.IsAsciiDigit(rest[4])) && Make(year, month, day) is { } compact)
                return compact;
            // /2024/3/7/
            if (rest.Length >= 4 && rest[0] == '/')
            {
                var parts = rest[1..].ToString().Split('/', 3);
                if (parts.Length == 3 && parts[0].Length is 1 or 2 && parts[1].Length is 1 or 2 && Digits(parts[0], out month) && Digits(parts[1], out day) && Make(year, month, day) is { } loose)
                    return loose;
            }
        }

        return null;
    }

    private static Moment? Sane(Moment moment) => moment.Day.Year is >= 1990 and <= 2100 ? moment : null;

    private static Moment? Make(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new Moment(new DateOnly(year, month, day)) : null;

    private static bool Digits(ReadOnlySpan<char> text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
