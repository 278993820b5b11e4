using Recoupe.Numbers;
using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>Expressions that begin with digits: days, numeric dates, years, decades.</summary>
internal sealed partial class DateParser
{
    private CalendarExpression? FromNumber(int i, int depth, bool article)
    {
        if (Is(i - 1, Roles.Decade) && Touches(i))
            return null;
        if (Separated(i) is { } numeric)
            return numeric;
        if (DayAt(i, out var afterDay) is { } day)
        {
            if (DayMonth(i, i, depth) is { } date)
                return date;
            // Le 20, to be joined with what follows; the caller drops it otherwise.
            if ((IsMark(afterDay, ',') && !(article && IsLoneDay(i, afterDay) && At(afterDay + 1).Number < 0 && At(afterDay + 2).Number < 0)) || Is(afterDay, Roles.And | Roles.To) || IsDash(afterDay))
                return FromNumberWord(i, depth, article) ?? Date(i, afterDay, day: day);
        }

        // The '90s
        if (At(i).Digits == 2 && At(i).Number % 10 == 0 && Touches(i) && Touches(i + 1) && Tokenizer.IsApostrophe(text.Text[At(i).Span.Start - 1]) && lexicon.DecadeEndings.Contains(Words(i + 1)))
            return Decade(i, i + 2, At(i).Number + (At(i).Number < 30 ? 2000 : 1900));
        if (FromNumberWord(i, depth, article) is { } counted)
            return counted;
        // En 89, in '89
        if (At(i).Digits == 2 && Touches(i) && Is(i - 2, Roles.BeforeYear) && (IsMark(i - 1, '\'') || IsMark(i - 1, '’') || IsMark(i - 1, '‘')))
            return Date(i, i + 1, Century(At(i).Number));
        if (Is(i - 1, Roles.ShortYear) && ShortYearAt(i, mayBeBare: true, out var afterShort) is { } shortYear)
            return Date(i, afterShort, shortYear);
        if (article && IsLoneDay(i, afterDay))
            return Date(i, afterDay, day: At(i).Number) with { IsLone = true };
        return FromYear(i, article);
    }

    // Le 28, on the 21st: a day where nothing stands after it that it could count or be the 21st of.
    private bool IsLoneDay(int i, int after)
    {
        if (At(i).Digits is not (1 or 2) || At(i).Number is < 1 or > 31 || lexicon.MonthFirst && after == i + 1 || !Is(i - 1, Roles.Article) || Words(i - 1) is [.., 's' or 'x'])
            return false;
        var next = At(after);
        if (next.Kind == TokenKind.Mark)
            return !Touches(after) || next.IsBreak || Words(after) is "." or "," or ";" or ":" or "!" or "?" or ")";
        return next.Kind == TokenKind.Word && next.Token >= 0 && text.Tokens[next.Token].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary;
    }

    // 2008; 2008-2010; 1957-58; 1990s; 2017 April
    private CalendarExpression? FromYear(int i, bool article)
    {
        var lexeme = At(i);
        if (lexeme.Digits != 4 || lexeme.Number is < 1000 or >= 2200)
            return null;
        if (Touches(i + 1) && At(i + 1).Kind == TokenKind.Word)
            return lexicon.DecadeEndings.Contains(Words(i + 1)) && lexeme.Number % 10 == 0 && lexeme.Number < 2100 ? Decade(i, i + 2, lexeme.Number) : null;
        var k = IsMark(i + 1, ',') ? i + 2 : i + 1;
        if (Is(k, Roles.Month) && lexicon.MonthFirst && (char.IsUpper(Words(k)[0]) || Words(k).Length > 3 || k > i + 1) && DayAt(k + 1, out _) is null && At(k + 1).Kind != TokenKind.Number
            && !(k > i + 1 && At(k + 1).Kind == TokenKind.Word))
            return Date(i, k + 1, lexeme.Number, At(k).Word!.Month);
        if (!IsYear(i, article))
            return null;

        return YearSpan(i);
    }

