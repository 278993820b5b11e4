using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>What a number word does (list <c>numbers</c>).</summary>
public enum NumberWordKind : byte
{
    /// <summary>Under a hundred: added.</summary>
    Small,

    /// <summary>One, which may be an article.</summary>
    One,

    /// <summary>An article that stands for one before a magnitude, a group or a unit of time.</summary>
    Article,

    /// <summary>Multiplies what stands before it: hundred, million.</summary>
    Times,

    /// <summary>About so many: une centaine.</summary>
    Group,

    /// <summary>So many several times: des centaines, thousands.</summary>
    Groups,

    /// <summary>Exactly so many: dozen.</summary>
    Dozen,

    /// <summary>Twenty, but more often a result.</summary>
    Score,

    /// <summary>A part: half, tiers.</summary>
    Fraction,

    /// <summary>A part or an ordinal: third.</summary>
    OrdinalFraction,

    /// <summary>Joins: et, and.</summary>
    Join,

    /// <summary>No number that could be told: several.</summary>
    Vague,

    /// <summary>About two.</summary>
    Couple,

    /// <summary>Stands between a magnitude, a group or a part and what is counted: of.</summary>
    Of,

    /// <summary>Makes the number after it negative.</summary>
    Minus,

    /// <summary>Makes a share of two numbers: one out of three.</summary>
    Ratio,

    /// <summary>Stands between the ends of a range.</summary>
    To,

    /// <summary>Adds a part of what is counted: two and a half million, three and a quarter.</summary>
    AndHalf,

    /// <summary>Stands before decimals told in words: two point five.</summary>
    Point,

    /// <summary>Makes a share of one and a number: one in three.</summary>
    OneIn,

    /// <summary>A magnitude in letters right behind digits: bn.</summary>
    Suffix,

    /// <summary>As a suffix, behind an amount of money only: m.</summary>
    MoneySuffix,

    /// <summary>Before two numbers: a change rather than a range.</summary>
    From,

    /// <summary>The, before a part.</summary>
    The,

    /// <summary>Holds a number word and is no number: quart de finale.</summary>
    None,
}

/// <summary>A number word and its value.</summary>
public sealed record NumberWord(double Value, NumberWordKind Kind);

/// <summary>The number words of a language (lists <c>numbers</c> and <c>ordinals</c>), and how they make numbers.</summary>
public sealed class NumberWords
{
    // Longer ones are no numbers but attacks; the longest sensible one, "quatre-vingt-dix-neuf milliards …", has some twenty.
    private const int MostPieces = 30;

    private readonly WordTable<NumberWord> _words;
    private readonly WordTable<int> _ordinals;
    private readonly int _longest;

    private NumberWords(Language language)
    {
        _words = new WordTable<NumberWord>(Read(language));
        _ordinals = new WordTable<int>(Unaccented.With(language.Lines("ordinals").Select(line => line.Split('\t'))
            .Select(columns => KeyValuePair.Create(columns[0], int.Parse(columns[1], CultureInfo.InvariantCulture)))));
        _longest = Math.Max(_words.Longest, _ordinals.Longest);
    }

    /// <summary>Those of <paramref name="language"/>, read once.</summary>
    public static NumberWords Of(Language language) => language.Table("number words", of => new NumberWords(of));

    /// <summary>The entries of the list <c>numbers</c>.</summary>
    internal static IEnumerable<KeyValuePair<string, NumberWord>> Read(Language language) =>
        Unaccented.With(language.Lines("numbers").Select(line => line.Split('\t'))
            .Select(columns => KeyValuePair.Create(columns[0], new NumberWord(
                double.Parse(columns[1], CultureInfo.InvariantCulture),
                Enum.Parse<NumberWordKind>(columns[2].Replace("-", "", StringComparison.Ordinal), ignoreCase: true)))));

    /// <summary>The number word, or null.</summary>
    public NumberWord? Find(ReadOnlySpan<char> word) =>
        _words.TryGetValue(word, out var found) ? found : null;

    /// <summary>The ordinal word's number, or null.</summary>
    public int? FindOrdinal(ReadOnlySpan<char> word) =>
        _ordinals.TryGetValue(word, out var found) ? found : null;

    /// <summary>The number of an ordinal in one word, also of a compound one (<i>vingt-cinquième</i>); null where it is none.</summary>
    public double? Ordinal(ReadOnlySpan<char> word)
    {
        if (FindOrdinal(word) is { } simple)
            return simple;
        var hyphen = word.LastIndexOf('-');
        if (hyphen <= 0 || FindOrdinal(word[(hyphen + 1)..]) is not { } last || last >= 20)
            return null;
        return Find(word[..hyphen]) is { Kind: NumberWordKind.Small or NumberWordKind.Times, Value: >= 20 and var tens } ? tens + last : null;
    }

    /// <summary>Whether two words are a fraction rather than an ordinal and its noun: three quarters.</summary>
    public bool IsPart(ReadOnlySpan<char> first, ReadOnlySpan<char> second) =>
        Find(second) is { Kind: NumberWordKind.Fraction } && Find(first) is { Kind: NumberWordKind.Small };

