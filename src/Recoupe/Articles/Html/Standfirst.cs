using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>Finds the standfirst of a page: what stands at its title in the words that the page describes itself with.</summary>
internal static class Standfirst
{
    // How many blocks before and after the title it stands.
    private const int MaxBefore = 3;
    private const int MaxAfter = 10;

    private const int LeastWords = 5;
    private const int MaxLength = 700;

    // The share of its words that the description has.
    private const double LeastShare = 0.75;

    /// <summary>Its block, or -1.</summary>
    /// <param name="page">The page.</param>
    /// <param name="facts">What it says of itself.</param>
    public static int Find(HtmlPage page, PageFacts facts)
    {
        var title = facts.TitleBlock;
        if (title < 0 || facts.Description is not { } description || Words(description) is not { Count: >= LeastWords } told)
            return -1;
        // A description that only says the title again tells nothing of what stands beside it.
        var known = facts.Title is { } words ? Words(words) : [];
        for (var i = Math.Max(0, title - MaxBefore); i < page.Blocks.Length && i <= title + MaxAfter; i++)
        {
            ref readonly var block = ref page.Blocks[i];
            if (i == title || block.Length > MaxLength || block.LinkChars * 2 > block.Length || IsElsewhere(page, block.Node, title))
                continue;
            var own = Words(page.TextOf(block));
            if (own.Count >= LeastWords && own.Count(told.Contains) >= own.Count * LeastShare
                && own.Count(known.Contains) < own.Count * LeastShare)
                return i;
        }

        return -1;
    }

    // In another part of the page than the title.
    private static bool IsElsewhere(HtmlPage page, int node, int title)
    {
        const Markup other = Markup.Comment | Markup.Related | Markup.Sidebar | Markup.Nav | Markup.Footer | Markup.Hidden | Markup.Caption;
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
