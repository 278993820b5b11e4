using System.Collections.Immutable;
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

/// <summary>A section of a story's page.</summary>
/// <param name="Key">What it is called in the interface's texts.</param>
/// <param name="Count">How many things it lists; 0 for a drawing.</param>
/// <param name="Markup">What stands under its heading.</param>
public sealed record RenderedSection(string Key, int Count, string Markup);

/// <summary>A passage of a point, in code points.</summary>
public sealed record RenderedPassage(string Article, int Start, int End, bool InTitle, string Stance, string Words);

/// <summary>A point of a story.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Number">Its rank, from 1.</param>
/// <param name="Text">Its clearest passage.</param>
/// <param name="Language">The language of that passage.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="Markup">The point as a list item.</param>
/// <param name="Passages">What tells it.</param>
public sealed record RenderedPoint(
    string Id, int Number, string Text, string? Language, string Grade, string Markup, IReadOnlyList<RenderedPassage> Passages)
{
    /// <summary>The origins that are counted, by name; those without a name are left out.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}

/// <summary>An article of a story.</summary>
public sealed record RenderedArticle(string Id, int Number, string Tag, string? Outlet, string? Title, string? Language, string? Time, bool Inferred, string? Credit);

/// <summary>A line of the table that says the same as the graph.</summary>
public sealed record RenderedEdge(string From, string To, bool Stated, IReadOnlyList<int> Points);

/// <summary>Text that two articles share, in UTF-16 units of their texts: from start, end, to start, end.</summary>
public sealed record RenderedReuse(string From, string To, string Words, bool OrderKnown, IReadOnlyList<int[]> Passages);

/// <summary>A dossier as the desk shows it, in one language of the interface.</summary>
public sealed record RenderedStory(
    string Title, string? Language, string Facts, IReadOnlyList<RenderedAlert> Alerts, IReadOnlyList<RenderedSection> Sections,
    IReadOnlyList<RenderedPoint> Points, IReadOnlyList<RenderedArticle> Articles, IReadOnlyList<RenderedEdge> Edges, IReadOnlyList<RenderedReuse> Reuses)
{
    /// <summary>What the ids of its parts begin with.</summary>
    public const string Prefix = "s";

    /// <summary>The article; null where it is none of the story's.</summary>
    public RenderedArticle? Article(string? id) => Articles.FirstOrDefault(article => article.Id == id);

    /// <summary>Writes a dossier.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="story">The name of its story.</param>
    /// <param name="texts">The interface.</param>
    public static RenderedStory Of(Dossier dossier, string story, InterfaceTexts texts)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var view = new DossierView(dossier, texts);
        var html = new StoryHtml(view, Prefix, 1, new DeskPlaces(view, story));
        var titled = view.Articles.FirstOrDefault(article => article.Article.Title is not null);
        return new RenderedStory(
            view.Title, titled?.Article.Language, html.Facts,
            [.. view.Alerts().Select(alert => new RenderedAlert(alert.Key, texts.Count(alert.Key, alert.Count), StoryHtml.SectionOf(alert.Key)))],
            [.. html.Sections().Where(section => section.Key != "points").Select(section => new RenderedSection(section.Key, section.Count, section.Content.Markup))],
            [.. html.EachPoint().Select((markup, index) => PointOf(view, view.Points[index], markup))],
            [.. view.Articles.Select(article => ArticleOf(view, article))],
            [.. ProvenanceGraph.EdgesOf(view).Select(edge => new RenderedEdge(edge.From, edge.To, edge.Stated, edge.Points))],
            [.. view.Reuses.Select(reuse => new RenderedReuse(
                reuse.From.Value, reuse.To.Value, texts.Reuse(reuse), reuse.OrderKnown,
                [.. reuse.Passages.Select(passage => new[] { passage.From.Start, passage.From.End, passage.To.Start, passage.To.End })]))]);
    }

    /// <summary>As bytes to keep.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, RenderedJson.Default.RenderedStory);

    /// <summary>From bytes that were kept.</summary>
    public static RenderedStory Read(byte[] bytes) => JsonSerializer.Deserialize(bytes, RenderedJson.Default.RenderedStory)!;

    private static RenderedPoint PointOf(DossierView view, PointView point, Html markup) => new(
        point.Sourced.Point.Id.Value, point.Number, point.Text, view[point.Clearest.Article].Article.Language, ArticleJson.Name(point.Grade), markup.Markup,
        [.. point.Sourced.Point.Passages.Select(passage => PassageOf(view, passage))])
    {
        Origins = [.. point.Sourced.Origins.Origins.Select(origin => origin.Name).OfType<string>().Select(name => ShownText.Line(name)).Distinct()],
    };

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
}

[JsonSerializable(typeof(RenderedStory))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class RenderedJson : JsonSerializerContext;
