using Recoupe.Numbers;
using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>Reads calendar expressions out of lexemes. Every try is bounded in length, so that the whole is linear.</summary>
internal sealed partial class DateParser(AnalyzedText text, DateLexicon lexicon, List<Lexeme> lexemes)
{
    // The end of the week of the second month of next year: deeper is no text.
    private const int Deepest = 4;

    /// <summary>The expressions in order, without overlap.</summary>
    public List<CalendarExpression> Parse()
    {
        var found = new List<CalendarExpression>();
        for (var i = 0; i < lexemes.Count;)
        {
            var lexeme = lexemes[i];
            if (lexeme.Word is null ? lexeme.Kind != TokenKind.Number : !lexeme.Word.Is(Roles.Opening))
            {
                i++;
                continue;
            }

            if (Is(i, Roles.Idiom))
            {
                i++;
                continue;
            }

            if (Is(i, Roles.Every))
            {
                i = AfterFrequency(i);
                continue;
            }

            var expression = Whole(i, 0);
            if (expression is null || expression.IsBare)
            {
                i++;
                continue;
            }

            found.Add(expression);
            i = Math.Max(i + 1, expression.Next);
        }

        return found;
    }

    private Lexeme At(int i) => i >= 0 && i < lexemes.Count ? lexemes[i] : Lexeme.None;

    private bool Is(int i, Roles roles) => At(i).Word?.Is(roles) == true;

    private ReadOnlySpan<char> Words(int i) => At(i).Span.In(text.Text);

    private bool IsMark(int i, char mark) => At(i).Kind == TokenKind.Mark && !At(i).IsBreak && At(i).Span.Length == 1 && text.Text[At(i).Span.Start] == mark;

    private bool IsDash(int i) => IsMark(i, '-') || IsMark(i, '–') || IsMark(i, '‐') || IsMark(i, '—');

    // No space between a lexeme and the one before.
    private bool Touches(int i) => i > 0 && i < lexemes.Count && lexemes[i].Span.Start == lexemes[i - 1].Span.End;

    // The expression as told from a lexeme up to another.
    private T Extend<T>(T expression, int first, int next)
        where T : CalendarExpression
        => expression with { Span = lexemes[first].Span.Union(lexemes[next - 1].Span), Next = next };

    /// <summary>Any expression that starts at a lexeme, ranges included.</summary>
    private CalendarExpression? Whole(int i, int depth)
    {
        if (depth > Deepest || i >= lexemes.Count)
            return null;
        if (Is(i, Roles.Between) && Single(i + 1, depth + 1) is { } low && Is(low.Next, Roles.BetweenTo | Roles.And) && Second(low) is { } high)
            return RangeOf(i, low, high);
        if (Is(i, Roles.From) && Single(i + 1, depth + 1) is { IsBare: false } from)
        {
            if (IsPartial(from))
                return JoinedDays(i + 1, from);
            if (from is RangeExpression || !Is(from.Next, Roles.To) || Second(from) is not { } to)
                return from;
            return RangeOf(i + 1, from, to);
        }

        var single = Single(i, depth);
        if (single is null)
            return null;
        if (IsPartial(single))
            return JoinedDays(i, single);
        if (IsDash(single.Next) && Touches(single.Next) && Touches(single.Next + 1) && single is DateExpression { } start
            && Single(single.Next + 1, depth + 1) is DateExpression { } end && SameShape(start, end))
            return RangeOf(i, single, end);
        if (single is DateExpression { Day: not null } first && Is(single.Next, Roles.And | Roles.To) && Single(single.Next + 1, depth + 1) is DateExpression { Day: not null } other
            && (Is(single.Next, Roles.To) || IsNextDay(first, other)) && SameShape(first, other))
            return RangeOf(i, single, other);
        return single;
    }

    private RangeExpression RangeOf(int first, CalendarExpression low, CalendarExpression high) =>
        Extend(new RangeExpression(low, high), first, high.Next);

