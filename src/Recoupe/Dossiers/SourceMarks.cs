using System.Collections.Immutable;
using System.Text;

using Recoupe.Articles;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>What a dossier says about a stretch of a source: flags, because several lines may rest on the same words.</summary>
[Flags]
internal enum MarkUse
{
    None = 0,

    /// <summary>It tells a point.</summary>
    Point = 1,

    /// <summary>It is what somebody said.</summary>
    Saying = 2,

    /// <summary>It differs from another article.</summary>
    Difference = 4,

    /// <summary>Something else rests on it: a chain, a date, shared text.</summary>
    Other = 8,
}

/// <summary>The cited stretches of a story's sources, each with its anchor.</summary>
internal sealed class SourceMarks(DossierView view, string story)
{
    private readonly Dictionary<(ArticleId Article, bool InTitle, bool InDocument), SortedDictionary<TextSpan, (MarkUse Use, SortedSet<int> Points)>> _marks = [];

    /// <summary>The anchor of the words at <paramref name="place"/>, which are marked from now on.</summary>
    public string Anchor(Evidence place, MarkUse use, int point = 0)
    {
        if (!_marks.TryGetValue((place.Article, place.InTitle, place.InDocument), out var marks))
            _marks.Add((place.Article, place.InTitle, place.InDocument), marks = []);
        if (!marks.TryGetValue(place.Span, out var mark))
            mark = (MarkUse.None, []);
        if (point > 0)
            mark.Points.Add(point);
        marks[place.Span] = (mark.Use | use, mark.Points);
        return Id(place);
    }

    /// <summary>The text between two offsets, with its marks.</summary>
    /// <param name="place">The article, whether its title, text or document is shown, and the part that is, such as a paragraph.</param>
    public Html Show(Evidence place)
    {
        var (text, stretch) = (view.Whole(place), place.Span);
        var html = new StringBuilder(stretch.Length + 64);
        var waiting = new PriorityQueue<Piece, (int Start, int Longest)>();
        foreach (var (span, (use, points)) in _marks.GetValueOrDefault((place.Article, place.InTitle, place.InDocument)) ?? [])
        {
            if (span.Start >= stretch.End)
                break;
            if (span.Intersection(stretch) is { } part)
                Queue(new Piece(part.Start, part.End, Id(place with { Span = span }), use, points, IsFirst: part.Start == span.Start, IsLast: part.End == span.End));
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
                Close(html, open.Pop());
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

            Open(html, piece);
            open.Push(piece);
        }

        Html.Encode(text.AsSpan(position, stretch.End - position), html);
        return new Html(html.ToString());

        void Queue(Piece piece) => waiting.Enqueue(piece, (piece.Start, -piece.End));
    }

    /// <summary>Whether a stretch of an article's document holds something marked.</summary>
    public bool Holds(ArticleId article, TextSpan stretch) =>
        _marks.GetValueOrDefault((article, false, true)) is { } marks && marks.Keys.Any(span => span.Overlaps(stretch));

    private static void Open(StringBuilder html, Piece piece)
    {
        html.Append("<mark");
        if (piece.IsFirst)
            html.Append(" id=\"").Append(piece.Anchor).Append("\" tabindex=\"-1\"");
        else
            html.Append(" data-of=\"").Append(piece.Anchor).Append('"');
        var use = piece.Use;
        html.Append(" class=\"")
            .AppendJoin(' ', new[]
            {
                use.HasFlag(MarkUse.Point) ? "p" : null, use.HasFlag(MarkUse.Saying) ? "s" : null, use.HasFlag(MarkUse.Difference) ? "d" : null,
                use == MarkUse.Other ? "o" : null,
            }.Where(name => name is not null))
            .Append("\">");
    }

    private void Close(StringBuilder html, Piece piece)
    {
        html.Append("</mark>");
        if (!piece.IsLast)
            return;
        foreach (var point in piece.Points)
            html.Append(Html.Of($"<a class=\"back\" href=\"#{story}-p{point}\" aria-label=\"{view.Texts.Fill("source.back", point.ToString())}\">{point}</a>"));
    }

    private string Id(Evidence place)
    {
        var (start, end) = view.CodePoints(place);
        return $"{story}-a{view[place.Article].Number}{(place.InTitle ? "t" : place.InDocument ? "d" : "")}-{start}-{end}";
    }

    private readonly record struct Piece(int Start, int End, string Anchor, MarkUse Use, SortedSet<int> Points, bool IsFirst, bool IsLast);
}
