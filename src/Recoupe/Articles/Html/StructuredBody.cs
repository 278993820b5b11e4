using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>The text that structured data carry (<c>articleBody</c>): taken where the page itself shows much less of it.</summary>
internal static class StructuredBody
{
    // Below this it is a summary; and it must have this many times the page's own text: it loses headings, quotations and links.
    private const int Least = 500;
    private const int Times = 2;

    private const string Key = "articleBody";

    /// <summary>Puts <paramref name="body"/> in the place of the draft's text where that is much shorter.</summary>
    public static void Offer(string body, ArticleDraft draft)
    {
        if (body.Length < Least || body.Length < draft.TextLength * Times)
            return;
        var paragraphs = Paragraphs(body);
        if (paragraphs.Sum(paragraph => paragraph.Length) < Math.Max(Least, draft.TextLength * Times))
            return;
        var at = draft.Document.Content.IndexOf($"\"{Key}\"", StringComparison.Ordinal);
        // In the document it is one escaped string: all paragraphs point at it.
        var source = at < 0 ? new TextSpan(0, 0) : ValueAt(draft.Document.Content, at + Key.Length + 2);
        draft.ClearText();
        foreach (var paragraph in paragraphs)
            draft.AddText(BlockKind.Paragraph, paragraph, source);
        draft.Partial = BreakingOff.EndsInOffer(paragraphs[^1]);
        draft.Notes.Add("the text stands in the page's structured data (articleBody); the page shows less of it");
    }

    private static List<string> Paragraphs(string body)
    {
        if (body.Contains('<'))
            body = PageFacts.WithoutTags(body.Replace("</p>", "</p>\n", StringComparison.OrdinalIgnoreCase).Replace("<br", "\n<br", StringComparison.OrdinalIgnoreCase));
        if (body.Contains('&'))
            body = System.Net.WebUtility.HtmlDecode(body);
        return [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(line => line.Length > 0 && LinePatterns.All.Match(line) is null)];
    }

    // The string behind a key of JSON, without its quotation marks.
    private static TextSpan ValueAt(string content, int at)
    {
        while (at < content.Length && content[at] != '"')
            at++;
        var start = Math.Min(at + 1, content.Length);
        var end = start;
        while (end < content.Length && content[end] != '"')
            end += content[end] == '\\' ? 2 : 1;
        return new TextSpan(start, Math.Min(end, content.Length));
    }
}