    private CalendarExpression? Second(CalendarExpression first)
    {
        var end = Single(first.Next + 1, 1);
        return end is null || end.IsBare || IsPartial(end) && !IsPartial(first) ? null : end;
    }

    private static bool IsPartial(CalendarExpression e) => e is DateExpression { IsPartial: true };

    private static bool SameShape(DateExpression a, DateExpression b) =>
        a is { Weekday: not null, Day: not null, Month: null } && b is { Weekday: not null, Day: not null } ||
        a.Month is null == b.Month is null && (a.Day is null == b.Day is null) && (a.Month is not null || a.Year is not null && b.Year is not null || a.Weekday is not null && b.Weekday is not null);

    private static bool IsNextDay(DateExpression a, DateExpression b) =>
        (a.Month == b.Month || a.Month is null) && a.Day is not null && b.Day == a.Day + 1 || a.Weekday is { } x && b.Weekday is { } y && x % 7 + 1 == y && a.Day is null == b.Day is null;

    // Les 14, 15 et 16 janvier; 14-16 janvier; du 14 au 16 janvier: what the last one tells holds for all.
    private RangeExpression? JoinedDays(int first, CalendarExpression start)
    {
        var (next, days) = (start.Next, 1);
        while (days++ < 12 && (IsMark(next, ',') || Is(next, Roles.And | Roles.To) || IsDash(next)))
        {
            var through = Is(next, Roles.To) || IsDash(next);
            if (At(next + 1).Number < 0 && !(Is(next + 1, Roles.Article) && At(next + 2).Number >= 0))
                return null;
            var day = Single(next + 1, 1);
            if (day is not DateExpression { Day: not null } date)
                return null;
            if (!date.IsPartial)
                return date.Month is null ? null : RangeOf(first, start, date);
            next = date.Next;
            if (through)
                break;
        }

        return null;
    }

    /// <summary>One expression that starts at a lexeme: with its article and edge.</summary>
    private CalendarExpression? Single(int i, int depth)
    {
        if (depth > Deepest || i >= lexemes.Count)
            return null;
        var j = Is(i, Roles.Article | Roles.On) && !Is(i, Roles.Shift) ? i + 1 : i;
        var article = j > i;
        if (Is(j, Roles.Edge) && Edge(i, j, depth) is { } edge)
            return edge;

        var found = Core(i, depth) ?? (article ? Core(j, depth, article: true) : null);
        if (found is null)
            return null;
        return article && found.Span.Start > lexemes[i].Span.Start && IsPlainArticle(i) ? Extend(found, i, found.Next) : found;
    }

    // Le, the: part of the expression, which du and au are not.
    private bool IsPlainArticle(int i) => Is(i, Roles.Article) && !Is(i, Roles.Of | Roles.To);

    // The end of the year, fin janvier, early next week, mi-juin.
    private CalendarExpression? Edge(int i, int j, int depth)
    {
        var k = Is(j + 1, Roles.Of) ? j + 2 : j + 1;
        var whole = WholePeriod(k, depth + 1) ?? (k > j + 1 ? WholePeriod(j + 1, depth + 1) : null);
        if (whole is null or DayExpression or VagueExpression or QuantityExpression)
            return whole is DayExpression ? Extend(whole, i, whole.Next) : null;
        if (whole is UnitExpression unit)
            whole = unit with { IsBareUnit = false };
        return Extend(whole, i < j && IsPlainArticle(i) ? i : j, whole.Next);
    }

    /// <summary>What something can be a part of: an expression, or a bare unit ("the year", "semaine").</summary>
    private CalendarExpression? WholePeriod(int i, int depth)
    {
        if (depth > Deepest)
            return null;
        if (Single(i, depth) is { } single && !IsPartial(single))
            return single;
        var j = Is(i, Roles.Article) ? i + 1 : i;
        if (YearAt(j, out var afterYear) is { } year)
            return Date(i, afterYear, year);
        return null;
    }

