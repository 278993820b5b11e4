using System.Collections.Frozen;
using System.Globalization;

using Recoupe.Dates;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Reads times that a page tells from the moment of reading ("il y a 3 heures", "2 days ago", "vor 3 Tagen"): a day or a time only where the capture's is known.</summary>
internal static class RelativeTimes
{
    private const int MaxLine = 120;
    private const int MaxWords = 24;

    // Hours and minutes far back are rounded: they are told in days.
    private const int MaxNumber = 60;

    private static readonly FrozenDictionary<ulong, string> Words = Language.All.SelectMany(language => language.Lines("relative-times"))
        .Concat(Language.SharedLines("relative-times.tsv"))
        .Select(line => line.Split('\t'))
        .GroupBy(columns => Phrase(columns[1]))
        .ToFrozenDictionary(group => group.Key, group => group.First()[0]);

    /// <summary>The first such time of a short line, or null.</summary>
    /// <param name="line">The line.</param>
    /// <param name="captured">When the page was read.</param>
    /// <param name="span">Where the line tells it.</param>
    public static Moment? Find(ReadOnlySpan<char> line, Moment captured, out TextSpan span)
    {
        span = default;
        if (line.Length > MaxLine)
            return null;
        Span<(int Start, int End)> words = stackalloc (int, int)[MaxWords];
        var count = Split(line, words);
        for (var i = 0; i < count; i++)
        {
            var word = line[words[i].Start..words[i].End];
            var kind = Kind(word);
            if (kind is "today" or "yesterday")
            {
                span = new TextSpan(words[i].Start, words[i].End);
                return new Moment(captured.Day.AddDays(kind == "today" ? 0 : -1));
            }

            var number = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : kind == "one" ? 1 : 0;
            if (number is < 1 or > MaxNumber || i + 1 >= count || Kind(line[words[i + 1].Start..words[i + 1].End]) is not ("minute" or "hour" or "day" or "week"))
                continue;
            var unit = Kind(line[words[i + 1].Start..words[i + 1].End])!;
            var isAfter = i + 2 < count && Kind(line[words[i + 2].Start..words[i + 2].End]) == "after";
            var start = isAfter ? i : BeforeAt(line, words[..i]);
            if (start < 0)
                continue;
            span = new TextSpan(words[start].Start, words[isAfter ? i + 2 : i + 1].End);
            return Back(captured, number, unit);
        }

        return null;
    }

    private static Moment? Back(Moment captured, int number, string unit)
    {
        if (unit is "day" or "week")
            return new Moment(captured.Day.AddDays(-number * (unit == "week" ? 7 : 1)));
        if (captured.Time is not { } time)
            return null;
        var then = captured.Day.ToDateTime(time).AddMinutes(-number * (unit == "hour" ? 60 : 1));
        // Told in hours, the minutes are not known.
        return unit == "hour" ? new Moment(DateOnly.FromDateTime(then)) : new Moment(DateOnly.FromDateTime(then), TimeOnly.FromDateTime(then), captured.Offset);
    }

    // The words before the number: "il y a" is three.
    private static int BeforeAt(ReadOnlySpan<char> line, ReadOnlySpan<(int Start, int End)> before)
    {
        for (var length = Math.Min(3, before.Length); length >= 1; length--)
        {
            var hash = 0UL;
            foreach (var (start, end) in before[^length..])
                hash = TextHash.Combine(hash, TextHash.OfFolded(line[start..end]));
            if (Words.TryGetValue(hash, out var kind) && kind == "before")
                return before.Length - length;
        }

        return -1;
    }

    private static string? Kind(ReadOnlySpan<char> word) => Words.GetValueOrDefault(TextHash.Combine(0, TextHash.OfFolded(word)));

    private static int Split(ReadOnlySpan<char> line, Span<(int Start, int End)> words)
    {
        int count = 0, at = 0;
        while (count < words.Length && LineWords.Next(line, ref at, out var start, out _, apostrophes: true))
            words[count++] = (start, at);

        return count;
    }

    private static ulong Phrase(string words)
    {
        var hash = 0UL;
        foreach (var word in words.Split(' '))
            hash = TextHash.Combine(hash, TextHash.OfFolded(word));
        return hash;
    }
}
