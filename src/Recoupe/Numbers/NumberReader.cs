using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>Reads the amounts of one text from left to right. Every look ahead is bounded, so that the whole is linear.</summary>
internal sealed class NumberReader(AnalyzedText text, NumberLexicon lexicon, bool inTitle, ImmutableArray<TextSpan> dates)
{
    // An amount of more digits is a code: its value would be no longer exact.
    private const int MostDigits = 15;
    private const int MostWordsToNoun = 5;

    private readonly ImmutableArray<NumberMention>.Builder _mentions = ImmutableArray.CreateBuilder<NumberMention>();
    private int _date;

    // The last bounding phrase: the tokens it takes, and what it says.
    private (int First, int Next, NumberBounds Bounds)? _bound;
    private bool _range;

    private ImmutableArray<Token> Tokens => text.Tokens;

    /// <summary>The amounts in order.</summary>
    public ImmutableArray<NumberMention> Read()
    {
        for (var i = 0; i < Tokens.Length;)
            i = Step(i);
        return _mentions.ToImmutable();
    }

    private int Step(int i)
    {
        while (_date < dates.Length && dates[_date].End <= Tokens[i].Start)
            _date++;
        if (_date < dates.Length && dates[_date].Start < Tokens[i].End)
            return i + 1;
        // What a dash ties to a date or to a smaller number is its continuation or a score: 2012-13, 10-7.
        if (Tokens[i].Kind == TokenKind.Number && MarkAt(i - 1) is '-' or '–' && Touches(i) && Touches(i - 1) && (Tokens[i - 2].Kind == TokenKind.Number))
            return i + 1;

        var token = Tokens[i];
        if (token.Kind == TokenKind.Number)
            return Amount(i, i, null) ?? i + 1;
        if (IsBareDecimal(i))
            return Amount(i, i + 1, null) ?? i + 1;
        var word = At(i, out var length);
        if (word is null)
            return token.Kind == TokenKind.Mark ? Vulgar(i) is not null ? Amount(i, i, null) ?? i + 1 : i + 1 : IsCompound(token) ? Amount(i, i, null) ?? i + 1 : i + 1;
        if (word.Is(NumberWordKind.None))
            return i + length;
        if (word.Before is { } bound && (word.Number is null || word.Is(NumberWordKind.Vague)))
        {
            _bound = (_bound is { } outer && outer.Next == i ? outer.First : i, i + length, bound);
            _range = false;
            return word.Is(NumberWordKind.Vague) ? Amount(i, i, null) ?? i + length : i + length;
        }

        if (word.OpensRange)
        {
            _bound = (i, i + length, NumberBounds.AtLeast);
            _range = true;
            return i + length;
        }

        // $ 40, US$40, € 2
        if (word is { IsCurrency: true, Number: null } && i + length < Tokens.Length && Tokens[i + length].Kind == TokenKind.Number && IsClose(i + length)
            && (token.Kind == TokenKind.Mark || token.Span.Length > 1 && length > 1 || !char.IsLower(text.Text[token.Start]) && (length == 1 || Touches(i + 1))))
            return Amount(i, i + length, word) ?? i + length;
        return word.Number is { } number && CanOpen(i, number, length) ? Amount(i, i, null) ?? i + length : i + 1;
    }

    // .25, ,5: decimals without a digit before their mark.
    private bool IsBareDecimal(int i) =>
        MarkAt(i) == lexicon.DecimalMark && Touches(i + 1) && Tokens[i + 1].Kind == TokenKind.Number && !Touches(i) && !Tokens[i + 1].Span.In(text.Text).ContainsAnyExceptInRange('0', '9');

    // Quarante-huit, forty-eight
    private bool IsCompound(Token token)
    {
        var word = text[token];
        var hyphen = word.IndexOfAny('-', '‐', '\u2011');
        return hyphen > 0 && lexicon.Words.Find(word[..hyphen]) is { Kind: NumberWordKind.Small or NumberWordKind.Times };
    }

    private static bool CanOpen(int i, NumberWord number, int length) => length > 0 && i >= 0 && number.Kind is NumberWordKind.Small or NumberWordKind.One
        or NumberWordKind.Article or NumberWordKind.Times or NumberWordKind.Group or NumberWordKind.Groups or NumberWordKind.Dozen or NumberWordKind.Fraction
        or NumberWordKind.Minus or NumberWordKind.Vague or NumberWordKind.The;

    private AmountWord? At(int i, out int length)
    {
        length = 0;
        return i < 0 || i >= Tokens.Length ? null : lexicon.Phrases.Find(text.Text, Tokens, i, out length);
    }

    private AmountWord? Following(int i, out int length)
    {
        length = 0;
        return i < Tokens.Length && IsClose(i) ? lexicon.Phrases.Find(text.Text, Tokens, i, out length) : null;
    }

    private bool IsSameLine(int i) => !text.Text.AsSpan(Tokens[i - 1].End, Tokens[i].Start - Tokens[i - 1].End).ContainsAny('\n', '\r');

    // At most two spaces between a token and the one before.
    private bool IsClose(int i) => i > 0 && Tokens[i].Start - Tokens[i - 1].End <= 2 && IsSameLine(i);