    private DateExpression Date(int first, int next, int? year = null, int? month = null, int? day = null, int? weekday = null) =>
        Extend(new DateExpression { Year = year, Month = month, Day = day, Weekday = weekday }, first, next);

    private CalendarExpression? Core(int i, int depth, bool article = false)
    {
        var lexeme = At(i);
        if (lexeme.Kind == TokenKind.Number)
            return FromNumber(i, depth, article);
        if (lexeme.Word is not { } word)
            return null;

        CalendarExpression? found = null;
        if (word.Is(Roles.Anchor))
            found = FromAnchor(i, word, depth);
        if (found is null && word.Is(Roles.Day))
            found = FromDay(i, word, depth);
        if (found is null && word.Is(Roles.Holiday))
            found = FromHoliday(i, word);
        if (found is null && word.Is(Roles.Weekday))
            found = FromWeekday(i, word, depth, article);
        if (found is null && word.Is(Roles.Month))
            found = FromMonth(i, word, depth);
        if (found is null && word.Is(Roles.Shift))
            found = FromShift(i, word, depth, article);
        if (found is null && word.Is(Roles.Context))
            found = FromContext(i, word, article);
        if (found is null && word.Is(Roles.In))
            found = FromIn(i, word);
        if (found is null && word.Is(Roles.Decade))
            found = FromDecade(i);
        if (found is null && word.Is(Roles.Quarter | Roles.Half))
            found = Numbered(i, i + 1, word.Is(Roles.Quarter) ? Grain.Quarter : Grain.Half, word.Part, depth);
        if (found is null && word.Is(Roles.Season))
            found = FromSeason(i, word, depth, article);
        if (found is null && word.Is(Roles.Unit))
            found = FromUnit(i, word, depth, article);
        return found ?? (word.Is(Roles.Cardinal | Roles.Nth) ? FromNumberWord(i, depth, article) : null);
    }

    // ---------------------------------------------------------------- words that tell the day

    private CalendarExpression FromDay(int i, DateWord word, int depth)
    {
        var next = AfterPart(i + 1);
        var day = Extend(new DayExpression(word.Day), i, next);
        // Hier mardi; ce jour, vendredi 10 janvier stays two.
        if (Is(next, Roles.Weekday) && At(next).Word!.WeekdaySure != Sureness.Weak)
            day = Extend(day, i, AfterPart(FromWeekday(next, At(next).Word!, depth, false)?.Next ?? next + 1));
        // Ce jour, vendredi 10 janvier
        else if (IsMark(next, ',') && Is(next + 1, Roles.Weekday) && FromWeekday(next + 1, At(next + 1).Word!, depth, false) is DateExpression { Day: not null } date)
            return Extend(date, i, date.Next);
        return day;
    }

    private CalendarExpression FromAnchor(int i, DateWord word, int depth)
    {
        var anchor = Extend(new QuantityExpression(word.AnchorBy, word.AnchorGrain) { From = Base.Context, IsExact = true }, i, AfterPart(i + 1));
        var k = Is(anchor.Next, Roles.Of) ? anchor.Next + 1 : anchor.Next;
        var before = lexicon.Phrases.Find(text.Text, text.Tokens, LastToken(i), out _)?.Is(Roles.After) == true;
        if (k == anchor.Next && !before)
            return anchor;
        if (Single(k, depth + 1) is { IsBare: false } whole && !IsPartial(whole))
            return Extend(anchor with { From = Base.Whole, Whole = whole }, i, whole.Next);

        // The day before the vote: counted from an event whose day is not told here.
        if (k > anchor.Next || At(k).Kind == TokenKind.Word)
            return Vague(anchor);
        return anchor;
    }

    private int LastToken(int i)
    {
        var token = At(i).Token;
        while (token + 1 < text.Tokens.Length && text.Tokens[token + 1].End <= At(i).Span.End)
            token++;
        return token;
    }

    private static VagueExpression Vague(CalendarExpression like) => new() { Span = like.Span, Next = like.Next };

