using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>A time of day, or a stretch of one, that a text tells.</summary>
/// <param name="Span">Its words.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends; the same as <paramref name="From"/> for a point in time. Before it where the stretch goes past midnight.</param>
public readonly record struct ClockTime(TextSpan Span, TimeOnly From, TimeOnly To)
{
    private const int HalfADay = 12;

    private const int MinutesOfHour = 60;

    private const int LongestHalf = 3; // words between a time and its half of the day

    /// <summary>Whether nothing says which half of the day is meant: "ten past five", "at 3:40".</summary>
    public bool IsHalfUnknown { get; init; }

    // A time of day and the token behind it.
    private readonly record struct Reading(TimeOnly Time, int Next, bool IsHalfUnknown = false);

    /// <summary>The times of day of <paramref name="text"/>, in order and without overlap; none where its language is unknown.</summary>
    public static ImmutableArray<ClockTime> Find(AnalyzedText text)
    {
        if (text.Language is null)
            return [];
        var lexicon = NumberLexicon.Of(text.Language);
        var found = ImmutableArray.CreateBuilder<ClockTime>();
        for (var i = 0; i < text.Tokens.Length;)
        {
            if (Point(text, lexicon, i) is not { } from)
            {
                i++;
                continue;
            }

            var (next, to, unknown) = (from.Next, from.Time, from.IsHalfUnknown);
            if (End(text, lexicon, next) is { } end)
                (next, to, unknown) = (end.Next, end.Time, unknown || end.IsHalfUnknown);
            found.Add(new ClockTime(text.Tokens[i].Span.Union(text.Tokens[next - 1].Span), from.Time, to) { IsHalfUnknown = unknown });
            i = next;
        }

        return found.ToImmutable();
    }

    /// <summary>The token after the time of day that starts at token <paramref name="i"/>; null where none starts there.</summary>
    internal static int? At(AnalyzedText text, NumberLexicon lexicon, int i) =>
        Point(text, lexicon, i) is not { } from ? null : End(text, lexicon, from.Next) is { } end ? end.Next : from.Next;

    // From nine to five, 9am-5pm, entre 8 h et 10 h
    private static Reading? End(AnalyzedText text, NumberLexicon lexicon, int i)
    {
        if (i + 1 >= text.Tokens.Length)
            return null;
        var isDash = text.Tokens[i].Kind == TokenKind.Mark && text.Text[text.Tokens[i].Start] is '-' or '–';
        return isDash || lexicon.Phrases.Find(text.Text, text.Tokens, i, out var length) is { Number.Kind: NumberWordKind.To or NumberWordKind.Join } && length == 1
            ? Point(text, lexicon, i + 1) : null;
    }

    private static Reading? Point(AnalyzedText text, NumberLexicon lexicon, int i) =>
        (text.Tokens[i].Kind switch
        {
            TokenKind.Word => InWords(text, lexicon, i),
            TokenKind.Number => InDigits(text, lexicon, i),
            _ => null,
        }) is { } told ? WithHalf(text, lexicon, told) : null;

    private static Reading? InDigits(AnalyzedText text, NumberLexicon lexicon, int i)
    {
        var token = text.Tokens[i];
        if (Parts(text[token]) is not { } clock || i + 1 >= text.Tokens.Length)
            return null;

        var following = text.Tokens[i + 1];
        var touches = following.Start == token.End;
        // 8:15, with or without what follows
        if (touches && clock.Minutes < 0 && text.Text[following.Start] == ':' && Minutes(text, i + 2) is { } colon && text.Tokens[i + 2].Start == following.End)
            return Marked(text, lexicon, i + 3, clock.Hours, colon) ?? new Reading(At(clock.Hours, colon), i + 3, clock.Hours <= HalfADay);
        // 20h, 20h30
        if (touches && following.Kind == TokenKind.Word && clock.Minutes < 0 && Glued(text[following], lexicon) is { } glued)
            return new Reading(At(clock.Hours, glued), i + 2);
        if (Marked(text, lexicon, i + 1, clock.Hours, Math.Max(0, clock.Minutes)) is { } marked)
            return marked;
        if (clock.Minutes < 0 && clock.Hours <= HalfADay && Half(text, lexicon, i + 1) is not null)
            return new Reading(At(clock.Hours, 0), i + 1);
        return clock.Minutes < 0 ? Spaced(text, lexicon, i, clock.Hours) : null;
    }

    // À 20 heures, le train de 8 h 12; "une grève de 24 heures" and "après 3 heures de débat" are spans of time.
    private static Reading? Spaced(AnalyzedText text, NumberLexicon lexicon, int i, int hours)
    {
        if (UnitAfter(text, lexicon, i + 1) is not { } next)
            return null;
        if (AfterHours(text, lexicon, next, hours) is { IsLess: true } less)
            return less.Told;
        if (i == 0 || !Is(text, lexicon, i - 1, ClockRole.Before | ClockRole.At))
            return null;
        if (Minutes(text, next) is { } minutes)
            return new Reading(At(hours, minutes), next + 1);
        if (AfterHours(text, lexicon, next, hours) is { } more)
            return more.Told;
        var after = next < text.Tokens.Length ? lexicon.Phrases.Find(text.Text, text.Tokens, next, out _) : null;
        var isOf = lexicon.Words.Find(text[text.Tokens[i - 1]].TrimEnd("'’")) is { Kind: NumberWordKind.Of } && !(i > 1 && Is(text, lexicon, i - 2, ClockRole.Round));
        return Half(text, lexicon, next) is null && after?.Is(NumberWordKind.Of) == true || isOf && after?.Is(NumberWordKind.To) != true ? null : new Reading(At(hours, 0), next);
    }

    // Noon; nine o'clock; ten past five; à deux heures et demie, six heures moins vingt. Hours in words are a time only where something says so: they last, too.
    private static Reading? InWords(AnalyzedText text, NumberLexicon lexicon, int i)
    {
        var word = lexicon.Clock.Find(text[text.Tokens[i]]);
        var number = Number(text, lexicon, i);
        if (number is null && word?.Is(ClockRole.Point | ClockRole.Part | ClockRole.Filler) != true)
            return null;
        if (word?.Is(ClockRole.Point) == true)
            return AfterHours(text, lexicon, i + 1, word.Value)?.Told is { } later ? later with { IsHalfUnknown = false } : new Reading(At(word.Value, 0), i + 1);
        if (BeforeHours(text, lexicon, i, word) is { } early)
            return early;
        if (number is not var (hours, next) || hours > 24)
            return null;
        if (Marked(text, lexicon, next, hours, 0) is { } marked)
            return marked with { IsHalfUnknown = marked.Time.Hour == hours && hours <= HalfADay };
        if (UnitAfter(text, lexicon, next) is not { } behind)
            return hours <= HalfADay && Half(text, lexicon, next) is not null ? new Reading(At(hours, 0), next) : null;
        var more = AfterHours(text, lexicon, behind, hours);
        if (more is { IsLess: true })
            return more.Value.Told;
        if (Half(text, lexicon, more?.Told.Next ?? behind) is null && !(i > 0 && Is(text, lexicon, i - 1, ClockRole.At)))
            return null;
        return more?.Told ?? new Reading(At(hours, 0), behind, hours <= HalfADay);
    }

    // Ten past five, a quarter to six; "five to six" is a range unless something says that it is a time.
    private static Reading? BeforeHours(AnalyzedText text, NumberLexicon lexicon, int i, ClockWord? word)
    {
        var at = word?.Is(ClockRole.Filler) == true ? i + 1 : i;
        if (Part(text, lexicon, at) is not var (minutes, next, isPart) || next + 1 >= text.Tokens.Length
            || !Is(text, lexicon, next, ClockRole.Past | ClockRole.To))
            return null;
        var isLess = Is(text, lexicon, next, ClockRole.To);
        var told = lexicon.Clock.Find(text[text.Tokens[next + 1]]) is { } point && point.Is(ClockRole.Point) ? (Value: point.Value, Next: next + 2) : Number(text, lexicon, next + 1);
        if (told is not var (hours, behind) || hours > HalfADay)
            return null;
        var late = Marked(text, lexicon, behind, hours, 0);
        if (isLess && !isPart && late is null && Half(text, lexicon, behind) is null && !(i > 0 && Is(text, lexicon, i - 1, ClockRole.At)))
            return null;
        var time = late?.Time ?? At(hours, 0);
        return new Reading(time.AddMinutes(isLess ? -minutes : minutes), late?.Next ?? behind, late is null && hours > 0);
    }

    // What is added to told hours behind them, or taken off: et demie, moins le quart, vingt.
    private static (Reading Told, bool IsLess)? AfterHours(AnalyzedText text, NumberLexicon lexicon, int i, int hours)
    {
        var (isMore, isLess) = (Is(text, lexicon, i, ClockRole.Plus), Is(text, lexicon, i, ClockRole.Minus));
        var at = isMore || isLess ? i + 1 : i;
        if (at > i && Is(text, lexicon, at, ClockRole.Filler))
            at++;
        if (Part(text, lexicon, at) is not var (minutes, next, isPart) || isMore && !isPart)
            return null;
        return (new Reading(At(hours, 0).AddMinutes(isLess ? -minutes : minutes), next, hours is > 0 and <= HalfADay), isLess);
    }

    // A part of an hour, or minutes in words.
    private static (int Minutes, int Next, bool IsPart)? Part(AnalyzedText text, NumberLexicon lexicon, int i)
    {
        if (i >= text.Tokens.Length || text.Tokens[i].Kind != TokenKind.Word)
            return null;
        if (lexicon.Clock.Find(text[text.Tokens[i]]) is { } part && part.Is(ClockRole.Part))
            return (part.Value, i + 1, true);
        return Number(text, lexicon, i) is var (value, next) ? (value, next, false) : null;
    }

    // A number in words that minutes may have.
    private static (int Value, int Next)? Number(AnalyzedText text, NumberLexicon lexicon, int i) =>
        lexicon.Words.Cardinal(text.Text, text.Tokens, i, out var count) is { } value and < MinutesOfHour ? ((int)value, i + count) : null;

    // "Du matin", "in the afternoon": the first hour of its half of the day and the token behind it.
    private static (int First, int Next)? Half(AnalyzedText text, NumberLexicon lexicon, int i)
    {
        for (var at = i; at < Math.Min(text.Tokens.Length, i + LongestHalf) && text.Tokens[at].Kind == TokenKind.Word; at++)
        {
            if (lexicon.Clock.Find(text[text.Tokens[at]].TrimEnd("'’")) is not { } word || !word.Is(ClockRole.Half | ClockRole.Link))
                return null;
            if (word.Is(ClockRole.Half))
                return at > i ? (word.Value, at + 1) : null;
        }

        return null;
    }

    private static Reading WithHalf(AnalyzedText text, NumberLexicon lexicon, Reading told) =>
        Half(text, lexicon, told.Next) is not var (first, next) ? told
        : new Reading(told.Time.Hour < first ? told.Time.AddHours(HalfADay) : told.Time, next);

    // The token behind the word for hours; null where it does not stand there.
    private static int? UnitAfter(AnalyzedText text, NumberLexicon lexicon, int i) =>
        i < text.Tokens.Length && lexicon.Phrases.Find(text.Text, text.Tokens, i, out var length) is { Unit: "h" } ? i + length : null;

    private static bool Is(AnalyzedText text, NumberLexicon lexicon, int i, ClockRole role) =>
        i < text.Tokens.Length && lexicon.Clock.Find(text[text.Tokens[i]].TrimEnd("'’"))?.Is(role) == true;

    // 8 a.m., 4.30am, 20:00 GMT
    private static Reading? Marked(AnalyzedText text, NumberLexicon lexicon, int i, int hours, int minutes)
    {
        if (i >= text.Tokens.Length || text.Tokens[i].Kind != TokenKind.Word || text.Tokens[i].Start > text.Tokens[i - 1].End + 1)
            return null;
        return lexicon.Clock.Find(text[text.Tokens[i]]) is { } mark && mark.Is(ClockRole.After) ? new Reading(At(hours % 12 + mark.Value, minutes, hours), i + 1) : null;
    }

    private static int? Glued(ReadOnlySpan<char> word, NumberLexicon lexicon)
    {
        if (word.Length is 0 or > 3 || lexicon.Clock.Find(word[..1])?.Is(ClockRole.Hours) != true)
            return null;
        return word.Length == 1 ? 0 : word.Length == 3 && int.TryParse(word[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes < 60 ? minutes : null;
    }

    // Hours, and minutes behind a full stop; minutes below zero where none are told.
    private static (int Hours, int Minutes)? Parts(ReadOnlySpan<char> digits)
    {
        var point = digits.IndexOf('.');
        if (digits.Length > 5 || !int.TryParse(point < 0 ? digits : digits[..point], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 24)
            return null;
        if (point < 0)
            return (hours, -1);
        return digits.Length == point + 3 && int.TryParse(digits[(point + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes < 60 ? (hours, minutes) : null;
    }

    private static int? Minutes(AnalyzedText text, int i) =>
        i < text.Tokens.Length && text.Tokens[i] is { Kind: TokenKind.Number, Span.Length: 2 } token && token.Start - text.Tokens[i - 1].End <= 1
        && int.TryParse(text[token], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes < 60 ? minutes : null;

    // A mark that says nothing of the half of the day leaves the hours as told.
    private static TimeOnly At(int hours, int minutes, int told = -1) => new((hours >= 0 && told > 12 ? told : hours) % 24, minutes);
}

/// <summary>What a word may do beside a time of day.</summary>
[Flags]
internal enum ClockRole : ushort
{
    None = 0,

    /// <summary>Stands before a time of day in digits, and as well before a span of time: avant, by.</summary>
    Before = 1,

    /// <summary>Stands behind one: pm, GMT; its hours are added.</summary>
    After = 2,

    /// <summary>Is one: noon.</summary>
    Point = 4,

    /// <summary>Ties hours and minutes: h.</summary>
    Hours = 8,

    /// <summary>Stands before a time of day and no span of time: à, vers.</summary>
    At = 16,

    /// <summary>Stands before a preposition that is then one of place in time: sur le coup de.</summary>
    Round = 32,

    /// <summary>A part of an hour; its "hours" are minutes: quarter.</summary>
    Part = 64,

    /// <summary>Adds minutes that stand before the hours: past.</summary>
    Past = 128,

    /// <summary>Takes minutes that stand before the hours off them: to.</summary>
    To = 256,

    /// <summary>Adds a part behind the hours: et.</summary>
    Plus = 512,

    /// <summary>Takes minutes behind the hours off them: moins.</summary>
    Minus = 1024,

    /// <summary>Stands before a part: moins le quart, a quarter to.</summary>
    Filler = 2048,

    /// <summary>A half of the day, with its first hour: matin.</summary>
    Half = 4096,

    /// <summary>Stands before a half of the day: du, in the.</summary>
    Link = 8192,
}

/// <summary>A word of the list <c>clock</c>: what it may do, and its hours or minutes.</summary>
internal sealed record ClockWord(ClockRole Roles, int Value)
{
    public bool Is(ClockRole role) => (Roles & role) != ClockRole.None;
}

/// <summary>The words of times of day of one language (list <c>clock</c>).</summary>
internal sealed class ClockLexicon(Language language)
{
    private readonly WordTable<ClockWord> _words = new(language.Lines("clock").Select(line => line.Split('\t')).GroupBy(columns => columns[0], StringComparer.OrdinalIgnoreCase)
        .Select(lines => KeyValuePair.Create(lines.Key, new ClockWord(
            lines.Aggregate(ClockRole.None, (roles, columns) => roles | Enum.Parse<ClockRole>(columns[1], ignoreCase: true)),
            lines.Where(columns => columns.Length > 2).Select(columns => int.Parse(columns[2], CultureInfo.InvariantCulture)).FirstOrDefault()))));

    /// <summary>The word, or null.</summary>
    public ClockWord? Find(ReadOnlySpan<char> word) => _words.TryGetValue(word, out var found) ? found : null;
}
