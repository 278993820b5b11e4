using System.Collections.Frozen;
using System.Globalization;

using Recoupe.Dates;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>What the words before a time say of it.</summary>
internal enum TimeRole
{
    Unsaid,
    Published,
    Modified,
}

/// <summary>A time that a line tells in full: day, month and year.</summary>
/// <param name="Moment">The time.</param>
/// <param name="Role">What the words before it say.</param>
/// <param name="Span">Where it stands in the line.</param>
/// <param name="Weak">Whether those words are a mere preposition ("on", "le", "am"), as of any date.</param>
internal readonly record struct ToldTime(Moment Moment, TimeRole Role, TextSpan Span, bool Weak);

/// <summary>Reads times out of publication lines ("Publié le 20 novembre 2024 à 14h32, mis à jour …", "Nov. 20, 2024 2:30 pm").</summary>
internal static class PublicationTimes
{
    private const int MaxWords = 64;

    private static readonly FrozenDictionary<ulong, int> Months = Language.All.SelectMany(language => language.Lines("months"))
        .Concat(Language.SharedLines("months.tsv"))
        .Select(line => line.Split('\t'))
        .GroupBy(columns => TextHash.OfFolded(columns[0]))
        .ToFrozenDictionary(group => group.Key, group => int.Parse(group.First()[1], CultureInfo.InvariantCulture));

    // The words of publication, each with its first word: a phrase is told by the words that end just before the time.
    private static readonly FrozenDictionary<ulong, (TimeRole Role, bool Weak)> Roles = Language.All.SelectMany(language => language.Lines("publication-words"))
        .Concat(Language.SharedLines("publication-words.tsv"))
        .Select(line => line.Split('\t'))
        .Select(columns => (Hash: Phrase(columns[1]), Role: columns[0] == "modified" ? TimeRole.Modified : TimeRole.Published, Weak: columns is [_, _, "weak"]))
        .GroupBy(entry => entry.Hash)
        .ToFrozenDictionary(group => group.Key, group => (group.First().Role, group.First().Weak));

    private readonly record struct Word(int Start, int End, int Number, ulong Hash)
    {
        public bool IsNumber => Number >= 0;

        public int Length => End - Start;
    }

    /// <summary>The times of <paramref name="line"/> in order; only those with a year.</summary>
    /// <param name="line">A short line; of a longer one, its first words.</param>
    /// <param name="monthFirst">Whether 3/4/2024 is in March where nothing tells.</param>
    /// <param name="shortYears">Whether 20.11.24 is a day too.</param>
    public static List<ToldTime> Find(ReadOnlySpan<char> line, bool monthFirst = false, bool shortYears = false)
    {
        var found = new List<ToldTime>();
        Span<Word> words = stackalloc Word[MaxWords];
        var count = Split(line, words);
        words = words[..count];
        for (var i = 0; i < count;)
        {
            if (DayAt(line, words, i, monthFirst, shortYears, out var day, out var next))
            {
                var time = TimeAt(line, words, ref next, out var offset);
                var span = new TextSpan(words[i].Start, words[next - 1].End);
                var (role, weak) = RoleBefore(words[..i]);
                found.Add(new ToldTime(new Moment(day, time, time is null ? null : offset), role, span, weak));
                i = next;
            }
            else
            {
                i++;
            }
        }

        return found;
    }

    /// <summary>The time of day that the line is, and nothing else ("14h32", "2:30 pm"), or null.</summary>
    public static TimeOnly? Clock(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (line.Length is < 3 or > 12)
            return null;
        // Read as behind a day.
        Span<Word> words = stackalloc Word[MaxWords];
        var count = Split(line, words[1..]) + 1;
        words[0] = new Word(0, 0, 1, 0);
        var next = 1;
        return TimeAt(line, words[..count], ref next, out _) is { } time && next == count ? time : null;
    }

    /// <summary>Whether the word names a month in one of the languages known.</summary>
    public static bool IsMonth(ReadOnlySpan<char> word) => Months.ContainsKey(TextHash.OfFolded(word));

