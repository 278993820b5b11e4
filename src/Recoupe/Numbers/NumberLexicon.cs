using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>Where a bounding phrase stands.</summary>
internal enum BoundPlace : byte
{
    Before, After, Between,
}

/// <summary>How a word counts to zero (list <c>nothings</c>).</summary>
internal enum NothingKind : byte
{
    /// <summary>Of people, and no noun follows: nobody.</summary>
    Nobody,

    /// <summary>None of what follows: no, aucun.</summary>
    Weak,

    /// <summary>None, told with emphasis: not a single.</summary>
    Emphatic,
}

/// <summary>A word or phrase that has to do with amounts.</summary>
internal sealed class AmountWord
{
    public NumberWord? Number { get; set; }

    public string? Unit { get; set; }

    public double Factor { get; set; } = 1;

    public NumberBounds? Before { get; set; }

    public NumberBounds? After { get; set; }

    public bool OpensRange { get; set; }

    public string? Per { get; set; }

    public NothingKind? Nothing { get; set; }

    public bool IsTime => Unit is "s" or "min" or "h" or "d" or "wk" or "mo" or "y";

    /// <summary>An ISO 4217 code.</summary>
    public bool IsCurrency => Unit is [>= 'A' and <= 'Z', >= 'A' and <= 'Z', >= 'A' and <= 'Z'] && Unit is not ("MWh" or "kWh");

    public bool Is(NumberWordKind kind) => Number?.Kind == kind;
}

/// <summary>The words of amounts of one language: numbers, units, bounds, rates, plurals.</summary>
internal sealed class NumberLexicon
{
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _plurals;
    private readonly int _longestEnding;

    private NumberLexicon(Language language)
    {
        var words = new Dictionary<string, AmountWord>(StringComparer.OrdinalIgnoreCase);
        AmountWord Word(string phrase) => words.TryGetValue(phrase, out var word) ? word : words[phrase] = new AmountWord();
        foreach (var (phrase, number) in NumberWords.Read(language))
            Word(phrase).Number = number;
        foreach (var columns in Table(language, "units"))
        {
            Word(columns[0]).Unit = columns[1];
            Word(columns[0]).Factor = columns.Length > 2 ? double.Parse(columns[2], CultureInfo.InvariantCulture) : 1;
        }

        foreach (var columns in Table(language, "bounds"))
        {
            var bound = Enum.Parse<NumberBounds>(columns[1].Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
            var place = Enum.Parse<BoundPlace>(columns[2], ignoreCase: true);
            if (place == BoundPlace.Before)
                Word(columns[0]).Before = bound;
            else if (place == BoundPlace.After)
                Word(columns[0]).After = bound;
            else if (place == BoundPlace.Between)
                Word(columns[0]).OpensRange = true;
        }

        foreach (var columns in Table(language, "rates"))
            Word(columns[0]).Per = columns[1];

        foreach (var columns in Table(language, "nothings"))
            Word(columns[0]).Nothing = Enum.Parse<NothingKind>(columns[1], ignoreCase: true);

        Phrases = new PhraseTable<AmountWord>(language, words);
        Amounts = AmountPattern.Read(language);
        HasArticles = words.Values.Any(word => word.Is(NumberWordKind.Article));
        Clock = new ClockLexicon(language);
        Happenings = new Happenings(language);
        Passives = language.Words("passives");
        Totals = language.Words("totals");
        Words = NumberWords.Of(language);
        Skipped = language.Words("number-skip");
        Stops = language.Words("number-stop");
        OneCounted = language.Words("one-counted");
        Labels = language.Words("number-labels");
        var marks = language.Lines("number-marks");
        (DecimalMark, ThousandsMark) = marks.Length == 2 ? (marks[0][0], marks[1][0]) : ('.', ',');
        var plurals = Table(language, "plurals").ToDictionary(columns => columns[0], columns => columns[1], StringComparer.OrdinalIgnoreCase);
        _longestEnding = plurals.Keys.Where(key => key[0] == '-').Select(key => key.Length - 1).DefaultIfEmpty(0).Max();
        _plurals = plurals.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public PhraseTable<AmountWord> Phrases { get; }

    public NumberWords Words { get; }

    /// <summary>Words between a number and its noun.</summary>
    public IWordSet Skipped { get; }

    /// <summary>Words that are never counted.</summary>
    public IWordSet Stops { get; }

    public IWordSet OneCounted { get; }

    /// <summary>What number words make together, the more telling patterns first.</summary>
    public ImmutableArray<AmountPattern> Amounts { get; }

    /// <summary>Whether articles are words of their own, so that "one" is always a number.</summary>
    public bool HasArticles { get; }

    public ClockLexicon Clock { get; }

    public Happenings Happenings { get; }

    /// <summary>Auxiliaries of the passive.</summary>
    public IWordSet Passives { get; }

    /// <summary>What comes in millions, so that "2m" beside it is no length.</summary>
    public IWordSet Totals { get; }

    /// <summary>What stands before a number that is a name: article 49, No 10.</summary>
    public IWordSet Labels { get; }

    public char DecimalMark { get; }

    public char ThousandsMark { get; }

    public static NumberLexicon Of(Language language) => language.Table("amounts", of => new NumberLexicon(of));

    /// <summary>The singular of a noun, in lower case; null where it is no plural that the list knows.</summary>
    public string? Singular(ReadOnlySpan<char> noun)
    {
        if (_plurals.TryGetValue(noun, out var singular))
            return singular;
        Span<char> key = stackalloc char[16];
        key[0] = '-';
        for (var length = Math.Min(Math.Min(_longestEnding, noun.Length - 2), 15); length > 0; length--)
        {
            noun[^length..].CopyTo(key[1..]);
            if (_plurals.TryGetValue(key[..(length + 1)], out var ending))
                return string.Concat(noun[..^length], ending == "-" ? "" : ending).ToLowerInvariant();
        }

        return null;
    }

    private static IEnumerable<string[]> Table(Language language, string list) => language.Lines(list).Select(line => line.Split('\t'));
}