    private bool Touches(int i) => i > 0 && i < Tokens.Length && Tokens[i].Start == Tokens[i - 1].End;

    private char MarkAt(int i) => i >= 0 && i < Tokens.Length && Tokens[i].Kind == TokenKind.Mark ? text.Text[Tokens[i].Start] : '\0';

    /// <summary>Adds the amount that starts at <paramref name="first"/> and whose number starts at <paramref name="i"/>; gives the token after it, or null where it is none.</summary>
    private int? Amount(int first, int i, AmountWord? currency)
    {
        if (currency is null && (IsNumbered(first) || IsNameOfNumber(i)) || Value(i, currency is not null) is not { } read)
            return null;
        if (IsName(i, ref read, currency) || IsScore(i, read))
            return Skip(i, read.Next);

        var start = first;
        var sign = IsNegative(first) ? -1 : 1;
        if (sign < 0)
            start--;
        var bounds = read.Bounds;
        var isBound = _bound is { } before && (before.Next == start || before.Next == start - 1 && IsFiller(start - 1) && Tokens[first].Kind == TokenKind.Word);
        if (isBound)
        {
            bounds = Merge(read.Bounds, _bound!.Value.Bounds);
            start = _bound.Value.First;
        }

        if (isBound && _range && !RangeEnd(read, true, out _, out _))
            (bounds, start) = (read.Bounds, sign < 0 ? first - 1 : first);
        var openRange = isBound && _range;
        _bound = null;
        _range = false;
        if (RangeEnd(read, openRange, out var second, out var secondStart))
            return AddRange(start, secondStart, read, second, currency, openRange, sign);
        var unit = UnitAfter(read, currency, out var next);
        // Quatre Français sur dix, one voter out of three
        if (currency is null && next > read.Next && !read.IsShare && Ratio(next, read.Value) is { } ratio)
        {
            Add(start, ratio.Next, ratio.Value, "%", bounds, null);
            return ratio.Next;
        }

        if (read.Value is 1 && read.IsOne && !unit.IsOneCounted && sign > 0)
            return null;
        if (Second(next, unit) is { } rest)
        {
            Add(start, rest.Next, sign * (read.Value * unit.Factor + rest.Value), unit.Unit, bounds, null);
            return rest.Next;
        }

        (bounds, next) = BoundAfter(bounds, next);
        var per = Rate(next, out next);
        if (unit.Unit is null && per is null && IsLabelled(first))
            return Skip(i, next);
        Add(start, next, sign * read.Value * unit.Factor, unit.Unit, bounds, per);
        return next;
    }

    // Three dollars (and) fifty cents, 15 euros 50, five feet two inches: what the smaller unit adds.
    private (double Value, int Next)? Second(int i, UnitReading unit)
    {
        if (unit.Unit is null || unit.Factor is not 1 || i >= Tokens.Length || !IsClose(i))
            return null;
        var k = i;
        if (Following(k, out var and)?.Is(NumberWordKind.Join) == true)
            k += and;
        if (k >= Tokens.Length || !IsClose(k))
            return null;
        double value;
        int next;
        if (Tokens[k].Kind == TokenKind.Number && Tokens[k].Span.Length <= 2 && Parse(Tokens[k].Span.In(text.Text)) is { } digits)
            (value, next) = (digits, k + 1);
        else if (Tokens[k].Kind == TokenKind.Word && lexicon.Words.Cardinal(text.Text, Tokens, k, out var count) is { } words and < 100)
            (value, next) = (words, k + count);
        else
            return null;
        if (next < Tokens.Length && IsClose(next) && At(next, out var length) is { Unit: { } smaller } small)
        {
            if (smaller == unit.Unit && small.Factor < 1 && value < 100)
                return (value * small.Factor, next + length);
            return unit.Unit == "ft" && value < 12 && (smaller == "in" || text[Tokens[next]].Equals("in", StringComparison.OrdinalIgnoreCase)) ? (value / 12, next + length) : null;
        }

        // 15 euros 50: two digits, nothing that they could count.
        var isMoney = unit.Unit.Length == 3 && !unit.Unit.AsSpan().ContainsAnyExceptInRange('A', 'Z');
        return isMoney && k == i && Tokens[k].Kind == TokenKind.Number && Tokens[k].Span.Length == 2 && (next >= Tokens.Length || Tokens[next].Kind == TokenKind.Mark || !IsSameLine(next)) ? (value / 100, next) : null;
    }

    private static int Skip(int i, int next) => Math.Max(i + 1, next);

    private void Add(int first, int next, double value, string? unit, NumberBounds bounds, string? per) =>
        // Thousands times decimals leave a rest in the last binary digits: 16.4 million.
        _mentions.Add(new NumberMention(Tokens[first].Span.Union(Tokens[next - 1].Span), Math.Abs(value) >= 1000 ? Math.Round(value, 3) : value, unit, bounds, inTitle, per));

    private static NumberBounds Merge(NumberBounds own, NumberBounds told) =>
        // "More than a hundred" bounds; "about a hundred" is no more than "a hundred".
        own is NumberBounds.Exact or NumberBounds.About ? told : own;

