using System.Globalization;

using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>The values of numerals, and of what the list <c>amounts</c> makes of them.</summary>
internal sealed partial class NumberReader
{
    // The last numeral that was read: several patterns ask for it.
    private (int At, Numeral? Read) _numeral = (-1, null);

    /// <summary>A number in digits or words. Bounds: "des millions" are more than one.</summary>
    private readonly record struct Numeral(double Value, int Next, bool IsPlain, NumberBounds Bounds = NumberBounds.Exact);

    /// <summary>What a pattern made of the words from a place on.</summary>
    private readonly record struct Reading(double Value, int Next, NumberBounds Bounds, bool IsShare, bool IsOne, bool TakesOf, bool IsWords, AmountWord? Unit = null);

    private Reading? Value(int i)
    {
        _numeral = (-1, null);
        // What a pattern can begin with tells most of them off.
        var opening = AmountPieces.Bound | (Tokens[i].Kind == TokenKind.Number ? AmountPieces.Number | AmountPieces.Digits
            : AmountPieces.Number | AmountPieces.Compound | (At(i, out _)?.Number is { } number ? AmountPattern.Of(number.Kind) : AmountPieces.None));
        foreach (var pattern in lexicon.Amounts)
        {
            if ((pattern.Opening & opening) != AmountPieces.None && Match(pattern, i) is { } read)
                return read;
        }

        return Joined(i);
    }

    private Reading? Match(AmountPattern pattern, int i)
    {
        Span<double> places = stackalloc double[AmountPattern.Most];
        var next = i;
        for (var e = 0; e < pattern.Elements.Length; e++)
        {
            var element = pattern.Elements[e];
            var piece = Take(element.Pieces, next, isFirst: next == i);
            if (element.IsNot ? piece is not null : piece is null && !element.IsOptional)
                return null;
            if (element.IsNot || piece is not { } taken)
                continue;
            places[e] = taken.Value;
            if (!element.IsAhead)
                next = taken.Next;
        }

        return next == i ? null : Read(pattern, places, i, next);
    }

    private Reading? Read(AmountPattern pattern, ReadOnlySpan<double> places, int i, int next)
    {
        var value = pattern.Value(places);
        var isShare = pattern.Nature.HasFlag(AmountNature.Share);
        if (isShare && value is <= 0 or > 1 || pattern.Nature.HasFlag(AmountNature.Ratio) && !IsRatio(places[0], places[0] / value))
            return null;
        var isNumeral = _numeral.At == i && _numeral.Read is { } numeral && numeral.Next == next;
        var isPlain = isNumeral && _numeral.Read!.Value.IsPlain;
        var bounds = pattern.Nature.HasFlag(AmountNature.AtLeast) ? NumberBounds.AtLeast
            : pattern.Nature.HasFlag(AmountNature.About) ? NumberBounds.About
            : isNumeral ? _numeral.Read!.Value.Bounds : NumberBounds.Exact;
        var isOne = isNumeral && next == i + 1 && At(i, out _)?.Is(NumberWordKind.One) == true;
        return new Reading(isShare ? Math.Round(value * 100, 10) : value, next, bounds, isShare, isOne,
            pattern.Nature.HasFlag(AmountNature.Of) || value >= 1e6, IsWords: !isPlain);
    }

    // One in so many, or a few out of a round number: "24 sur 37" is a score.
    private static bool IsRatio(double part, double whole) =>
        part is >= 1 and <= 99 && whole > part && (whole is <= 10 or 20 or 100 || part is 1 && (whole <= 1000 || whole % 1000 == 0));

    private (double Value, int Next)? Take(AmountPieces pieces, int i, bool isFirst)
    {
        if ((pieces & (AmountPieces.Number | AmountPieces.Digits)) != AmountPieces.None && (isFirst || i < Tokens.Length && IsClose(i)) && NumeralAt(i) is { } numeral
            && (pieces.HasFlag(AmountPieces.Number) || Tokens[i].Kind == TokenKind.Number))
            return (numeral.Value, numeral.Next);
        var word = isFirst ? At(i, out var length) : Following(i, out length);
        if (word?.Number is { } number && (AmountPattern.Of(number.Kind) & pieces) != AmountPieces.None)
            return (number.Value, i + length);
        // "Half an hour": the phrase "an hour" has another reading, but its first word is an article all the same.
        if (length > 1 && word?.Number is null && lexicon.Words.Find(text[Tokens[i]]) is { } first && (AmountPattern.Of(first.Kind) & pieces) != AmountPieces.None)
            return (first.Value, i + 1);
        return pieces switch
        {
            AmountPieces.Unit => word is { Unit: not null, Number: null } && word.Unit != "%" ? (0, i) : null,
            AmountPieces.Halved => word is { Unit: not null, Number: null } && Following(i + length, out _)?.Is(NumberWordKind.AndHalf) == true ? (0, i) : null,
            AmountPieces.Stop => IsStop(i) ? (0, i) : null,
            AmountPieces.Plural => CountedAfter(i) ? (0, i) : null,
            AmountPieces.Bound => _bound?.Next == i ? (0, i) : null,
            AmountPieces.Decimals => Decimals(i),
            AmountPieces.Compound => Compound(i),
            AmountPieces.Noun => NounAt(i) is { } after ? (0, after) : null,
            _ when pieces.HasFlag(AmountPieces.Nth) => Nth(i) is { } part ? (part, i + 1) : null,
            _ => null,
        };
    }

