using Recoupe.Numbers;
using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>Expressions told in units of the calendar: next week, two years ago, the third quarter.</summary>
internal sealed partial class DateParser
{
    // Every Monday, tous les deux ans: a frequency is no date.
    private int AfterFrequency(int i)
    {
        var next = i + 1;
        for (var steps = 0; steps < 4 && (At(next).Number >= 0 || Is(next, Roles.Units | Roles.Unit | Roles.Weekday | Roles.Month | Roles.Season | Roles.Part)
            || At(next).Kind == TokenKind.Word && lexicon.Numbers.Find(Words(next)) is not null); steps++)
            next++;
        return next;
    }

    // Next week, last May, this Friday, ces trois derniers mois, this morning
    private CalendarExpression? FromShift(int i, DateWord word, int depth, bool article)
    {
        var next = i + 1;
        if (Is(next, Roles.Part) && word.Shift is 0 or -1 or 1 && !article)
            return Extend(new DayExpression(word.Shift), i, next + 1);

        if (Is(next, Roles.Edge) && Edge(next, next, depth + 1) is { } edge and not DayExpression)
            return Extend(edge, i, edge.Next);

        // These last days, the past three years, ces trois derniers mois
        if (Stretch(i, i, word, depth) is { } stretch)
            return stretch;

        if (Is(next, Roles.Unit) && word.Shift == -1 && LastOf(i, next, depth) is { } last)
            return last;
        if (Is(next, Roles.Unit) && word.Is(Roles.Span) && At(next).Word!.Unit != Grain.Day)
            return Extend(At(next).Word!.Unit == Grain.Decade ? new StretchExpression(10, Grain.Year, word.Shift) : new StretchExpression(1, At(next).Word!.Unit, word.Shift), i, next + 1);

        if (Is(next, Roles.Unit))
        {
            var unit = Extend(new UnitExpression(At(next).Word!.Unit, word.Shift), i, next + 1);
            // Cette semaine -là is in the list; ce mois -ci; cette année dernière is none.
            if (word.Shift == 0 && Is(next + 1, Roles.Shift) && At(next + 1).Word!.Shift == 0)
                unit = Extend(unit, i, next + 2);
            else if (word.Shift == 0 && Is(next + 1, Roles.Context) && !Is(next + 1, Roles.After | Roles.Of))
                unit = unit with { From = Base.Context, Shift = At(next + 1).Word!.Context };
            if (unit.Grain == Grain.Day)
                return word.Shift == 0 ? null : AsDays(unit);
            return OnWeekday(i, unit);
        }

        if (Is(next, Roles.Quarter | Roles.Half))
            return null;
        if (!Is(next, Roles.Month | Roles.Weekday | Roles.Season | Roles.Holiday) && At(next).Number < 0 && lexicon.Numbers.FindOrdinal(Words(next)) is null)
            return null;
        var inner = Core(next, depth + 1) ?? ForcedMonth(next);
        if (inner is NthExpression)
            return Extend(inner, i, inner.Next);
        // "last 20" is no date, "ce 20 novembre" is.
        if (inner is not YearlyExpression yearly || word.Shift != 0 && (yearly.Year is not null || yearly is DateExpression { Month: null, Weekday: null, Day: not null }))
            return null;
        return Extend(yearly with { Shift = yearly.Shift ?? word.Shift, IsNextWeek = word.Is(Roles.NextWeek) }, i, inner.Next);
    }

    // The last quarter of 2009, dernière semaine de décembre
    private NthExpression? LastOf(int first, int unit, int depth)
    {
        var k = Is(unit + 1, Roles.Of) ? unit + 2 : unit + 1;
        var whole = WholePeriod(k, depth + 1);
        if (whole is not (DateExpression or UnitExpression) || whole is UnitExpression && k == unit + 1)
            return null;
        return Extend(new NthExpression(-1, At(unit).Word!.Unit, null, whole), first, whole.Next);
    }

    private DateExpression? ForcedMonth(int i) =>
        Is(i, Roles.Month) && char.IsUpper(Words(i)[0]) | Words(i).Length > 3 ? Date(i, i + 1, month: At(i).Word!.Month) : null;

    // "The past day" is yesterday's, "next day" tomorrow's.
    private static DayExpression AsDays(UnitExpression unit) => new(unit.Shift) { Span = unit.Span, Next = unit.Next };

