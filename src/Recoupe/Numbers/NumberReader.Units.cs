using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>What stands around the value of an amount: its unit or what is counted, what bounds it from behind, what it is per, the other end of a range.</summary>
internal sealed partial class NumberReader
{
    /// <summary>The unit of an amount, or the lemma of what is counted.</summary>
    private readonly record struct UnitReading(string? Unit, double Factor, bool IsOneCounted, bool IsMeasure = true);

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

        // 10m-strong: the noun behind is not what is counted.
        if (Tokens[next - 1].Kind == TokenKind.Word && Tokens[next - 2 < 0 ? 0 : next - 2].Kind == TokenKind.Number && text[Tokens[next - 1]].IndexOf('-') is > 0 and var hyphen
            && lexicon.Words.Find(text[Tokens[next - 1]][..hyphen]) is { Kind: NumberWordKind.Suffix or NumberWordKind.MoneySuffix })
        {
            var piece = UnitIn(next - 1, hyphen + 1, Tokens[next - 1].Span.Length);
            return new UnitReading(piece?.Unit, piece?.Factor ?? 1, IsOneCounted: true);
        }

        var k = next;
        if (read.TakesOf && Following(k, out var of)?.Is(NumberWordKind.Of) == true)
            k += of;
        else if (MarkAt(k) == '-' && Touches(k) && Touches(k + 1))
            k++;
        return Listed(k, ref next) ?? Joined(k, ref next) ?? Noun(k > next && MarkAt(k - 1) == '-' ? next : k, ref next, read.Value >= 2) ?? new UnitReading(null, 1, false);
    }

    // A unit of the list: 30 km, 59-year-old, half an hour
    private UnitReading? Listed(int k, ref int next)
    {
        if (k > next && MarkAt(k - 1) == '-' && FirstPieceUnit(k) is { } piece)
        {
            next = k + 1;
            return new UnitReading(piece.Unit, piece.Factor, IsOneCounted: true);
        }

        // "Half an hour", "a quarter of an hour": the article stands between.
        if (k == next && Following(k, out var article) is { Number.Kind: NumberWordKind.Article or NumberWordKind.Of } && lexicon.Words.Find(text[Tokens[k - 1]]) is { Kind: NumberWordKind.Fraction })
            k += Following(k + article, out var second) is { Number.Kind: NumberWordKind.Article } ? article + second : article;
        if (k >= Tokens.Length || !(k > next || Touches(k) || IsClose(k)) || At(k, out var length) is not { Unit: { } unit } word || word.Is(NumberWordKind.Of) || unit == "m" && !IsMetre(k))
            return null;
        next = k + length;
        return new UnitReading(unit, word.Factor, IsOneCounted: !word.IsTime);
    }

    // A 47-page report, a five-storey building: the noun that a hyphen ties to the number.
    private UnitReading? Joined(int k, ref int next)
    {
        if (k <= next || k >= Tokens.Length || MarkAt(k - 1) != '-' || Tokens[k] is not { Kind: TokenKind.Word, Tag: PartOfSpeech.Noun } || char.IsUpper(text.Text[Tokens[k].Start]))
            return null;
        var noun = text[Tokens[k]];
        if (noun.Contains('-'))
            return null;
        next = k + 1;
        var lemma = lexicon.Singular(noun) ?? noun.ToString().ToLowerInvariant();
        return new UnitReading(lemma, 1, lexicon.OneCounted.Contains(lemma), IsMeasure: false);
    }

    // 59-year-old, 30-mile-long
    private AmountWord? FirstPieceUnit(int k)
    {
        var word = text[Tokens[k]];
        var hyphen = Tokens[k].Kind == TokenKind.Word && word.Length < 40 ? word.IndexOf('-') : -1;
        return hyphen > 0 ? UnitIn(k, 0, hyphen) : null;
    }

    // "5 m" is metres; "5 M" and "5 m de" are too, "5 m" at the end of a title may be anything else.
    private bool IsMetre(int k) => text[Tokens[k]] is "m" || Tokens[k].Span.Length > 1;

    // What stands between a number and what it counts, or ends what it could count.
    private enum NounPart : byte
    {
        Head, Before, Skipped, End,
    }

    // The noun that a number counts, in its singular.
    private UnitReading? Noun(int i, ref int next, bool isMany)
    {
        int head = -1, first = -1;
        for (var k = i; k < Tokens.Length && k < i + MostWordsToNoun; k++)
        {
            if (first < 0 && k > i && IsClose(k) && At(k, out var length) is { Unit: { } unit, IsTime: true } && NounPartAt(k, first) != NounPart.End)
            {
                // 84 Bastille Day revellers: the day is a name's.
                if (char.IsUpper(text.Text[Tokens[k].Start]) && char.IsUpper(text.Text[Tokens[k - 1].Start]) && !inTitle)
                    continue;
                next = k + length;
                return new UnitReading(unit, 1, IsOneCounted: false);
            }

            var part = NounPartAt(k, first);
            if (part == NounPart.End)
                break;
            if (part == NounPart.Skipped)
                continue;
            if (first < 0)
                first = k;
            if (part != NounPart.Head)
                continue;
            head = k;
            break;
        }

        if (head < 0)
            head = first >= 0 && (first == i || !isMany || Tokens[first].Tag == PartOfSpeech.Noun) ? first : -1;
        if (head < 0)
            return null;
        var noun = text[Tokens[head]];
        var singular = lexicon.Singular(noun);
        if (char.IsUpper(noun[0]) && singular is null && !inTitle || noun.Length < 2)
            return null;
        var lemma = singular ?? noun.ToString().ToLowerInvariant();
        next = head + 1;
        return new UnitReading(lemma, 1, lexicon.OneCounted.Contains(lemma), IsMeasure: false);
    }

    private NounPart NounPartAt(int k, int first)
    {
        if (!IsClose(k) || Tokens[k].Kind != TokenKind.Word)
            return NounPart.End;
        var word = text[Tokens[k]];
        if (lexicon.Skipped.Contains(word) && first < 0)
            return NounPart.Skipped;
        if (lexicon.Stops.Contains(word) || At(k, out _) is { Number.Kind: NumberWordKind.Small or NumberWordKind.Times or NumberWordKind.Groups })
            return NounPart.End;
        var tag = Tokens[k].Tag;
        var singular = lexicon.Singular(word);
        var isPeople = lexicon.OneCounted.Contains(word) || singular is not null && lexicon.OneCounted.Contains(singular);
        // After a number a word in the plural is a noun, whatever it is elsewhere.
        var isPlural = tag is PartOfSpeech.Verb or PartOfSpeech.Adjective && first < 0 && singular is not null && !IsFollowedByNoun(k);
        if (!isPeople && !isPlural && tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary or PartOfSpeech.Adposition or PartOfSpeech.Pronoun or PartOfSpeech.Determiner
            or PartOfSpeech.Subordinator or PartOfSpeech.Adverb or PartOfSpeech.Coordinator or PartOfSpeech.Particle)
            return NounPart.End;
        if (!isPeople && !isPlural && tag == PartOfSpeech.Adjective)
            return NounPart.Skipped;
        return singular is null ? NounPart.Before : NounPart.Head;
    }

    // What a measure or a share is one of: 45 minutes de retard, 30 % of voters
    private string? OfNoun(int i)
    {
        if (Following(i, out var length)?.Is(NumberWordKind.Of) != true)
            return null;
        var k = i + length;
        if (k < Tokens.Length && Tokens[k].Tag == PartOfSpeech.Determiner)
            k++;
        return k < Tokens.Length && IsClose(k) && Tokens[k] is { Kind: TokenKind.Word, Tag: PartOfSpeech.Noun } ? text.LemmaOf(Tokens[k]).ToLowerInvariant() : null;
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
        if (k >= Tokens.Length || Tokens[k].Kind != TokenKind.Number && At(k, out _) is not { Number.Kind: NumberWordKind.Small or NumberWordKind.Times or NumberWordKind.Article } || Value(k) is not { } end || end.IsShare)
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
        Add(first, low.Next, sign * low.Value * times * unit.Factor, unit, isChange ? NumberBounds.Exact : NumberBounds.AtLeast, per);
        Add(secondStart, next, high.Value * unit.Factor, unit, isChange ? NumberBounds.Exact : NumberBounds.AtMost, per);
        return next;
    }

    private static double Scale(double value) => value >= 1e12 ? 1e12 : value >= 1e9 ? 1e9 : value >= 1e6 ? 1e6 : value >= 1000 ? 1000 : 1;
}