    private bool IsStop(int i) => i >= Tokens.Length || !IsSameLine(i) || MarkAt(i) is '.' or ';' or '!' or '?' or ')';

    private int? NounAt(int i)
    {
        var next = i;
        return Noun(i, ref next, isMany: true) is not null ? next : null;
    }

    private bool CountedAfter(int i) =>
        i < Tokens.Length && IsClose(i) && Tokens[i].Kind == TokenKind.Word && !lexicon.Stops.Contains(text[Tokens[i]]) && lexicon.Singular(text[Tokens[i]]) is not null;

    // Twentieths, vingt-cinquième: in the singular only behind one.
    private double? Nth(int i)
    {
        if (i >= Tokens.Length || Tokens[i].Kind != TokenKind.Word || text[Tokens[i]].Length > 40)
            return null;
        var word = text[Tokens[i]];
        var isPlural = word[^1] is 's' or 'S';
        if (!isPlural && (i == 0 || lexicon.Words.Find(text[Tokens[i - 1]]) is not { Kind: NumberWordKind.One or NumberWordKind.Article }))
            return null;
        return lexicon.Words.Ordinal(isPlural ? word[..^1] : word) is { } number and >= 3 ? 1.0 / number : null;
    }

    // Demi-douzaine, half-million, five-and-a-half
    private (double Value, int Next)? Compound(int i)
    {
        var word = i < Tokens.Length && Tokens[i].Kind == TokenKind.Word ? text[Tokens[i]] : default;
        var hyphen = word.Length is > 3 and < 40 ? word.IndexOf('-') : -1;
        if (hyphen > 0 && lexicon.Words.Find(word[..hyphen]) is { Kind: NumberWordKind.Small or NumberWordKind.One } number
            && lexicon.Words.Find(word[(hyphen + 1)..].ToString().Replace('-', ' ')) is { Kind: NumberWordKind.AndHalf } half)
            return (number.Value + half.Value, i + 1);
        return hyphen > 0 && lexicon.Words.Find(word[..hyphen]) is { Kind: NumberWordKind.Fraction } part
            && lexicon.Words.Find(word[(hyphen + 1)..]) is { Kind: NumberWordKind.Group or NumberWordKind.Dozen or NumberWordKind.Times } whole
            ? (part.Value * whole.Value, i + 1) : null;
    }

    // Six-mile, three-year, demi-heure, two-and-a-half-hour
    private Reading? Joined(int i)
    {
        if (i >= Tokens.Length || Tokens[i].Kind != TokenKind.Word)
            return null;
        var word = text[Tokens[i]];
        var hyphen = word.Length < 40 ? word.IndexOf('-') : -1;
        if (hyphen <= 0 || hyphen + 1 == word.Length || lexicon.Words.Find(word[..hyphen]) is not { Kind: NumberWordKind.Small or NumberWordKind.One or NumberWordKind.Fraction } number)
            return null;
        var last = word.LastIndexOf('-');
        if (last > hyphen && lexicon.Words.Find(word[(hyphen + 1)..last].ToString().Replace('-', ' ')) is { Kind: NumberWordKind.AndHalf } half && UnitIn(i, last + 1, word.Length) is { } halved)
            return new Reading(number.Value + half.Value, i + 1, NumberBounds.Exact, false, false, false, IsWords: true, halved);
        var rest = word[(hyphen + 1)..].IndexOf('-');
        return UnitIn(i, hyphen + 1, rest < 0 ? word.Length : hyphen + 1 + rest) is { } unit
            ? new Reading(number.Value, i + 1, NumberBounds.Exact, false, false, false, IsWords: true, unit)
            : null;
    }

