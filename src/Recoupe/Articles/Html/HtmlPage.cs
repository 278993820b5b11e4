using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>An element of a page's structure.</summary>
internal struct PageNode
{
    public PageTag Tag;
    public int Parent;
    public short Depth;

    /// <summary>What its own class, id and role say.</summary>
    public Markup Markup;

    /// <summary>The same of all elements around it, itself included.</summary>
    public Markup Around;

    /// <summary>The elements around it, itself included, as bits of <see cref="PageTag"/>.</summary>
    public ulong TagsAround;

    /// <summary>The first block in it, and the one after its last.</summary>
    public int FirstBlock;
    public int EndBlock;

    /// <summary>Whether markup names it the article's body.</summary>
    public bool IsArticleBody;

    /// <summary>A hash of tag and class, for telling repeated structures.</summary>
    public ulong Shape;
}

/// <summary>A stretch of a page's text that no structure parts.</summary>
internal struct PageBlock
{
    /// <summary>Where it stands in <see cref="HtmlPage.Text"/>.</summary>
    public int Start;
    public int End;

    /// <summary>The element that holds it.</summary>
    public int Node;

    /// <summary>Where it stands in the document.</summary>
    public int SourceStart;
    public int SourceEnd;

    /// <summary>How many of its characters are in links, in bold or italics.</summary>
    public int LinkChars;
    public int EmphasisChars;

    /// <summary>What inline elements around its text say.</summary>
    public Markup Inline;

    public readonly int Length => End - Start;
}

/// <summary>A link of a page.</summary>
internal readonly record struct PageLink(int Start, int End, string Address);

/// <summary>What a mark on an element says of its text.</summary>
internal enum PageMarkKind
{
    Author,
    Published,
    Modified,
    Time,
    Headline,
    Publisher,
}

/// <summary>A stretch of a page's text that markup names, with the machine-readable value where it has one.</summary>
internal readonly record struct PageMark(PageMarkKind Kind, int Start, int End, string? Value, bool Sure);

/// <summary>A page read: its structure, its text in blocks, what its head says. Made by <see cref="HtmlPageReader"/>.</summary>
internal sealed class HtmlPage
{
    /// <summary>All text of the page, block after block, white space collapsed.</summary>
    public required char[] Text { get; init; }

    public required PageNode[] Nodes { get; init; }

    public required PageBlock[] Blocks { get; init; }

    public required List<PageLink> Links { get; init; }

    public required List<PageMark> Marks { get; init; }

    /// <summary>Names (in lower case) and contents of <c>meta</c> elements.</summary>
    public required List<(string Name, string Content)> Metas { get; init; }

    /// <summary>The contents of <c>application/ld+json</c> scripts.</summary>
    public required List<string> JsonLd { get; init; }

    public string? Title { get; init; }

    public string? Canonical { get; init; }

    public string? Language { get; init; }

    /// <summary>A time of publication that a script on the page states, or null.</summary>
    public string? ScriptTime { get; init; }

    /// <summary>What a reader should know: cut depth, cut length.</summary>
    public required List<string> Notes { get; init; }

    /// <summary>The text of a block.</summary>
    public ReadOnlySpan<char> TextOf(in PageBlock block) => Text.AsSpan(block.Start, block.Length);

    public ReadOnlySpan<char> TextOf(PageMark mark) => Text.AsSpan(mark.Start, mark.End - mark.Start);
}