    // Plus de la moitié, près d'une centaine, about the two thirds
    private bool IsFiller(int i) => i >= 0 && At(i, out _) is { Number.Kind: NumberWordKind.The or NumberWordKind.Article or NumberWordKind.Of };

    private bool IsNegative(int first)
    {
        if (first == 0 || _bound?.Next == first)
            return false;
        if (MarkAt(first - 1) is '-' or '−' && Touches(first))
            return first == 1 || Tokens[first - 1].Start > Tokens[first - 2].End || MarkAt(first - 2) is '(' or '[' or ':';
        return At(first - 1, out _) is { Number.Kind: NumberWordKind.Minus };
    }

    // ---------------------------------------------------------------- the value

    private readonly record struct Reading(double Value, int Next, NumberBounds Bounds, bool IsShare = false, bool IsOne = false, bool TakesOf = false, bool IsWords = false, AmountWord? Unit = null);

    private Reading? Value(int i, bool money)
    {
        var token = Tokens[i];
        if (token.Kind == TokenKind.Number)
            return Digits(i, money);
        if (Vulgar(i) is { } vulgar)
            return new Reading(vulgar, i + 1, NumberBounds.Exact);
        return Words(i);
    }

    private Reading? Digits(int i, bool money)
    {
        if (Parse(Tokens[i].Span.In(text.Text)) is not { } value)
            return null;
        var next = i + 1;
        if (i > 0 && IsBareDecimal(i - 1))
            return new Reading(value / Math.Pow(10, Tokens[i].Span.Length), next, NumberBounds.Exact);
        // 48 000: groups of three digits behind one space.
        if (IsGroupHead(Tokens[i].Span))
        {
            while (next < Tokens.Length && next < i + 5 && IsGroup(next))
                value = value * 1000 + int.Parse(Tokens[next++].Span.In(text.Text)[..3], CultureInfo.InvariantCulture);
        }

        if (value >= 1e15 || Touches(next) && MarkAt(next) is ':' && next + 1 < Tokens.Length && Tokens[next + 1].Kind == TokenKind.Number && Touches(next + 1))
            return null;
        if (Touches(i) && i > 0 && MarkAt(i - 1) is ':' or '/' or '.' && i > 1 && Tokens[i - 2].Kind == TokenKind.Number)
            return null;

        // 2 1/4, 3/4
        if (Fraction(next, value) is { } fraction)
            return fraction;
        if (next < Tokens.Length && Vulgar(next) is { } half && IsClose(next))
            (value, next) = (value + half, next + 1);

        var suffix = Suffix(next, money);
        if (suffix > 0)
            return new Reading(value * suffix, next + 1, NumberBounds.Exact, TakesOf: suffix >= 1e6);
        if (Following(next, out var length) is { } word)
        {
            if (word.Is(NumberWordKind.AndHalf))
                (value, next) = (value + word.Number!.Value, next + length);
            if (word.Is(NumberWordKind.Group) || word.Is(NumberWordKind.Groups) || word.Is(NumberWordKind.Dozen))
                return new Reading(value * word.Number!.Value, next + length, NumberBounds.Exact, TakesOf: true);
            if (Share(next, value) is { } share)
                return share;
        }

        return Magnitudes(next, value, NumberBounds.Exact) ?? Ratio(next, value) ?? new Reading(value, next, NumberBounds.Exact);
    }

    // 2.5 million, 30 milliards, 3 million and a half
    private Reading? Magnitudes(int next, double value, NumberBounds bounds)
    {
        if (next >= Tokens.Length || !IsClose(next) || lexicon.Words.Cardinal(text.Text, Tokens, next, out var count, value) is not { } whole)
            return null;
        next += count;
        if (Following(next, out var length) is { } word && word.Is(NumberWordKind.AndHalf))
            (whole, next) = (whole + Part(whole, word.Number!.Value), next + length);
        return new Reading(whole, next, bounds, TakesOf: true, IsWords: true);
    }

    // Half of a million behind millions, half of one behind three.
    private static double Part(double whole, double part) => whole >= 1000 ? part * Math.Pow(1000, Math.Floor(Math.Log(whole, 1000))) : part;

