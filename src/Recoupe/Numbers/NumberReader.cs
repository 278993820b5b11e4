using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>Reads the amounts of one text from left to right. Every look ahead is bounded, so that the whole is linear.</summary>
internal sealed partial class NumberReader(AnalyzedText text, NumberLexicon lexicon, bool inTitle, ImmutableArray<TextSpan> dates)
{
    // An amount of more digits is a code: its value would be no longer exact.
    private const int MostDigits = 15;
    private const int MostWordsToNoun = 5;
    private const int FewestPairs = 4; // of digits in a telephone's number

    // How many answers are kept; a power of two.
    private const int Kept = 8;

    private readonly ImmutableArray<NumberMention>.Builder _mentions = ImmutableArray.CreateBuilder<NumberMention>();
    private readonly HappeningReader _happenings = new(text, lexicon);
    private readonly (int After, AmountWord? Word, int Length)[] _words = new (int, AmountWord?, int)[Kept];
    private int _date;

    // The last bounding phrase: the tokens it takes, and what it says.
    private (int First, int Next, NumberBounds Bounds)? _bound;
    private bool _range;

    // Whether a currency stands before the number that is read.
    private bool _isMoney;

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
        var token = Tokens[i];
        if (token.Kind == TokenKind.Number && AfterCode(i) is { } afterCode)
            return afterCode;
        if (token.Kind == TokenKind.Number)
            return IsContinuation(i) ? i + 1 : ClockTime.At(text, lexicon, i) ?? Amount(i, i, null) ?? i + 1;
        if (IsBareDecimal(i))
            return Amount(i, i + 1, null) ?? i + 1;
        if (At(i, out var length) is { } word)
            return (word.Number is null ? null : ClockTime.At(text, lexicon, i)) ?? Word(i, word, length);
        if (token.Kind == TokenKind.Mark ? Vulgar(i) is not null : IsCompound(token))
            return (token.Kind == TokenKind.Word ? ClockTime.At(text, lexicon, i) : null) ?? Amount(i, i, null) ?? i + 1;
        return Money(i) ?? i + 1;
    }

    // What a dash ties to a date or to a smaller number is its continuation or a score: 2012-13, 10-7; so is what a decimal mark ties to a word.
    private bool IsContinuation(int i) =>
        i >= 2 && Touches(i) && Touches(i - 1)
            && (MarkAt(i - 1) is '-' or '–' && Tokens[i - 2].Kind == TokenKind.Number || MarkAt(i - 1) == lexicon.DecimalMark && IsWordWithDigit(i - 2));

    // magnitude-6.1, M6.1: what stands behind the mark is a number's end.
    private bool IsWordWithDigit(int i) => Tokens[i].Kind == TokenKind.Word && char.IsAsciiDigit(text.Text[Tokens[i].End - 1]);

    // 06 11 22 33 44: four pairs of digits and more with one space or mark between are a telephone's. 9/11, 24/7: what a stroke ties is counted only as a fraction.
    private int? AfterCode(int i)
    {
        var last = i;
        for (var pairs = 1; Tokens[last].Span.Length == 2; pairs++)
        {
            var next = last + 1 < Tokens.Length && Tokens[last + 1].Kind == TokenKind.Mark && Touches(last + 1) && Touches(last + 2) ? last + 2 : last + 1;
            if (next >= Tokens.Length || Tokens[next] is not { Kind: TokenKind.Number, Span.Length: 2 } || Tokens[next].Start - Tokens[last].End > 1)
                return pairs >= FewestPairs ? last + 1 : null;
            last = next;
        }

        return null;
    }

    private int Word(int i, AmountWord word, int length)
    {
        if (word.Is(NumberWordKind.None))
            return i + length;
        if (word.Nothing is { } nothing && Nothing(i, i + length, nothing) is { } after)
            return after;
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
        var isSign = Tokens[i].Kind == TokenKind.Mark || Tokens[i].Span.Length > 1 && length > 1
            || !char.IsLower(text.Text[Tokens[i].Start]) && (length == 1 || Touches(i + 1));
        if (word is { IsCurrency: true, Number: null } && isSign && i + length < Tokens.Length && Tokens[i + length].Kind == TokenKind.Number && IsClose(i + length))
            return Amount(i, i + length, word) ?? i + length;
        return word.Number is { } number && CanOpen(number) ? Amount(i, i, null) ?? i + length : i + 1;
    }

    // USD115: a currency's code and digits in one word.
    private int? Money(int i)
    {
        var word = text[Tokens[i]];
        if (Tokens[i].Kind != TokenKind.Word || word.Length is < 4 or > 16 || word[3..].ContainsAnyExceptInRange('0', '9'))
            return null;
        var code = new Token(TextSpan.Of(Tokens[i].Start, 3), TokenKind.Word);
        if (lexicon.Phrases.Find(text.Text, [code], 0, out _) is not { IsCurrency: true } currency || Parse(word[3..]) is not { } value)
            return null;
        Add(i, i + 1, value, new UnitReading(currency.Unit, 1, true), NumberBounds.Exact, null);
        return i + 1;
    }

    // Nobody, aucun mort, not a single passenger: zero, where it is told of what befalls people or with emphasis.
    private int? Nothing(int first, int next, NothingKind kind)
    {
        var end = next;
        UnitReading? unit = kind == NothingKind.Nobody ? new UnitReading(HappeningReader.Person, 1, true, IsMeasure: false) : Noun(next, ref end, isMany: false);
        if (unit is not { } counted)
            return null;
        // "Personne n'…": the negation is the verb's.
        if (kind == NothingKind.Nobody)
            end = next - first > 1 && Tokens[next - 1].Tag is PartOfSpeech.Adverb or PartOfSpeech.Particle ? next - 1 : next;
        var happened = _happenings.Of(first, end);
        if (happened is null && kind != NothingKind.Emphatic)
            return null;
        Add(first, end, 0, counted, NumberBounds.Exact, null);
        return end;
    }

    // .25, ,5: decimals without a digit before their mark.
    private bool IsBareDecimal(int i) =>
        MarkAt(i) == lexicon.DecimalMark && Touches(i + 1) && Tokens[i + 1].Kind == TokenKind.Number && !Touches(i) && !Tokens[i + 1].Span.In(text.Text).ContainsAnyExceptInRange('0', '9');

    // Quarante-huit, forty-eight
    private bool IsCompound(Token token)
    {
        var word = text[token];
        var hyphen = word.IndexOfAny('-', '‐', '\u2011');
        return hyphen > 0 && lexicon.Words.Find(word[..hyphen]) is { Kind: NumberWordKind.Small or NumberWordKind.Times or NumberWordKind.Fraction };
    }

    private static bool CanOpen(NumberWord number) => number.Kind is NumberWordKind.Small or NumberWordKind.One
        or NumberWordKind.Article or NumberWordKind.Times or NumberWordKind.Group or NumberWordKind.Groups or NumberWordKind.Dozen or NumberWordKind.Fraction
        or NumberWordKind.Minus or NumberWordKind.Vague or NumberWordKind.The;

    // Patterns ask for the same word again and again: the last answers are kept.
    private AmountWord? At(int i, out int length)
    {
        length = 0;
        if (i < 0 || i >= Tokens.Length)
            return null;
        ref var kept = ref _words[i & (Kept - 1)];
        if (kept.After != i + 1)
            kept = (i + 1, lexicon.Phrases.Find(text.Text, Tokens, i, out var found), found);
        length = kept.Length;
        return kept.Word;
    }

    private AmountWord? Following(int i, out int length)
    {
        length = 0;
        return i < Tokens.Length && IsClose(i) ? At(i, out length) : null;
    }

    private bool IsSameLine(int i) => !text.Text.AsSpan(Tokens[i - 1].End, Tokens[i].Start - Tokens[i - 1].End).ContainsAny('\n', '\r');

    // At most two spaces between a token and the one before.
    private bool IsClose(int i) => i > 0 && Tokens[i].Start - Tokens[i - 1].End <= 2 && IsSameLine(i);

    private bool Touches(int i) => i > 0 && i < Tokens.Length && Tokens[i].Start == Tokens[i - 1].End;

    private char MarkAt(int i) => i >= 0 && i < Tokens.Length && Tokens[i].Kind == TokenKind.Mark ? text.Text[Tokens[i].Start] : '\0';

    /// <summary>Adds the amount that starts at <paramref name="first"/> and whose number starts at <paramref name="i"/>; gives the token after it, or null where it is none.</summary>
    private int? Amount(int first, int i, AmountWord? currency)
    {
        _isMoney = currency is not null;
        if (currency is null && (IsNumbered(first) || IsNameOfNumber(i)) || Value(i) is not { } read)
            return null;
        if (currency is null && IsStroke(i, read))
            return Skip(i, i + 3);
        if (currency is null && (IsName(i, read) || IsScore(i, read)))
            return Skip(i, read.Next);

        var sign = IsNegative(first) ? -1 : 1;
        var (start, bounds, isRange) = Bound(sign < 0 ? first - 1 : first, first, read);
        if (!(IsLabelled(first) && !isRange) && RangeEnd(read, isRange, out var second, out var secondStart))
            return AddRange(start, secondStart, read, second, currency, isRange, sign);
        var unit = UnitAfter(read, currency, out var next);
        var part = PartAfter(next, read, unit, out next);
        if (read.Value is 1 && read.IsOne && !unit.IsOneCounted && part == 0 && sign > 0 && !IsSpan(unit, next))
            return null;
        if (Second(next, unit) is { } rest)
        {
            Add(start, rest.Next, sign * (read.Value * unit.Factor + rest.Value), unit, bounds, null);
            return rest.Next;
        }

        (bounds, next) = BoundAfter(bounds, next);
        var per = Rate(next, out next);
        if (unit.Unit is null && per is null && IsLabelled(first))
            return Skip(i, next);
        Add(start, next, sign * (read.Value + part) * unit.Factor, unit, bounds, per);
        return next;
    }

    // One year, un an de prison: a span of time, where "one" is no article.
    private bool IsSpan(UnitReading unit, int next) =>
        unit is { Unit: "s" or "min" or "h" or "d" or "wk" or "mo" or "y" } && (lexicon.HasArticles || Following(next, out _)?.Is(NumberWordKind.Of) == true);

    // Where the amount begins with what bounds it, what the bounds are, and whether it opens a range.
    private (int Start, NumberBounds Bounds, bool IsRange) Bound(int start, int first, Reading read)
    {
        var isBound = _bound is { } before && (before.Next == start || before.Next == start - 1 && IsFiller(start - 1) && Tokens[first].Kind == TokenKind.Word);
        var isRange = isBound && _range;
        var bound = _bound;
        (_bound, _range) = (null, false);
        if (!isBound || isRange && !RangeEnd(read, true, out _, out _))
            return (start, read.Bounds, isRange);
        return (bound!.Value.First, Merge(read.Bounds, bound.Value.Bounds), isRange);
    }

    // A mile and a half, 7 ans et demi: part of what is counted, told behind it.
    private double PartAfter(int i, Reading read, UnitReading unit, out int next)
    {
        next = i;
        if (unit.Unit is null or "%" || read.IsShare || i == read.Next || read.Value >= 1000 || Following(i, out var length) is not { } word || !word.Is(NumberWordKind.AndHalf))
            return 0;
        next = i + length;
        return word.Number!.Value;
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
        else if (Tokens[k].Kind == TokenKind.Word && lexicon.Words.Cardinal(text.Text, Tokens, k, out var count) is { } words && (words < 100 || IsHundreds(k + count - 1, words)))
            (value, next) = IsHundreds(k + count - 1, words) ? (words / 100, k + count - 1) : (words, k + count);
        else
            return null;
        // 6ft 2in
        if (next < Tokens.Length && unit.Unit == "ft" && value < 12 && Touches(next) && text[Tokens[next]].Equals("in", StringComparison.OrdinalIgnoreCase))
            return (value / 12, next + 1);
        if (next < Tokens.Length && IsClose(next) && At(next, out var length) is { Unit: { } smaller } small)
        {
            if (smaller == unit.Unit && small.Factor < 1 && value < 100)
                return (value * small.Factor, next + length);
            return unit.Unit == "ft" && value < 12 && smaller == "in" ? (value / 12, next + length) : null;
        }

        // 2 h 30
        if (unit.Unit == "h" && k == i && Tokens[k].Kind == TokenKind.Number && Tokens[k].Span.Length == 2 && value < 60)
            return (value / 60, next);
        // 15 euros 50, thirteen dollars forty-five: a number of two digits, nothing that it could count.
        var isMoney = unit.Unit.Length == 3 && !unit.Unit.AsSpan().ContainsAnyExceptInRange('A', 'Z');
        var isTwoDigits = Tokens[k].Kind == TokenKind.Number ? Tokens[k].Span.Length == 2 : k == i && value is >= 10 and < 100;
        return isMoney && isTwoDigits && (next >= Tokens.Length || Tokens[next].Kind == TokenKind.Mark && MarkAt(next) != '%' || !IsSameLine(next)) ? (value / 100, next) : null;
    }

    // "Treize euros et quarante-cinq cents": hundreds that are cents.
    private bool IsHundreds(int last, double value) =>
        value is >= 100 and < 10000 && At(last, out _) is { Unit: not null, Factor: < 1 } cents && cents.Is(NumberWordKind.Times);

    private static int Skip(int i, int next) => Math.Max(i + 1, next);

    private void Add(int first, int next, double value, UnitReading unit, NumberBounds bounds, string? per)
    {
        var counted = unit.IsMeasure ? OfNoun(next) : unit.Unit;
        var happened = unit.IsMeasure ? null : _happenings.Of(first, next);
        // Thousands times decimals leave a rest in the last binary digits: 16.4 million.
        _mentions.Add(new NumberMention(Tokens[first].Span.Union(Tokens[next - 1].Span), Math.Abs(value) >= 1000 ? Math.Round(value, 3) : value, unit.Unit, bounds, inTitle, per)
        {
            Counted = happened is not null && (counted is null || lexicon.Happenings.Of(counted) is not null) ? HappeningReader.Person : counted,
            Happened = happened,
        });
    }

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
            return first == 1 || Tokens[first - 1].Start > Tokens[first - 2].End && Tokens[first - 2].Kind != TokenKind.Number || MarkAt(first - 2) is '(' or '[' or ':';
        // "La baisse est de - 3 %": a dash between a preposition and a number is its sign.
        if (MarkAt(first - 1) is '-' or '−' && first > 1 && Tokens[first - 2].Tag == PartOfSpeech.Adposition)
            return true;
        return At(first - 1, out _) is { Number.Kind: NumberWordKind.Minus };
    }

    // ---------------------------------------------------------------- what is no amount

    // 1er, G7: ordinals, names.
    private bool IsName(int i, Reading read)
    {
        var next = read.Next;
        if (next >= Tokens.Length || read.IsWords)
            return false;
        return Touches(next) && Tokens[next].Kind == TokenKind.Word && Tokens[i].Kind == TokenKind.Number && (At(next, out _) is not { } unit || unit.Unit is null or "h");
    }

    // 10-7, 3-1: the second smaller than the first.
    private bool IsScore(int i, Reading read) =>
        read.Next == i + 1 && MarkAt(i + 1) is '-' or '–' && Touches(i + 1) && Touches(i + 2) && i + 2 < Tokens.Length && Tokens[i + 2].Kind == TokenKind.Number
        && Parse(Tokens[i + 2].Span.In(text.Text)) is { } second && second <= read.Value;

    // 9/11, 24/7: no fraction, and no amount.
    private bool IsStroke(int i, Reading read) =>
        read.Next == i + 1 && MarkAt(i + 1) == '/' && Touches(i + 1) && Touches(i + 2) && Tokens[i + 2].Kind == TokenKind.Number;

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
            return text.Text[before.Start] is '°' or '#' or '/' or '_' && Touches(first - 1) || text.Text[before.Start] == '.' && Touches(first - 1) && text.SentenceAt(before.Start) == text.SentenceAt(Tokens[first].Start) || Touches(first) && text.Text[before.Start] is '-' && first > 1 && Touches(first - 1) && Tokens[first - 2].Kind == TokenKind.Word;
        if (before.Kind != TokenKind.Word)
            return false;
        if (lexicon.Labels.Contains(text[before]))
            return true;
        // Boeing 737, iPhone 4
        var word = text[before];
        return word.ContainsAnyInRange('A', 'Z') && Tokens[first].Kind == TokenKind.Number && text.SentenceAt(before.Start) is >= 0 and var sentence && text.Sentences[sentence].Start < before.Start;
    }
}