    private CalendarExpression? FromHoliday(int i, DateWord word)
    {
        var next = i + 1;
        int? shift = Is(next, Roles.Shift) ? At(next++).Word!.Shift : null;
        int? year = null;
        if (shift is null)
        {
            var k = Is(next, Roles.Of) || IsMark(next, ',') ? next + 1 : next;
            if (YearAt(k, out var afterYear) is { } told)
                (year, next) = (told, afterYear);
        }

        var holiday = Extend(new HolidayExpression(word.Holiday!) { Year = year, Shift = shift }, i, next);
        // Noël in "la prime de Noël", Christmas in "a Christmas tree" tell no time.
        if (year is null && shift is null && (Is(i - 1, Roles.Of) && Is(i - 1, Roles.From) && !Is(i - 2, Roles.Unit | Roles.Anchor | Roles.Edge) || IsNoun(next)))
            return null;
        // Labor Day weekend
        return Is(next, Roles.Unit) && At(next).Word!.Unit == Grain.Weekend ? Extend(new AroundExpression(Grain.Weekend, holiday), i, next + 1) : holiday;
    }

    private bool IsNoun(int i) => At(i) is { Kind: TokenKind.Word, Word: null, Token: >= 0 and var token } && text.Tokens[token].Tag == PartOfSpeech.Noun;

    private CalendarExpression? FromWeekday(int i, DateWord word, int depth, bool article)
    {
        var next = i + 1;
        if (IsMark(next, '.') && Touches(next) && word.WeekdaySure == Sureness.Weak)
            next++;
        // Vendredi après-midi 4 juillet
        if (Is(next, Roles.Part) && (At(next + 1).Number is >= 1 and <= 31 && Is(next + 2, Roles.Month) || Is(next + 1, Roles.Month) && At(next + 2).Number is >= 1 and <= 31))
            next++;
        var comma = IsMark(next, ',') ? next + 1 : next;
        if (Is(comma, Roles.Article) && (At(comma + 1).Number >= 0 || comma == next))
            comma++;
        if (At(comma).Number >= 0 && Separated(comma, isDate: true) is { Day: not null } numeric)
            return Extend(numeric with { Weekday = word.Weekday }, i, numeric.Next);

        // mercredi 20 novembre; Wednesday, November 20; Thursday the 21st
        if (DayAt(comma, out var afterDay) is not null && DayMonth(i, comma, depth) is { } date)
            return OnWeekday(date, word.Weekday);
        if (Is(comma, Roles.Month) && MonthDay(i, comma) is DateExpression { Day: not null } monthDay)
            return monthDay with { Weekday = word.Weekday };

        if (DayAt(comma, out afterDay) is { } number && (comma == next || Is(comma - 1, Roles.Article)) && !IsQuantity(afterDay) && IsDayAlone(comma, afterDay))
        {
            var alone = Date(i, AfterPart(afterDay), day: number, weekday: word.Weekday);
            if (Is(alone.Next, Roles.Shift) && !Is(alone.Next, Roles.NextWeek | Roles.Opens))
                return Extend(alone with { Shift = At(alone.Next).Word!.Shift }, i, alone.Next + 1);
            return alone;
        }

        if (word.WeekdaySure == Sureness.Weak || word.WeekdaySure == Sureness.Capital && !char.IsUpper(Words(i)[0]))
            return null;
        var weekday = Date(i, AfterPart(next), weekday: word.Weekday);
        if (Is(weekday.Next, Roles.Context) && !Is(weekday.Next, Roles.After | Roles.Of))
            return Extend(weekday with { From = Base.Context, Shift = At(weekday.Next).Word!.Context }, i, weekday.Next + 1);

        if (IsShiftAfter(weekday.Next, Roles.Unit))
            return Extend(weekday with { Shift = At(weekday.Next).Word!.Shift }, i, AfterPart(weekday.Next + 1));

        // Tuesday of last week, Friday next week
        var k = Is(weekday.Next, Roles.Of) ? weekday.Next + 1 : weekday.Next;
        if (Is(k, Roles.Shift | Roles.Article) && Single(k, depth + 1) is UnitExpression { Grain: Grain.Week, IsBare: false, From: Base.Published } week)
            return Extend(new NthExpression(1, Grain.Day, word.Weekday, week), i, week.Next);

        // A weekday with an article is a habit, unless more is said: le lundi.
        return lexicon.ArticleMakesHabit && (article || Is(i - 1, Roles.Article)) && !Is(i - 1, Roles.Of | Roles.To) ? null : weekday;
    }

