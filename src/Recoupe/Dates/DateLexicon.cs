using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>What a word can do in a calendar expression (lists <c>calendar</c>, <c>months</c>, <c>weekdays</c>, <c>holidays</c>).</summary>
[Flags]
internal enum Roles : long
{
    None = 0,
    Month = 1,
    Weekday = 1 << 1,
    Day = 1 << 2,
    Anchor = 1 << 3,
    Unit = 1 << 4,
    Units = 1 << 5,
    Season = 1 << 6,
    Quarter = 1 << 7,
    Half = 1 << 8,
    Shift = 1 << 9,
    NextWeek = 1 << 10,
    Context = 1 << 11,
    Article = 1 << 12,
    Of = 1 << 13,
    And = 1 << 14,
    To = 1 << 15,
    BetweenTo = 1 << 16,
    Between = 1 << 17,
    From = 1 << 18,
    On = 1 << 19,
    BeforeYear = 1 << 20,
    Ago = 1 << 21,
    Later = 1 << 22,
    In = 1 << 23,
    After = 1 << 24,
    Exactly = 1 << 25,
    Part = 1 << 26,
    Edge = 1 << 27,
    Every = 1 << 28,
    Ordinal = 1 << 29,
    Decade = 1 << 30,
    Holiday = 1L << 31,

    /// <summary>Stands before what it shifts only: this, ce.</summary>
    Opens = 1L << 32,

    /// <summary>Shifts by a span that ends today, not by a unit of the calendar: the past year.</summary>
    Span = 1L << 33,

    /// <summary>Holds a word of the calendar and is no date: d'hier et d'aujourd'hui.</summary>
    Idiom = 1L << 34,

    /// <summary>Stands between "il y a" and a quantity and leaves its value: environ.</summary>
    About = 1L << 35,

    /// <summary>A number word.</summary>
    Cardinal = 1L << 36,

    /// <summary>An ordinal word.</summary>
    Nth = 1L << 37,

    /// <summary>Makes what it stands before something still to come: for, pour.</summary>
    Ahead = 1L << 38,

    /// <summary>Stands before a year told by its last two digits: en 89.</summary>
    ShortYear = 1L << 39,

    /// <summary>What an expression can begin with.</summary>
    Opening = Month | Weekday | Day | Anchor | Unit | Season | Quarter | Half | Shift | Context | Article | On | Between | From | In | Edge | Every
        | Decade | Holiday | Idiom | Cardinal | Nth,
}

/// <summary>How sure a month or weekday name is one when it stands alone.</summary>
internal enum Sureness : byte
{
    Sure, Capital, Weak,
}

/// <summary>A word or phrase with all its roles and their values.</summary>
internal sealed class DateWord
{
    public Roles Roles { get; set; }

    public int Month { get; set; }

    public Sureness MonthSure { get; set; }

    /// <summary>Whether the month has a longer name, so that a full stop belongs to this one.</summary>
    public bool IsShortMonth { get; set; }

    public int Weekday { get; set; }

    public Sureness WeekdaySure { get; set; }

    public int Day { get; set; }

    public int AnchorBy { get; set; }

    public Grain AnchorGrain { get; set; }

    /// <summary>The unit, with how many of it one is (two weeks for a fortnight).</summary>
    public Grain Unit { get; set; }

    public int UnitTimes { get; set; } = 1;

    public int Season { get; set; }

    public int Part { get; set; }

    public int Shift { get; set; }

    public int Context { get; set; }

    public int Direction { get; set; }

    public int In { get; set; }

    public int After { get; set; }

    public Holiday? Holiday { get; set; }

    /// <summary>A number word made of several: forty-eight.</summary>
    public static DateWord Compound { get; } = new() { Roles = Roles.Cardinal };

    public bool Is(Roles roles) => (Roles & roles) != Roles.None;
}