    /// <summary>What the last words of a label say of the time behind it ("Erschienen am:", "Updated").</summary>
    public static TimeRole RoleAtEnd(ReadOnlySpan<char> label)
    {
        if (label.Length > 60)
            label = label[^60..];
        Span<Word> words = stackalloc Word[MaxWords];
        var (role, weak) = RoleBefore(words[..Split(label, words)]);
        return weak ? TimeRole.Unsaid : role;
    }

    private static int Split(ReadOnlySpan<char> line, Span<Word> words)
    {
        int count = 0, at = 0;
        while (count < words.Length && LineWords.Next(line, ref at, out var start, out var digits))
        {
            var number = digits && at - start <= 8 ? int.Parse(line[start..at], NumberStyles.None, CultureInfo.InvariantCulture) : -1;
            words[count++] = new Word(start, at, number, digits ? 0 : TextHash.OfFolded(line[start..at]));
        }

        return count;
    }

    private static bool DayAt(ReadOnlySpan<char> line, ReadOnlySpan<Word> words, int i, bool monthFirst, bool shortYears, out DateOnly day, out int next)
    {
        day = default;
        next = i;
        if (words[i].IsNumber)
        {
            if (words[i].Length == 4 && i + 2 < words.Length && words[i + 1].IsNumber && words[i + 2].IsNumber && Joined(line, words, i, 3))
            {
                next = i + 3;
                return Make(words[i].Number, words[i + 1].Number, words[i + 2].Number, out day);
            }

            // 2024年11月20日: each number with its unit behind it.
            if (words[i].Length == 4 && i + 4 < words.Length && IsUnit(line, words, i + 1) && words[i + 2].IsNumber && IsUnit(line, words, i + 3) && words[i + 4].IsNumber)
            {
                next = i + 5;
                return Make(words[i].Number, words[i + 2].Number, words[i + 4].Number, out day);
            }

            if (words[i].Length > 2)
                return false;
            if (i + 2 < words.Length && words[i + 1].IsNumber && words[i + 1].Length <= 2 && words[i + 2].IsNumber && words[i + 2].Length is 4 or 2 && Joined(line, words, i, 3))
            {
                int first = words[i].Number, second = words[i + 1].Number;
                if (second > 12 || monthFirst && first <= 12 && line[words[i].End] == '/')
                    (first, second) = (second, first);
                var year = words[i + 2].Length == 2 ? 2000 + words[i + 2].Number : words[i + 2].Number;
                next = i + 3;
                return (words[i + 2].Length == 4 || shortYears && line[words[i].End] == '.') && Make(year, second, first, out day);
            }

            // "20 novembre 2024", "20. November 2024", "1er mars 2024", "3rd of March 2024", "20 de noviembre de 2024".
            var month = i + 1;
            while (month < words.Length && month <= i + 2 && !words[month].IsNumber && !Months.ContainsKey(words[month].Hash) && words[month].Length <= 3)
                month++;
            if (month < words.Length && Months.TryGetValue(words[month].Hash, out var number))
            {
                var yearAt = month + 1;
                if (yearAt < words.Length && !words[yearAt].IsNumber && words[yearAt].Length <= 3)
                    yearAt++;
                if (yearAt < words.Length && words[yearAt].Length == 4 && words[yearAt].IsNumber && words[yearAt].Start - words[month].End <= 6)
                {
                    next = yearAt + 1;
                    return Make(words[yearAt].Number, number, words[i].Number, out day);
                }
            }

            return false;
        }

        // "November 20, 2024", "Nov. 20th 2024".
        if (Months.TryGetValue(words[i].Hash, out var named) && i + 2 < words.Length && words[i + 1].IsNumber && words[i + 1].Length <= 2
            && words[i + 1].Start - words[i].End <= 3)
        {
            var yearAt = i + 2;
            if (!words[yearAt].IsNumber && words[yearAt].Length == 2 && yearAt + 1 < words.Length)
                yearAt++;
            if (words[yearAt].IsNumber && words[yearAt].Length == 4 && words[yearAt].Start - words[i + 1].End <= 6)
            {
                next = yearAt + 1;
                return Make(words[yearAt].Number, named, words[i + 1].Number, out day);
            }
        }

        return false;
    }

