using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Finds the promotion that a site puts into its pages: paragraphs that speak to the reader, word for word the same in several of its articles.</summary>
/// <remarks>
/// Only what the input shows as repeated, so a page alone keeps them. Background that follow-ups repeat does not speak to the reader. Text that came in clean is
/// taken as it is.
/// </remarks>
public static class RepeatedParagraphs
{
    // Shorter lines are headings and labels, which the page's own reading knows.
    private const int Least = 40;

    /// <summary>The articles without such paragraphs, in their order.</summary>
    public static IReadOnlyList<Article> Without(IReadOnlyList<Article> articles)
    {
        var seen = new Dictionary<(string Site, ulong Paragraph), Article>();
        var repeated = new HashSet<(string Site, ulong Paragraph)>();
        foreach (var article in articles)
        {
            foreach (var (_, key) in Candidates(article))
            {
                if (!seen.TryAdd(key, article) && !ReferenceEquals(seen[key], article))
                    repeated.Add(key);
            }
        }

        return repeated.Count == 0 ? articles : [.. articles.Select(article => Without(article, repeated))];
    }

    private static IEnumerable<(TextSpan Span, (string Site, ulong Paragraph) Key)> Candidates(Article article)
    {
        if (article.Document is null || SiteOf(article) is not { } site)
            yield break;
        foreach (var block in article.Blocks)
        {
            if (block.Span is { Length: >= Least } span && block.Kind is BlockKind.Paragraph or BlockKind.List && ConsentText.SpeaksToReader(span.In(article.Text)))
                yield return (span, (site, TextHash.OfFolded(span.In(article.Text))));
        }
    }

    private static string? SiteOf(Article article) =>
        Uri.TryCreate(article.Url, UriKind.Absolute, out var address) && address.Host.Length > 0 ? address.Host : article.Outlet;

    private static Article Without(Article article, HashSet<(string Site, ulong Paragraph)> repeated)
    {
        var gone = Candidates(article).Where(candidate => repeated.Contains(candidate.Key)).Select(candidate => candidate.Span).OrderBy(span => span.Start).ToList();
        if (gone.Count == 0)
            return article;
        var cuts = gone.ConvertAll(span => WithGap(span, article.Text));
        var removed = gone.ToHashSet();
        var before = Before(cuts);
        TextSpan? Moved(TextSpan span) => removed.Contains(span) || Place(span.End) <= Place(span.Start) ? null : new TextSpan(Place(span.Start), Place(span.End));
        int Place(int at)
        {
            // The last cut that begins before it.
            var last = cuts.BinarySearch(new TextSpan(at, at), Comparer<TextSpan>.Create((a, b) => a.Start.CompareTo(b.Start)));
            last = last >= 0 ? last - 1 : ~last - 1;
            return last < 0 ? at : at - before[last] - Math.Clamp(at - cuts[last].Start, 0, cuts[last].Length);
        }

        var text = new System.Text.StringBuilder();
        var from = 0;
        foreach (var cut in cuts)
        {
            text.Append(article.Text, from, cut.Start - from);
            from = cut.End;
        }

        text.Append(article.Text, from, article.Text.Length - from);
        return article with
        {
            Text = text.ToString(),
            Blocks = [.. article.Blocks.Select(block => block.Span is not { } span ? block : Moved(span) is { } moved ? block with { Span = moved } : new Block(BlockKind.Promo, null, block.Source))],
            Links = [.. article.Links.Select(link => (Link: link, Span: Moved(link.Span))).Where(moved => moved.Span is not null).Select(moved => moved.Link with { Span = moved.Span!.Value })],
            Entries = [.. article.Entries.Select(entry => (Entry: entry, Span: Moved(entry.Span))).Where(moved => moved.Span is not null).Select(moved => moved.Entry with { Span = moved.Span!.Value })],
            Notes = article.Notes.Add("a paragraph that the site's articles share and that speaks to the reader was left out"),
        };
    }

    // For each cut, how much the ones before it take away.
    private static int[] Before(List<TextSpan> cuts)
    {
        var before = new int[cuts.Count];
        for (var i = 1; i < before.Length; i++)
            before[i] = before[i - 1] + cuts[i - 1].Length;
        return before;
    }

    // With the empty line behind it, or before it where it is the last; a text of nothing else stays empty.
    private static TextSpan WithGap(TextSpan span, string text)
    {
        var end = span.End;
        while (end < text.Length && text[end] == '\n')
            end++;
        var start = span.Start;
        while (end == text.Length && start > 0 && text[start - 1] == '\n')
            start--;
        return new TextSpan(start, end);
    }
}