    private Reading? Words(int i)
    {
        if (At(i, out var length) is not { Number: { } word })
            return lexicon.Words.Cardinal(text.Text, Tokens, i, out var compound) is { } sum ? new Reading(sum, i + compound, NumberBounds.Exact, TakesOf: sum >= 1e6, IsWords: true) : Joined(i);
        switch (word.Kind)
        {
            case NumberWordKind.Minus:
                return null;
            case NumberWordKind.Article or NumberWordKind.The:
                return AfterArticle(i + length, word.Kind == NumberWordKind.Article);
            case NumberWordKind.Vague:
                return Following(i + length, out var one) is { Number: { Kind: NumberWordKind.Times or NumberWordKind.Groups } times }
                    ? new Reading(2 * times.Value, i + length + one, NumberBounds.AtLeast, TakesOf: true)
                    : null;
            case NumberWordKind.Groups:
                return Groups(i, length, word.Value);
            case NumberWordKind.Fraction:
                return HalfOf(i, length, word.Value);
        }

        if (lexicon.Words.Cardinal(text.Text, Tokens, i, out var count) is not { } value)
            return word.Kind is NumberWordKind.Group or NumberWordKind.Dozen ? new Reading(word.Value, i + length, NumberBounds.About, TakesOf: true) : null;
        var next = i + count;
        if (Decimals(next, value) is { } told)
            return told;

        // "Twenty and three fifths": the last word counts the parts.
        if (count > 2 && At(next - 2, out _)?.Is(NumberWordKind.Join) == true && Tokens[next - 2].Kind == TokenKind.Word && At(next - 1, out _) is { Number: { Kind: NumberWordKind.Small, Value: < 20 and var above } }
            && Following(next, out var parts) is { Number: { Kind: NumberWordKind.Fraction, Value: var below } } && above * below < 1)
            return new Reading(value - above + Part(value - above, above * below), next + parts, NumberBounds.Exact, IsWords: true, TakesOf: value >= 1000);
        // "Des millions": more than one of them.
        if (word.Kind == NumberWordKind.Times && count == 1 && value >= 1e6)
            return new Reading(2 * value, next, NumberBounds.AtLeast, TakesOf: true);
        if (Following(next, out var then) is { } following)
        {
            if (following.Is(NumberWordKind.AndHalf) && Magnitudes(next + then, value + following.Number!.Value, NumberBounds.Exact) is { } halves)
                return halves;
            if (following.Is(NumberWordKind.AndHalf))
                return new Reading(value + Part(value, following.Number!.Value), next + then, NumberBounds.Exact, TakesOf: value >= 1000, IsWords: true);
            if (following.Is(NumberWordKind.Group))
                return GroupOf(next, then, value * following.Number!.Value);
            if (following.Is(NumberWordKind.Groups) || following.Is(NumberWordKind.Dozen))
                return new Reading(value * following.Number!.Value, next + then, following.Is(NumberWordKind.Dozen) ? NumberBounds.Exact : NumberBounds.About, TakesOf: true);
            if (Share(next, value) is { } share)
                return share;
        }

        return Ratio(next, value) ?? new Reading(value, next, NumberBounds.Exact, IsOne: count == 1 && word.Kind == NumberWordKind.One, TakesOf: value >= 1e6, IsWords: true);
    }

    // Two point five, deux virgule zéro cinq
    private Reading? Decimals(int next, double value)
    {
        if (Following(next, out var length)?.Is(NumberWordKind.Point) != true)
            return null;
        var (k, divisor, told) = (next + length, 1.0, 0);
        while (k < Tokens.Length && told < 6 && IsClose(k) && lexicon.Words.Find(text[Tokens[k]]) is { Kind: NumberWordKind.Small or NumberWordKind.One } digit)
        {
            if (digit.Value >= 10 && told > 0 && !(divisor == 10 && told == 1 && lexicon.Words.Find(text[Tokens[k - 1]])!.Value is 0))
                break;
            divisor *= digit.Value >= 10 ? 100 : 10;
            value += digit.Value / divisor;
            k++;
            told++;
            if (digit.Value < 20 && digit.Value >= 10)
                break;
            if (digit.Value >= 20)
            {
                // "Point seventy one": the unit belongs to the ten.
                if (k < Tokens.Length && IsClose(k) && lexicon.Words.Find(text[Tokens[k]]) is { Kind: NumberWordKind.Small or NumberWordKind.One, Value: > 0 and < 10 } unit)
                    (value, k) = (value + unit.Value / divisor, k + 1);
                break;
            }
        }

        if (told == 0 && k < Tokens.Length && IsClose(k) && lexicon.Words.Cardinal(text.Text, Tokens, k, out var count) is { } compound and < 100 && count == 1)
            (value, k, told) = (value + compound / 100, k + 1, 1);
        if (told == 0)
            return null;
        value = Math.Round(value, 8);
        return Magnitudes(k, value, NumberBounds.Exact) ?? new Reading(value, k, NumberBounds.Exact, IsWords: true);
    }

    // Six-mile, three-year
    private Reading? Joined(int i)
    {
        var span = Tokens[i].Span;
        var word = span.In(text.Text);
        var hyphen = word.Length < 40 ? word.IndexOf('-') : -1;
        if (hyphen <= 0 || hyphen + 1 == word.Length || lexicon.Words.Find(word[..hyphen]) is not { Kind: NumberWordKind.Small or NumberWordKind.One } number)
            return null;
        var rest = word[(hyphen + 1)..].IndexOf('-');
        var second = new TextSpan(span.Start + hyphen + 1, rest < 0 ? span.End : span.Start + hyphen + 1 + rest);
        return !second.IsEmpty && lexicon.Phrases.Find(text.Text, [new Token(second, TokenKind.Word)], 0, out _) is { Unit: not null } unit
            ? new Reading(number.Value, i + 1, NumberBounds.Exact, IsWords: true, Unit: unit)
            : null;
    }