    // 2008, 2008-2010, 1957-58
    private CalendarExpression YearSpan(int i)
    {
        var lexeme = At(i);
        var year = Date(i, i + 1, lexeme.Number);
        if ((IsDash(i + 1) || IsMark(i + 1, '/')) && Touches(i + 1) && Touches(i + 2))
        {
            var end = At(i + 2);
            var last = end.Digits == 4 ? end.Number : end.Digits == 2 ? lexeme.Number / 100 * 100 + end.Number : 0;
            if (last > lexeme.Number && last - lexeme.Number < 100 && !IsDash(i + 3))
                return RangeOf(i, year, Date(i + 2, i + 3, last));
        }

        return year;
    }

    /// <summary>Whether a number of four digits is a year here.</summary>
    private bool IsYear(int i, bool article)
    {
        var number = At(i).Number;
        if (IsMark(i + 1, '%') || IsMark(i + 1, '€') || IsMark(i + 1, '$') || IsMark(i + 1, '°') || At(i + 1).Number >= 0 && !Touches(i + 1) || At(i - 1).Number >= 0)
            return false;
        if (IsMark(i - 1, '$') || IsMark(i - 1, '€') || IsMark(i - 1, '£') || IsMark(i - 1, '#') || IsMark(i - 1, '+'))
            return false;
        if (Touches(i) && !IsMark(i - 1, '(') && !IsMark(i - 1, '"') && !IsMark(i - 1, '«') && !IsMark(i - 1, '“') && !IsMark(i - 1, '[') && !IsMark(i - 1, '=') && !Is(i - 1, Roles.Of | Roles.Edge) && !IsDash(i - 1))
            return false;
        if (IsCounted(i + 1))
            return false;
        if (Is(i - 1, Roles.BeforeYear) || lexicon.YearBeforeNoun && Is(i - 1, Roles.Article))
            return number is >= 1000 and < 2200;
        if (number is < 1900 or >= 2100)
            return false;
        if (IsMark(i - 1, '('))
            return true;
        // After a noun (le Mondial 2014), or before one where the language says so (the 2007 campaign).
        var before = At(i - 1);
        return before.Kind == TokenKind.Word && (before.Word is null || article) || before.IsBreak || lexicon.YearBeforeNoun && At(i + 1).Kind == TokenKind.Word || Is(i - 1, Roles.And | Roles.To);
    }

    // 2000 personnes, 1900 euros: what follows is counted.
    private bool IsCounted(int i)
    {
        var next = At(i);
        if (next.Kind != TokenKind.Word || Touches(i) && next.Word is null)
            return false;
        if (Is(i, Roles.Units) || lexicon.Counted.Contains(Words(i)) || NumberLexicon.Of(text.Language!).Phrases.Find(text.Text, text.Tokens, next.Token, out _)?.IsCurrency == true)
            return true;
        return !lexicon.YearBeforeNoun && next.Word is null && Words(i) is [>= 'a' and <= 'z', _, _, .., 's' or 'x'] && !lexicon.NotCounted.Contains(Words(i));
    }