    private static CalendarExpression OnWeekday(CalendarExpression told, int weekday) =>
        told switch
        {
            DateExpression date => date with { Weekday = weekday },
            NthExpression nth => nth with { Weekday = weekday },
            _ => told,
        };

    // "dimanche 12," but not "dimanche 12 personnes" or "lundi 20 heures".
    private bool IsDayAlone(int day, int after)
    {
        var next = At(after);
        if (after > day + 1)
            return true;
        if (next.Kind == TokenKind.Number || IsMark(after, '/') && Touches(after) || IsMark(after, ':') && Touches(after) || IsMark(after, '%') || IsMark(after, '€') || IsMark(after, '$') || Touches(after) && next.Kind == TokenKind.Word)
            return false;
        return next.Kind != TokenKind.Word || next.Word is not null && !next.Word.Is(Roles.Units);
    }

    private CalendarExpression? FromMonth(int i, DateWord word, int depth)
    {
        if (Separated(i) is { } numeric)
            return numeric;
        if (MonthDay(i, i) is { } date)
            return date;
        var next = AfterAbbreviation(i);
        var abbreviated = next > i + 1;
        if (word.MonthSure != Sureness.Sure && !abbreviated && !IsSureMonth(i, word))
            return null;
        if (abbreviated && word.MonthSure == Sureness.Weak && !Is(i - 1, Roles.BeforeYear | Roles.Shift | Roles.Edge))
            return null;

        var month = Date(i, next, month: word.Month);
        if (IsShiftAfter(next, Roles.Unit))
            return Extend(month with { Shift = At(next).Word!.Shift }, i, next + 1);

        if (Is(next, Roles.Context) && !Is(next, Roles.After | Roles.Of))
            return Extend(month with { From = Base.Context, Shift = At(next).Word!.Context }, i, next + 1);

        var k = Is(next, Roles.Of) ? next + 1 : next;
        if ((k > next || Is(k, Roles.Shift)) && Single(k, depth + 1) is (UnitExpression { Grain: Grain.Year } or QuantityExpression { Grain: Grain.Year }) and var whole)
            return Extend(month with { Whole = whole }, i, whole.Next);

        return month;
    }

    private int AfterAbbreviation(int i) => IsMark(i + 1, '.') && Touches(i + 1) && At(i).Word!.IsShortMonth && At(i).Word!.MonthSure == Sureness.Weak ? i + 2 : i + 1;

    // May, March, mars, sept: names and other words too.
    private bool IsSureMonth(int i, DateWord word)
    {
        var words = Words(i);
        var before = At(i - 1);
        var prepared = Is(i - 1, Roles.BeforeYear | Roles.Edge | Roles.Shift | Roles.And | Roles.To | Roles.BetweenTo | Roles.Between | Roles.From);
        if (word.MonthSure == Sureness.Weak)
            return prepared && (words.Length > 3 && !Is(i - 1, Roles.And) || Is(i - 1, Roles.Edge | Roles.Shift)) && lexicon.Numbers.Find(words) is null && char.IsLower(words[0]);
        if (!char.IsUpper(words[0]))
            return false;
        if (prepared && !(Is(i - 1, Roles.And | Roles.To | Roles.BetweenTo) && At(i + 1).Kind == TokenKind.Word && At(i + 1).Word is null && char.IsUpper(text.Text[At(i + 1).Span.Start])))
            return true;
        // A name's part: Theresa May, April Jones; a modal at the beginning of a sentence: May I.
        var after = At(i + 1);
        var named = before.Kind == TokenKind.Word && before.Word is null && char.IsUpper(text.Text[before.Span.Start])
            || after.Kind == TokenKind.Word && after.Word is null && char.IsUpper(text.Text[after.Span.Start]);
        return !named && (words.Length > 5 || !StartsSentence(i));
    }