    // Next week on Friday, la semaine prochaine
    private CalendarExpression OnWeekday(int first, UnitExpression unit)
    {
        if (unit.Grain != Grain.Week)
            return unit;
        var k = Is(unit.Next, Roles.On) ? unit.Next + 1 : unit.Next;
        if (!Is(k, Roles.Weekday) || k == unit.Next && Words(k).Length > 3 || DayAt(k + 1, out _) is not null)
            return unit;
        return Extend(new NthExpression(1, Grain.Day, At(k).Word!.Weekday, unit), first, k + 1);
    }

    // [shift|article] [number] [shift] units, in the order that the language has: the number may stand on either side.
    private CalendarExpression? Stretch(int first, int i, DateWord? opening, int depth)
    {
        var next = i + 1;
        var shift = opening?.Shift;
        if (opening is { Shift: 0 } && Is(next, Roles.Shift))
            shift = At(next++).Word!.Shift;
        var number = Amount(next, out var after);
        if (number is not null)
            next = after;
        if (Is(next, Roles.Shift) && !Is(next, Roles.Unit))
            shift = At(next++).Word!.Shift;
        if (!Is(next, Roles.Units) || At(next).Word!.Unit == Grain.Day && number is null && shift is null or 0)
            return null;
        if (shift is null or 0 || Is(next, Roles.Unit) && number is null && !IsPlural(i, next))
            return null;
        return Units(first, next, (number ?? 0) * At(next).Word!.UnitTimes, shift.Value);
    }

    // So many units; no time where it is not told how many.
    private CalendarExpression Units(int first, int unit, double amount, int shift) =>
        amount >= 1 ? Extend(new StretchExpression((int)Math.Min(amount, 9999), At(unit).Word!.Unit, shift), first, unit + 1) : Extend(new VagueExpression(), first, unit + 1);

    // French mois is singular and plural: its article or demonstrative tells.
    private bool IsPlural(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (Words(i) is [.., 's' or 'S'])
                return true;
        }