    // 2024-11-20, 20/11/2024, 20.11.24, 05-Aug-2016, 2016/11, 22/04, 20161016
    private DateExpression? Separated(int i, bool isDate = false)
    {
        var lexeme = At(i);
        if (lexeme.Kind == TokenKind.Number && lexeme.Number < 0)
            return Dotted(i);
        if (lexeme.Word is not null)
            return MonthSeparated(i);
        if ((Spaced(i) ?? YearMonth(i)) is { } spaced)
            return spaced;
        if (lexeme.Number < 0 || lexeme.Digits is 3 or 5 or 6 or 7 || Touches(i) && (IsMark(i - 1, '-') || IsMark(i - 1, '/')) && At(i - 2).Number >= 0)
            return null;
        if (lexeme.Digits == 8)
            return Compact(i, lexeme.Number);
        if (!Touches(i + 1) || !Touches(i + 2) || !(IsMark(i + 1, '/') || IsMark(i + 1, '-')))
            return null;
        var separator = text.Text[At(i + 1).Span.Start];
        if (Component(i + 2) is not { } second)
            return null;
        var third = IsMark(i + 3, separator) && Touches(i + 3) && Touches(i + 4) ? Component(i + 4) : null;
        if (third is { } last)
            return ThreeParts(i, (lexeme.Number, lexeme.Digits, false), second, last);
        if (Touches(i + 3) && (IsMark(i + 3, '/') || At(i + 3).Kind == TokenKind.Word))
            return null;
        if (lexeme.Digits == 4 && lexeme.Number is >= 1900 and < 2100 && second is { Value: >= 1 and <= 12, Digits: <= 2 } && (second.IsMonth || separator == '/' || !IsSeasonSpan(lexeme.Number, second.Value)))
            return Date(i, i + 3, lexeme.Number, second.Value);
        if (second is { Digits: 4, Value: >= 1900 and < 2100 } && lexeme.Number is >= 1 and <= 12)
            return Date(i, i + 3, second.Value, lexeme.Number);
        // 3/4 is a date only where a word says so, elsewhere a score or a fraction; 22/04 can only be a date.
        if (separator == '/' && (isDate || Is(i - 1, Roles.On | Roles.To | Roles.Shift) || IsDayFor(lexeme.Number, second.Value)) && second is { IsMonth: false, Digits: <= 2, Value: >= 1 } && lexeme.Number >= 1)
            return DayAndMonth(i, i + 3, lexeme.Number, second.Value, null);
        return null;
    }

    // One of the two is a day and no month; but 24/7 is always.
    private static bool IsDayFor(int first, int second) => (first is > 12 and <= 31 && second is >= 1 and <= 12 || second is > 12 and <= 31 && first is >= 1 and <= 12) && (first, second) != (24, 7);

    // 2016 - 11, 11 / 2016: with spaces, and nothing after it that it could count.
    private DateExpression? YearMonth(int i)
    {
        if (!(IsMark(i + 1, '/') || IsDash(i + 1)) || Touches(i + 1) && Touches(i + 2) || At(i + 3).Kind != TokenKind.Mark || At(i - 1).Number >= 0)
            return null;
        var (first, second) = (At(i), At(i + 2));
        if (first is { Digits: 4, Number: >= 1900 and < 2100 } && second is { Digits: 2, Number: >= 1 and <= 12 })
            return Date(i, i + 3, first.Number, second.Number);
        return second is { Digits: 4, Number: >= 1900 and < 2100 } && first is { Digits: 1 or 2, Number: >= 1 and <= 12 } ? Date(i, i + 3, second.Number, first.Number) : null;
    }

    // 13.5.2015, 15.05.99: one token. The day stands first in every language that writes points, unless a year does.
    private DateExpression? Dotted(int i)
    {
        var token = Words(i);
        if (token.Length is < 6 or > 10)
            return null;
        Span<Range> parts = stackalloc Range[4];
        if (token.Split(parts, '.') != 3 || token[parts[0]].Length > 4 || token[parts[1]].Length > 2 || token[parts[2]].Length is 0 or 1 && token[parts[0]].Length < 4
            || !int.TryParse(token[parts[0]], out var first) || !int.TryParse(token[parts[1]], out var month) || !int.TryParse(token[parts[2]], out var last))
            return null;
        var (year, day) = token[parts[0]].Length == 4 ? (first, last) : (token[parts[2]].Length == 4 ? last : token[parts[2]].Length == 2 ? Century(last) : 0, first);
        return year is >= 1900 and < 2100 && Period.Day(year, month, day) is not null ? Date(i, i + 1, year, month, day) : null;
    }

