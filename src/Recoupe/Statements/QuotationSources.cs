using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Statements;

/// <summary>Who says a quotation that no cue attributes, where the form of the text tells it: who stands before the colon, in brackets or behind a dash after it.</summary>
internal static class QuotationSources
{
    private const int Longest = 14; // of who is told by form, in tokens
    private const int Reach = 24; // of the sentence before a colon, in tokens

    /// <summary>The words that tell who says <paramref name="quotation"/>, and the mark that ties them to it; null if its form tells nobody.</summary>
    public static (TokenRange Cue, TokenRange Source)? Find(AttributedText text, int quotation)
    {
        var quoted = text.Quotations[quotation];
        if (Signature(text, quoted) is { } signature)
            return (new TokenRange(quoted.End, quoted.End + 1), signature);
        if (InBrackets(text, quoted) is { } credit)
            return (new TokenRange(quoted.End, quoted.End + 1), credit);
        return BeforeColon(text, quotation) is { } speaker ? (new TokenRange(quoted.Open - 1, quoted.Open), speaker) : null;
    }

    /// <summary>Whether a phrase names or describes somebody, and is no heading: "Pont de Lorvane : « Nous attendons encore. »"</summary>
    public static bool Speaks(AttributedText text, TokenRange? source)
    {
        if (source is not { } phrase)
            return false;
        var capitals = 0;
        for (var i = phrase.Start; i < phrase.End; i++)
        {
            if (text.Is(i, WordClasses.Role | WordClasses.Pronoun) && !text.Is(i, WordClasses.Determiner))
                return true;
            if (text.Is(i, WordClasses.Of))
                return capitals > 1;
            capitals += text.IsWord(i) && text.IsCapital(i) ? 1 : 0;
        }

        return capitals > 1;
    }

    // "« … » — Léa Morvanne" at the end of a line.
    private static TokenRange? Signature(AttributedText text, Quotation quotation)
    {
        var (dash, end) = (quotation.End, quotation.End + 1);
        if (!quotation.IsClosed || dash >= text.Count || text.Text[text.Tokens[dash].Start] is not ('—' or '–' or '―' or '-'))
            return null;
        while (end < Math.Min(text.Count, dash + Longest) && !text.StartsParagraph[end] && !text.IsMark(end, '.'))
            end++;
        var after = text.IsMark(end, '.') ? end + 1 : end;
        return after >= text.Count || text.StartsParagraph[after] ? Somebody(text, dash + 1, end) : null;
    }

    // "“We will appeal” (Ada Finch, chair)."
    private static TokenRange? InBrackets(AttributedText text, Quotation quotation)
    {
        var (open, end) = (quotation.End, quotation.End + 1);
        if (!quotation.IsClosed || !text.IsMark(open, '('))
            return null;
        while (end < Math.Min(text.Count, open + Longest) && !text.IsMark(end, ')'))
            end++;
        return text.IsMark(end, ')') ? Somebody(text, open + 1, end) : null;
    }

    // A name or a role, and no sentence.
    private static TokenRange? Somebody(AttributedText text, int start, int end)
    {
        int capitals = 0, roles = 0;
        for (var i = start; i < end; i++)
        {
            if (text.IsFinite(i) || text.OpeningAt(i) >= 0)
                return null;
            capitals += text.IsCapital(i) ? 1 : 0;
            roles += text.Is(i, WordClasses.Role) ? 1 : 0;
        }

        return text.IsCapital(start) && (capitals > 1 || roles > 0) ? new TokenRange(start, end) : null;
    }

    // "The miller: 'No.'", "The mayor opens the session: 'The works have stopped.'"
    private static TokenRange? BeforeColon(AttributedText text, int quotation)
    {
        var quoted = text.Quotations[quotation];
        var phrase = PhraseBefore(text, quoted);
        if (phrase.IsEmpty)
            return null;
        if (!text.HasFinite(phrase.Start, phrase.End))
            return Speaks(text, phrase) || text.IsCapital(phrase.Start) && quotation > 0 && IsTurn(text, quotation - 1, phrase.Start) ? phrase : null;
        if (!text.HasFinite(quoted.First, quoted.Close) || text.Source.Syntax is not { } tree)
            return null;
        for (var i = phrase.Start; i < phrase.End; i++)
        {
            if (tree.Relations[i] != Relation.Root)
                continue;
            var subject = new SyntaxClause(tree, i).Subject;
            if (subject < phrase.Start || subject >= i)
                return null;
            var noun = new NounPhrase(tree, subject).Range;
            var range = new TokenRange(noun.From, noun.To);
            return range.Start >= phrase.Start && range.End <= i && Speaks(text, range) ? range : null;
        }

        return null;
    }

    // What stands between the sentence's begin, or the quotation before, and the colon that opens the quotation.
    private static TokenRange PhraseBefore(AttributedText text, Quotation quoted)
    {
        var colon = quoted.Open - 1;
        if (!text.IsMark(colon, ':') || text.IsQuoted(colon))
            return default;
        var start = colon;
        var first = Math.Max(text.SentenceFirst(colon), colon - Reach);
        while (start > first && text.QuotationOf(start - 1) < 0 && !text.IsMark(start - 1, ':') && !text.IsMark(start - 1, ';'))
            start--;
        return start > text.SentenceFirst(colon) && start == first ? default : new TokenRange(start, colon);
    }

    // One speaks after the other, each after a colon: who the first is told the second is, too.
    private static bool IsTurn(AttributedText text, int quotation, int end)
    {
        var before = text.Quotations[quotation];
        var phrase = PhraseBefore(text, before);
        return before.End == end && !text.StartsParagraph[end] && !phrase.IsEmpty && !text.HasFinite(phrase.Start, phrase.End) && Speaks(text, phrase);
    }
}