    // A hundred, une centaine, a dozen, a third of, la moitié, the two thirds
    private Reading? AfterArticle(int i, bool isOne)
    {
        if (Following(i, out var length) is not { Number: { } word })
            return null;
        return word.Kind switch
        {
            NumberWordKind.Times when isOne => lexicon.Words.Cardinal(text.Text, Tokens, i, out var count) is { } value ? new Reading(value, i + count, NumberBounds.Exact, TakesOf: value >= 1e6, IsWords: true) : null,
            NumberWordKind.Group => GroupOf(i, length, word.Value),
            NumberWordKind.Dozen => new Reading(word.Value, i + length, NumberBounds.Exact, TakesOf: true),
            NumberWordKind.Fraction => HalfOf(i, length, word.Value, article: true),
            NumberWordKind.OrdinalFraction when isOne && Following(i + length, out _)?.Is(NumberWordKind.Of) == true => new Reading(Math.Round(word.Value * 100, 10), i + length, NumberBounds.Exact, IsShare: true),
            _ => null,
        };
    }

    // Une dizaine, une vingtaine de milliards
    private Reading GroupOf(int i, int length, double value)
    {
        var next = i + length;
        return Following(next, out var of)?.Is(NumberWordKind.Of) == true && Following(next + of, out var second) is { Number: { Kind: NumberWordKind.Groups or NumberWordKind.Times } more }
            ? new Reading(value * more.Value, next + of + second, NumberBounds.About, TakesOf: true)
            : new Reading(value, next, NumberBounds.About, TakesOf: true);
    }

    // Dozens of, des dizaines de milliers de
    private Reading? Groups(int i, int length, double value)
    {
        var next = i + length;
        if (Following(next, out var of)?.Is(NumberWordKind.Of) == true && Following(next + of, out var second) is { Number: { Kind: NumberWordKind.Groups or NumberWordKind.Times or NumberWordKind.Group } more })
            return new Reading(2 * value * more.Value, next + of + second, NumberBounds.AtLeast, TakesOf: true);
        return new Reading(2 * value, next, NumberBounds.AtLeast, TakesOf: true);
    }

    // Half a million, half a dozen, half of voters, la moitié des voix
    private Reading? HalfOf(int i, int length, double value, bool article = false)
    {
        var next = i + length;
        var following = Following(next, out var of);
        var k = following is { Number.Kind: NumberWordKind.Article or NumberWordKind.Of } ? next + of : next;
        if (Following(k, out var second) is { Number: { Kind: NumberWordKind.Times or NumberWordKind.Dozen } times })
            return new Reading(value * times.Value, k + second, NumberBounds.Exact, TakesOf: true);
        // A half mile, half an hour
        if (Following(k, out _) is { Unit: not null, Number: null } unit && unit.Unit != "%" && (following is not { Number.Kind: NumberWordKind.Of }))
            return new Reading(value, k, NumberBounds.Exact);
        if (At(i - 2, out _) is { Number.Kind: NumberWordKind.Join } && article)
            return null;
        return article || following is { Number.Kind: NumberWordKind.Of or NumberWordKind.The } ? new Reading(Math.Round(value * 100, 10), next, NumberBounds.Exact, IsShare: true) : null;
    }

    // Two thirds, trois quarts
    private Reading? Share(int i, double value)
    {
        if (value > 20 || Following(i, out var length) is not { Number: { } word } || word.Kind is not (NumberWordKind.Fraction or NumberWordKind.OrdinalFraction))
            return null;
        if (word.Kind == NumberWordKind.OrdinalFraction && (value is not 1 || Following(i + length, out _)?.Is(NumberWordKind.Of) != true && !(IsNoArticle(i - 1) && EndsPhrase(i + length))) || value * word.Value > 1)
            return null;
        var next = i + length;
        if (value is 1 && Following(next, out var of) is { Number.Kind: NumberWordKind.Of } && Following(next + of, out var second) is { Number: { Kind: NumberWordKind.Times } times })
            return new Reading(word.Value * times.Value, next + of + second, NumberBounds.Exact, TakesOf: true);
        return new Reading(Math.Round(value * word.Value * 100, 10), next, NumberBounds.Exact, IsShare: true);
    }

    // "One fifth" with a word that is no article.
    private bool IsNoArticle(int i) => lexicon.Words.Find(text[Tokens[i]]) is { Kind: NumberWordKind.One } && Tokens[i].Tag == PartOfSpeech.Numeral;

    private bool EndsPhrase(int i) => i >= Tokens.Length || Tokens[i].Tag is not (PartOfSpeech.Noun or PartOfSpeech.ProperNoun or PartOfSpeech.Adjective or PartOfSpeech.Unknown);

