using System.Collections.Immutable;

using Recoupe.Dates;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Names an article within a run: the input's own id, or the file's name without its endings.</summary>
public readonly record struct ArticleId : IComparable<ArticleId>
{
    /// <summary>Names an article.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public ArticleId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        Value = value;
    }

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <summary>By ordinal.</summary>
    public int CompareTo(ArticleId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>What a stretch of a document is.</summary>
public enum BlockKind
{
    /// <summary>In the clean text: the lead that stands apart from the first paragraph.</summary>
    Standfirst,

    /// <summary>In the clean text: a heading inside the article.</summary>
    Heading,

    /// <summary>In the clean text.</summary>
    Paragraph,

    /// <summary>In the clean text: a block quotation, an embedded post.</summary>
    Quote,

    /// <summary>In the clean text: a list or a table.</summary>
    List,

    /// <summary>Evidence: the article's title.</summary>
    Title,

    /// <summary>Evidence: who wrote it.</summary>
    Byline,

    /// <summary>Evidence: place, date and agency before the text, publication times.</summary>
    Dateline,

    /// <summary>Evidence: what a picture shows.</summary>
    Caption,

    /// <summary>Evidence: whose picture it is ("NAME / AFP"). Not an agency credit of the text.</summary>
    Credit,

    /// <summary>Evidence: rubric, reading time, an empty "Publié Mis à jour".</summary>
    Label,

    /// <summary>Evidence: consent and paywall notices.</summary>
    Notice,

    /// <summary>Evidence: "see also", related articles, newsletters, video players. In text that came in clean it stays where it is, marked.</summary>
    Promo,

    /// <summary>Evidence: readers' comments and the invitation to write one.</summary>
    Comments,

    /// <summary>Evidence: menus, footers, legal text.</summary>
    Navigation,
}

/// <summary>A stretch of a document with a kind.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands in the article's text; null for evidence, which is kept out of the text (promotion in text that came in clean excepted).</param>
/// <param name="Source">Where it stands in the decoded document (UTF-16 units).</param>
public sealed record Block(BlockKind Kind, TextSpan? Span, TextSpan Source)
{
    /// <summary>Whether blocks of this kind are part of the clean text.</summary>
    public bool IsText => Kind is BlockKind.Standfirst or BlockKind.Heading or BlockKind.Paragraph or BlockKind.Quote or BlockKind.List;
}

/// <summary>A link in the clean text.</summary>
/// <param name="Span">The words that carry it.</param>
/// <param name="Url">Where it leads, absolute where the document's address is known.</param>
public sealed record Link(TextSpan Span, string Url);

/// <summary>An entry of a live blog: a stretch of the text that was published by itself.</summary>
/// <param name="Span">Where it stands in the text.</param>
/// <param name="Published">When it was published; null where the page does not say the day.</param>
/// <param name="Told">Where the document tells the time, or null where only markup does.</param>
public sealed record LiveEntry(TextSpan Span, Moment? Published, TextSpan? Told);

/// <summary>How an article's time of publication is known.</summary>
public enum Dating
{
    /// <summary>It is not known.</summary>
    Unknown,

    /// <summary>The input or the page states it.</summary>
    Stated,

    /// <summary>Worked out from the text, its captions or its siblings.</summary>
    Inferred,
}

/// <summary>A document read: its clean text and what is known about it. The text is fixed here; later stages point into it.</summary>
public sealed record Article
{
    /// <summary>Its name within the run.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>Where the document came from: a path, with the line for JSON lines (<c>news.jsonl:12</c>).</summary>
    public required string Source { get; init; }

    /// <summary>Its address, or null.</summary>
    public string? Url { get; init; }

    /// <summary>Its title without the outlet's suffix; null where the input has none.</summary>
    public string? Title { get; init; }

    /// <summary>The people named as its authors.</summary>
    public ImmutableArray<string> Byline { get; init; } = [];

    /// <summary>Who publishes it; null where nothing tells.</summary>
    public string? Outlet { get; init; }

    /// <summary>What tells the outlet: <c>input</c>, <c>byline</c>, <c>address</c>, <c>site name</c>, <c>boilerplate</c>; null with it.</summary>
    public string? OutletFrom { get; init; }

    /// <summary>Agencies credited for the text, by name.</summary>
    public ImmutableArray<string> Agencies { get; init; } = [];

    /// <summary>When it was published; null where unknown.</summary>
    public Moment? Published { get; init; }

    /// <summary>What tells <see cref="Published"/>: <c>input</c>, <c>json-ld</c>, <c>meta</c>, <c>time</c>, <c>address</c>, <c>script</c>, <c>text</c>, <c>inferred</c>; null with it.</summary>
    public string? PublishedFrom { get; init; }

    /// <summary>Whether the publication time was stated or worked out.</summary>
    public Dating Dated => Published is null ? Dating.Unknown : PublishedFrom == "inferred" ? Dating.Inferred : Dating.Stated;

    /// <summary>The spans that an inferred <see cref="Published"/> rests on, in this article or a sibling.</summary>
    public ImmutableArray<Evidence> DatedBy { get; init; } = [];

    /// <summary>When it was last changed; null where unknown.</summary>
    public Moment? Modified { get; init; }

    /// <summary>When the document was captured; null where the input does not say.</summary>
    public Moment? Captured { get; init; }

    /// <summary>ISO 639-1 code of its language; null where it cannot be told.</summary>
    public string? Language { get; init; }

    /// <summary>Whether the text breaks off (paywall, truncated capture).</summary>
    public bool Partial { get; init; }

    /// <summary>Why there is no article to read in the document (a page that was not found, a check for people, a list); null for an article.</summary>
    public string? Unread { get; init; }

    /// <summary>Standfirst, headings, paragraphs, quotes and lists, parted by empty lines. Never holds the title.</summary>
    public required string Text { get; init; }

    /// <summary>The document in stretches, in the document's order.</summary>
    public ImmutableArray<Block> Blocks { get; init; } = [];

    /// <summary>The links of the text.</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    /// <summary>The entries of a live blog in the text's order, each with its own time; empty for other articles.</summary>
    public ImmutableArray<LiveEntry> Entries { get; init; } = [];

    /// <summary>What a reader should know: repaired encoding, cut depth, unknown parts.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The decoded document, for evidence that lies outside the text; null where the text was taken as it is.</summary>
    public string? Document { get; init; }

    /// <summary>The text taken as it is, else the document, as it came in, where letters and accents stood apart in it; null where nothing was composed.</summary>
    public string? Given { get; init; }

    /// <summary>The text as output shows it.</summary>
    public string ShownText => Document is null ? Given ?? Text : Text;

    /// <summary>Offsets of the text as output counts them.</summary>
    public CodePointOffsets TextOffsets => new(Text, Document is null ? Given : null);

    /// <summary>Offsets of the document as output counts them.</summary>
    public CodePointOffsets DocumentOffsets => new(Document ?? Text, Given);

    /// <summary>Articles are the same if they have the same id.</summary>
    public bool Equals(Article? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();
}

/// <summary>A place in an article that something rests on.</summary>
/// <param name="Article">The article.</param>
/// <param name="Span">The words, in UTF-16 units of its text, or of its title.</param>
/// <param name="InTitle">Whether the span counts in the title.</param>
/// <param name="InDocument">Whether the span counts in the decoded document: evidence that stands outside the text, such as a caption.</param>
public readonly record struct Evidence(ArticleId Article, TextSpan Span, bool InTitle = false, bool InDocument = false);
