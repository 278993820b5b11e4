using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Dates;
using Recoupe.Languages;

namespace Recoupe.Dossiers;

/// <summary>The words that a dossier and the desk show of their own, in one language: <c>Languages/&lt;code&gt;/interface.txt</c> and <c>desk.txt</c>.</summary>
public sealed class InterfaceTexts
{
    private const string List = "interface";
    private const string DeskList = "desk";
    private const string Reason = "why.";

    private readonly FrozenDictionary<string, string> _texts;
    private readonly FrozenSet<string> _singular;

    // Reasons with values in them, those with the most words of their own first.
    private readonly ImmutableArray<(FilledText Pattern, string Key)> _reasons;

    private InterfaceTexts(Language language)
    {
        Code = language.Code;
        _texts = language.Lines(List).Concat(language.Lines(DeskList)).Select(line => line.Split('\t', 2)).ToFrozenDictionary(columns => columns[0], columns => Unbar(columns[1]));
        _singular = this["plural.one"].Split('|').ToFrozenSet();
        _reasons = [.. _texts.Keys.Where(key => key.StartsWith(Reason, StringComparison.Ordinal) && key.Contains('{', StringComparison.Ordinal))
            .Select(key => (Pattern: new FilledText(key[Reason.Length..]), key)).OrderByDescending(reason => reason.Pattern.Length).ThenBy(reason => reason.key, StringComparer.Ordinal)];
    }

    /// <summary>The codes of the languages that have an interface, by ordinal.</summary>
    public static ImmutableArray<string> Codes { get; } = [.. Language.All.Where(language => language.Has(List)).Select(language => language.Code)];

    /// <summary>ISO 639-1 code of the language.</summary>
    public string Code { get; }

    /// <summary>Every key.</summary>
    public IEnumerable<string> Keys => _texts.Keys.Order(StringComparer.Ordinal);

    /// <summary>The text of <paramref name="key"/>.</summary>
    /// <exception cref="KeyNotFoundException">The list has no such entry.</exception>
    public string this[string key] => _texts.TryGetValue(key, out var text)
        ? text
        : throw new KeyNotFoundException($"Languages/{Code}/{List}.txt and {DeskList}.txt have no entry {key}");

    /// <summary>The interface in the language of <paramref name="code"/>.</summary>
    /// <exception cref="ArgumentException">There is none in that language.</exception>
    public static InterfaceTexts Of(string code) => Language.Find(code) is { } language && language.Has(List)
        ? language.Table(List, static found => new InterfaceTexts(found))
        : throw new ArgumentException($"there is no interface in \"{code}\"; there is one in {string.Join(", ", Codes)}", nameof(code));

    /// <summary>The text of <paramref name="key"/> with its places filled in.</summary>
    public string Fill(string key, params ReadOnlySpan<string> values)
    {
        var text = this[key];
        // Filled in one pass, so that a brace in a value stays a brace.
        var filled = new System.Text.StringBuilder(text.Length + 32);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{' && i + 2 < text.Length && text[i + 2] == '}' && text[i + 1] - '0' is var place && place >= 0 && place < values.Length)
            {
                filled.Append(values[place]);
                i += 2;
            }
            else
            {
                filled.Append(text[i]);
            }
        }