    // One in three is told with words of the list ratio only: quatre sur dix, two out of three.
    private Reading? Ratio(int next, double value)
    {
        if (value is < 1 or > 99 || Following(next, out var length) is not { } between || !between.Is(NumberWordKind.Ratio) && !(between.Is(NumberWordKind.OneIn) && value is 1) || next + length >= Tokens.Length)
            return null;
        var k = next + length;
        var isOneIn = between.Is(NumberWordKind.OneIn);
        double? of = Tokens[k].Kind == TokenKind.Number ? Parse(Tokens[k].Span.In(text.Text)) : lexicon.Words.Cardinal(text.Text, Tokens, k, out var count) is { } words && count == 1 ? words : null;
        if (of is not ((>= 2 and <= 10) or 20 or 100) || of <= value || Following(k + 1, out _)?.Unit is not null || CountedAfter(k + 1) != isOneIn && CountedAfter(k + 1))
            return null;
        if (isOneIn && Tokens[next - 1].Kind == TokenKind.Number && !CountedAfter(k + 1))
            return null;
        return new Reading(Math.Round(value / of.Value * 100, 10), k + 1, NumberBounds.Exact, IsShare: true);
    }

    private bool CountedAfter(int i) =>
        i < Tokens.Length && IsClose(i) && Tokens[i].Kind == TokenKind.Word && !lexicon.Stops.Contains(text[Tokens[i]]) && lexicon.Singular(text[Tokens[i]]) is not null;

    // 3/4, 2 1/4
    private Reading? Fraction(int next, double value)
    {
        if (MarkAt(next) == '/' && Touches(next) && Touches(next + 1) && Small(next + 1) is { } below && IsDenominator(below) && value < below && !(Touches(next + 2) && MarkAt(next + 2) == '/'))
            return new Reading(value / below, next + 2, NumberBounds.Exact);
        if (next + 2 < Tokens.Length && Tokens[next].Kind == TokenKind.Number && !Touches(next) && IsClose(next) && MarkAt(next + 1) == '/' && Touches(next + 1) && Touches(next + 2)
            && Small(next) is { } above && Small(next + 2) is { } under && IsDenominator(under) && above < under)
            return new Reading(value + above / under, next + 3, NumberBounds.Exact);
        return null;
    }

    private static bool IsDenominator(double value) => value is 2 or 3 or 4 or 5 or 8 or 10 or 16 or 100;

    private double? Small(int i) => i < Tokens.Length && Tokens[i].Kind == TokenKind.Number && Tokens[i].Span.Length <= 3 ? Parse(Tokens[i].Span.In(text.Text)) : null;

    // ½ is a mark of its own.
    private double? Vulgar(int i) => MarkAt(i) is >= '¼' and <= '⅞' and var mark && CharUnicodeInfo.GetNumericValue(mark) is > 0 and < 1 and var value ? value : null;

    // A magnitude in letters: $2.5bn, 10M, 3 Md€
    private double Suffix(int i, bool money)
    {
        if (i >= Tokens.Length || Tokens[i].Kind != TokenKind.Word || Tokens[i].Start - Tokens[i - 1].End > 1)
            return 0;
        var word = text[Tokens[i]];
        if (word.Length > 3 || lexicon.Words.Find(word) is not { } number)
            return 0;
        // k and M must touch their digits or stand before a currency: "3 M€", never "5 m".
        var close = Touches(i) || word.Length > 1 || MarkAt(i + 1) is '€' or '$' or '£';
        var upper = !char.IsLower(word[0]) || word.Length > 1 || word[0] is 'k';
        return number.Kind switch
        {
            NumberWordKind.Suffix when close && upper => number.Value,
            NumberWordKind.MoneySuffix when money && close || number.Kind == NumberWordKind.MoneySuffix && Touches(i) && char.IsUpper(word[0]) => number.Value,
            _ => 0,
        };
    }

    private bool IsGroupHead(TextSpan digits) => digits.Length <= 3 && text.Text[digits.Start] != '0' && !digits.In(text.Text).ContainsAnyExceptInRange('0', '9');

