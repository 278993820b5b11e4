using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Finds the promotion that a site puts into its pages: paragraphs that speak to the reader, word for word the same in several of its articles.</summary>
/// <remarks>
/// Only what the input shows as repeated, so a page alone keeps them. Background that follow-ups repeat does not speak to the reader. Between outlets only where
/// such paragraphs are all that two articles share: an article that one took from the other is no promotion. The text of articles that came in clean is kept as
/// it is, and the paragraph is marked: what stands in it is neither told nor shared.
/// </remarks>
public static class RepeatedParagraphs
{
    // Shorter lines are headings and labels, which the page's own reading knows.
    private const int Least = 40;

    private const string Note = "a paragraph that other articles share and that speaks to the reader ";

    /// <summary>The articles without such paragraphs, in their order.</summary>
    public static IReadOnlyList<Article> Without(IReadOnlyList<Article> articles)
    {
        var read = articles.Select(Paragraphs).ToList();
        var bySite = new Dictionary<(string Site, ulong Paragraph), int>();
        var anywhere = new Dictionary<ulong, int>();
        var repeated = read.ConvertAll(_ => new HashSet<TextSpan>());
        for (var i = 0; i < read.Count; i++)
        {
            foreach (var paragraph in read[i].Where(paragraph => paragraph.SpeaksToReader))
            {
                // Each against the first that has it: of the same site, else of any.
                if (paragraph.Site is { } site && First(bySite, (site, paragraph.Hash), i) is { } own)
                    Mark(i, own, paragraph.Hash);
                if (First(anywhere, paragraph.Hash, i) is { } other && paragraph.SpeaksOfItself && !ShareMore(read[other], read[i]))
                    Mark(i, other, paragraph.Hash);
            }
        }

        void Mark(int one, int other, ulong hash)
        {
            foreach (var i in new[] { one, other })
                repeated[i].UnionWith(read[i].Where(same => same.Hash == hash).Select(same => same.Span));
        }

        return repeated.TrueForAll(spans => spans.Count == 0) ? articles : [.. articles.Select((article, i) => Without(article, repeated[i]))];
    }

    // The first article of a key, or null where it is this one.
    private static int? First<T>(Dictionary<T, int> seen, T key, int article)
        where T : notnull
        => seen.TryAdd(key, article) || seen[key] == article ? null : seen[key];

    private readonly record struct Paragraph(TextSpan Span, ulong Hash, string? Site, bool SpeaksToReader, bool SpeaksOfItself);

    private static List<Paragraph> Paragraphs(Article article)
    {
        var site = SiteOf(article);
        var paragraphs = new List<Paragraph>();
        foreach (var block in article.Blocks)
        {
            if (block.Span is not { Length: >= Least } span || block.Kind is not (BlockKind.Paragraph or BlockKind.List))
                continue;
            var text = span.In(article.Text);
            var speaks = ConsentText.SpeaksToReader(text, out var ofItself);
            paragraphs.Add(new Paragraph(span, TextHash.OfFolded(text), site, speaks, ofItself));
        }

        return paragraphs;
    }

    // Whether they share a paragraph that does not speak to the reader.
    private static bool ShareMore(List<Paragraph> a, List<Paragraph> b)
    {
        var told = a.Where(paragraph => !paragraph.SpeaksToReader).Select(paragraph => paragraph.Hash).ToHashSet();
        return b.Exists(paragraph => !paragraph.SpeaksToReader && told.Contains(paragraph.Hash));
    }

    private static string? SiteOf(Article article) =>
        Uri.TryCreate(article.Url, UriKind.Absolute, out var address) && address.Host.Length > 0 ? address.Host : article.Outlet;

    private static Article Without(Article article, HashSet<TextSpan> repeated)
    {
        if (repeated.Count == 0)
            return article;
        if (article.Document is null)
            return Marked(article, repeated);
        var gone = repeated.OrderBy(span => span.Start).ToList();
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
            Notes = article.Notes.Add(Note + "was left out"),
        };
    }

    private static Article Marked(Article article, HashSet<TextSpan> repeated) => article with
    {
        Blocks = [.. article.Blocks.Select(block => block.Span is { } span && repeated.Contains(span) ? block with { Kind = BlockKind.Promo } : block)],
        Notes = article.Notes.Add(Note + "tells nothing of the event"),
    };

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