    // 18 08 1978: only where day, month and year are right and no further number follows.
    private DateExpression? Spaced(int i)
    {
        if (At(i).Digits is not (1 or 2) || At(i + 1).Digits is not (1 or 2) || At(i + 2).Digits != 4 || At(i + 2).Number is < 1900 or >= 2100
            || At(i - 1).Number >= 0 || At(i + 3).Number >= 0 || Touches(i + 1) || Touches(i + 2) || lexicon.MonthFirst)
            return null;
        return Period.Day(At(i + 2).Number, At(i + 1).Number, At(i).Number) is not null ? Date(i, i + 3, At(i + 2).Number, At(i + 1).Number, At(i).Number) : null;
    }

    // Dec-2018, Sep-23-2020, Oct/2
    private DateExpression? MonthSeparated(int i)
    {
        if (!Is(i, Roles.Month) || !Touches(i + 1) || !Touches(i + 2) || !(IsMark(i + 1, '-') || IsMark(i + 1, '/')) || At(i + 2).Number < 0)
            return null;
        var (month, second) = (At(i).Word!.Month, At(i + 2));
        var third = Touches(i + 3) && Touches(i + 4) && IsMark(i + 3, text.Text[At(i + 1).Span.Start]) ? At(i + 4).Number : -1;
        if (third >= 0)
            return second.Digits == 4 ? Checked(i, second.Number, month, third) : Checked(i, third, month, second.Number);
        if (second.Digits == 4)
            return second.Number is >= 1900 and < 2100 ? Date(i, i + 3, second.Number, month) : null;
        return second.Number is >= 1 and <= 31 && !IsDash(i + 3) && Is(i, Roles.Month) && IsMark(i + 1, '/') ? Date(i, i + 3, month: month, day: second.Number) : null;
    }

    // 2009-10 is rather a season of two years than October.
    private static bool IsSeasonSpan(int year, int second) => second == (year + 1) % 100;

    private (int Value, int Digits, bool IsMonth)? Component(int i)
    {
        var lexeme = At(i);
        if (lexeme.Number >= 0)
            return (lexeme.Number, lexeme.Digits, false);
        return lexeme.Word?.Is(Roles.Month) == true ? (lexeme.Word.Month, 2, true) : null;
    }

    private DateExpression? Compact(int i, int number)
    {
        var (year, month, day) = (number / 10000, number / 100 % 100, number % 100);
        return year is >= 1900 and < 2100 && Period.Day(year, month, day) is not null ? Date(i, i + 1, year, month, day) : null;
    }

    private DateExpression? ThreeParts(
        int i, (int Value, int Digits, bool IsMonth) first, (int Value, int Digits, bool IsMonth) second, (int Value, int Digits, bool IsMonth) third)
    {
        if (first.Digits == 4)
        {
            if (second.IsMonth || third.IsMonth)
                return Checked(i, first.Value, second.IsMonth ? second.Value : third.Value, second.IsMonth ? third.Value : second.Value);
            return second.Value <= 12 ? Checked(i, first.Value, second.Value, third.Value) : Checked(i, first.Value, third.Value, second.Value);
        }

        if (second.Digits == 4 && third.IsMonth)
            return Checked(i, second.Value, third.Value, first.Value);
        if (third.Digits is not (2 or 4) || third.IsMonth)
            return null;
        var year = third.Digits == 4 ? third.Value : Century(third.Value);
        return second.IsMonth ? Checked(i, year, second.Value, first.Value) : DayAndMonth(i, i + 5, first.Value, second.Value, year);
    }

    private DateExpression? Checked(int i, int year, int month, int day) =>
        year is >= 1000 and < 2200 && month is >= 1 and <= 12 && day is >= 1 and <= 31 ? Date(i, i + 5, year, month, day) : null;

    private DateExpression? DayAndMonth(int first, int next, int a, int b, int? year)
    {
        var (month, day) = lexicon.MonthFirst ? (a, b) : (b, a);
        if (month > 12)
            (month, day) = (day, month);
        return month is >= 1 and <= 12 && day is >= 1 and <= 31 && year is null or >= 1000 and < 2200 ? Date(first, next, year, month, day) : null;
    }
}
