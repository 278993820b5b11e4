using Recoupe.Dates;

namespace Recoupe.Documents;

/// <summary>What a document's content is written in.</summary>
public enum DocumentForm
{
    /// <summary>One article a file, boilerplate and all.</summary>
    PlainText,

    Html,

    /// <summary>HTML of the article's body alone, as feeds and newsletters carry it.</summary>
    Fragment,

    /// <summary>Text that is already clean: taken as it is, offsets refer to it.</summary>
    CleanText,
}

/// <summary>What came in: content, where from, and what the input states about it. Never altered.</summary>
public sealed record Document
{
    /// <summary>Where it came from: a path, with the place inside for lines, entries and records (<c>news.jsonl:12</c>).</summary>
    public required string Source { get; init; }

    /// <summary>The id that the input gives the article on purpose (JSON lines), or null.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// What names the article where it came from: a page's canonical address, a letter's message id. Null where nothing does. Two documents with one key
    /// are the same only if their content is: <see cref="DocumentIds"/>.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>
    /// The file's name without its endings; where several files of the run share it, the shortest path that tells them apart;
    /// with the place inside for lines, entries and records (<c>news:12</c>). Null where the document came from no file.
    /// </summary>
    public string? Name { get; init; }

    public required DocumentForm Form { get; init; }

    /// <summary>The decoded content.</summary>
    public required string Content { get; init; }

    /// <summary>The bytes that it was decoded from, where there are any and they are not its UTF-8; null else.</summary>
    public RawContent? Raw { get; init; }

    public string? Url { get; init; }

    /// <summary>What relative links refer to, where it is not <see cref="Url"/>.</summary>
    public string? BaseUrl { get; init; }

    public string? Title { get; init; }

    public string? Outlet { get; init; }

    /// <summary>Who wrote it, as the input states it: one entry a person, or one with all.</summary>
    public IReadOnlyList<string> Byline { get; init; } = [];

    public string? Language { get; init; }

    public Moment? Published { get; init; }

    /// <summary>When it was last changed, as the input states it.</summary>
    public Moment? Modified { get; init; }

    /// <summary>Whether the content is an excerpt (a feed's summary) or was cut in the archive.</summary>
    public bool Partial { get; init; }

    /// <summary>When it was captured, as the input's own headers say; never the file's time.</summary>
    public Moment? Captured { get; init; }

    /// <summary>What a reader should know of the intake: replaced bytes, a cut at the size limit.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>An input that could not be read.</summary>
/// <param name="Source">Which one, with the place inside it.</param>
/// <param name="Reason">Why, and what would help.</param>
/// <param name="IsExpected">Whether nothing is missing for it: what an archive holds beside its pages. Told, but no failure.</param>
public sealed record SkippedDocument(string Source, string Reason, bool IsExpected = false);

/// <summary>One outcome of the intake: a document, or the reason why there is none.</summary>
public readonly record struct Intake(Document? Document, SkippedDocument? Skipped);
