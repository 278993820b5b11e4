using Recoupe.Dates;

namespace Recoupe.Documents;

/// <summary>What a document's content is written in.</summary>
public enum DocumentForm
{
    /// <summary>One article a file, boilerplate and all.</summary>
    PlainText,

    Html,

    /// <summary>Text that is already clean: taken as it is, offsets refer to it.</summary>
    CleanText,
}

/// <summary>What came in: content, where from, and what the input states about it. Never altered.</summary>
public sealed record Document
{
    /// <summary>Where it came from: a path, with the place inside for lines, entries and records (<c>news.jsonl:12</c>).</summary>
    public required string Source { get; init; }

    /// <summary>The id that the input gives, or null; <see cref="Source"/>'s file name then names the article.</summary>
    public string? Id { get; init; }

    public required DocumentForm Form { get; init; }

    /// <summary>The decoded content.</summary>
    public required string Content { get; init; }

    public string? Url { get; init; }

    public string? Title { get; init; }

    public string? Outlet { get; init; }

    public string? Language { get; init; }

    public Moment? Published { get; init; }

    /// <summary>When it was captured, as the input's own headers say; never the file's time.</summary>
    public Moment? Captured { get; init; }

    /// <summary>What a reader should know of the intake: replaced bytes, a cut at the size limit.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>An input that could not be read.</summary>
/// <param name="Source">Which one, with the place inside it.</param>
/// <param name="Reason">Why, and what would help.</param>
public sealed record SkippedDocument(string Source, string Reason);

/// <summary>One outcome of the intake: a document, or the reason why there is none.</summary>
public readonly record struct Intake(Document? Document, SkippedDocument? Skipped);