    private bool StartsSentence(int i)
    {
        var sentence = text.SentenceAt(At(i).Span.Start);
        return sentence >= 0 && text.Sentences[sentence].Start >= At(i).Span.Start - 1;
    }

    // ---------------------------------------------------------------- month and day

    /// <summary>The day of a month at a lexeme, in digits (20, 1er, 21st) or as an ordinal or cardinal word.</summary>
    private int? DayAt(int i, out int next)
    {
        next = i + 1;
        var lexeme = At(i);
        if (lexeme.Number is >= 1 and <= 31 && lexeme.Digits <= 2)
        {
            if (Touches(i + 1) && Is(i + 1, Roles.Ordinal))
                next++;
            return lexeme.Number;
        }

        if (lexeme.Word?.Is(Roles.Nth | Roles.Cardinal) != true || lexeme.Word?.Is(Roles.Month | Roles.Weekday) == true && lexeme.Word.MonthSure != Sureness.Weak)
            return null;
        return OrdinalAt(i, out next) is { } ordinal and <= 31 ? ordinal : null;
    }

    private int? OrdinalAt(int i, out int next)
    {
        next = i + 1;
        var lexeme = At(i);
        if (lexeme.Number > 0 && Touches(i + 1) && Is(i + 1, Roles.Ordinal))
        {
            next = i + 2;
            return lexeme.Number;
        }

        if (lexeme.Word?.Is(Roles.Nth | Roles.Cardinal) != true)
            return null;
        // Twenty first
        if (lexicon.Numbers.Find(Words(i)) is { Kind: NumberWordKind.Small, Value: >= 20 and var tens } && At(i + 1).Kind == TokenKind.Word
            && lexicon.Numbers.FindOrdinal(Words(i + 1)) is { } ones and > 0 and < 10)
        {
            next = i + 2;
            return (int)tens + ones;
        }

        return lexicon.Numbers.FindOrdinal(Words(i));
    }

    // 20 novembre 2024, 1er janvier, 22nd of June, fourth of July 1995
    private CalendarExpression? DayMonth(int first, int i, int depth)
    {
        if (DayAt(i, out var next) is not { } day)
            return null;
        var isName = IsDash(next) && Touches(next) && Touches(next + 1) && Is(next + 1, Roles.Month) && char.IsUpper(Words(next + 1)[0]);
        if (IsMark(next, '.') && Touches(next) && next == i + 1 && Is(next + 1, Roles.Month) || isName)
            next++;
        // "$12 December 27": an amount of money.
        if (i > 0 && IsMark(i - 1, '$') || IsMark(i - 1, '€') || IsMark(i - 1, '£'))
            return null;
        if (Is(next, Roles.Part) && Is(next + 1, Roles.Of) || Is(next, Roles.Unit) && At(next).Word!.Unit == Grain.Day && Is(next + 1, Roles.Of))
            next++;
        if (Is(next, Roles.Of))
            next++;
        // "The first January in years" is no day.
        if (lexicon.MonthFirst && At(i).Number < 0 && !Is(next - 1, Roles.Of) && Is(next, Roles.Month))
            return null;
        if (!Is(next, Roles.Month))
            return DayOfWhole(first, next, day, depth);
        var month = At(next).Word!;
        var after = AfterAbbreviation(next);
        var date = Named(WithYear(first, Date(first, after, month: month.Month, day: day), depth), i);
        return isName && !lexicon.Holidays.Any(holiday => holiday.Month == month.Month && holiday.Day == day) ? date with { NamesEvent = true } : date;
    }