    private bool IsGroup(int i)
    {
        var span = Tokens[i].Span;
        var before = Tokens[i - 1].End;
        return Tokens[i].Kind == TokenKind.Number && span.Start - before == 1 && text.Text[before] is ' ' or '\u00A0' or '\u202F' or '\u2009'
            && span.Length == 3 && !span.In(text.Text).ContainsAnyExceptInRange('0', '9');
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
            var isThree = (group < 0 ? rest.Length : group) == 3;
            var isLast = group < 0;
            if (c is '\u00A0' or '\u202F')
            {
                if (!isThree)
                    return null;
            }
            else if (c == lexicon.DecimalMark && isLast)
            {
                decimals = length;
            }
            else if (isThree && i <= 3 + length && digits[0] != '0')
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

    // ---------------------------------------------------------------- what is no amount

    // 20h30, 8 a.m., 1er, G7: times, ordinals, names.
    private bool IsName(int i, ref Reading read, AmountWord? currency)
    {
        var next = read.Next;
        if (currency is not null || next >= Tokens.Length || read.IsWords)
            return false;
        if (Touches(next) && Tokens[next].Kind == TokenKind.Word && Tokens[i].Kind == TokenKind.Number && (At(next, out _) is not { } unit || unit.Unit is null or "h"))
            return true;
        if (Tokens[next].Kind == TokenKind.Word && IsClose(next) && lexicon.AfterTime.Contains(text[Tokens[next]]) && read.Value <= 24)
            return true;
        return Following(next, out _) is { Unit: "h" } && read.Value <= 24 && i > 0
            && (lexicon.BeforeTime.Contains(text[Tokens[i - 1]].TrimEnd('\'').TrimEnd('’')) || next + 1 < Tokens.Length && Tokens[next + 1].Kind == TokenKind.Number);
    }

    // 10-7, 3-1: the second smaller than the first.
    private bool IsScore(int i, Reading read) =>
        read.Next == i + 1 && MarkAt(i + 1) is '-' or '–' && Touches(i + 1) && Touches(i + 2) && i + 2 < Tokens.Length && Tokens[i + 2].Kind == TokenKind.Number
        && Parse(Tokens[i + 2].Span.In(text.Text)) is { } second && second <= read.Value;

    // No. 3, n° 5: what follows is not counted.
    private bool IsNumbered(int first) =>
        first > 1 && MarkAt(first - 1) is '.' or '°' or 'º' && Touches(first - 1) && Tokens[first - 2].Kind == TokenKind.Word && lexicon.Labels.Contains(text[Tokens[first - 2]]);

    // The Seven, la Cinq: a name, not at the beginning of a sentence.
    private bool IsNameOfNumber(int i) =>
        !inTitle && Tokens[i].Kind == TokenKind.Word && char.IsUpper(text.Text[Tokens[i].Start]) && text.SentenceAt(Tokens[i].Start) is >= 0 and var sentence
        && text.Sentences[sentence].Start < Tokens[i].Start && Tokens[i - 1].Kind == TokenKind.Word;

    private bool IsLabelled(int first)
    {
        if (first == 0 || !IsSameLine(first))
            return false;
        var before = Tokens[first - 1];
        if (before.Kind == TokenKind.Mark)
            return text.Text[before.Start] is '°' or '#' or '/' or '_' or '.' && Touches(first - 1) || Touches(first) && text.Text[before.Start] is '-' && first > 1 && Touches(first - 1) && Tokens[first - 2].Kind == TokenKind.Word;
        if (before.Kind != TokenKind.Word)
            return false;
        if (lexicon.Labels.Contains(text[before]))
            return true;
        // Boeing 737, iPhone 4
        var word = text[before];
        return word.ContainsAnyInRange('A', 'Z') && Tokens[first].Kind == TokenKind.Number && text.SentenceAt(before.Start) is >= 0 and var sentence && text.Sentences[sentence].Start < before.Start;
    }

    // ---------------------------------------------------------------- units

    private readonly record struct UnitReading(string? Unit, double Factor, bool IsOneCounted);

    private UnitReading UnitAfter(Reading read, AmountWord? currency, out int next)
    {
        next = read.Next;
        if (read.IsShare)
            return new UnitReading("%", 1, IsOneCounted: true);
        if (read.Unit is { } joined)
            return new UnitReading(joined.Unit, joined.Factor, IsOneCounted: true);
        if (currency is not null)
        {
            if (Following(next, out var again) is { IsCurrency: true } same && same.Unit == currency.Unit)
                next += again;
            return new UnitReading(currency.Unit, 1, IsOneCounted: true);
        }

        var k = next;
        if (read.TakesOf && Following(k, out var of)?.Is(NumberWordKind.Of) == true)
            k += of;
        else if (MarkAt(k) == '-' && Touches(k) && Touches(k + 1))
            k++;
        if (k > next && MarkAt(k - 1) == '-' && FirstPieceUnit(k) is { } piece)
        {
            next = k + 1;
            return new UnitReading(piece.Unit, piece.Factor, IsOneCounted: true);
        }

        if (k < Tokens.Length && (k == next && Touches(k) || IsClose(k) || k > next) && At(k, out var length) is { Unit: { } unit } word
            && !(word.Is(NumberWordKind.Of) || unit == "m" && !IsMetre(k)))
        {
            next = k + length;
            return new UnitReading(unit, word.Factor, IsOneCounted: !word.IsTime);
        }

        if (k > next && MarkAt(k - 1) == '-')
            k = next;
        return Noun(k, ref next, read);
    }

    // 59-year-old, 30-mile-long
    private AmountWord? FirstPieceUnit(int k)
    {
        var word = text[Tokens[k]];
        var hyphen = Tokens[k].Kind == TokenKind.Word && word.Length < 40 ? word.IndexOf('-') : -1;
        return hyphen > 0 && lexicon.Phrases.Find(text.Text, [new Token(TextSpan.Of(Tokens[k].Start, hyphen), TokenKind.Word)], 0, out _) is { Unit: not null } unit ? unit : null;
    }

    // "5 m" is metres; "5 M" and "5 m de" are too, "5 m" at the end of a title may be anything else.
    private bool IsMetre(int k) => text[Tokens[k]] is "m" || Tokens[k].Span.Length > 1;

    private UnitReading Noun(int i, ref int next, Reading read)
    {
        int head = -1, first = -1;
        for (var k = i; k < Tokens.Length && k < i + MostWordsToNoun; k++)
        {
            if (!IsClose(k) || Tokens[k].Kind != TokenKind.Word)
                break;
            var word = text[Tokens[k]];
            if (lexicon.Skipped.Contains(word) && first < 0)
                continue;
            if (lexicon.Stops.Contains(word) || At(k, out _) is { Number.Kind: NumberWordKind.Small or NumberWordKind.Times or NumberWordKind.Groups })
                break;
            var tag = Tokens[k].Tag;
            if (k > i && At(k, out var unitLength) is { Unit: { } unit, IsTime: true } && first < 0)
            {
                next = k + unitLength;
                return new UnitReading(unit, 1, IsOneCounted: false);
            }

            var isPeople = lexicon.OneCounted.Contains(word) || lexicon.Singular(word) is { } one && lexicon.OneCounted.Contains(one);
            // After a number a word in the plural is a noun, whatever it is elsewhere.
            var isPlural = tag is PartOfSpeech.Verb or PartOfSpeech.Adjective && first < 0 && lexicon.Singular(word) is not null && !IsFollowedByNoun(k);
            if (!isPeople && !isPlural && tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary or PartOfSpeech.Adposition or PartOfSpeech.Pronoun or PartOfSpeech.Determiner or PartOfSpeech.Subordinator or PartOfSpeech.Adverb or PartOfSpeech.Coordinator or PartOfSpeech.Particle)
                break;
            if (!isPeople && !isPlural && tag == PartOfSpeech.Adjective)
                continue;
            if (first < 0)
                first = k;
            if (lexicon.Singular(word) is null)
                continue;
            head = k;
            break;
        }

        if (head < 0)
            head = first >= 0 && (first == i || read.Value < 2 || Tokens[first].Tag == PartOfSpeech.Noun) ? first : -1;
        if (head < 0)
            return new UnitReading(null, 1, false);
        var noun = text[Tokens[head]];
        var isTitleCase = char.IsUpper(noun[0]);
        var singular = lexicon.Singular(noun);
        if (isTitleCase && singular is null && !inTitle || noun.Length < 2)
            return new UnitReading(null, 1, false);
        var lemma = singular ?? noun.ToString().ToLowerInvariant();
        next = head + 1;
        return new UnitReading(lemma, 1, lexicon.OneCounted.Contains(lemma));
    }

    private bool IsFollowedByNoun(int k) => k + 1 < Tokens.Length && IsClose(k + 1) && Tokens[k + 1].Tag is PartOfSpeech.Noun or PartOfSpeech.ProperNoun;

    private (NumberBounds Bounds, int Next) BoundAfter(NumberBounds bounds, int next) =>
        Following(next, out var length) is { After: { } after } && IsEnd(next + length) ? (Merge(bounds, after), next + length) : (bounds, next);

    // "Au moins" after a number belongs to it only where no number follows.
    private bool IsEnd(int i) => i >= Tokens.Length || Tokens[i].Kind != TokenKind.Number;

    private string? Rate(int i, out int next)
    {
        next = i;
        if (Following(i, out var length) is not { Per: { } per })
            return null;
        next = i + length;
        return per;
    }

    // ---------------------------------------------------------------- ranges

    // Entre 10 et 15 blessés, 10 à 15 personnes, 20-30 %
    private bool RangeEnd(Reading low, bool opened, out Reading high, out int start)
    {
        high = default;
        start = low.Next;
        if (low.IsShare || start >= Tokens.Length)
            return false;
        var k = start;
        if (MarkAt(k) is '-' or '–' && Touches(k) && Touches(k + 1))
            k++;
        else if (Following(k, out var length) is { } word && (word.Is(NumberWordKind.To) || word.Is(NumberWordKind.Join) && opened))
            k += length;
        else
            return false;
        if (MarkAt(k) == '$' || MarkAt(k) == '€' || MarkAt(k) == '£')
            k++;
        if (k >= Tokens.Length || Tokens[k].Kind != TokenKind.Number && At(k, out _) is not { Number.Kind: NumberWordKind.Small or NumberWordKind.Times or NumberWordKind.Article } || Value(k, false) is not { } end || end.IsShare)
            return false;
        high = end;
        start = k;
        return end.Value > low.Value || low.Value < 1000 && end.Value * 1000 > low.Value && end.IsWords;
    }

    private int AddRange(int first, int secondStart, Reading low, Reading high, AmountWord? currency, bool opened, int sign)
    {
        var unit = UnitAfter(high, currency, out var next);
        var per = Rate(next, out next);
        // "2 to 3 million": the magnitude of the end is the beginning's too.
        var times = high.Value >= 1000 && high.IsWords && low.Value < 1000 && low.Value * Scale(high.Value) <= high.Value ? Scale(high.Value) : 1;
        var isChange = !opened && first > 0 && At(first - 1, out _) is { Number.Kind: NumberWordKind.From or NumberWordKind.Of };
        Add(first, low.Next, sign * low.Value * times * unit.Factor, unit.Unit, isChange ? NumberBounds.Exact : NumberBounds.AtLeast, per);
        Add(secondStart, next, high.Value * unit.Factor, unit.Unit, isChange ? NumberBounds.Exact : NumberBounds.AtMost, per);
        return next;
    }

    private static double Scale(double value) => value >= 1e12 ? 1e12 : value >= 1e9 ? 1e9 : value >= 1e6 ? 1e6 : value >= 1000 ? 1000 : 1;
}
