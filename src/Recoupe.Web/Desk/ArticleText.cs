using System.Text;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Web.Desk;

/// <summary>An article's text with what was read of it marked in layers, each of which the page can show or hide.</summary>
internal sealed class ArticleText(AnnotatedArticle annotated, InterfaceTexts texts)
{
    private readonly List<(TextSpan Span, bool InTitle, bool InDocument, string Class, string? Title)> _marks = [];

    private Article Article => annotated.Article;

    /// <summary>How many stretches are marked in a layer.</summary>
    public int Count(string layer) => _marks.Count(mark => mark.Class == layer);

    /// <summary>Marks what the article alone gives.</summary>
    public void MarkReading()
    {
        foreach (var statement in annotated.Statements)
        {
            var title = statement.Speaker?.Name is { } name ? $"{ShownText.Line(name)}{texts["colon"]}{texts.Name("act", statement.Act)}" : texts["speaker.unknown"];
            foreach (var span in statement.Content)
                _marks.Add((span, statement.InTitle, false, "l-s", title));
            foreach (var span in new[] { statement.Cue, statement.Speaker?.Mention }.OfType<TextSpan>())
                _marks.Add((span, statement.InTitle, false, "l-w", null));
        }

        foreach (var date in annotated.Dates)
            _marks.Add((date.Span, date.InTitle, false, "l-d", date.Value is { } value ? texts.Date(value) : texts["desk.unknown"]));
        foreach (var number in annotated.Numbers)
            _marks.Add((number.Span, number.InTitle, false, "l-n", null));
        foreach (var citation in annotated.Citations)
            _marks.Add((citation.Span, citation.InTitle, false, "l-c", citation.Source is { } source ? ShownText.Line(source.Name) : null));
    }

    /// <summary>Marks what the article shares with others of its story.</summary>
    public void MarkShared(IEnumerable<RenderedShare> shares)
    {
        foreach (var share in shares.Where(share => share.End <= Article.Text.Length))
            _marks.Add((new TextSpan(share.Start, share.End), false, false, "l-r", texts.Fill("article.shared", share.With)));
    }

    /// <summary>Marks the place that an address asks for; false where the article has none such.</summary>
    public bool MarkAsked(ShownPlace place)
    {
        var whole = place.InDocument ? Article.Document : place.InTitle ? Article.Title : Article.Text;
        if (whole is null)
            return false;
        var offsets = new CodePointOffsets(whole);
        if (place.End > offsets.FromUtf16(whole.Length))
            return false;
        _marks.Add((new TextSpan(offsets.ToUtf16(place.Start), offsets.ToUtf16(place.End)), place.InTitle, place.InDocument, "at", null));
        return true;
    }

    /// <summary>The title, marked.</summary>
    public string Title() => Article.Title is { } title ? Show(title, new TextSpan(0, title.Length), inTitle: true).Markup : Html.Encode(texts["article.untitled"]);

    /// <summary>The text in its paragraphs, marked.</summary>
    public string Body()
    {
        var html = new StringBuilder();
        foreach (var (paragraph, kind) in SourcesHtml.Paragraphs(Article))
            html.Append(Html.Of($"<p{(kind == "" ? Html.Empty : Html.Of($" class=\"{kind}\""))}>{Show(Article.Text, paragraph)}</p>\n"));
        return html.ToString();
    }

    /// <summary>What stands around the text and was asked for; null for nothing.</summary>
    public string? Around()
    {
        if (_marks.FirstOrDefault(mark => mark.InDocument) is not { Class: "at" } asked)
            return null;
        var block = Article.Blocks.FirstOrDefault(block => block.Source.Contains(asked.Span));
        var stretch = block?.Source ?? asked.Span;
        return Html.Of($"<p><span class=\"cite\">{(block is null ? "" : texts.Name("block", block.Kind))}</span> {Show(Article.Document!, stretch, inDocument: true)}</p>\n").Markup;
    }

    // One element a stretch, whatever is marked there: what is asked for first, so that its anchor is met.
    private Html Show(string text, TextSpan stretch, bool inTitle = false, bool inDocument = false) => MarkedText.Show(
        text, stretch,
        _marks.Where(mark => mark.InTitle == inTitle && mark.InDocument == inDocument && mark.Span.Overlaps(stretch)).GroupBy(mark => mark.Span)
            .Select(group => new TextMark(
                group.Key, group.Any(mark => mark.Class == "at") ? "at" : null, string.Join(' ', group.Select(mark => mark.Class).Distinct()), Html.Empty)
            {
                Title = group.Select(mark => mark.Title).FirstOrDefault(title => title is not null),
            }));
}
