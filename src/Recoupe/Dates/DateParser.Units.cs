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
        {
            var part = Make(Form.DayOffset, i, next + 1);
            part.Number = word.Shift;
            return part;
        }

        if (Is(next, Roles.Edge) && Edge(next, next, depth + 1) is { Form: not Form.DayOffset } edge)
            return Extend(edge, i, edge.Next);

        // These last days, the past three years, ces trois derniers mois
        if (Stretch(i, i, word, depth) is { } stretch)
            return stretch;

        if (Is(next, Roles.Unit) && word.Shift == -1 && LastOf(i, next, depth) is { } last)
            return last;
        if (Is(next, Roles.Unit) && word.Is(Roles.Span) && At(next).Word!.Unit != Grain.Day)
        {
            var span = Make(Form.Stretch, i, next + 1);
            (span.Number, span.Grain, span.Shift) = (At(next).Word!.Unit == Grain.Decade ? 10 : 1, At(next).Word!.Unit == Grain.Decade ? Grain.Year : At(next).Word!.Unit, word.Shift);
            return span;
        }

        if (Is(next, Roles.Unit))
        {
            var unit = Make(Form.UnitShift, i, next + 1);
            (unit.Grain, unit.Shift) = (At(next).Word!.Unit, word.Shift);
            // Cette semaine -là is in the list; ce mois -ci; cette année dernière is none.
            if (word.Shift == 0 && Is(next + 1, Roles.Shift) && At(next + 1).Word!.Shift == 0)
                Extend(unit, i, next + 2);
            else if (word.Shift == 0 && Is(next + 1, Roles.Context) && !Is(next + 1, Roles.After | Roles.Of))
                (unit.From, unit.Shift) = (Base.Context, At(next + 1).Word!.Context);
            if (unit.Grain == Grain.Day)
                return word.Shift == 0 ? null : AsDays(unit);
            return OnWeekday(i, unit);
        }

        if (Is(next, Roles.Quarter | Roles.Half))
            return null;
        if (!Is(next, Roles.Month | Roles.Weekday | Roles.Season | Roles.Holiday) && At(next).Number < 0 && lexicon.Numbers.FindOrdinal(Words(next)) is null)
            return null;
        var inner = Core(next, depth + 1) ?? ForcedMonth(next);
        if (inner is null || inner.Bare || inner.Form is not (Form.Date or Form.Numbered or Form.Holiday or Form.NthOf) || inner.Year is not null && word.Shift != 0)
            return null;
        // "last 20" is no date, "ce 20 novembre" is.
        if (inner.Form == Form.Date && inner.Month is null && inner.Weekday is null && inner.Day is not null && word.Shift != 0)
            return null;
        inner.Shift ??= word.Shift;
        inner.NextWeek = word.Is(Roles.NextWeek);
        return Extend(inner, i, inner.Next);
    }

    // The last quarter of 2009, dernière semaine de décembre
    private CalendarExpression? LastOf(int first, int unit, int depth)
    {
        var k = Is(unit + 1, Roles.Of) ? unit + 2 : unit + 1;
        if (WholePeriod(k, depth + 1) is not { Form: Form.Date or Form.UnitShift } whole || whole.Form == Form.UnitShift && k == unit + 1)
            return null;
        var nth = Make(Form.NthOf, first, whole.Next);
        (nth.Number, nth.Grain, nth.Whole) = (-1, At(unit).Word!.Unit, whole);
        return nth;
    }

    private CalendarExpression? ForcedMonth(int i) =>
        Is(i, Roles.Month) && char.IsUpper(Words(i)[0]) | Words(i).Length > 3 ? Date(i, i + 1, month: At(i).Word!.Month) : null;

    // "The past day" is yesterday's, "next day" tomorrow's.
    private CalendarExpression AsDays(CalendarExpression unit)
    {
        var day = Make(Form.DayOffset, IndexOf(unit), unit.Next);
        day.Number = unit.Shift ?? 0;
        return day;
    }

    private int IndexOf(CalendarExpression e)
    {
        var i = e.Next - 1;
        while (i > 0 && lexemes[i].Span.Start > e.Span.Start)
            i--;
        return i;
    }

    // Next week on Friday, la semaine prochaine
    private CalendarExpression OnWeekday(int first, CalendarExpression unit)
    {
        if (unit.Grain != Grain.Week)
            return unit;
        var k = Is(unit.Next, Roles.On) ? unit.Next + 1 : unit.Next;
        if (!Is(k, Roles.Weekday) || k == unit.Next && Words(k).Length > 3 || DayAt(k + 1, out _) is not null)
            return unit;
        var nth = Make(Form.NthOf, first, k + 1);
        (nth.Weekday, nth.Number, nth.Whole) = (At(k).Word!.Weekday, 1, unit);
        return nth;
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
        var stretch = Make(number is > 0 ? Form.Stretch : Form.Vague, first, next + 1);
        (stretch.Number, stretch.Grain, stretch.Shift) = ((int)(number ?? 0) * At(next).Word!.UnitTimes, At(next).Word!.Unit, shift);
        return stretch;
    }

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
        var found = of.Is(Roles.Unit) ? Make(Form.UnitShift, i, i + 2) : Date(i, i + 2);
        if (of.Is(Roles.Unit))
            found.Grain = of.Unit;
        else if (of.Is(Roles.Weekday))
            found.Weekday = of.Weekday;
        else
            found.Month = of.Month;
        (found.From, found.Shift) = (Base.Context, word.Context);
        return found;
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
        var quantity = Make(amount > 0 ? Form.Quantity : Form.Vague, first, next);
        (quantity.Number, quantity.Grain, quantity.From) = ((int)Math.Min(amount, 9999) * direction, grain, from);
        var k = IsMark(next, ',') ? next + 1 : next;
        if (!Is(k, Roles.Exactly))
            return quantity;
        quantity.Exact = true;
        return Extend(quantity, first, k + 1);
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
        if (Is(k, Roles.After) && Single(k + 1, depth + 1) is { Bare: false } whole && !IsPartial(whole))
        {
            var counted = Quantity(i, whole.Next, amount * unit.UnitTimes, unit.Unit, At(k).Word!.After, Base.Whole);
            (counted.Whole, counted.Exact) = (whole, true);
            return counted;
        }

        // 1 month and 21 days ago: the larger unit counts from what the smaller one gives.
        if (depth < Deepest && FromQuantity(Is(k, Roles.And) || IsMark(k, ',') ? k + 1 : k, depth + 1) is { Form: Form.Quantity, Grain: Grain.Day or Grain.Week or Grain.Month or Grain.Year } rest)
        {
            var counted = Quantity(i, rest.Next, amount * unit.UnitTimes, unit.Unit, Math.Sign(rest.Number), Base.Whole);
            (counted.Whole, counted.Exact) = (rest, true);
            return counted;
        }

        if (Is(k, Roles.Later) && !(Is(k, Roles.After) && At(k + 1).Kind == TokenKind.Word))
            return Quantity(i, k + 1, amount * unit.UnitTimes, unit.Unit, At(k).Word!.Direction, Base.Context);
        return null;
    }

    // Années 90, années 1990, the 1990s, the nineties
    private CalendarExpression? FromDecade(int i)
    {
        var number = At(i + 1);
        if (number.Digits == 4 && number.Number is >= 1000 and < 2100 && number.Number % 10 == 0)
            return Decade(i, i + 2, number.Number);
        return number.Digits == 2 && number.Number % 10 == 0 ? Decade(i, i + 2, 1900 + number.Number) : null;
    }

    private CalendarExpression Decade(int first, int next, int year)
    {
        var decade = Make(Form.Decade, first, next);
        decade.Year = year;
        return decade;
    }

    // The third quarter [of 2012], T3 2012, summer 2012
    private CalendarExpression Numbered(int first, int next, Grain grain, int number, int depth)
    {
        var numbered = Make(Form.Numbered, first, next);
        (numbered.Grain, numbered.Number) = (grain, number);
        if (IsShiftAfter(next, Roles.Unit))
        {
            numbered.Shift = At(next).Word!.Shift;
            return Extend(numbered, first, next + 1);
        }

        var k = Is(next, Roles.Of) || IsMark(next, ',') ? next + 1 : next;
        if ((YearAt(k, out var afterYear) ?? ShortYearAt(k, grain == Grain.Season, out afterYear)) is { } year)
        {
            numbered.Year = year;
            Extend(numbered, first, afterYear);
            // Winter 2012-13 begins in 2012.
            if ((IsDash(k + 1) || IsMark(k + 1, '/')) && Touches(k + 1) && Touches(k + 2) && At(k + 2).Digits is 2 or 4)
                Extend(numbered, first, k + 3);
            return numbered;
        }

        if (k > next && Single(k, depth + 1) is { Form: Form.Date, Month: null, Weekday: null, Year: { } ofYear } date)
        {
            numbered.Year = ofYear;
            return Extend(numbered, first, date.Next);
        }

        if (Single(k, depth + 1) is { Form: Form.UnitShift, Grain: Grain.Year } whole && !(whole.Bare && k == next))
        {
            numbered.Whole = whole;
            return Extend(numbered, first, whole.Next);
        }

        return numbered;
    }

    private CalendarExpression? FromSeason(int i, DateWord word, int depth, bool article)
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
        var unit = Make(Form.UnitShift, i, next);
        unit.Grain = word.Unit;
        if (IsShiftAfter(next, Roles.Unit | Roles.Units) || Is(next, Roles.Shift) && Words(next)[0] == '-')
        {
            unit.Shift = At(next).Word!.Shift;
            Extend(unit, i, next + 1);
            return unit.Grain == Grain.Day ? null : unit;
        }

        if (Is(next, Roles.Context) && !Is(next, Roles.After | Roles.Of))
        {
            (unit.From, unit.Shift) = (Base.Context, At(next).Word!.Context);
            return Extend(unit, i, next + 1);
        }

        if (unit.Grain == Grain.Year && YearAt(next, out _) is not null && At(next).Number > 0)
        {
            var years = YearSpan(next);
            return Extend(years, years.Form == Form.Range ? next : i, years.Next);
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

            if (unit.Grain is Grain.Week or Grain.Weekend && (Whole(next, depth + 1) ?? Whole(k, depth + 1)) is { Bare: false } date && IsDayLike(date))
            {
                var of = Make(Form.UnitOf, i, date.Next);
                (of.Grain, of.Whole) = (unit.Grain, date);
                return date.Form == Form.Range ? Extend(date, i, date.Next) : of;
            }
        }

        // The weekend is one; the week, the year are only as wholes.
        unit.Shift = 0;
        unit.Bare = !(unit.Grain == Grain.Weekend && article);
        return unit;
    }

    // What a week or weekend can be of: a day, days, a holiday.
    private static bool IsDayLike(CalendarExpression date) =>
        date.Form == Form.Holiday || date is { Form: Form.Date, Day: not null } || date is { Form: Form.Range, Whole: { Form: Form.Date, Day: not null } };

    private CalendarExpression WeekNumber(int i, int next, int depth)
    {
        var week = Make(Form.NthOf, i, next + 1);
        (week.Number, week.Grain) = (At(next).Number, Grain.Week);
        var k = Is(next + 1, Roles.Of) ? next + 2 : next + 1;
        if (WholePeriod(k, depth + 1) is { Bare: false } whole && (whole is { Form: Form.UnitShift, Grain: Grain.Year } or { Form: Form.Date, Month: null, Year: not null }))
        {
            week.Whole = whole;
            return Extend(week, i, whole.Next);
        }

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
        var nth = Make(Form.NthOf, first, next + 1);
        (nth.Number, nth.Grain) = (number, word.Unit);
        nth.Weekday = word.Is(Roles.Weekday) ? word.Weekday : null;
        return PartOf(first, nth, depth);
    }

    private CalendarExpression? PartOf(int first, CalendarExpression part, int depth)
    {
        var k = Is(part.Next, Roles.Of) ? part.Next + 1 : part.Next;
        if (WholePeriod(k, depth + 1) is not { } whole || k == part.Next && !(whole is { Form: Form.UnitShift, Bare: false }) || whole.Form is Form.DayOffset or Form.Vague)
            return null;
        part.Whole = whole;
        return Extend(part, first, whole.Next);
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
        var stretch = Make(amount > 0 ? Form.Stretch : Form.Vague, first, next + 1);
        (stretch.Number, stretch.Grain, stretch.Shift) = ((int)amount, At(next).Word!.Unit, 1);
        return PartOf(first, stretch, depth);
    }

    private CalendarExpression? FromNumberWord(int i, int depth, bool article)
    {
        if (FromQuantity(i, depth) is { } quantity)
            return quantity;
        if (FromOrdinal(i, i, depth) is { } ordinal)
            return ordinal;
        if (Amount(i, out var next) is { } amount)
        {
            if (OrdinalAt(next, out _) == 1 && AmountThenOrdinal(i, next, amount, depth) is { } stretch)
                return stretch;
            if ((article || Is(i - 1, Roles.Of)) && Is(next, Roles.Shift) && AmountThenShift(i, next, amount) is { } shifted)
                return shifted;
        }

        return DayAt(i, out _) is not null && DayMonth(i, i, depth) is { } date && (date.Form != Form.Date || date.Month is not null) ? date : null;
    }

    // Les 8 premiers mois de l'année
    private CalendarExpression? AmountThenOrdinal(int first, int ordinal, double amount, int depth)
    {
        if (!Is(ordinal + 1, Roles.Units) || amount <= 0)
            return null;
        var stretch = Make(Form.Stretch, first, ordinal + 2);
        (stretch.Number, stretch.Grain, stretch.Shift) = ((int)amount, At(ordinal + 1).Word!.Unit, 1);
        return PartOf(first, stretch, depth);
    }

    // Les deux dernières années
    private CalendarExpression? AmountThenShift(int first, int shift, double amount)
    {
        if (!Is(shift + 1, Roles.Units) || At(shift).Word!.Shift == 0)
            return null;
        var stretch = Make(amount > 0 ? Form.Stretch : Form.Vague, first, shift + 2);
        (stretch.Number, stretch.Grain, stretch.Shift) = ((int)amount, At(shift + 1).Word!.Unit, At(shift).Word!.Shift);
        return stretch;
    }
}
