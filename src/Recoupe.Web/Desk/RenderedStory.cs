using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Storage;

namespace Recoupe.Web.Desk;

/// <summary>Something about a story that deserves a look.</summary>
/// <param name="Key">What it is.</param>
/// <param name="Words">How much of it, in words.</param>
/// <param name="Section">The section that tells more.</param>
public sealed record RenderedAlert(string Key, string Words, string Section);

/// <summary>A section of a story's page, without what stands in it.</summary>
/// <param name="Key">What it is called in the interface's texts.</param>
/// <param name="Count">How many things it lists; 0 for a drawing.</param>
/// <param name="Length">Characters of what stands under its heading.</param>
public sealed record RenderedSection(string Key, int Count, int Length);

/// <summary>A passage of a point, in code points.</summary>
public sealed record RenderedPassage(string Article, int Start, int End, bool InTitle, string Stance, string Words);

/// <summary>A point of a story.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Number">Its rank, from 1.</param>
/// <param name="Text">Its clearest passage.</param>
/// <param name="Language">The language of that passage.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="Place">Where a passage of it stands in a text, as forms name it; null where all stand in titles.</param>
public sealed record RenderedPoint(string Id, int Number, string Text, string? Language, string Grade, string? Place);

/// <summary>What a point's own page shows.</summary>
/// <param name="Head">What is said of it, as the beginning of a list item.</param>
/// <param name="Details">How it reached each outlet.</param>
/// <param name="Passages">What tells it.</param>
/// <param name="History">How it came by its grade; empty where that cannot be told, or it never was another.</param>
public sealed record RenderedDetails(string Head, string Details, IReadOnlyList<RenderedPassage> Passages, IReadOnlyList<RenderedStep> History);

/// <summary>From when on a point had a grade, in words.</summary>
/// <param name="Time">From when on.</param>
/// <param name="Article">The article that brought it.</param>
/// <param name="Tag">That article as it is called in the story.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Words">The grade with the range of origins.</param>
public sealed record RenderedStep(string Time, string Article, string Tag, string Grade, string Words);

/// <summary>An article of a story.</summary>
public sealed record RenderedArticle(string Id, int Number, string Tag, string? Outlet, string? Title, string? Language, string? Time, bool Inferred, string? Credit);

/// <summary>A line of the table that says the same as the graph.</summary>
public sealed record RenderedEdge(string From, string To, bool Stated, IReadOnlyList<int> Points);

