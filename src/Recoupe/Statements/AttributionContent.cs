using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Turns stretches of tokens into the spans of a statement's content.</summary>
internal static class AttributionContent
{
    /// <summary>The spans without outer quotation marks and loose punctuation, and the kind; null if no word is left.</summary>
    public static (ImmutableArray<TextSpan> Spans, StatementKind Kind)? Of(AttributedText text, List<TokenRange> ranges)
    {
        var spans = ImmutableArray.CreateBuilder<TextSpan>(ranges.Count);
        bool allQuoted = true, anyQuoted = false;
        foreach (var range in ranges)
        {
            var end = Math.Min(range.End, text.Count);
            var start = range.Start < end ? text.AfterOpening(range.Start, end) : range.Start;
            while (start < end && IsLoose(text, start))
                start++;
            while (end > start && IsLoose(text, end - 1))
                end--;
            if (start >= end)
                continue;
            var quotation = text.QuotationOf(start);
            var outer = quotation >= 0 && text.Quotations[quotation].End >= end && start <= text.Quotations[quotation].First;
            var quoted = quotation >= 0 && text.Quotations[quotation].End >= end;
            if (outer)
            {
                start = Math.Max(start, text.Quotations[quotation].First);
                end = Math.Min(end, text.Quotations[quotation].Close);
                while (end > start && text.IsMark(end - 1, ','))
                    end--;
            }

            // A full stop inside the closing mark belongs to what is said.
            if (text.IsQuoted(end - 1) && text.Quotations[text.QuotationOf(end - 1)] is { IsClosed: true } ending)
            {
                var mark = end;
                while (mark < ending.Close && (text.IsMark(mark, '.') || text.IsMark(mark, '!') || text.IsMark(mark, '?') || text.IsMark(mark, '…')))
                    mark++;
                if (mark == ending.Close)
                    end = mark;
            }

            // What is quoted in part keeps the marks at its edges.
            if (!outer && text.IsQuoted(end - 1) && text.Quotations[text.QuotationOf(end - 1)] is var last && last.Open >= start && last.IsClosed && last.Close - end <= 2)
                end = last.End;
            if (!outer && text.IsQuoted(start) && text.Quotations[text.QuotationOf(start)] is var first && start == first.First && first.End <= end)
                start = first.Open;
            if (!HasWord(text, start, end))
                continue;
            allQuoted &= quoted;
            for (var i = start; i < end && !anyQuoted; i++)
                anyQuoted = text.IsQuoted(i);
            spans.Add(text.Span(start, end));
        }

        if (spans.Count == 0)
            return null;
        spans.Sort();
        return (spans.ToImmutable(), allQuoted ? StatementKind.Direct : anyQuoted ? StatementKind.Mixed : StatementKind.Indirect);
    }

    private static bool HasWord(AttributedText text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (!text.IsMark(i))
                return true;
        }

        return false;
    }

    private static bool IsLoose(AttributedText text, int i) =>
        text.QuotationOf(i) < 0 && (text.IsMark(i, ',') || text.IsMark(i, ':') || text.IsMark(i, ';') || text.IsMark(i, '.')
            || text.IsMark(i, '—') || text.IsMark(i, '–') || text.IsMark(i, '-'));
}