/// <summary>The words of calendar expressions of one language.</summary>
internal sealed class DateLexicon
{
    private DateLexicon(Language language)
    {
        var words = new Dictionary<string, DateWord>(StringComparer.OrdinalIgnoreCase);
        DateWord Word(string phrase) => words.TryGetValue(phrase, out var word) ? word : words[phrase] = new DateWord();

        foreach (var columns in language.Lines("months").Select(line => line.Split('\t')))
        {
            var word = Word(columns[0]);
            word.Roles |= Roles.Month;
            word.Month = Number(columns[1]);
            word.MonthSure = Sure(columns);
        }

        foreach (var word in words.Values)
            word.IsShortMonth = words.Any(other => other.Value.Month == word.Month && other.Key.Length > LengthOf(word));

        int LengthOf(DateWord word) => words.First(entry => entry.Value == word).Key.Length;

        foreach (var columns in language.Lines("weekdays").Select(line => line.Split('\t')))
        {
            var word = Word(columns[0]);
            word.Roles |= Roles.Weekday;
            word.Weekday = Number(columns[1]);
            word.WeekdaySure = Sure(columns);
        }

        foreach (var (phrase, rule) in Unaccented.With(language.Lines("holidays").Select(line => line.Split('\t')).Select(columns => KeyValuePair.Create(columns[0], columns[1]))))
        {
            var word = Word(phrase);
            word.Roles |= Roles.Holiday;
            word.Holiday = Holiday.Parse(rule);
        }

        foreach (var columns in language.Lines("calendar").Select(line => line.Split('\t')))
            Add(Word(columns[0]), columns[1], columns[2]);

        foreach (var phrase in NumberWords.Read(language).Where(entry => entry.Value.Kind is not (NumberWordKind.Of or NumberWordKind.To or NumberWordKind.Join or NumberWordKind.From or NumberWordKind.The or NumberWordKind.None or NumberWordKind.Ratio or NumberWordKind.AndHalf))
            .Select(entry => entry.Key).Where(phrase => !phrase.Contains(' ')))
            Word(phrase).Roles |= Roles.Cardinal;
        foreach (var line in language.Lines("ordinals"))
            Word(line.Split('\t')[0]).Roles |= Roles.Nth;

        Phrases = new PhraseTable<DateWord>(language, words);
        Numbers = NumberWords.Of(language);
        Tense = new TenseSigns(language);
        MonthFirst = language.Lines("date-order").Contains("month-first");
        YearBeforeNoun = language.Lines("date-order").Contains("year-before-noun");
        ArticleMakesHabit = language.Lines("date-order").Contains("article-makes-habit");
        Holidays = [.. words.Values.Where(word => word.Holiday is { Day: > 0 }).Select(word => word.Holiday!).Distinct()];
        Scheduling = language.Words("scheduling");
        NamedByDay = language.Words("named-by-day");
        YearsByPairs = language.Lines("date-order").Contains("years-by-pairs");
        Counted = language.Words("counted");
        NotCounted = language.Words("not-counted");
        DecadeEndings = language.Words("decade-endings");
    }

    public PhraseTable<DateWord> Phrases { get; }

    public NumberWords Numbers { get; }

    public TenseSigns Tense { get; }

    /// <summary>Whether 3/4 is the fourth of March.</summary>
    public bool MonthFirst { get; }

    /// <summary>Whether a year stands before what it tells of: the 2007 campaign.</summary>
    public bool YearBeforeNoun { get; }

    /// <summary>Whether a weekday with an article and nothing more is a habit: le lundi.</summary>
    public bool ArticleMakesHabit { get; }

    /// <summary>The holidays that fall on one day of the year.</summary>
    public ImmutableArray<Holiday> Holidays { get; }

    /// <summary>Lemmas of verbs that set or move a time: what stands behind "to" after them is still to come.</summary>
    public IWordSet Scheduling { get; }

    /// <summary>Nouns of events that are called by their day: the Sept. 11 attacks.</summary>
    public IWordSet NamedByDay { get; }

    /// <summary>Whether years are told by pairs: nineteen ninety-six.</summary>
    public bool YearsByPairs { get; }

    /// <summary>Nouns that a number of four digits counts.</summary>
    public IWordSet Counted { get; }

    /// <summary>Words that look like plurals and follow a year.</summary>
    public IWordSet NotCounted { get; }

    /// <summary>What makes a decade of a year: 1990s.</summary>
    public IWordSet DecadeEndings { get; }

    public static DateLexicon Of(Language language) => language.Table("dates", of => new DateLexicon(of));

    private static void Add(DateWord word, string role, string value)
    {
        var roles = Enum.Parse<Roles>(role.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        word.Roles |= roles;
        switch (roles)
        {
            case Roles.Day:
                word.Day = Number(value);
                break;
            case Roles.Anchor:
                var parts = value.Split(' ');
                word.AnchorBy = Number(parts[0]);
                word.AnchorGrain = Enum.Parse<Grain>(parts[1], ignoreCase: true);
                break;
            case Roles.Unit or Roles.Units:
                word.UnitTimes = value == "fortnight" ? 2 : 1;
                word.Unit = value switch { "fortnight" => Grain.Week, "fiscal" => Grain.Year, _ => Enum.Parse<Grain>(value, ignoreCase: true) };
                break;
            case Roles.Season:
                word.Season = Number(value);
                break;
            case Roles.Quarter or Roles.Half:
                word.Part = Number(value);
                break;
            case Roles.Shift:
                word.Shift = Number(value);
                break;
            case Roles.Context:
                word.Context = Number(value);
                break;
            case Roles.Ago or Roles.Later:
                word.Direction = Number(value);
                break;
            case Roles.In:
                word.In = Number(value);
                break;
            case Roles.After:
                word.After = Number(value);
                break;
        }
    }

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static Sureness Sure(string[] columns) =>
        columns.Length < 3 ? Sureness.Sure : Enum.Parse<Sureness>(columns[2], ignoreCase: true);
}