        return filled.ToString();
    }

    /// <summary>What stands before and after the first place of <paramref name="key"/>, for links to be put there.</summary>
    public (string Before, string After) Around(string key)
    {
        var parts = this[key].Split("{0}", 2);
        return (parts[0], parts[^1]);
    }

    /// <summary>A number with its noun: the <c>.one</c> or the <c>.many</c> entry of <paramref name="key"/>.</summary>
    public string Count(string key, int count)
    {
        var digits = count.ToString(CultureInfo.InvariantCulture);
        return Fill(key + (_singular.Contains(digits) ? ".one" : ".many"), digits);
    }

    /// <summary>A range of origins: "1 origin", "1 to 3 origins".</summary>
    public string Origins(int fewest, int most)
    {
        if (fewest == most)
            return Count("origin", most);
        var range = Fill("range", fewest.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));
        return Fill("origin.many", range);
    }

    /// <summary>A share between 0 and 1 as a whole percentage.</summary>
    public string Percent(double share) => Fill("percent", Math.Round(share * 100, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture));

    /// <summary>How two articles share text: "copy, 92% of the shorter text, agency: AFP".</summary>
    public string Reuse(Reuses.Reuse reuse)
    {
        var shared = $"{Name("reuse", reuse.Kind)}, {Fill("reuse.share", Percent(reuse.Share))}";
        return reuse.Agency is { } agency ? $"{shared}, {this["reuse.agency"]}{this["colon"]}{agency}" : shared;
    }

    /// <summary>The name of an enum's value, under <paramref name="kind"/>.</summary>
    public string Name<T>(string kind, T value)
        where T : struct, Enum => this[$"{kind}.{ArticleJson.Name(value)}"];

    /// <summary>A reason that the engine gives in English, in this language where the list has it: <c>why.&lt;the English words&gt;</c>, with places where values stand.</summary>
    public string Why(string why)
    {
        if (_texts.GetValueOrDefault(Reason + why) is { } known)
            return known;
        foreach (var (pattern, key) in _reasons)
        {
            if (pattern.Read(why) is { } values)
                return Fill(key, [.. values.Select(value => ShownText.Line(value))]);
        }

        return ShownText.Line(why);
    }

    /// <summary><paramref name="items"/> in a row: "a, b and c".</summary>
    public string Join(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(this["list.comma"], items.Take(items.Count - 1)) + this["list.and"] + items[^1],
    };

    /// <summary><paramref name="text"/> between quotation marks, unless it opens with one of its own.</summary>
    public string Quoted(string text) =>
        text.Length > 0 && text[0] is '"' or '“' or '«' or '„' or '‘' ? text : this["quote.open"] + text + this["quote.close"];

    /// <summary>A day in words.</summary>
    public string Day(DateOnly day) => Fill("date.day", DayOfMonth(day), Month(day.Month), Year(day.Year));

    /// <summary>A time of day.</summary>
    public string Time(TimeOnly time) => Fill(
        "time", time.Hour.ToString("00", CultureInfo.InvariantCulture), time.Minute.ToString("00", CultureInfo.InvariantCulture),
        time.Hour.ToString(CultureInfo.InvariantCulture));

    /// <summary>A day, and the time where it is known.</summary>
    public string Moment(Moment moment) =>
        moment.Time is { } time ? Fill("date.time", Day(moment.Day), Time(time)) : Day(moment.Day);

    /// <summary>Two days as one stretch; one day where they are the same.</summary>
    public string Days(DateOnly first, DateOnly last) => first == last ? Day(first)
        : (first.Year, first.Month) == (last.Year, last.Month) ? Fill("date.days.month", DayOfMonth(first), DayOfMonth(last), Month(last.Month), Year(last.Year))
        : Fill("date.days", Day(first), Day(last));

    /// <summary>An ISO 8601 value of a date mention in words; the value itself where it has another form.</summary>
    public string Date(string value)
    {
        if (value.IndexOf('/', StringComparison.Ordinal) is var slash && slash > 0)
            return Fill("date.range", Date(value[..slash]), Date(value[(slash + 1)..]));
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Day(day);
        var parts = value.Split('-');
        if (parts[0].Length != 4)
            return value;
        return parts switch
        {
            [var year] when year.EndsWith('X') => Fill("date.decade", year[..3] + "0"),
            [var year] => Number(year),
            [_, ['W', ..], ..] when TimelineMaker.Bounds(value) is var (first, last) && last < DateOnly.MaxValue => Days(first, last),
            [var year, ['Q', var quarter]] when quarter is >= '1' and <= '4' => Fill("date.quarter." + quarter, Number(year)),
            [var year, ['H', var half]] when half is '1' or '2' => Fill("date.half." + half, Number(year)),
            [var year, var season] when _texts.ContainsKey("date.season." + season) => Fill("date.season." + season, Number(year)),
            [var year, var month] when int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 12 =>
                Fill("date.month", Month(number), Number(year)),
            _ => value,
        };
    }

    /// <summary>How long after: "+20 min", "+1 h 5 min", "+2 days".</summary>
    public string After(TimeSpan delay, bool toTheDay)
    {
        var days = (int)delay.TotalDays;
        var (hours, minutes) = (delay.Hours, delay.Minutes);
        if (toTheDay || days >= 3 || (days > 0 && hours == 0))
            return days == 0 ? this["after.day"] : Count("after.days", days);
        if (days > 0)
        {
            var digits = days.ToString(CultureInfo.InvariantCulture);
            return Fill(_singular.Contains(digits) ? "after.days.exact.one" : "after.days.exact.many", digits, hours.ToString(CultureInfo.InvariantCulture));
        }

        return (hours, minutes) switch
        {
            (0, 0) => this["after.none"],
            (0, _) => Fill("after.minutes", minutes.ToString(CultureInfo.InvariantCulture)),
            (_, 0) => Fill("after.hours", hours.ToString(CultureInfo.InvariantCulture)),
            _ => Fill("after.hours.minutes", hours.ToString(CultureInfo.InvariantCulture), minutes.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static string Number(string digits) => digits.TrimStart('0') is { Length: > 0 } number ? number : "0";

    private static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

    private static string Unbar(string text) => text.Length > 2 && text[0] == '|' && text[^1] == '|' ? text[1..^1] : text;

    private string DayOfMonth(DateOnly day) => day.Day == 1 ? this["date.first"] : day.Day.ToString(CultureInfo.InvariantCulture);

    private string Month(int month) => this["month." + month.ToString(CultureInfo.InvariantCulture)];
}
