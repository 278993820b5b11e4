using Recoupe.Dates;
using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>Finds the entries of a live blog: three or more elements side by side, each of which opens with its own time and holds text.</summary>
internal static class LiveEntries
{
    private const int Least = 3;

    // How far into an entry its time stands, in blocks.
    private const int MaxToTime = 3;
    private const int MaxMarks = 8;

    private readonly record struct Entry(TextSpan Span, Moment? Time, TimeOnly? Clock, TextSpan? Told);

    /// <summary>Adds the entries that the chosen blocks form.</summary>
    public static void Add(HtmlPage page, List<(PageBlock Block, TextSpan Span)> spans, ArticleDraft draft)
    {
        if (spans.Count < Least || draft.TextLength == 0 || spans[^1].Span.End > draft.TextLength)
            return;
        var marks = page.Marks.Where(mark => mark.Kind is PageMarkKind.Time or PageMarkKind.Published && mark.Value is not null).OrderBy(mark => mark.Start).ToArray();
        var container = Container(page, marks, spans);
        if (container < 0)
            return;
        foreach (var entry in Entries(page, marks, spans, container, draft))
        {
            // A clock alone is told on the day of the page, where that has only one.
            var onDay = entry.Clock is { } clock && draft.Published is { } published && draft.Modified is { } modified && published.Day == modified.Day
                ? new Moment(published.Day, clock, published.Offset)
                : (Moment?)null;
            draft.Entries.Add(new LiveEntry(entry.Span, entry.Time ?? onDay, entry.Told));
        }
    }

    // The element with most children that open with a time and hold chosen text: at least three, and most of the text.
    private static int Container(HtmlPage page, PageMark[] marks, List<(PageBlock Block, TextSpan Span)> spans)
    {
        var children = new Dictionary<int, int>();
        foreach (var (block, _) in spans)
        {
            for (var node = block.Node; page.Nodes[node].Parent >= 0; node = page.Nodes[node].Parent)
                children[node] = children.GetValueOrDefault(node) + 1;
        }

        var timed = new Dictionary<int, (int Entries, int Blocks)>();
        foreach (var (node, count) in children.OrderBy(pair => pair.Key))
        {
            if (!IsEntry(page, node) || TimeOf(page, marks, node, out _, out _, out _) is false)
                continue;
            var (entries, blocks) = timed.GetValueOrDefault(page.Nodes[node].Parent);
            timed[page.Nodes[node].Parent] = (entries + 1, blocks + count);
        }

        var best = timed.Where(pair => pair.Value.Entries >= Least && pair.Value.Blocks * 2 >= spans.Count).OrderByDescending(pair => pair.Value.Blocks).ThenByDescending(pair => pair.Key).FirstOrDefault();
        return best.Value.Entries >= Least ? best.Key : -1;
    }

    private static bool IsEntry(HtmlPage page, int node) => page.Nodes[node].Tag is PageTag.Article or PageTag.Section or PageTag.Div or PageTag.Li && page.Nodes[node].EndBlock - page.Nodes[node].FirstBlock >= 2
        && (page.Nodes[node].Around & Markup.Comment) == Markup.None;

    private static IEnumerable<Entry> Entries(HtmlPage page, PageMark[] marks, List<(PageBlock Block, TextSpan Span)> spans, int container, ArticleDraft draft)
    {
        for (var i = 0; i < spans.Count;)
        {
            var child = ChildOf(page, spans[i].Block.Node, container);
            var next = i + 1;
            while (next < spans.Count && child >= 0 && ChildOf(page, spans[next].Block.Node, container) == child)
                next++;
            if (child >= 0 && IsEntry(page, child) && TimeOf(page, marks, child, out var time, out var clock, out var block))
            {
                var told = block < 0 ? (TextSpan?)null : new TextSpan(page.Blocks[block].SourceStart, Math.Max(page.Blocks[block].SourceStart, page.Blocks[block].SourceEnd)).Trim(draft.Document.Content);
                yield return new Entry(new TextSpan(spans[i].Span.Start, spans[next - 1].Span.End), time, clock, told);
            }

            i = next;
        }
    }

    private static int ChildOf(HtmlPage page, int node, int container)
    {
        while (node >= 0 && page.Nodes[node].Parent != container)
            node = page.Nodes[node].Parent;
        return node;
    }

    // A time element, or a line that is a time, among the first blocks of the element.
    private static bool TimeOf(HtmlPage page, PageMark[] marks, int node, out Moment? time, out TimeOnly? clock, out int block)
    {
        (time, clock, block) = (null, null, -1);
        ref readonly var entry = ref page.Nodes[node];
        var end = Math.Min(entry.EndBlock, entry.FirstBlock + MaxToTime);
        if (end <= entry.FirstBlock)
            return false;
        var (from, to) = (page.Blocks[entry.FirstBlock].Start, page.Blocks[end - 1].End);
        var at = Sorted.First<PageMark>(marks, from, static mark => mark.Start);
        for (var last = Math.Min(marks.Length, at + MaxMarks); at < last && marks[at].Start < to; at++)
        {
            if (PageTimes.Parse(marks[at].Value) is not { } marked)
                continue;
            time = marked;
            block = VisibleTimes.BlockAt(page, marks[at].Start);
            return true;
        }

        for (var i = entry.FirstBlock; i < end; i++)
        {
            var text = page.TextOf(page.Blocks[i]);
            if (text.Length > 60 || !text.ContainsAnyInRange('0', '9'))
                continue;
            if (PublicationTimes.Find(text) is [{ } told, ..])
                time = told.Moment;
            else if (PublicationTimes.Clock(text) is { } alone)
                clock = alone;
            else
                continue;
            block = i;
            return true;
        }

        return false;
    }
}