    // The unit that a piece of a word names.
    private AmountWord? UnitIn(int i, int from, int to) =>
        to > from && lexicon.Phrases.Find(text.Text, [new Token(new TextSpan(Tokens[i].Start + from, Tokens[i].Start + to), TokenKind.Word)], 0, out _) is { Unit: not null } unit ? unit : null;

    // What follows "point": zero five, seventy one, twenty-five
    private (double Value, int Next)? Decimals(int i)
    {
        var (k, divisor, value, told) = (i, 1.0, 0.0, 0);
        while (k < Tokens.Length && told < 6 && IsClose(k) && lexicon.Words.Find(text[Tokens[k]]) is { Kind: NumberWordKind.Small or NumberWordKind.One } digit)
        {
            if (digit.Value >= 10 && told > 0 && !(told == 1 && lexicon.Words.Find(text[Tokens[k - 1]])!.Value is 0))
                break;
            divisor *= digit.Value >= 10 ? 100 : 10;
            value += digit.Value / divisor;
            (k, told) = (k + 1, told + 1);
            if (digit.Value < 10)
                continue;
            // "Point seventy one": the unit belongs to the ten.
            if (digit.Value >= 20 && k < Tokens.Length && IsClose(k) && lexicon.Words.Find(text[Tokens[k]]) is { Kind: NumberWordKind.Small or NumberWordKind.One, Value: > 0 and < 10 } unit)
                (value, k) = (value + unit.Value / divisor, k + 1);
            break;
        }

        if (told == 0 && k < Tokens.Length && IsClose(k) && lexicon.Words.Cardinal(text.Text, Tokens, k, out var count) is { } compound and < 100 && count == 1)
            return (compound / 100, k + 1);
        return told == 0 ? null : (Math.Round(value, 8), k);
    }

    // ---------------------------------------------------------------- numerals

    private Numeral? NumeralAt(int i)
    {
        if (i >= Tokens.Length)
            return null;
        if (_numeral.At == i)
            return _numeral.Read;
        var read = Tokens[i].Kind switch
        {
            TokenKind.Number => Digits(i, mayGoOn: true),
            TokenKind.Word => Cardinal(i),
            _ => Vulgar(i) is { } vulgar ? new Numeral(vulgar, i + 1, IsPlain: true) : null,
        };
        // The first numeral of an amount is asked for again and again, those after it once.
        if (_numeral.At < 0)
            _numeral = (i, read);
        return read;
    }

    private Numeral? Cardinal(int i)
    {
        if (lexicon.Words.Cardinal(text.Text, Tokens, i, out var count) is not { } value)
            return null;
        // "Twenty and three fifths": the last word counts the parts.
        if (count > 2 && lexicon.Words.Find(text[Tokens[i + count - 2]])?.Kind == NumberWordKind.Join
            && lexicon.Words.Find(text[Tokens[i + count - 1]]) is { Kind: NumberWordKind.Small, Value: < 20 and var last }
            && Take(AmountPieces.Nth | AmountPattern.Of(NumberWordKind.Fraction), i + count, isFirst: false) is not null)
            return new Numeral(value - last, i + count - 2, IsPlain: false);
        // "Des millions": more than one of them.
        if (count == 1 && value >= 1e6 && lexicon.Words.Find(text[Tokens[i]]) is { Kind: NumberWordKind.Times })
            return new Numeral(2 * value, i + 1, IsPlain: false, NumberBounds.AtLeast);
        return new Numeral(value, i + count, IsPlain: false);
    }

    private Numeral? Digits(int i, bool mayGoOn)
    {
        if (Plain(i, out var next) is not { } value)
            return null;
        if (Fraction(next, value) is { } fraction)
            return fraction;
        if (next < Tokens.Length && Vulgar(next) is { } half && IsClose(next))
            (value, next) = (value + half, next + 1);
        if (Exponent(next, value) is { } power)
            return power;
        var suffix = Suffix(next);
        if (suffix > 0)
            return new Numeral(value * suffix, next + 1, IsPlain: false);
        // "14,27 cents" are no hundreds.
        var isCents = value % 1 != 0 && Following(next, out _) is { Unit: not null, Number: not null };
        if (isCents || next >= Tokens.Length || !IsClose(next) || lexicon.Words.Cardinal(text.Text, Tokens, next, out var count, value) is not { } whole)
            return new Numeral(value, next, IsPlain: true);
        next += count;
        // "4 thousand 3 hundred", "2 millions 300 000": smaller than the magnitude before.
        return mayGoOn && next < Tokens.Length && Tokens[next].Kind == TokenKind.Number && IsClose(next) && Digits(next, mayGoOn: false) is { } rest && rest.Value < whole / value && rest.Value >= 100
            ? new Numeral(whole + rest.Value, rest.Next, IsPlain: false)
            : new Numeral(whole, next, IsPlain: false);
    }

