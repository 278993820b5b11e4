using System.Text;

using Recoupe.Articles;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>Writes the source texts of one story of an HTML dossier, with every cited stretch marked.</summary>
/// <param name="view">The dossier.</param>
/// <param name="id">What the ids of its parts begin with.</param>
/// <param name="level">The level of the story's heading.</param>
/// <param name="marks">What is cited.</param>
internal sealed class SourcesHtml(DossierView view, string id, int level, SourceMarks marks)
{
    // Characters: a caption, not a page of legal notices.
    private const int LongestAside = 400;

    private InterfaceTexts Texts => view.Texts;

    /// <summary>The full texts.</summary>
    public Html Write()
    {
        var html = new StringBuilder();
        html.Append(Html.Of($"<section id=\"{id}-sources\" aria-labelledby=\"{id}-sources-h\">\n{HtmlParts.Heading(level + 1, level == 1 ? Texts["sources"] : Texts["sources"] + Texts["colon"] + view.Title, $"{id}-sources-h")}"));
        foreach (var article in view.Articles)
            html.Append(Source(article));
        html.Append("</section>\n");
        return new Html(html.ToString());
    }

    private Html Source(ArticleView shown)
    {
        var article = shown.Article;
        var html = new StringBuilder();
        html.Append(Html.Of($"<article class=\"source\" id=\"{id}-a{shown.Number}\" aria-labelledby=\"{id}-a{shown.Number}-h\">\n"));
        var title = article.Title is { } known ? Html.Of($"<span{HtmlParts.LanguageOf(shown.Article, Texts)}>{marks.Show(new Evidence(article.Id, new TextSpan(0, known.Length), InTitle: true))}</span>") : Html.Of($"{Texts["article.untitled"]}");
        html.Append(Html.Of($"<h{level + 2} id=\"{id}-a{shown.Number}-h\"><span class=\"outlet\">{shown.Tag}</span> {title}</h{level + 2}>\n<p class=\"facts\">{string.Join(" · ", FactsOf(shown))}{OpenAtOutlet(article)}</p>\n<div class=\"text\"{HtmlParts.LanguageOf(shown.Article, Texts)}>\n"));
        foreach (var (paragraph, kind) in Paragraphs(article))
            html.Append(Html.Of($"<p{(kind == "" ? Html.Empty : Html.Of($" class=\"{kind}\""))}>{marks.Show(new Evidence(article.Id, paragraph))}</p>\n"));
        html.Append(Html.Of($"</div>\n{Around(article)}</article>\n"));
        return new Html(html.ToString());
    }

    // What stands around the text and something rests on, such as a caption with a date; and short evidence that a reader may want.
    private Html Around(Article article)
    {
        if (article.Document is not { } document)
            return Html.Empty;
        var html = new StringBuilder();
        foreach (var block in article.Blocks.Where(block => !block.IsText && block.Kind != BlockKind.Title && block.Source.End <= document.Length))
        {
            var telling = block.Kind is BlockKind.Byline or BlockKind.Dateline or BlockKind.Caption or BlockKind.Credit or BlockKind.Notice
                && block.Source.Length <= LongestAside && !block.Source.In(document).Contains('<');
            if (telling || marks.Holds(article.Id, block.Source))
                html.Append(Html.Of($"<li><span class=\"cite\">{Texts.Name("block", block.Kind)}</span> {marks.Show(new Evidence(article.Id, block.Source, InDocument: true))}</li>\n"));
        }

        return html.Length == 0 ? Html.Empty : Html.Of($"<div class=\"around\"><p class=\"cite\">{Texts["source.around"]}</p><ul>\n{new Html(html.ToString())}</ul></div>\n");
    }

    private Html OpenAtOutlet(Article article) => WebAddress.Safe(article.Url) is { } address
        ? Html.Of($" · <a href=\"{address}\" rel=\"noreferrer noopener\">{Texts["source.open"]}</a>")
        : Html.Empty;

    private IEnumerable<string> FactsOf(ArticleView article)
    {
        if (article.Article.Byline.Length > 0)
            yield return string.Join(Texts["list.comma"], article.Article.Byline.Select(name => ShownText.Line(name)));
        yield return view.Time(article) is { } time
            ? time + (article.Article.Dated == Dating.Inferred ? $" ({Texts["inferred"]})" : "")
            : Texts["spread.unknown"];
        if (article.Article.Modified is { } modified)
            yield return Texts.Fill("source.modified", view.Time(modified));
        if (article.Article.Captured is { } captured)
            yield return Texts.Fill("source.captured", view.Time(captured));
        if (article.Article.Agencies.Length > 0)
            yield return Texts.Fill("credited", Texts.Join([.. article.Article.Agencies.Select(name => ShownText.Line(name))]));
        if (view.Corrected(article) is { } corrected)
            yield return corrected;
        if (article.Article.Partial)
            yield return Texts["gap.partial"];
    }

    /// <summary>The paragraphs of a text, each with what it is where it is no plain one.</summary>
    public static IEnumerable<(TextSpan Paragraph, string Kind)> Paragraphs(Article article)
    {
        var kinds = article.Blocks.Where(block => block.Span is not null).Select(block => (block.Span!.Value.Start, block.Kind)).DistinctBy(block => block.Start).ToDictionary(block => block.Start, block => block.Kind);
        var text = article.Text;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf("\n\n", start, StringComparison.Ordinal);
            if (end < 0)
                end = text.Length;
            if (end > start)
            {
                yield return (new TextSpan(start, end), kinds.GetValueOrDefault(start, BlockKind.Paragraph) switch
                {
                    BlockKind.Heading => "heading",
                    BlockKind.Standfirst => "standfirst",
                    BlockKind.Quote => "quote",
                    _ => "",
                });
            }

            start = end;
            while (start < text.Length && text[start] == '\n') start++;
        }
    }
}