        return false;
    }

    /// <summary>How many units: a number in digits or words, one for an article; zero for "a few"; null where none stands there.</summary>
    private double? Amount(int i, out int next)
    {
        next = i + 1;
        var lexeme = At(i);
        if (lexeme.Number >= 0)
            return lexeme.Digits <= 4 ? lexeme.Number : null;
        if (lexeme.Word?.Is(Roles.Cardinal) != true)
            return null;
        if (lexicon.Numbers.Find(Words(i)) is not { } word)
        {
            // "A couple of", "a few" are phrases of several words; hyphens make numbers of no list.
            if (lexicon.Numbers.Cardinal(text.Text, text.Tokens, lexeme.Token, out var some) is not { } hyphenated)
                return null;
            next = LexemeOf(lexeme.Token + some, i);
            return hyphenated;
        }

        switch (word.Kind)
        {
            case NumberWordKind.Vague:
                return 0;
            case NumberWordKind.Article or NumberWordKind.One:
                var then = lexicon.Numbers.Find(Words(i + 1));
                if (then is { Kind: NumberWordKind.Vague or NumberWordKind.Couple or NumberWordKind.Group or NumberWordKind.Dozen })
                {
                    next = Is(i + 2, Roles.Of) ? i + 3 : i + 2;
                    return then.Kind == NumberWordKind.Vague ? 0 : then.Value;
                }

                if (word.Kind == NumberWordKind.Article)
                    return 1;
                break;
            case NumberWordKind.Small or NumberWordKind.Times:
                break;
            default:
                return null;
        }

        if (lexicon.Numbers.Cardinal(text.Text, text.Tokens, lexeme.Token, out var count) is not { } value)
            return null;
        next = LexemeOf(lexeme.Token + count, i);
        return value;
    }

    private int LexemeOf(int token, int from)
    {
        var i = from;
        while (i < lexemes.Count && lexemes[i].Token < token)
            i++;
        return i;
    }

    // The following week, the previous year; la semaine suivante comes by its unit.
    private CalendarExpression? FromContext(int i, DateWord word, bool article)
    {
        if (!article || !Is(i + 1, Roles.Unit | Roles.Weekday | Roles.Month))
            return null;
        var of = At(i + 1).Word!;
        if (of.Is(Roles.Unit))
            return Extend(new UnitExpression(of.Unit, word.Context) { From = Base.Context }, i, i + 2);
        var date = of.Is(Roles.Weekday) ? Date(i, i + 2, weekday: of.Weekday) : Date(i, i + 2, month: of.Month);
        return Extend(date with { From = Base.Context, Shift = word.Context }, i, i + 2);
    }

    // Il y a trois jours, dans deux mois, jour pour jour
    private CalendarExpression? FromIn(int i, DateWord word)
    {
        var k = Is(i + 1, Roles.About) ? i + 2 : i + 1;
        if (Amount(k, out var next) is not { } amount || !Is(next, Roles.Units | Roles.Unit) || Is(next, Roles.Units) && Is(k, Roles.Shift))
            return null;
        var unit = At(next).Word!;
        if (Is(next + 1, Roles.After) && FromQuantity(k, 1) is { } counted)
            return Extend(counted, i, counted.Next);
        // "In two years" is as often how long something took.
        if (word.Is(Roles.BeforeYear) && lexicon.Tense.Around(text, At(i).Token, At(next).Token) != Tense.Future)
            return null;
        if (word.In == 0 || Is(next + 1, Roles.Later))
            return null;
        return Quantity(i, next + 1, amount * unit.UnitTimes, unit.Unit, word.In, Base.Published);
    }

    private CalendarExpression Quantity(int first, int next, double amount, Grain grain, int direction, Base from)
    {
        if (amount <= 0)
            return Extend(new VagueExpression(), first, next);
        var quantity = Extend(new QuantityExpression((int)Math.Min(amount, 9999) * direction, grain) { From = from }, first, next);
        var k = IsMark(next, ',') ? next + 1 : next;
        return Is(k, Roles.Exactly) ? Extend(quantity with { IsExact = true }, first, k + 1) : quantity;
    }

    // Two weeks ago, trois jours plus tard, three weeks from tomorrow, 27-year is none
    private CalendarExpression? FromQuantity(int i, int depth)
    {
        if (Amount(i, out var next) is not { } amount || !Is(next, Roles.Units | Roles.Unit) || IsDash(next))
            return null;
        var unit = At(next).Word!;
        var k = next + 1;
        if (Is(k, Roles.Ago))
            return Quantity(i, k + 1, amount * unit.UnitTimes, unit.Unit, At(k).Word!.Direction, Base.Published);
        if (Is(k, Roles.After) && Single(k + 1, depth + 1) is { IsBare: false } whole && !IsPartial(whole))
            return CountedFrom(whole, i, amount * unit.UnitTimes, unit.Unit, At(k).Word!.After);

        // 1 month and 21 days ago: the larger unit counts from what the smaller one gives.
        if (depth < Deepest && FromQuantity(Is(k, Roles.And) || IsMark(k, ',') ? k + 1 : k, depth + 1) is QuantityExpression { Grain: Grain.Day or Grain.Week or Grain.Month or Grain.Year } rest)
            return CountedFrom(rest, i, amount * unit.UnitTimes, unit.Unit, Math.Sign(rest.Number));

        if (Is(k, Roles.Later) && !(Is(k, Roles.After) && At(k + 1).Kind == TokenKind.Word))
            return Quantity(i, k + 1, amount * unit.UnitTimes, unit.Unit, At(k).Word!.Direction, Base.Context);
        return null;
    }

    private CalendarExpression CountedFrom(CalendarExpression whole, int first, double amount, Grain grain, int direction)
    {
        var counted = Quantity(first, whole.Next, amount, grain, direction, Base.Whole);
        return counted is QuantityExpression quantity ? Extend(quantity with { Whole = whole, IsExact = true }, first, whole.Next) : counted;
    }

    // Années 90, années 1990, the 1990s, the nineties
    private DecadeExpression? FromDecade(int i)
    {
        var number = At(i + 1);
        if (number.Digits == 4 && number.Number is >= 1000 and < 2100 && number.Number % 10 == 0)
            return Decade(i, i + 2, number.Number);
        return number.Digits == 2 && number.Number % 10 == 0 ? Decade(i, i + 2, 1900 + number.Number) : null;
    }

    private DecadeExpression Decade(int first, int next, int year) => Extend(new DecadeExpression(year), first, next);

    // The third quarter [of 2012], T3 2012, summer 2012
    private NumberedExpression Numbered(int first, int next, Grain grain, int number, int depth)
    {
        var numbered = Extend(new NumberedExpression(grain, number), first, next);
        if (IsShiftAfter(next, Roles.Unit))
            return Extend(numbered with { Shift = At(next).Word!.Shift }, first, next + 1);

        var k = Is(next, Roles.Of) || IsMark(next, ',') ? next + 1 : next;
        if ((YearAt(k, out var afterYear) ?? ShortYearAt(k, grain == Grain.Season, out afterYear)) is { } year)
        {
            numbered = Extend(numbered with { Year = year }, first, afterYear);
            // Winter 2012-13 begins in 2012.
            if ((IsDash(k + 1) || IsMark(k + 1, '/')) && Touches(k + 1) && Touches(k + 2) && At(k + 2).Digits is 2 or 4)
                return Extend(numbered, first, k + 3);
            return numbered;
        }

        if (k > next && Single(k, depth + 1) is DateExpression { Month: null, Weekday: null, Year: { } ofYear } date)
            return Extend(numbered with { Year = ofYear }, first, date.Next);

        if (Single(k, depth + 1) is UnitExpression { Grain: Grain.Year } whole && !(whole.IsBare && k == next))
            return Extend(numbered with { Whole = whole }, first, whole.Next);
        return numbered;
    }

    private NumberedExpression? FromSeason(int i, DateWord word, int depth, bool article)
    {
        var season = Numbered(i, i + 1, Grain.Season, word.Season, depth);
        if (season.Shift is not null || season.Year is not null || season.Whole is not null || depth > 0 && Is(i - 1, Roles.Shift))
            return season;
        // Alone a season is most often any: "au printemps" and "this spring" are one.
        return Is(i - 1, Roles.Article) && (Is(i - 1, Roles.To) || Is(i - 2, Roles.BeforeYear | Roles.Edge)) || Is(i - 1, Roles.Of) && Is(i - 2, Roles.Edge) ? season : null;
    }

    // La semaine prochaine, l'an dernier, mois de septembre, semaine du 6 janvier, year 2008
    private CalendarExpression? FromUnit(int i, DateWord word, int depth, bool article)
    {
        var next = i + 1;
        var unit = Extend(new UnitExpression(word.Unit, 0), i, next);
        if (IsShiftAfter(next, Roles.Unit | Roles.Units) || Is(next, Roles.Shift) && Words(next)[0] == '-')
            return unit.Grain == Grain.Day ? null : Extend(unit with { Shift = At(next).Word!.Shift }, i, next + 1);

        if (Is(next, Roles.Context) && !Is(next, Roles.After | Roles.Of))
            return Extend(unit with { From = Base.Context, Shift = At(next).Word!.Context }, i, next + 1);

        if (unit.Grain == Grain.Year && YearAt(next, out _) is not null && At(next).Number > 0)
        {
            var years = YearSpan(next);
            return Extend(years, years is RangeExpression ? next : i, years.Next);
        }

        if (unit.Grain == Grain.Week && At(next).Number is >= 1 and <= 53 && At(next).Digits <= 2)
            return WeekNumber(i, next, depth);
        if (Is(next, Roles.Of) || Is(next, Roles.Month) && unit.Grain == Grain.Month)
        {
            var k = Is(next, Roles.Of) ? next + 1 : next;
            if (unit.Grain == Grain.Month && Is(k, Roles.Month))
            {
                var month = FromMonth(k, At(k).Word!, depth + 1) ?? Date(k, k + 1, month: At(k).Word!.Month);
                return Extend(month, i, month.Next);
            }

            if (unit.Grain is Grain.Week or Grain.Weekend && (Whole(next, depth + 1) ?? Whole(k, depth + 1)) is { IsBare: false } date && IsDayLike(date))
                return date is RangeExpression ? Extend(date, i, date.Next) : Extend(new AroundExpression(unit.Grain, date), i, date.Next);
        }

        // The weekend is one; the week, the year are only as wholes.
        return unit with { IsBareUnit = !(unit.Grain == Grain.Weekend && article) };
    }

    // What a week or weekend can be of: a day, days, a holiday.
    private static bool IsDayLike(CalendarExpression date) =>
        date is HolidayExpression || date is DateExpression { Day: not null } || date is RangeExpression { Low: DateExpression { Day: not null } };

    private NthExpression WeekNumber(int i, int next, int depth)
    {
        var week = Extend(new NthExpression(At(next).Number, Grain.Week, null, null), i, next + 1);
        var k = Is(next + 1, Roles.Of) ? next + 2 : next + 1;
        if (WholePeriod(k, depth + 1) is { IsBare: false } whole && (whole is UnitExpression { Grain: Grain.Year } or DateExpression { Month: null, Year: not null }))
            return Extend(week with { Whole = whole }, i, whole.Next);
        return week;
    }

    // Third week of 2015, first quarter, first three months of the year, fifth Sunday
    private CalendarExpression? FromOrdinal(int first, int i, int depth)
    {
        if (OrdinalAt(i, out var next) is not { } number)
            return null;
        if (Is(next, Roles.Units) && Is(next, Roles.Unit) == false || Amount(next, out _) is not null)
            return FirstUnits(first, i, next, depth);
        if (number < 0)
            return Is(next, Roles.Unit) ? LastOf(first, next, depth) : null;
        if (Is(next, Roles.Unit) && At(next).Word!.Unit is Grain.Quarter or Grain.Half && number <= (At(next).Word!.Unit == Grain.Quarter ? 4 : 2) && !lexicon.Numbers.IsPart(Words(next - 1), Words(next)))
            return Numbered(first, next + 1, At(next).Word!.Unit, number, depth);
        if (!Is(next, Roles.Unit | Roles.Weekday))
            return null;
        var word = At(next).Word!;
        return PartOf(next + 1, depth) is { } whole ? Extend(new NthExpression(number, word.Unit, word.Is(Roles.Weekday) ? word.Weekday : null, whole), first, whole.Next) : null;
    }

    // The longer period that the part told before belongs to.
    private CalendarExpression? PartOf(int next, int depth)
    {
        var k = Is(next, Roles.Of) ? next + 1 : next;
        if (WholePeriod(k, depth + 1) is not { } whole || k == next && whole is not UnitExpression { IsBare: false } || whole is DayExpression or VagueExpression)
            return null;
        return whole;
    }

    // Les 8 premiers mois de l'année, the first three months of 2012
    private CalendarExpression? FirstUnits(int first, int ordinal, int i, int depth)
    {
        if (OrdinalAt(ordinal, out _) != 1)
            return null;
        var amount = Amount(i, out var next) ?? 0;
        if (amount == 0)
            next = i;
        if (!Is(next, Roles.Units))
            return null;
        return StretchOf(first, next, amount, depth);
    }

    private CalendarExpression? FromNumberWord(int i, int depth, bool article)
    {
        if (FromQuantity(i, depth) is { } quantity)
            return quantity;
        // In nineteen ninety-six, en mille neuf cent dix; a number of whole thousands is an amount.
        if (At(i).Number < 0 && Is(i - 1, Roles.BeforeYear) && !Is(i - 1, Roles.To | Roles.From) && (Is(i - 1, Roles.In) || !Is(i - 1, Roles.Of)) && WordYear(i, out var afterYear) is { } year && year % 1000 != 0)
            return Date(i, afterYear, year);
        if (FromOrdinal(i, i, depth) is { } ordinal)
            return ordinal;
        if (Amount(i, out var next) is { } amount)
        {
            if (OrdinalAt(next, out _) == 1 && AmountThenOrdinal(i, next, amount, depth) is { } stretch)
                return stretch;
            if ((article || Is(i - 1, Roles.Of)) && Is(next, Roles.Shift) && AmountThenShift(i, next, amount) is { } shifted)
                return shifted;
        }

        return DayAt(i, out _) is not null && DayMonth(i, i, depth) is { } date && date is not DateExpression { Month: null } ? date : null;
    }

    // Les 8 premiers mois de l'année
    private CalendarExpression? AmountThenOrdinal(int first, int ordinal, double amount, int depth)
    {
        if (!Is(ordinal + 1, Roles.Units) || amount <= 0)
            return null;
        return StretchOf(first, ordinal + 1, amount, depth);
    }

    // The first so many units of a longer period
    private CalendarExpression? StretchOf(int first, int unit, double amount, int depth)
    {
        if (PartOf(unit + 1, depth) is not { } whole)
            return null;
        return Units(first, unit, amount, 1) is StretchExpression stretch ? Extend(stretch with { Whole = whole }, first, whole.Next) : Extend(new VagueExpression(), first, whole.Next);
    }

    // Les deux dernières années
    private CalendarExpression? AmountThenShift(int first, int shift, double amount)
    {
        if (!Is(shift + 1, Roles.Units) || At(shift).Word!.Shift == 0)
            return null;
        return Units(first, shift + 1, amount, At(shift).Word!.Shift);
    }
}