    // The digits alone, their groups joined: 48 000, 1'260, 12 345,67
    private double? Plain(int i, out int next)
    {
        next = i + 1;
        if (Parse(Tokens[i].Span.In(text.Text)) is not { } value)
            return null;
        if (i > 0 && IsBareDecimal(i - 1))
            return value / Math.Pow(10, Tokens[i].Span.Length);
        if (IsGroupHead(Tokens[i].Span))
        {
            for (var groups = 0; groups < 4 && GroupAt(next, out var number) is { } group; groups++)
            {
                value = value * 1000 + group;
                next = number + 1;
                if (Tokens[number].Span.Length > 3)
                    break;
            }
        }

        if (value >= 1e15 || Touches(next) && MarkAt(next) is ':' && next + 1 < Tokens.Length && Tokens[next + 1].Kind == TokenKind.Number && Touches(next + 1))
            return null;
        return Touches(i) && i > 1 && MarkAt(i - 1) is ':' or '/' or '.' && Tokens[i - 2].Kind == TokenKind.Number ? null : value;
    }

    private bool IsGroupHead(TextSpan digits) => digits.Length <= 3 && text.Text[digits.Start] != '0' && !digits.In(text.Text).ContainsAnyExceptInRange('0', '9');

    // Three digits behind one space or apostrophe; the last group may carry decimals.
    private double? GroupAt(int i, out int number)
    {
        number = MarkAt(i) is '\'' or '’' && Touches(i) && Touches(i + 1) ? i + 1 : i;
        if (number >= Tokens.Length || Tokens[number].Kind != TokenKind.Number)
            return null;
        var before = Tokens[number - 1].End;
        if (number == i && (Tokens[i].Start - before != 1 || text.Text[before] is not (' ' or '\u00A0' or '\u202F' or '\u2009')))
            return null;
        var digits = Tokens[number].Span.In(text.Text);
        return digits.Length >= 3 && !digits[..3].ContainsAnyExceptInRange('0', '9') && (digits.Length == 3 || digits.Length > 4 && digits[3] == lexicon.DecimalMark)
            ? Parse(digits) : null;
    }

    // 3/4, 2 1/4
    private Numeral? Fraction(int next, double value)
    {
        if (MarkAt(next) == '/' && Touches(next) && Touches(next + 1) && Small(next + 1) is { } below && IsDenominator(below) && value < below && !(Touches(next + 2) && MarkAt(next + 2) == '/'))
            return new Numeral(value / below, next + 2, IsPlain: true);
        return next + 2 < Tokens.Length && Tokens[next].Kind == TokenKind.Number && !Touches(next) && IsClose(next) && MarkAt(next + 1) == '/' && Touches(next + 1) && Touches(next + 2)
            && Small(next) is { } above && Small(next + 2) is { } under && IsDenominator(under) && above < under
            ? new Numeral(value + above / under, next + 3, IsPlain: true)
            : null;
    }

    private static bool IsDenominator(double value) => value is 2 or 3 or 4 or 5 or 8 or 10 or 16 or 100;

    private double? Small(int i) => i < Tokens.Length && Tokens[i].Kind == TokenKind.Number && Tokens[i].Span.Length <= 3 ? Parse(Tokens[i].Span.In(text.Text)) : null;

    // ½ is a mark of its own.
    private double? Vulgar(int i) => MarkAt(i) is >= '¼' and <= '⅞' and var mark && CharUnicodeInfo.GetNumericValue(mark) is > 0 and < 1 and var value ? value : null;