    private static bool IsUnit(ReadOnlySpan<char> line, ReadOnlySpan<Word> words, int i) =>
        words[i].Length == 1 && !words[i].IsNumber && line[words[i].Start] > 0x2E80 && words[i].Start - words[i - 1].End <= 1;

    private static bool Joined(ReadOnlySpan<char> line, ReadOnlySpan<Word> words, int from, int count)
    {
        for (var i = from; i + 1 < from + count; i++)
        {
            var gap = line[words[i].End..words[i + 1].Start].Trim();
            if (gap.Length != 1 || gap[0] is not ('/' or '.' or '-' or '–' or '|'))
                return false;
        }

        return true;
    }

    private static bool Make(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year is < 1900 or > 2100 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    private static TimeOnly? TimeAt(ReadOnlySpan<char> line, ReadOnlySpan<Word> words, ref int next, out TimeSpan? offset)
    {
        offset = null;
        var i = next;
        while (i < words.Length && i < next + 2 && !words[i].IsNumber && words[i].Length <= 3)
            i++;
        if (i >= words.Length || !words[i].IsNumber || words[i].Length > 2 || words[i].Number > 23 || words[i].Start - words[next - 1].End > 12)
            return null;
        int hour = words[i].Number, minute = 0;
        var at = i + 1;
        var hours = at < words.Length && !words[at].IsNumber && words[at].Start == words[i].End && line[words[at].Start] is 'h' or 'H';
        if (hours)
            at++;
        if (at < words.Length && words[at].IsNumber && words[at].Length == 2 && words[at].Number < 60
            && (hours || words[at].Start == words[i].End + 1 && line[words[i].End] is ':' or '.'))
            minute = words[at++].Number;
        else if (!hours)
            return null;
        if (at < words.Length && words[at].IsNumber && words[at].Length == 2 && words[at].Start == words[at - 1].End + 1 && line[words[at - 1].End] == ':')
            at++;
        if (at < words.Length && words[at].Length is 1 or 2 && !words[at].IsNumber && char.ToLowerInvariant(line[words[at].Start]) is 'a' or 'p')
        {
            var half = char.ToLowerInvariant(line[words[at].Start]);
            var whole = words[at].Length == 2 && char.ToLowerInvariant(line[words[at].End - 1]) == 'm';
            var dotted = words[at].Length == 1 && at + 1 < words.Length && words[at + 1].Length == 1 && char.ToLowerInvariant(line[words[at + 1].Start]) == 'm';
            if (hour is >= 1 and <= 12 && (whole || dotted))
            {
                hour = hour % 12 + (half == 'p' ? 12 : 0);
                at += dotted ? 2 : 1;
            }
        }

        if (at < words.Length && words[at].Length == 3 && line[words[at].Start..words[at].End] is var zone
            && (zone.Equals("GMT", StringComparison.OrdinalIgnoreCase) || zone.Equals("UTC", StringComparison.OrdinalIgnoreCase)))
        {
            offset = TimeSpan.Zero;
            at++;
        }

        next = at;
        return new TimeOnly(hour, minute);
    }

    private static (TimeRole Role, bool Weak) RoleBefore(ReadOnlySpan<Word> before)
    {
        (TimeRole Role, bool Weak) found = (TimeRole.Unsaid, false);
        // The nearest phrase wins: up to seven words back, as in "mis à jour le mercredi 20 …".
        for (var end = before.Length; end > 0 && end > before.Length - 5; end--)
        {
            if (before[end - 1].IsNumber)
                break;
            for (var length = Math.Min(3, end); length >= 1; length--)
            {
                var hash = 0UL;
                for (var i = end - length; i < end; i++)
                    hash = TextHash.Combine(hash, before[i].Hash);
                if (!Roles.TryGetValue(hash, out var role) || length == 1 && before[end - 1].Length <= 2 && !role.Weak)
                    continue;
                // "published on": the preposition is passed over.
                if (!role.Weak)
                    return role;
                found = role;
            }
        }

        return found;
    }

    private static ulong Phrase(string words)
    {
        var hash = 0UL;
        foreach (var word in words.Split([' ', '\''], StringSplitOptions.RemoveEmptyEntries))
            hash = TextHash.Combine(hash, TextHash.OfFolded(word));
        return hash;
    }
}