    /// <summary>The cardinal told in words from token <paramref name="index"/> on, and how many tokens tell it; null where none does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="index">The first token.</param>
    /// <param name="count">How many tokens.</param>
    /// <param name="start">A number in digits that stands before and that a magnitude may multiply (2.5 million); then the words must begin with a magnitude.</param>
    public double? Cardinal(string text, ImmutableArray<Token> tokens, int index, out int count, double? start = null)
    {
        count = 0;
        double total = 0, current = start ?? 0;
        double lastSmall = start is null ? 0 : double.NaN, lastTimes = double.MaxValue;
        var any = start is not null;
        var pieces = 0;
        for (var i = index; i < tokens.Length && pieces < MostPieces; i++)
        {
            if (tokens[i].Kind != TokenKind.Word || i > index && !Near(text, tokens[i - 1], tokens[i]))
                break;
            var before = (total, current, lastSmall, lastTimes, any);
            var joined = false;
            if (count == i - index && lastSmall is 4 or 10 && Compound(text, tokens[i - 1].Span, tokens[i].Span) is { } compound)
            {
                // "Dix sept", "quatre vingt": what a hyphen would join.
                current += compound - lastSmall;
                lastSmall = compound;
                count++;
                continue;
            }

            if (!Take(text, tokens[i].Span, ref total, ref current, ref lastSmall, ref lastTimes, ref any, ref joined, ref pieces))
            {
                (total, current, lastSmall, lastTimes, any) = before;
                break;
            }

            if (!joined)
                count = i + 1 - index;
        }

        return count == 0 ? null : total + current;
    }

    private double? Compound(string text, TextSpan first, TextSpan second)
    {
        var before = first.In(text);
        var after = second.In(text);
        var hyphen = before.LastIndexOfAny('-', '‐', '\u2011');
        if (hyphen >= 0)
            before = before[(hyphen + 1)..];
        if (before.Length + after.Length + 1 > _longest)
            return null;
        Span<char> joined = stackalloc char[before.Length + after.Length + 1];
        before.CopyTo(joined);
        joined[before.Length] = '-';
        after.CopyTo(joined[(before.Length + 1)..]);
        return Find(joined) is { Kind: NumberWordKind.Small } word ? word.Value : null;
    }

    private bool Take(
        string text, TextSpan token, ref double total, ref double current, ref double lastSmall, ref double lastTimes,
        ref bool any, ref bool joined, ref int pieces)
    {
        for (var at = token.Start; at < token.End;)
        {
            var rest = text.AsSpan(at, token.End - at);
            var hyphen = rest.IndexOfAny('-', '‐', '\u2011');
            var piece = hyphen < 0 ? rest : rest[..hyphen];
            // Two pieces that make one word: quatre-vingt.
            if (hyphen >= 0)
            {
                var second = rest[(hyphen + 1)..].IndexOfAny('-', '‐', '\u2011');
                var both = second < 0 ? rest : rest[..(hyphen + 1 + second)];
                if (Find(both) is not null)
                    piece = both;
            }

            if (++pieces > MostPieces || Find(piece) is not { } word)
                return false;
            at += piece.Length + 1;
            switch (word.Kind)
            {
                case NumberWordKind.Join:
                    if (!any || joined || double.IsNaN(lastSmall))
                        return false;
                    joined = true;
                    continue;
                case NumberWordKind.Small or NumberWordKind.One:
                    // Twenty-one, soixante et onze, cent deux; never two five.
                    var fits = !any || lastSmall == 0 || lastSmall >= 20 && word.Value < 20 && (word.Value < 10 || lastSmall is 60 or 80);
                    if (!fits || double.IsNaN(lastSmall))
                        return false;
                    current += word.Value;
                    lastSmall = word.Value == 0 ? double.NaN : word.Value;
                    break;
                case NumberWordKind.Times when !joined:
                    if (word.Value < 1000)
                    {
                        if (any && lastSmall == 0 && current >= 100)
                            return false;
                        current = (current == 0 ? 1 : current) * word.Value;
                    }
                    else if (word.Value < lastTimes)
                    {
                        total += (current == 0 ? 1 : current) * word.Value;
                        current = 0;
                        lastTimes = word.Value;
                    }
                    else
                    {
                        total = (total + current) * word.Value;
                        current = 0;
                        lastTimes = word.Value;
                    }

                    lastSmall = 0;
                    break;
                default:
                    return false;
            }

            any = true;
            joined = false;
        }

        return true;
    }

    private static bool Near(string text, Token before, Token token) =>
        token.Start - before.End <= 3 && !text.AsSpan(before.End, token.Start - before.End).ContainsAny('\n', '\r');
}

/// <summary>Words as they stand in capitals and in careless writing, where accents fall away: <i>cinquieme</i>.</summary>
internal static class Unaccented
{
    // Shorter ones are other words without their accents: à, où, dès.
    private const int Shortest = 5;

    /// <summary>The entries, and those with accents once more without them where no other entry stands so.</summary>
    public static IEnumerable<KeyValuePair<string, T>> With<T>(IEnumerable<KeyValuePair<string, T>> entries)
    {
        var all = new Dictionary<string, T>(entries, StringComparer.OrdinalIgnoreCase);
        foreach (var (word, value) in all.ToList())
        {
            if (word.Length >= Shortest)
                all.TryAdd(Folding.Fold(word), value);
        }

        return all;
    }
}