    // The Sept. 11 attacks, les attentats du 13 novembre: an event that is called by its day.
    private DateExpression Named(DateExpression date, int first)
    {
        if (date is not { Year: null, Shift: null, Weekday: null, Whole: null })
            return date;
        var before = first - 1;
        while (before > first - 3 && Is(before, Roles.Article | Roles.Of | Roles.From))
            before--;
        return date with { NamesEvent = before < first - 1 && IsNamedByDay(before) || lexicon.YearBeforeNoun && IsNamedByDay(date.Next) };
    }

    private bool IsNamedByDay(int i) => At(i) is { Kind: TokenKind.Word, Token: >= 0 } && lexicon.NamedByDay.Contains(Words(i));

    // The 15th day of next month; le 3 de ce mois
    private NthExpression? DayOfWhole(int first, int next, int day, int depth)
    {
        return Is(next - 1, Roles.Of) && Single(next, depth + 1) is UnitExpression { Grain: Grain.Month } month
            ? Extend(new NthExpression(day, Grain.Day, null, month), first, month.Next) : null;
    }

    private DateExpression WithYear(int first, DateExpression date, int depth)
    {
        var next = date.Next;
        if (IsShiftAfter(next, Roles.Unit | Roles.Weekday))
            return Extend(date with { Shift = At(next).Word!.Shift }, first, next + 1);

        if (Is(next, Roles.Context) && !Is(next, Roles.After | Roles.Of))
            return Extend(date with { From = Base.Context, Shift = At(next).Word!.Context }, first, next + 1);

        var k = next;
        if (IsMark(k, ',') || Is(k, Roles.Of))
            k++;
        if ((YearAt(k, out var afterYear) ?? ShortYearAt(k, Is(k - 1, Roles.Of), out afterYear)) is { } year)
            return Extend(date with { Year = year }, first, afterYear);

        if (Is(next, Roles.Of) && Single(k, depth + 1) is UnitExpression { Grain: Grain.Year } whole)
            return Extend(date with { Whole = whole }, first, whole.Next);

        return Extend(date, first, AfterPart(next));
    }

    // November 20, 2024; Jan first; November 2024; Nov. 20-22 is joined by the caller
    private CalendarExpression? MonthDay(int first, int i)
    {
        var word = At(i).Word!;
        var next = AfterAbbreviation(i);
        var k = IsMark(next, ',') ? next + 1 : next;
        if (Is(k, Roles.Article))
            k++;
        else if (Is(k, Roles.Of))
            k++;
        if ((YearAt(k, out var afterYear) ?? ShortYearAt(k, k == next || Is(k - 1, Roles.Of), out afterYear)) is { } year && (!Is(k - 1, Roles.Article) || k == next))
            return Date(first, afterYear, year, word.Month);
        k = Is(next, Roles.Article) ? next + 1 : next;
        // October, 1st
        if (k == next && IsMark(next, ',') && DayAt(next + 1, out var ordinal) is not null && ordinal > next + 2)
            k++;
        var isShort = next > i + 1 || IsDash(next) && Touches(next) && At(i).Word!.IsShortMonth;
        if (isShort && IsDash(next))
            k++;
        if (DayAt(k, out var after) is not { } day || !lexicon.MonthFirst && after == k + 1 && !(isShort && At(after).Kind == TokenKind.Mark) || !IsDayOfMonth(i, k, after))
            return null;

        var date = Named(WithYear(first, Date(first, after, month: word.Month, day: day), 1), first);
        // January 14-16
        if (IsDash(date.Next) && Touches(date.Next) && Touches(date.Next + 1) && date.Year is null && At(date.Next + 1).Number is >= 1 and <= 31 and var last && last > day)
        {
            var end = Date(date.Next + 1, date.Next + 2, month: word.Month, day: last);
            return RangeOf(first, date, WithYear(date.Next + 1, end, 1));
        }

        // From June 1 to 3; May 24 and 25
        if (date is { Year: null, Shift: null } && (Is(date.Next, Roles.To) && Is(first - 1, Roles.From) || Is(date.Next, Roles.And)) && DayAt(date.Next + 1, out var afterEnd) is { } other
            && At(date.Next + 1).Number > 0 && (Is(date.Next, Roles.To) ? other > day : other == day + 1) && IsDayAlone(date.Next + 1, afterEnd) && !Is(afterEnd, Roles.Month))
        {
            var end = Date(date.Next + 1, afterEnd, month: word.Month, day: other);
            return RangeOf(first, date, WithYear(date.Next + 1, end, 1));
        }

        return date;
    }

