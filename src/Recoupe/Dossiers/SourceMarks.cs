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
internal sealed class SourceMarks(DossierView view, string story) : IPlaces
{
    private readonly Dictionary<(ArticleId Article, bool InTitle, bool InDocument), SortedDictionary<TextSpan, (MarkUse Use, SortedSet<int> Points)>> _marks = [];

    /// <inheritdoc/>
    /// <remarks>The words are marked from now on.</remarks>
    public string Words(Evidence place, MarkUse use, int point = 0)
    {
        if (!_marks.TryGetValue((place.Article, place.InTitle, place.InDocument), out var marks))
            _marks.Add((place.Article, place.InTitle, place.InDocument), marks = []);
        if (!marks.TryGetValue(place.Span, out var mark))
            mark = (MarkUse.None, []);
        if (point > 0)
            mark.Points.Add(point);
        marks[place.Span] = (mark.Use | use, mark.Points);
        return "#" + Id(place);
    }

    /// <inheritdoc/>
    public string Article(ArticleView article) => $"#{story}-a{article.Number}";

    /// <inheritdoc/>
    public string Point(int number) => $"#{story}-p{number}";

    /// <inheritdoc/>
    public Html After(PointView point) => Html.Empty;

    /// <summary>The text between two offsets, with its marks.</summary>
    /// <param name="place">The article, whether its title, text or document is shown, and the part that is, such as a paragraph.</param>
    public Html Show(Evidence place) => MarkedText.Show(
        view.Whole(place), place.Span,
        (_marks.GetValueOrDefault((place.Article, place.InTitle, place.InDocument)) ?? [])
            .TakeWhile(mark => mark.Key.Start < place.Span.End)
            .Select(mark => new TextMark(
                mark.Key, Id(place with { Span = mark.Key }), ClassOf(mark.Value.Use), Html.Join("", mark.Value.Points.Select(Back)))));

    /// <summary>Whether a stretch of an article's document holds something marked.</summary>
    public bool Holds(ArticleId article, TextSpan stretch) =>
        _marks.GetValueOrDefault((article, false, true)) is { } marks && marks.Keys.Any(span => span.Overlaps(stretch));

    private static string ClassOf(MarkUse use) => string.Join(' ', new[]
    {
        use.HasFlag(MarkUse.Point) ? "p" : null, use.HasFlag(MarkUse.Saying) ? "s" : null, use.HasFlag(MarkUse.Difference) ? "d" : null,
        use == MarkUse.Other ? "o" : null,
    }.Where(name => name is not null));

    private Html Back(int point) =>
        Html.Of($"<a class=\"back\" href=\"{Point(point)}\" aria-label=\"{view.Texts.Fill("source.back", point.ToString())}\">{point}</a>");

    private string Id(Evidence place)
    {
        var (start, end) = view.CodePoints(place);
        return $"{story}-a{view[place.Article].Number}{(place.InTitle ? "t" : place.InDocument ? "d" : "")}-{start}-{end}";
    }
}
