using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>Finds what stands on a page and is not its article's whatever it looks like: consent notices, what is hidden, and other articles in full.</summary>
internal static class ForeignBlocks
{
    // How far up from a paragraph the element that holds all of a notice is.
    private const int MaxUp = 4;

    // A notice with all its lists of purposes.
    private const int MaxNotice = 60;

    // How many blocks from something hidden the text around it stands, and what is a paragraph of it.
    private const int MaxToSeen = 12;
    private const int LeastSeen = 60;

    // What makes an element an article of its own: this much text in it.
    private const int LeastArticle = 250;

    /// <summary>For each block whether it is foreign.</summary>
    public static bool[] Find(HtmlPage page, int titleBlock)
    {
        var foreign = new bool[page.Blocks.Length];
        MarkNotices(page, titleBlock, foreign);
        MarkUnseen(page, titleBlock, foreign);
        if (titleBlock >= 0)
            MarkOtherArticles(page, titleBlock, foreign);
        return foreign;
    }

    private static void MarkNotices(HtmlPage page, int titleBlock, bool[] foreign)
    {
        var likeness = new ConsentLikeness[page.Blocks.Length];
        var any = false;
        for (var i = 0; i < likeness.Length; i++)
        {
            likeness[i] = page.Blocks[i].Length < 15 ? ConsentLikeness.None : ConsentText.Of(page.TextOf(page.Blocks[i]));
            foreign[i] = likeness[i] == ConsentLikeness.Sure || (page.Nodes[page.Blocks[i].Node].Around & Markup.Consent) != Markup.None && IsNoticeOf(page, i, titleBlock);
            any |= likeness[i] == ConsentLikeness.Sure;
        }

        for (var i = 0; any && i < likeness.Length; i++)
        {
            if (likeness[i] == ConsentLikeness.Sure)
                MarkAround(page, page.Blocks[i].Node, titleBlock, likeness, foreign);
        }
    }

    // An element that a consent program made, and that holds no more than it: pages put its name on their body too.
    private static bool IsNoticeOf(HtmlPage page, int block, int titleBlock)
    {
        var node = page.Blocks[block].Node;
        while (node > 0 && page.Nodes[node].Parent >= 0 && (page.Nodes[page.Nodes[node].Parent].Around & Markup.Consent) != Markup.None)
            node = page.Nodes[node].Parent;
        ref readonly var top = ref page.Nodes[node];
        return top.Tag is not (PageTag.Body or PageTag.Html) && !Holds(top, titleBlock) && top.EndBlock - top.FirstBlock <= MaxNotice * 4;
    }

    // What is hidden in the middle of what is seen: forms, templates, stars. The rest of an article behind a button has nothing that is seen behind it.
    private static void MarkUnseen(HtmlPage page, int titleBlock, bool[] foreign)
    {
        for (var i = 1; i < page.Nodes.Length; i++)
        {
            ref readonly var node = ref page.Nodes[i];
            if ((node.Markup & Markup.Unseen) == Markup.None || node.Parent <= 0 || (page.Nodes[node.Parent].Around & Markup.Unseen) != Markup.None
                || node.EndBlock == node.FirstBlock || Holds(node, titleBlock))
                continue;
            ref readonly var around = ref page.Nodes[node.Parent];
            var before = Seen(page, Math.Max(around.FirstBlock, node.FirstBlock - MaxToSeen), node.FirstBlock);
            var after = Seen(page, node.EndBlock, Math.Min(around.EndBlock, node.EndBlock + MaxToSeen));
            if (before > 0 && after > 0 && before + after > Length(page, i))
                Array.Fill(foreign, true, node.FirstBlock, node.EndBlock - node.FirstBlock);
        }
    }

    // How long the paragraphs are that are seen there.
    private static int Seen(HtmlPage page, int from, int to)
    {
        var length = 0;
        for (var i = from; i < to; i++)
        {
            ref readonly var block = ref page.Blocks[i];
            if (block.Length >= LeastSeen && block.LinkChars * 3 < block.Length && (page.Nodes[block.Node].Around & Markup.Unseen) == Markup.None)
                length += block.Length;
        }

        return length;
    }

    private static bool Holds(in PageNode node, int block) => block >= node.FirstBlock && block < node.EndBlock;

    // The largest element around of which most is a notice: its other lines belong to it.
    private static void MarkAround(HtmlPage page, int node, int titleBlock, ConsentLikeness[] likeness, bool[] foreign)
    {
        for (var up = 0; up < MaxUp && page.Nodes[node].Parent > 0; up++)
        {
            node = page.Nodes[node].Parent;
            ref readonly var around = ref page.Nodes[node];
            if (around.Tag is PageTag.Body or PageTag.Html or PageTag.Article or PageTag.Main || Holds(around, titleBlock) || around.EndBlock - around.FirstBlock > MaxNotice)
                return;
            int like = 0, all = 0;
            for (var i = around.FirstBlock; i < around.EndBlock; i++)
            {
                all += page.Blocks[i].Length;
                like += likeness[i] == ConsentLikeness.None ? 0 : page.Blocks[i].Length;
            }

            if (like * 2 < all)
                return;
            for (var i = around.FirstBlock; i < around.EndBlock; i++)
                foreign[i] = true;
        }
    }

    // Endless scrolling: behind the article stand the next ones, each in an element of its own kind with its own heading.
    private static void MarkOtherArticles(HtmlPage page, int titleBlock, bool[] foreign)
    {
        var heading = page.Nodes[page.Blocks[titleBlock].Node].Tag;
        var own = Around(page, page.Blocks[titleBlock].Node);
        if (own < 0 || !PageTags.IsHeading(heading) || Length(page, own) < LeastArticle)
            return;
        for (var i = page.Nodes[own].EndBlock; i < page.Blocks.Length; i++)
        {
            if (page.Nodes[page.Blocks[i].Node].Tag != heading)
                continue;
            var other = Around(page, page.Blocks[i].Node);
            if (other < 0 || other == own || page.Nodes[other].Parent != page.Nodes[own].Parent || Holds(page.Nodes[other], titleBlock))
                continue;
            for (var block = page.Nodes[other].FirstBlock; block < page.Nodes[other].EndBlock; block++)
                foreign[block] = true;
        }
    }

    private static int Around(HtmlPage page, int node)
    {
        while (node >= 0 && page.Nodes[node].Tag != PageTag.Article)
            node = page.Nodes[node].Parent;
        return node;
    }

    private static int Length(HtmlPage page, int node)
    {
        var length = 0;
        for (var i = page.Nodes[node].FirstBlock; i < page.Nodes[node].EndBlock; i++)
            length += page.Blocks[i].Length;
        return length;
    }
}
