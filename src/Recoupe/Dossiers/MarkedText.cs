using System.Text;

using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>A stretch of a text that is marked.</summary>
/// <param name="Span">The stretch.</param>
/// <param name="Anchor">Its id on the page; null for none.</param>
/// <param name="Class">How it is marked.</param>
/// <param name="After">What follows it.</param>
internal sealed record TextMark(TextSpan Span, string? Anchor, string Class, Html After)
{
    /// <summary>Told to those who point at it; null for nothing.</summary>
    public string? Title { get; init; }
}

/// <summary>Shows a text with marks that may lie in one another, cross, or reach beyond what is shown.</summary>
internal static class MarkedText
{
    /// <summary>The text of <paramref name="stretch"/>, with its marks.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="stretch">The part that is shown, such as a paragraph.</param>
    /// <param name="marks">What is marked, in any order.</param>
    public static Html Show(string text, TextSpan stretch, IEnumerable<TextMark> marks)
    {
        var html = new StringBuilder(stretch.Length + 64);
        var waiting = new PriorityQueue<Piece, (int Start, int Longest)>();
        foreach (var mark in marks)
        {
            if (mark.Span.Intersection(stretch) is { } part)
                Queue(new Piece(part.Start, part.End, mark, IsFirst: part.Start == mark.Span.Start, IsLast: part.End == mark.Span.End));
        }

        // Marks nest. One that would cross the end of another is cut there and goes on after it.
        var open = new Stack<Piece>();
        var position = stretch.Start;
        while (waiting.Count > 0 || open.Count > 0)
        {
            var end = open.Count > 0 ? open.Peek().End : int.MaxValue;
            if (waiting.Count == 0 || waiting.Peek().Start >= end)
            {
                Html.Encode(text.AsSpan(position, end - position), html);
                position = end;
                html.Append("</mark>");
                if (open.Pop() is { IsLast: true } done)
                    html.Append(done.Mark.After.Markup);
                continue;
            }

            var piece = waiting.Dequeue();
            Html.Encode(text.AsSpan(position, piece.Start - position), html);
            position = piece.Start;
            if (piece.End > end)
            {
                Queue(piece with { Start = end, IsFirst = false });
                piece = piece with { End = end, IsLast = false };
            }

            html.Append(Opening(piece).Markup);
            open.Push(piece);
        }

        Html.Encode(text.AsSpan(position, stretch.End - position), html);
        return new Html(html.ToString());

        void Queue(Piece piece) => waiting.Enqueue(piece, (piece.Start, -piece.End));
    }

    private static Html Opening(Piece piece)
    {
        var anchor = piece.Mark.Anchor is not { } id ? Html.Empty : piece.IsFirst ? Html.Of($" id=\"{id}\" tabindex=\"-1\"") : Html.Of($" data-of=\"{id}\"");
        var title = piece.Mark.Title is { } words ? Html.Of($" title=\"{words}\"") : Html.Empty;
        return Html.Of($"<mark{anchor} class=\"{piece.Mark.Class}\"{title}>");
    }

    private readonly record struct Piece(int Start, int End, TextMark Mark, bool IsFirst, bool IsLast);
}
