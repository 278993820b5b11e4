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

            var (next, to) = (from.Next, from.Time);
            if (End(text, lexicon, next) is { } end)
                (next, to) = (end.Next, end.Time);
            found.Add(new ClockTime(text.Tokens[i].Span.Union(text.Tokens[next - 1].Span), from.Time, to));
            i = next;
        }

        return found.ToImmutable();
    }

    /// <summary>The token after the time of day that starts at token <paramref name="i"/>; null where none starts there.</summary>
    internal static int? At(AnalyzedText text, NumberLexicon lexicon, int i) =>
        Point(text, lexicon, i) is not { } from ? null : End(text, lexicon, from.Next) is { } end ? end.Next : from.Next;

    // From nine to five, 9am-5pm, entre 8 h et 10 h
    private static (TimeOnly Time, int Next)? End(AnalyzedText text, NumberLexicon lexicon, int i)
    {
        if (i + 1 >= text.Tokens.Length)
            return null;
        var isDash = text.Tokens[i].Kind == TokenKind.Mark && text.Text[text.Tokens[i].Start] is '-' or '–';
        return isDash || lexicon.Phrases.Find(text.Text, text.Tokens, i, out var length) is { Number.Kind: NumberWordKind.To or NumberWordKind.Join } && length == 1
            ? Point(text, lexicon, i + 1) : null;
    }

    private static (TimeOnly Time, int Next)? Point(AnalyzedText text, NumberLexicon lexicon, int i)
    {
        var token = text.Tokens[i];
        if (token.Kind == TokenKind.Word)
            return lexicon.Clock.Find(text[token]) is { Role: ClockRole.Point, Hours: var told } ? (At(told, 0), i + 1) : null;
        if (token.Kind != TokenKind.Number || Parts(text[token]) is not { } clock || i + 1 >= text.Tokens.Length)
            return null;

        var following = text.Tokens[i + 1];
        var touches = following.Start == token.End;
        // 8:15, with or without what follows
        if (touches && clock.Minutes < 0 && text.Text[following.Start] == ':' && Minutes(text, i + 2) is { } colon && text.Tokens[i + 2].Start == following.End)
            return Marked(text, lexicon, i + 3, clock.Hours, colon) ?? (At(clock.Hours, colon), i + 3);
        // 20h, 20h30
        if (touches && following.Kind == TokenKind.Word && clock.Minutes < 0 && Glued(text[following], lexicon) is { } glued)
            return (At(clock.Hours, glued), i + 2);
        if (Marked(text, lexicon, i + 1, clock.Hours, Math.Max(0, clock.Minutes)) is { } marked)
            return marked;
        return clock.Minutes < 0 ? Spaced(text, lexicon, i, clock.Hours) : null;
    }

    // À 20 heures, le train de 8 h 12; "une grève de 24 heures" and "après 3 heures de débat" are spans of time.
    private static (TimeOnly Time, int Next)? Spaced(AnalyzedText text, NumberLexicon lexicon, int i, int hours)
    {
        if (i == 0 || lexicon.Phrases.Find(text.Text, text.Tokens, i + 1, out var length) is not { Unit: "h" })
            return null;
        var before = text[text.Tokens[i - 1]].TrimEnd("'’");
        if (lexicon.Clock.Find(before) is not { Role: ClockRole.Before })
            return null;
        var next = i + 1 + length;
        if (Minutes(text, next) is { } minutes)
            return (At(hours, minutes), next + 1);
        var after = next < text.Tokens.Length ? lexicon.Phrases.Find(text.Text, text.Tokens, next, out _) : null;
        var isOf = lexicon.Words.Find(text[text.Tokens[i - 1]]) is { Kind: NumberWordKind.Of };
        return after?.Is(NumberWordKind.Of) == true || isOf && after?.Is(NumberWordKind.To) != true ? null : (At(hours, 0), next);
    }

    // 8 a.m., 4.30am, 20:00 GMT
    private static (TimeOnly Time, int Next)? Marked(AnalyzedText text, NumberLexicon lexicon, int i, int hours, int minutes)
    {
        if (i >= text.Tokens.Length || text.Tokens[i].Kind != TokenKind.Word || text.Tokens[i].Start > text.Tokens[i - 1].End + 1)
            return null;
        return lexicon.Clock.Find(text[text.Tokens[i]]) is { Role: ClockRole.After } mark ? (At(hours % 12 + mark.Hours, minutes, hours), i + 1) : null;
    }

    private static int? Glued(ReadOnlySpan<char> word, NumberLexicon lexicon)
    {
        if (word.Length is 0 or > 3 || lexicon.Clock.Find(word[..1]) is not { Role: ClockRole.Hours })
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

/// <summary>What a word does beside a time of day.</summary>
internal enum ClockRole : byte
{
    /// <summary>Stands before a time of day: at, vers.</summary>
    Before,

    /// <summary>Stands behind one: pm, GMT; its hours are added.</summary>
    After,

    /// <summary>Is one: noon.</summary>
    Point,

    /// <summary>Ties hours and minutes: h.</summary>
    Hours,
}

/// <summary>A word of the list <c>clock</c>.</summary>
internal sealed record ClockWord(ClockRole Role, int Hours);

/// <summary>The words of times of day of one language (list <c>clock</c>).</summary>
internal sealed class ClockLexicon(Language language)
{
    private readonly WordTable<ClockWord> _words = new(language.Lines("clock").Select(line => line.Split('\t'))
        .Select(columns => KeyValuePair.Create(columns[0], new ClockWord(
            Enum.Parse<ClockRole>(columns[1], ignoreCase: true), columns.Length > 2 ? int.Parse(columns[2], CultureInfo.InvariantCulture) : 0))));

    /// <summary>The word, or null.</summary>
    public ClockWord? Find(ReadOnlySpan<char> word) => _words.TryGetValue(word, out var found) ? found : null;
}
