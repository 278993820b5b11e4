using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Languages;

namespace Recoupe.Numbers;

/// <summary>What can stand at one place of an amount: the kinds of number words as bits, and what is read beyond single words.</summary>
[Flags]
internal enum AmountPieces : long
{
    None = 0,

    /// <summary>A whole numeral: digits with their magnitude, or a cardinal in words.</summary>
    Number = 1L << 40,

    /// <summary>A numeral that begins with digits.</summary>
    Digits = 1L << 41,

    /// <summary>The part that an ordinal names: <i>twentieths</i>, <i>vingt-cinquième</i>.</summary>
    Nth = 1L << 42,

    /// <summary>Part and magnitude in one word: <i>demi-douzaine</i>.</summary>
    Compound = 1L << 43,

    /// <summary>Digits told in words after a decimal point.</summary>
    Decimals = 1L << 44,

    /// <summary>A unit of the list <c>units</c>.</summary>
    Unit = 1L << 45,

    /// <summary>A unit with a part of it behind: <i>mile and a half</i>.</summary>
    Halved = 1L << 50,

    /// <summary>A noun with what stands before it.</summary>
    Noun = 1L << 46,

    /// <summary>A noun in the plural.</summary>
    Plural = 1L << 47,

    /// <summary>The end of what could be counted: a mark or the end of the text.</summary>
    Stop = 1L << 48,

    /// <summary>A word that bounds stands right before the amount.</summary>
    Bound = 1L << 49,
}

/// <summary>What a pattern makes of its value.</summary>
[Flags]
internal enum AmountNature : byte
{
    Exact = 0,

    /// <summary>About so many.</summary>
    About = 1,

    /// <summary>So many and more.</summary>
    AtLeast = 2,

    /// <summary>A part of a whole: told in %, at most 100.</summary>
    Share = 4,

    /// <summary>What is counted stands behind "of".</summary>
    Of = 8,

    /// <summary>One part of a told number of them, which is small or follows one.</summary>
    Ratio = 16,
}

/// <summary>One place of a pattern.</summary>
internal readonly record struct AmountElement(AmountPieces Pieces, bool IsOptional, bool IsAhead, bool IsNot);

/// <summary>A line of the list <c>amounts</c>: what stands there, the value that it has, and what kind of amount it is.</summary>
internal sealed class AmountPattern
{
    /// <summary>Longest pattern, in places.</summary>
    public const int Most = 8;

    private readonly ImmutableArray<(char Operator, int Place, double Constant)> _steps;

    private AmountPattern(ImmutableArray<AmountElement> elements, ImmutableArray<(char, int, double)> steps, AmountNature nature)
    {
        Elements = elements;
        Opening = elements.TakeWhile((_, place) => place == 0 || elements[place - 1].IsOptional).Aggregate(AmountPieces.None, (all, element) => all | element.Pieces);
        _steps = steps;
        Nature = nature;
    }

    public ImmutableArray<AmountElement> Elements { get; }

    /// <summary>What it can begin with: its first place, and the next ones where that may be missing.</summary>
    public AmountPieces Opening { get; }

    public AmountNature Nature { get; }

    /// <summary>The patterns of a language, the more telling ones first.</summary>
    public static ImmutableArray<AmountPattern> Read(Language language) => [.. language.Lines("amounts").Select(Parse)];

    /// <summary>The value: letters are places, a is the first; read from left to right without precedence; &amp; adds a part of what stands before it.</summary>
    public double Value(ReadOnlySpan<double> places)
    {
        var value = 0.0;
        foreach (var (sign, place, constant) in _steps)
        {
            var operand = place < 0 ? constant : places[place];
            value = sign switch
            {
                '*' => value * operand,
                '/' => value / operand,
                '&' => WithPart(Math.Max(value, operand), Math.Min(value, operand)),
                _ => value + operand,
            };
        }

        return value;
    }

    // Half of a million behind millions, half of one behind three.
    private static double WithPart(double whole, double part) => whole + (whole >= 1000 ? part * Math.Pow(1000, Math.Floor(Math.Log(whole, 1000))) : part);

    private static AmountPattern Parse(string line)
    {
        var columns = line.Split('\t');
        if (columns.Length < 3)
            throw new FormatException($"\"{line}\" is no pattern of an amount");
        var nature = columns[2].Split(' ').Aggregate(AmountNature.Exact, (all, name) => all | Enum.Parse<AmountNature>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true));
        return new AmountPattern([.. columns[0].Split(' ').Select(Element)], [.. Steps(columns[1])], nature);
    }

    private static AmountElement Element(string told)
    {
        var isNot = told[0] == '!';
        var isAhead = isNot || told[0] == '>';
        var isOptional = told[^1] == '?';
        var names = told.TrimStart('!', '>').TrimEnd('?').Split('|');
        var pieces = names.Aggregate(AmountPieces.None, (all, name) => all | Piece(name.Replace("-", "", StringComparison.Ordinal)));
        return new AmountElement(pieces, isOptional, isAhead, isNot);
    }

    private static AmountPieces Piece(string name) =>
        Enum.TryParse<NumberWordKind>(name, ignoreCase: true, out var kind) ? Of(kind) : Enum.Parse<AmountPieces>(name, ignoreCase: true);

    /// <summary>The bit of a kind of number word.</summary>
    public static AmountPieces Of(NumberWordKind kind) => (AmountPieces)(1L << (int)kind);

    private static IEnumerable<(char Operator, int Place, double Constant)> Steps(string formula)
    {
        var sign = '+';
        foreach (var c in formula)
        {
            if (char.IsAsciiLetterLower(c))
                yield return (sign, c - 'a', 0);
            else if (char.IsAsciiDigit(c))
                yield return (sign, -1, double.Parse([c], CultureInfo.InvariantCulture));
            else
                sign = c;
        }
    }
}
