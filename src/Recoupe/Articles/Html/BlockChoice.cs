namespace Recoupe.Articles.Html;

/// <summary>Chooses the blocks of the article's text by their scores.</summary>
internal static class BlockChoice
{
    // The odds at which a block is in: chosen on held-out pages (docs/accuracy/articles.md).
    internal const float Threshold = 0.65f;

    // The best block of a page is in even where nothing looks like an article.
    private const float LeastBest = 0.1f;
    private const float LeastOfLabels = 0.02f; // where no block is a sentence
    private const int LeastSentence = 12;

    private const int MaxGap = 2;
    private const float LeastInGap = 0.1f;

    // A heading of these odds is in between text that stands in other elements too.
    private const float LeastHeading = 0.45f;

    // A list behind text is in whole from these odds of its items on, whatever each item's, but for those that look like none.
    private const float LeastList = 0.55f;
    private const float LeastItem = 0.4f;
    private const int MaxToList = 3;

    // More blocks than this are no post.
    private const int MaxPost = 12;

    private const float LeastParagraph = 0.25f;

    // A standfirst is in unless it looks like nothing of the article's.
    private const float LeastStandfirst = 0.1f;

    /// <summary>The indexes of the chosen blocks, in order.</summary>
    /// <param name="page">The page.</param>
    /// <param name="scores">The odds of each block; 0 for what is in no case the article's.</param>
    /// <param name="standfirst">The block of the standfirst, or -1.</param>
    /// <param name="threshold">The odds at which a block is in.</param>
    public static List<int> Choose(HtmlPage page, ReadOnlySpan<float> scores, int standfirst, float threshold = Threshold)
    {
        var isIn = new bool[scores.Length];
        int best = -1, sentence = -1;
        for (var i = 0; i < scores.Length; i++)
        {
            isIn[i] = scores[i] >= threshold && HasWords(page, i);
            if (best < 0 || scores[i] > scores[best])
                best = i;
            if ((sentence < 0 || scores[i] > scores[sentence]) && IsSentence(page, i))
                sentence = i;
        }

        if (best >= 0 && scores[best] > (sentence < 0 ? LeastOfLabels : LeastBest))
            isIn[best] = true;
        // A heading alone is no text.
        if (sentence >= 0 && scores[sentence] < threshold && !HasSentence(page, isIn))
            isIn[sentence] = true;
        if (standfirst >= 0 && scores[standfirst] >= LeastStandfirst)
            isIn[standfirst] = true;
        Fill(page, scores, isIn);
        FillLists(page, scores, isIn);
        FillPosts(page, isIn);
        FillEntries(page, isIn);
        var chosen = new List<int>();
        for (var i = 0; i < isIn.Length; i++)
        {
            if (isIn[i])
                chosen.Add(i);
        }

        return chosen;
    }

    // A row of stars or dashes parts the text and is none.
    private static bool HasWords(HtmlPage page, int index)
    {
        foreach (var c in page.TextOf(page.Blocks[index]))
        {
            if (char.IsLetterOrDigit(c))
                return true;
        }

        return false;
    }

    private static bool HasSentence(HtmlPage page, bool[] isIn)
    {
        for (var i = 0; i < isIn.Length; i++)
        {
            if (isIn[i] && IsSentence(page, i))
                return true;
        }

        return false;
    }

    // A notice of a sentence or two looks like nothing that a model of news pages knows.
    private static bool IsSentence(HtmlPage page, int index)
    {
        ref readonly var block = ref page.Blocks[index];
        var text = page.TextOf(block).TrimEnd();
        return text.Length >= LeastSentence && text[^1] is '.' or '!' or '?' or '…' or '»' or '”' && block.LinkChars * 4 < block.Length;
    }

    // Items and cells are short, and tell together what each says too little of: a list or table is the text's or not.
    private static void FillLists(HtmlPage page, ReadOnlySpan<float> scores, bool[] isIn)
    {
        var before = new double[scores.Length + 1];
        for (var i = 0; i < scores.Length; i++)
            before[i + 1] = before[i] + scores[i];
        foreach (ref readonly var node in page.Nodes.AsSpan())
        {
            var (from, to) = (node.FirstBlock, node.EndBlock);
            if (node.Tag is not (PageTag.Ul or PageTag.Ol or PageTag.Dl or PageTag.Table) || to - from < 2
                || before[to] - before[from] < LeastList * (to - from)
                || !isIn.AsSpan(Math.Max(0, from - MaxToList), Math.Min(from, MaxToList)).Contains(true))
                continue;
            for (var i = from; i < to; i++)
                isIn[i] |= scores[i] >= LeastItem;
        }
    }

    // An embedded post is in with its author's line or not at all.
    private static void FillPosts(HtmlPage page, bool[] isIn)
    {
        for (var i = 0; i < isIn.Length; i++)
        {
            if (isIn[i] || (page.Nodes[page.Blocks[i].Node].TagsAround >> (int)PageTag.Blockquote & 1) == 0)
                continue;
            var node = page.Blocks[i].Node;
            while (node >= 0 && page.Nodes[node].Tag != PageTag.Blockquote)
                node = page.Nodes[node].Parent;
            if (node < 0 || (page.Nodes[node].Markup & Markup.Quote) == Markup.None || page.Nodes[node].EndBlock - page.Nodes[node].FirstBlock > MaxPost)
                continue;
            for (var other = page.Nodes[node].FirstBlock; other < page.Nodes[node].EndBlock && !isIn[i]; other++)
                isIn[i] = isIn[other];
        }
    }

    // The heading of a live blog's entry stands between its time and its text.
    private static void FillEntries(HtmlPage page, bool[] isIn)
    {
        for (var i = 1; i + 1 < isIn.Length; i++)
        {
            if (isIn[i] || !isIn[i + 1] || !PageTags.IsHeading(page.Nodes[page.Blocks[i].Node].Tag))
                continue;
            var entry = page.Nodes[page.Blocks[i].Node].Parent;
            var (before, after) = (page.Blocks[i - 1].Node, page.Nodes[page.Blocks[i + 1].Node].Parent);
            isIn[i] = entry == after && (before == entry || page.Nodes[before].Parent == entry) && PublicationTimes.Clock(page.TextOf(page.Blocks[i - 1])) is not null;
        }
    }

    // Between two chosen blocks of one container stand its headings and short paragraphs too, unless the lists know them or they are links.
    private static void Fill(HtmlPage page, ReadOnlySpan<float> scores, bool[] isIn)
    {
        var before = -1;
        for (var i = 0; i < isIn.Length; i++)
        {
            if (isIn[i])
            {
                before = i;
                continue;
            }

            if (before < 0 || i - before > MaxGap || scores[i] < LeastInGap)
                continue;
            ref readonly var block = ref page.Blocks[i];
            ref readonly var node = ref page.Nodes[block.Node];
            var after = i + 1;
            while (after < isIn.Length && after - i <= MaxGap && !isIn[after])
                after++;
            if (after >= isIn.Length || after - i > MaxGap || block.LinkChars * 2 > block.Length || LinePatterns.All.Match(page.TextOf(block)) is not null)
                continue;
            var parent = node.Parent;
            var shared = parent == page.Nodes[page.Blocks[after].Node].Parent || parent == page.Nodes[page.Blocks[before].Node].Parent;
            if (PageTags.IsHeading(node.Tag)
                    ? shared || scores[i] >= LeastHeading
                    : shared && node.Tag == PageTag.P && scores[i] >= LeastParagraph)
                isIn[i] = true;
        }
    }
}
