using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>
/// Finds the standfirst of a page: what stands at its title in the words that the page describes itself with, or right behind it in a heading
/// of its own.
/// </summary>
internal static class Standfirst
{
    // How many blocks before and after the title it stands.
    private const int MaxBefore = 3;
    private const int MaxAfter = 10;

    private const int LeastWords = 5;
    private const int MaxLength = 700;

    // A shorter heading may be the first of the text's own.
    private const int LeastLead = 60;

    // The share of its words that the description has.
    private const double LeastShare = 0.75;

    /// <summary>Its block, or -1.</summary>
    /// <param name="page">The page.</param>
    /// <param name="facts">What it says of itself.</param>
    public static int Find(HtmlPage page, PageFacts facts)
    {
        if (facts.TitleBlock < 0)
            return -1;
        return Described(page, facts) is >= 0 and var described ? described : SubHeading(page, facts.TitleBlock);
    }

    /// <summary>The block that says what the page's description says, or -1.</summary>
    internal static int Described(HtmlPage page, PageFacts facts)
    {
        var title = facts.TitleBlock;
        if (title < 0 || facts.Description is not { } description || Words(description) is not { Count: >= LeastWords } told)
            return -1;
        // A description that only says the title again tells nothing of what stands beside it.
        var known = facts.Title is { } words ? Words(words) : [];
        for (var i = Math.Max(0, title - MaxBefore); i < page.Blocks.Length && i <= title + MaxAfter; i++)
        {
            if (i == title || !MayBe(page, i, title))
                continue;
            var own = Words(page.TextOf(page.Blocks[i]));
            if (own.Count >= LeastWords && own.Count(told.Contains) >= own.Count * LeastShare
                && own.Count(known.Contains) < own.Count * LeastShare)
                return i;
        }

        return -1;
    }

    // A lower heading, or what its class says is a lead, with nothing between it and the title.
    private static int SubHeading(HtmlPage page, int title)
    {
        var next = title + 1;
        if (next >= page.Blocks.Length || page.Nodes[page.Blocks[title].Node].Tag != PageTag.H1 || page.Blocks[next].Length < LeastLead
            || !MayBe(page, next, title))
            return -1;
        ref readonly var node = ref page.Nodes[page.Blocks[next].Node];
        return node.Tag is PageTag.H2 or PageTag.H3 || (node.Markup & Markup.Lead) != Markup.None ? next : -1;
    }

    private static bool MayBe(HtmlPage page, int index, int title)
    {
        ref readonly var block = ref page.Blocks[index];
        return block.Length <= MaxLength && block.LinkChars * 2 <= block.Length && !IsElsewhere(page, block.Node, title);
    }

    // In another part of the page than the title.
    private static bool IsElsewhere(HtmlPage page, int node, int title)
    {
        const Markup other = Markup.Comment | Markup.Related | Markup.Sidebar | Markup.Nav | Markup.Footer | Markup.Hidden;
        return (page.Nodes[node].Around & ~page.Nodes[page.Blocks[title].Node].Around & other) != Markup.None;
    }

    private static HashSet<ulong> Words(ReadOnlySpan<char> text)
    {
        var words = new HashSet<ulong>();
        for (int at = 0; LineWords.Next(text, ref at, out var start, out _);)
            words.Add(TextHash.OfFolded(text[start..at]));
        return words;
    }
}
