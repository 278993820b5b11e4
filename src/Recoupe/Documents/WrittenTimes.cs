using System.Globalization;

using Recoupe.Dates;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Documents;

/// <summary>Reads the times that feeds and mail state: ISO 8601, RFC 822 with what is made of it, a date in words.</summary>
internal static class WrittenTimes
{
    // No feed and no page of the web is older; a time before it is a zero that a program wrote.
    private static readonly DateOnly FirstDay = new(1990, 1, 1);

    private static readonly char[] Gaps = [' ', ',', '\t', '\n', '\r'];

    private static readonly string[] TimeForms = ["HH:mm:ss", "H:mm:ss", "HH:mm", "H:mm"];

    private static readonly Dictionary<string, int> Zones = new(StringComparer.Ordinal)
    {
        ["GMT"] = 0, ["UT"] = 0, ["UTC"] = 0, ["Z"] = 0, ["WET"] = 0, ["CET"] = 1, ["CEST"] = 2, ["MET"] = 1, ["MEST"] = 2, ["EET"] = 2, ["EEST"] = 3,
        ["EST"] = -5, ["EDT"] = -4, ["CST"] = -6, ["CDT"] = -5, ["MST"] = -7, ["MDT"] = -6, ["PST"] = -8, ["PDT"] = -7,
    };

    /// <summary>The moment, or null where the text tells none for certain.</summary>
    /// <param name="text">As the input has it.</param>
    public static Moment? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 200)
            return null;
        text = text.Trim();
        return Moment.Parse(text) ?? OfMail(text) ?? YearFirst(text) ?? OfCounter(text) ?? InWords(text);
    }

    /// <summary>The moment that an input states as its time of publication, doubted where it cannot be.</summary>
    /// <param name="text">As the input has it; null where it states none.</param>
    /// <param name="what">Who states it, for the note.</param>
    /// <param name="options">The last day that can be.</param>
    /// <param name="notes">Receives the doubt.</param>
    public static Moment? Published(string? text, string what, DocumentOptions options, List<string> notes)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (Parse(text) is not { } moment)
        {
            notes.Add($"{what}'s time of publication cannot be read: taken as unknown");
            return null;
        }

        if (moment.Day >= FirstDay && (options.Today is not { } today || moment.Day <= today.AddDays(1)))
            return moment;
        notes.Add($"{what}'s time of publication ({moment}) is doubtful: taken as unknown");
        return null;
    }

    // "Wed, 20 Nov 2024 14:32:00 +0100": the weekday is read past.
    private static Moment? OfMail(string text)
    {
        var parts = text.Split(Gaps, StringSplitOptions.RemoveEmptyEntries);
        var at = parts.Length > 0 && !char.IsAsciiDigit(parts[0][0]) ? 1 : 0;
        if (parts.Length < at + 3)
            return null;
        var year = parts[at + 2].Length == 2 ? "20" + parts[at + 2] : parts[at + 2];
        var month = parts[at + 1][..Math.Min(3, parts[at + 1].Length)];
        if (!DateOnly.TryParseExact($"{parts[at]} {month} {year}", "d MMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return null;
        return WithTime(day, parts.AsSpan(at + 3));
    }

    private static Moment WithTime(DateOnly day, ReadOnlySpan<string> parts)
    {
        // "at 06:30", "à 06:30", "- 06:30"
        if (!parts.IsEmpty && parts[0].Length <= 2 && !char.IsAsciiDigit(parts[0][0]))
            parts = parts[1..];
        if (parts.IsEmpty || !TimeOnly.TryParseExact(parts[0], TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return new Moment(day);
        parts = parts[1..];
        if (!parts.IsEmpty && parts[0].ToUpperInvariant() is "AM" or "PM" or "A.M." or "P.M.")
        {
            time = time.Hour > 12 ? time : time.AddHours((time.Hour == 12 ? -12 : 0) + (parts[0][0] is 'P' or 'p' ? 12 : 0));
            parts = parts[1..];
        }

        return new Moment(day, time, parts.IsEmpty ? null : OffsetOf(parts[0]));
    }

    private static TimeSpan? OffsetOf(string zone) => Zones.TryGetValue(zone, out var hours)
        ? TimeSpan.FromHours(hours)
        : zone[0] is '+' or '-' ? Moment.Parse("2000-01-01T00:00:00" + zone)?.Offset : null;

    // "2026/04/28 06:30": with the year in front there is one order only.
    private static Moment? YearFirst(string text)
    {
        var parts = text.Split(Gaps, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 && DateOnly.TryParseExact(parts[0], ["yyyy/M/d", "yyyy.M.d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? WithTime(day, parts.AsSpan(1))
            : null;
    }

    // Seconds or milliseconds since 1970, as many digits as they have had since 2001.
    private static Moment? OfCounter(string text)
    {
        if (text.Length is not (10 or 13) || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return null;
        var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(text.AsSpan(0, 10), CultureInfo.InvariantCulture));
        return new Moment(DateOnly.FromDateTime(time.DateTime), TimeOnly.FromDateTime(time.DateTime), TimeSpan.Zero);
    }

    // "mardi 28 avril 2026 à 06:30 +0200", in whichever language it is one whole date.
    private static Moment? InWords(string text)
    {
        foreach (var language in Language.All)
        {
            var clues = DateFinder.Clues(AnalyzedText.Of(text, language));
            if (clues is not [{ Year: { } year, Month: { } month, Day: { } day, Span: var span }] || !text.AsSpan(span.Start, span.Length).ContainsAnyInRange('a', 'z')
                || Period.Day(year, month, day) is null)
                continue;
            var moment = WithTime(new DateOnly(year, month, day), text[span.End..].Split(Gaps, StringSplitOptions.RemoveEmptyEntries));
            return moment.Time is null ? new Moment(moment.Day, TimeIn(text)) : moment;
        }

        return null;
    }

    private static TimeOnly? TimeIn(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon < 1 || colon + 2 >= text.Length)
            return null;
        var start = colon >= 2 && char.IsAsciiDigit(text[colon - 2]) ? colon - 2 : colon - 1;
        return TimeOnly.TryParseExact(text[start..(colon + 3)], TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }
}