    // 1.1^23, 2.5e13, 12,3e+14, 1.3x10^6
    private Numeral? Exponent(int i, double value)
    {
        if (!Touches(i))
            return null;
        if (MarkAt(i) == '^')
            return Signed(i + 1) is { } power && Math.Pow(value, power.Value) is var raised && double.IsFinite(raised) ? new Numeral(raised, power.Next, IsPlain: true) : null;
        if (Tokens[i].Kind != TokenKind.Word)
            return null;
        var word = text[Tokens[i]];
        if (word is "e" or "E" && Signed(i + 1) is { } signed && signed.Next > i + 2)
            return Scaled(value, signed.Value, signed.Next);
        if (word is "x10" or "×10" && MarkAt(i + 1) == '^' && Touches(i + 1) && Signed(i + 2) is { } ten)
            return Scaled(value, ten.Value, ten.Next);
        return word is ['e' or 'E', _, ..] && word.Length <= 4 && int.TryParse(word[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? Scaled(value, digits, i + 1) : null;
    }

    private static Numeral? Scaled(double value, double exponent, int next) =>
        Math.Abs(exponent) < 300 && value * Math.Pow(10, exponent) is var scaled && double.IsFinite(scaled) ? new Numeral(scaled, next, IsPlain: true) : null;

    private (double Value, int Next)? Signed(int i)
    {
        var (k, sign) = (i, 1);
        for (; k < i + 2 && MarkAt(k) is '-' or '+' or '−' && Touches(k); k++)
            sign *= MarkAt(k) == '+' ? 1 : -1;
        return Touches(k) && Small(k) is { } digits ? ((sign < 0 || k == i + 2 ? -1 : 1) * digits, k + 1) : null;
    }

    // A magnitude in letters: $2.5bn, 10M, 3 Md€, 1.2m homes, 1,2 M d'habitants
    private double Suffix(int i)
    {
        if (i >= Tokens.Length || Tokens[i].Kind != TokenKind.Word || Tokens[i].Start - Tokens[i - 1].End > 1)
            return 0;
        var word = text[Tokens[i]];
        // 10m-strong
        var hyphen = word.Length < 12 ? word.IndexOf('-') : -1;
        if (hyphen > 0)
            word = word[..hyphen];
        if (word.Length > 3 || lexicon.Words.Find(word) is not { Kind: NumberWordKind.Suffix or NumberWordKind.MoneySuffix } number)
            return 0;
        // k and M must touch their digits or stand before a currency or what is counted: "3 M€", "1,2 M d'habitants", never "5 m".
        var isUpper = !char.IsLower(word[0]) || word.Length > 1 || word[0] is 'k';
        var close = Touches(i) || word.Length > 1 || MarkAt(i + 1) is '€' or '$' or '£' || isUpper && Following(i + 1, out _)?.Is(NumberWordKind.Of) == true;
        var isMagnitude = number.Kind == NumberWordKind.Suffix ? isUpper : Touches(i) && isUpper || _isMoney || hyphen > 0 || CountedAfter(i + 1) || IsTold(i);
        return close && isMagnitude ? number.Value : 0;
    }

    // "Sales rose from 1.2m to 1.45m": what the clause tells of comes in millions.
    private bool IsTold(int i)
    {
        for (var k = i - 1; k >= 0 && k >= i - 20 && IsSameLine(k + 1) && MarkAt(k) is not ('.' or ';'); k--)
        {
            if (Tokens[k].Kind == TokenKind.Word && lexicon.Totals.Contains(text[Tokens[k]]))
                return true;
        }

        return false;
    }

    /// <summary>The value of digits with the language's marks; null where they are a code, an address, a version.</summary>
    private double? Parse(ReadOnlySpan<char> digits)
    {
        if (digits.Length > MostDigits + 8)
            return null;
        Span<char> plain = stackalloc char[MostDigits + 8];
        var (length, decimals, thousands) = (0, -1, false);
        for (var i = 0; i < digits.Length; i++)
        {
            var c = digits[i];
            if (char.IsAsciiDigit(c))
            {
                plain[length++] = c;
                continue;
            }

            var rest = digits[(i + 1)..];
            var group = rest.IndexOfAnyExceptInRange('0', '9');
            var size = group < 0 ? rest.Length : group;
            var isLast = group < 0;
            if (c is '\u00A0' or '\u202F')
            {
                if (size != 3)
                    return null;
            }
            else if (c == lexicon.DecimalMark && isLast)
            {
                decimals = length;
            }
            // Lakhs are cut by two digits: 12,34,567.
            else if ((size == 3 || size == 2 && c == lexicon.ThousandsMark && IsLakh(rest)) && i <= 3 + length && digits[0] != '0')
            {
                // The other language's mark of thousands is ours of decimals and the other way round: groups of three decide.
                if (c == lexicon.DecimalMark && digits.Count(c) == 1)
                    return null;
                thousands = true;
            }
            else if (isLast && !thousands && c == lexicon.ThousandsMark && digits.Count(c) == 1)
            {
                decimals = length;
            }
            else
            {
                return null;
            }
        }

        if (length > MostDigits || !double.TryParse(plain[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return null;
        return decimals < 0 ? value : value / Math.Pow(10, length - decimals);
    }

    private bool IsLakh(ReadOnlySpan<char> rest)
    {
        var last = rest.LastIndexOf(lexicon.ThousandsMark);
        var tail = rest[(last + 1)..];
        var end = tail.IndexOf(lexicon.DecimalMark);
        return last == 2 && (end < 0 ? tail.Length : end) == 3;
    }
}