    private bool IsDayOfMonth(int month, int day, int after)
    {
        if (At(day).Number < 0)
            return char.IsUpper(Words(month)[0]) || At(month).Word!.MonthSure == Sureness.Sure;
        if (IsMark(after, '%') || Touches(after) && At(after).Kind == TokenKind.Word && !Is(after - 1, Roles.Ordinal))
            return false;
        return !Is(after, Roles.Units);
    }

    /// <summary>A year in digits or words at a lexeme, beside a month or in a whole.</summary>
    private int? YearAt(int i, out int next)
    {
        next = i + 1;
        var lexeme = At(i);
        if (lexeme.Digits == 4 && lexeme.Number is >= 1000 and < 2200 && !(Touches(i + 1) && At(i + 1).Kind == TokenKind.Word && !Is(i + 1, Roles.Ordinal)) && !IsMark(i + 1, '%'))
            return lexeme.Number;
        return lexeme.Word?.Is(Roles.Cardinal) == true && !lexeme.Word.Is(Roles.Month) ? WordYear(i, out next) : null;
    }

    // Nineteen ninety-six, two thousand and twenty, mille neuf cent dix
    private int? WordYear(int i, out int next)
    {
        next = i + 1;
        if (lexicon.Numbers.Cardinal(text.Text, text.Tokens, At(i).Token, out var count) is not { } value)
            return null;
        var token = At(i).Token + count;
        if (value is >= 10 and < 22 && lexicon.YearsByPairs && token < text.Tokens.Length && text.Tokens[token].Start <= text.Tokens[token - 1].End + 1
            && lexicon.Numbers.Cardinal(text.Text, text.Tokens, token, out var more) is { } rest and >= 10 and < 100)
            (value, token) = (value * 100 + rest, token + more);
        next = LexemeOf(token, i);
        return value is >= 1000 and < 2200 && !Is(next, Roles.Units | Roles.Unit) && !IsCounted(next) ? (int)value : null;
    }

    // '98 anywhere; 68, 99 without a mark where a month or season stands right before and the number is no day.
    private int? ShortYearAt(int i, bool mayBeBare, out int next)
    {
        var isMarked = IsMark(i, '\'') || IsMark(i, '’') || IsMark(i, '‘');
        var k = isMarked ? i + 1 : i;
        next = k + 1;
        if (At(k).Digits != 2 || isMarked && !Touches(k) || !isMarked && (!mayBeBare || At(k).Number <= 31 || IsMark(next, '%') || Is(next, Roles.Units) || Touches(next) && At(next).Kind == TokenKind.Word
            || At(next).Kind == TokenKind.Word && At(next).Word is null && !lexicon.NotCounted.Contains(Words(next)) && text.Tokens[At(next).Token].Tag is PartOfSpeech.Noun))
            return null;
        return Century(At(k).Number);
    }

    // A year of two digits: up to 50 in this century.
    private static int Century(int digits) => digits + (digits < 50 ? 2000 : 1900);

    // "Dernier" after what it shifts, and not before the next thing: "mardi dernier", not "Friday last week".
    private bool IsShiftAfter(int i, Roles notBefore) => Is(i, Roles.Shift) && !Is(i, Roles.Opens) && !Is(i + 1, notBefore);

    private int AfterPart(int i) => Is(i, Roles.Part) ? i + 1 : i;

    private bool IsQuantity(int i) => Is(i, Roles.Units) || Is(i, Roles.Unit) && !Is(i, Roles.Article);
}
