using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Numbers;

namespace Recoupe.Changes;

/// <summary>Tells what each difference between two versions touches.</summary>
internal sealed class ChangeGrader
{
    // Names beyond these in one place are a list that was written anew.
    private const int MostNames = 12;

    // Shorter words differ by a letter and mean something else.
    private const int LeastSlip = 5;
    private const int MostSlips = 3;

    private readonly VersionText _before;
    private readonly VersionText _after;
    private readonly MentionMap<NumberMention> _numbersBefore;
    private readonly MentionMap<NumberMention> _numbersAfter;
    private readonly MentionMap<Entity> _namesBefore;
    private readonly MentionMap<Entity> _namesAfter;
    private readonly HashSet<string> _quotationsAfter;

    public ChangeGrader(VersionText before, VersionText after)
    {
        (_before, _after) = (before, after);
        _numbersBefore = new(before, before.Numbers, number => number.Span);
        _numbersAfter = new(after, after.Numbers, number => number.Span);
        _namesBefore = new(before, before.Entities, name => name.Span);
        _namesAfter = new(after, after.Entities, name => name.Span);
        _quotationsAfter = [.. after.Quotations.Select(after.LettersOf)];
    }

    /// <summary>The grade of each difference.</summary>
    /// <param name="changes">All of them, in order.</param>
    public IEnumerable<(TokenChange Change, ChangeGrade Grade)> Grade(IReadOnlyList<TokenChange> changes)
    {
        var alignment = new TokenAlignment(changes, _before.Count, _after.Count);
        var (quoted, quotedNow) = (new RangeCursor(_before.Quotations), new RangeCursor(_after.Quotations));
        foreach (var change in changes)
        {
            var number = ChangesNumber(change, alignment);
            var quotation = ChangesQuotation(change, quoted, quotedNow, alignment);
            yield return (change, Of(change, number, quotation));
        }
    }

    private ChangeGrade Of(TokenChange change, bool number, bool quotation)
    {
        if (!number && _before.LettersOf(change.Before) == _after.LettersOf(change.After))
            return ChangeGrade.Typo;
        if (quotation)
            return ChangeGrade.Quotation;
        if (number)
            return ChangeGrade.Number;
        if (ChangesName(change))
            return ChangeGrade.Name;
        return IsSlip(change) ? ChangeGrade.Typo : ChangeGrade.Wording;
    }

    // An amount changes where what is counted stays: beside it in the same place, or in the words around that did not change.
    private bool ChangesNumber(TokenChange change, TokenAlignment alignment)
    {
        var now = _numbersAfter.Touching(change.After).ToList();
        foreach (var number in _numbersBefore.Touching(change.Before))
        {
            var counterparts = now.FindAll(other => CountTheSame(number.Mention, other.Mention));
            if (counterparts.Exists(other => AreEqual(number.Mention, other.Mention)))
                continue;
            if (counterparts.Count > 0 || Stays(number.Tokens, alignment.After, _numbersAfter, number.Mention))
                return true;
        }

        return change.Before.Start.Value < change.Before.End.Value
            && now.Exists(number => Stays(number.Tokens, alignment.Before, _numbersBefore, number.Mention));
    }

    // Whether some of the mention's words stand in the other version, with another amount there, or none.
    private static bool Stays(Range tokens, Func<int, int> other, MentionMap<NumberMention> numbers, NumberMention mention)
    {
        for (var i = tokens.Start.Value; i < tokens.End.Value; i++)
        {
            if (other(i) is >= 0 and var there)
                return numbers.At(there) is not { } found || !AreEqual(found, mention);
        }

        return false;
    }

    private static bool CountTheSame(NumberMention one, NumberMention other) =>
        one.Unit is not null && one.Unit == other.Unit || one.Counted is not null && one.Counted == other.Counted
        || one.Happened is not null && one.Happened == other.Happened;

    private static bool AreEqual(NumberMention one, NumberMention other) =>
        one.Value.Equals(other.Value) && one.Bounds == other.Bounds && one.Per == other.Per;

    // What was quoted is other words, or gone; not what is quoted newly, or elsewhere now.
    private bool ChangesQuotation(TokenChange change, RangeCursor quoted, RangeCursor quotedNow, TokenAlignment alignment)
    {
        foreach (var quotation in quoted.Touching(change.Before))
        {
            if (!_quotationsAfter.Contains(_before.LettersOf(quotation)))
                return true;
        }

        foreach (var quotation in quotedNow.Touching(change.After))
        {
            if (alignment.HoldsUnchanged(quotation))
                return true;
        }

        return false;
    }

    private bool ChangesName(TokenChange change)
    {
        var now = _namesAfter.Touching(change.After).Take(MostNames).ToList();
        foreach (var (name, _) in _namesBefore.Touching(change.Before).Take(MostNames))
        {
            if (_namesAfter.Has(name.Name))
                continue;
            if (now.Exists(other => Replaces(other.Mention, name)))
                return true;
        }

        return false;
    }

    private bool Replaces(Entity other, Entity name) =>
        other.Type == name.Type && !_namesBefore.Has(other.Name) && !IsPartOf(name.Name, other.Name);

    private static bool IsPartOf(string one, string other)
    {
        string[] Words(string name) => Folding.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (less, more) = (Words(one), Words(other));
        return less.All(more.Contains) || more.All(less.Contains);
    }

    private bool IsSlip(TokenChange change)
    {
        var count = change.Before.End.Value - change.Before.Start.Value;
        if (count != change.After.End.Value - change.After.Start.Value || count is 0 or > MostSlips)
            return false;
        for (var i = 0; i < count; i++)
        {
            var (one, other) = (change.Before.Start.Value + i, change.After.Start.Value + i);
            if (!_before.IsWord(one) || !_after.IsWord(other) || !AreAlike(_before.WordsOf(one), _after.WordsOf(other)))
                return false;
        }

        return true;
    }

    // The same, or one letter more, less, other or changed places with its neighbour.
    private static bool AreAlike(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.SequenceEqual(other))
            return true;
        if (Math.Min(one.Length, other.Length) < LeastSlip || Math.Abs(one.Length - other.Length) > 1)
            return false;
        var same = one.CommonPrefixLength(other);
        var left = one[same..];
        var right = other[same..];
        if (left.Length != right.Length)
            return left.Length > right.Length ? left[1..].SequenceEqual(right) : right[1..].SequenceEqual(left);
        return left[1..].SequenceEqual(right[1..])
            || left.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..].SequenceEqual(right[2..]);
    }
}