/// <summary>A dossier as the desk shows it, in one language of the interface: what every page of it needs. The rest is in parts of its own.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Language">The title's language.</param>
/// <param name="Facts">What the head says.</param>
/// <param name="Alerts">What deserves a look.</param>
/// <param name="Sections">The sections but the points.</param>
/// <param name="Points">The points.</param>
/// <param name="Passages">How many passages tell them.</param>
/// <param name="Articles">The articles.</param>
/// <param name="Closest">The two articles that share most; empty where none share anything.</param>
public sealed record RenderedStory(
    string Title, string? Language, string Facts, IReadOnlyList<RenderedAlert> Alerts, IReadOnlyList<RenderedSection> Sections,
    IReadOnlyList<RenderedPoint> Points, int Passages, IReadOnlyList<RenderedArticle> Articles, IReadOnlyList<string> Closest)
{
    /// <summary>What the ids of its parts begin with.</summary>
    public const string Prefix = "s";

    // Characters: a point with more behind it shows that on its own page.
    private const int LongestDetails = 16_000;

    // Articles that one shares text with are told up to so many.
    private const int MostShared = 12;

    /// <summary>The article; null where it is none of the story's.</summary>
    public RenderedArticle? Article(string? id) => Articles.FirstOrDefault(article => article.Id == id);

    /// <summary>Writes a dossier: its parts by name, <c>core</c> first.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="story">The name of its story.</param>
    /// <param name="texts">The interface.</param>
    public static IEnumerable<(string Name, byte[] Content)> Write(Dossier dossier, string story, InterfaceTexts texts)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(texts);
        var view = new DossierView(dossier, texts);
        var html = new StoryHtml(view, Prefix, 1, new DeskPlaces(view, story));
        var sections = html.Sections().Where(section => section.Key != "points").ToList();
        yield return ("core", JsonSerializer.SerializeToUtf8Bytes(CoreOf(view, html, sections), RenderedJson.Default.RenderedStory));
        foreach (var section in sections)
            yield return ("section/" + section.Key, Encoding.UTF8.GetBytes(section.Content.Markup));
        var points = html.EachPoint().ToList();
        for (var from = 0; from < points.Count; from += DeskPlaces.PointsAtOnce)
        {
            var shown = points.Skip(from).Take(DeskPlaces.PointsAtOnce).Select((point, index) => ListItem(view, view.Points[from + index], point.Head, point.Details, story));
            yield return ($"points/{from + 1}", Encoding.UTF8.GetBytes(string.Concat(shown)));
        }

        foreach (var (point, (head, details)) in view.Points.Zip(points))
        {
            var all = new RenderedDetails(head.Markup, details.Markup, [.. point.Sourced.Point.Passages.Select(passage => PassageOf(view, passage))], HistoryOf(view, point));
            yield return ("point/" + point.Sourced.Point.Id, JsonSerializer.SerializeToUtf8Bytes(all, RenderedJson.Default.RenderedDetails));
        }

        yield return ("edges", JsonSerializer.SerializeToUtf8Bytes(
            [.. ProvenanceGraph.EdgesOf(view).Select(edge => new RenderedEdge(edge.From, edge.To, edge.Stated, edge.Points))], RenderedJson.Default.IReadOnlyListRenderedEdge));
        foreach (var article in view.Articles)
            yield return ("shared/" + article.Id, JsonSerializer.SerializeToUtf8Bytes(SharedOf(view, article.Id), RenderedJson.Default.IReadOnlyListRenderedShare));
    }

    private static RenderedStory CoreOf(DossierView view, StoryHtml html, List<StorySection> sections)
    {
        var titled = view.Articles.FirstOrDefault(article => article.Article.Title is not null);
        return new RenderedStory(
            view.Title, titled?.Article.Language, html.Facts,
            [.. view.Alerts().Select(alert => new RenderedAlert(alert.Key, view.Texts.Count(alert.Key, alert.Count), StoryHtml.SectionOf(alert.Key)))],
            [.. sections.Select(section => new RenderedSection(section.Key, section.Count, section.Content.Markup.Length))],
            [.. view.Points.Select(point => PointOf(view, point))], view.Points.Sum(point => point.Sourced.Point.Passages.Length),
            [.. view.Articles.Select(article => ArticleOf(view, article))],
            view.Reuses is [var closest, ..] ? [closest.From.Value, closest.To.Value] : []);
    }

    private static string ListItem(DossierView view, PointView point, Html head, Html details, string story) => head.Markup
        + (details.Markup.Length <= LongestDetails ? details.Markup
            : Html.Of($"<p class=\"more\"><a href=\"{DeskPlaces.PagePath(story, point.Sourced.Point.Id.Value)}\">{view.Texts["chains"]}</a> <span class=\"count\">{view.Texts.Count("passage", point.Sourced.Point.Passages.Length)}</span></p>\n").Markup)
        + "</li>\n";

    private static RenderedPoint PointOf(DossierView view, PointView point)
    {
        var place = point.Sourced.Point.Passages.FirstOrDefault(passage => !passage.Evidence.InTitle)?.Evidence is { } evidence ? view.CodePoints(evidence) : ((int Start, int End)?)null;
        return new RenderedPoint(
            point.Sourced.Point.Id.Value, point.Number, point.Text, view[point.Clearest.Article].Article.Language, ArticleJson.Name(point.Grade),
            place is { } known ? CorrectionForms.PlaceOf(point.Sourced.Point.Passages.First(passage => !passage.Evidence.InTitle).Evidence.Article.Value, known.Start, known.End) : null);
    }

    // One step says what the point's own line says.
    private static List<RenderedStep> HistoryOf(DossierView view, PointView point) => point.Sourced.History.Length < 2 ? [] :
    [
        .. point.Sourced.History.Select(step => new RenderedStep(
            view.Time(step.At), step.Article.Value, view[step.Article].Tag, ArticleJson.Name(step.Grade),
            view.Texts.Name("grade", step.Grade) + view.Texts["list.comma"] + view.Texts.Origins(step.Fewest, step.Most))),
    ];

    private static RenderedPassage PassageOf(DossierView view, Points.Passage passage)
    {
        var (start, end) = view.CodePoints(passage.Evidence);
        return new RenderedPassage(passage.Evidence.Article.Value, start, end, passage.Evidence.InTitle, ArticleJson.Name(passage.Stance), view.Quote(passage.Evidence));
    }

    private static RenderedArticle ArticleOf(DossierView view, ArticleView article)
    {
        var agencies = article.Article.Agencies.Select(name => ShownText.Line(name)).ToImmutableArray();
        return new RenderedArticle(
            article.Id.Value, article.Number, article.Tag, article.Article.Outlet is { } outlet ? ShownText.Line(outlet) : null,
            article.Article.Title is { } title ? ShownText.Line(title) : null, article.Article.Language, view.Time(article),
            article.Article.Dated == Dating.Inferred, agencies.IsEmpty ? null : view.Texts.Fill("credited", view.Texts.Join(agencies)));
    }

    // Those that share most first, as the view has them.
    private static IReadOnlyList<RenderedShare> SharedOf(DossierView view, ArticleId id) =>
    [
        .. view.Reuses.Where(reuse => reuse.From == id || reuse.To == id).Take(MostShared).SelectMany(reuse => reuse.Passages.Select(passage =>
        {
            var (own, other) = reuse.From == id ? (passage.From, reuse.To) : (passage.To, reuse.From);
            return new RenderedShare(own.Start, own.End, view[other].Tag);
        })),
    ];
}

/// <summary>Words that an article shares with another one, in UTF-16 units of its text.</summary>
public sealed record RenderedShare(int Start, int End, string With);

[JsonSerializable(typeof(RenderedStory))]
[JsonSerializable(typeof(RenderedDetails))]
[JsonSerializable(typeof(IReadOnlyList<RenderedEdge>))]
[JsonSerializable(typeof(IReadOnlyList<RenderedShare>))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class RenderedJson : JsonSerializerContext;
