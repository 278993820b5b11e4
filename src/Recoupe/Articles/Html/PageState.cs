using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>Tells pages that hold no article: what stands where one was, checks for people, pages that a script fills, lists of articles.</summary>
internal static class PageState
{
    // Such pages say little beside it: an article about them says more.
    private const int MaxText = 500;

    // A list has this many headings that are links, and no more text for each than a teaser.
    private const int LeastHeadings = 6;
    private const int MaxTeaser = 350;

    private static readonly FrozenDictionary<ulong, (string Kind, ulong[] Words)[]> ByFirstWord = Language.SharedLines("unread-pages.tsv").Select(Parse)
        .GroupBy(phrase => phrase.Words[0]).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Why there is no article on the page, or null where there may be one.</summary>
    public static string? Of(HtmlPage page, PageFacts facts, int textLength)
    {
        if (textLength <= MaxText && Said(page) is { } kind)
        {
            return kind switch
            {
                "missing" => "is a page that says that there is nothing here",
                "robot" => "is a page that asks for a human reader or lets nobody in: capture it in a browser",
                _ => "is a page that a script fills: capture it in a browser",
            };
        }

        return IsList(page, facts, textLength) ? "is a list of articles: give their own pages" : null;
    }

    private static string? Said(HtmlPage page)
    {
        if (In(page.Title) is { } titled)
            return titled;
        var length = 0;
        foreach (ref readonly var block in page.Blocks.AsSpan())
            length += block.Length;
        if (length > MaxText * 2)
            return null;
        foreach (ref readonly var block in page.Blocks.AsSpan())
        {
            if (In(page.TextOf(block)) is { } kind)
                return kind;
        }

        return null;
    }

    private static bool IsList(HtmlPage page, PageFacts facts, int textLength)
    {
        if (facts.Published is not null || facts.Authors.Count > 0 || facts.ArticleBody is not null || facts.IsArticle)
            return false;
        var headings = 0;
        foreach (ref readonly var block in page.Blocks.AsSpan())
        {
            if (PageTags.IsHeading(page.Nodes[block.Node].Tag) && block.LinkChars * 10 >= block.Length * 9)
                headings++;
        }

        return headings >= LeastHeadings && textLength / headings < MaxTeaser;
    }

    private static string? In(ReadOnlySpan<char> text)
    {
        Span<ulong> words = stackalloc ulong[64];
        var count = Words(text, words);
        for (var i = 0; i < count; i++)
        {
            if (!ByFirstWord.TryGetValue(words[i], out var phrases))
                continue;
            foreach (var (kind, phrase) in phrases)
            {
                // "404" alone is a number of many things.
                if (words[i..count].StartsWith(phrase) && (phrase.Length > 1 || count <= 6))
                    return kind;
            }
        }

        return null;
    }

    private static (string Kind, ulong[] Words) Parse(string line)
    {
        var columns = line.Split('\t');
        Span<ulong> words = stackalloc ulong[16];
        return (columns[0], words[..Words(columns[1], words)].ToArray());
    }

    private static int Words(ReadOnlySpan<char> text, Span<ulong> words)
    {
        var count = 0;
        for (var at = 0; count < words.Length && LineWords.Next(text, ref at, out var start, out _);)
            words[count++] = TextHash.OfFolded(text[start..at]);
        return count;
    }
}
