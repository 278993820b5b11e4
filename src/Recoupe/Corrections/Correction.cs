using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Statements;

namespace Recoupe.Corrections;

/// <summary>Words of an article that a correction points at: they are found again when ids and offsets change.</summary>
/// <param name="Article">The article.</param>
/// <param name="Words">Words of its text as they stand there.</param>
public sealed record QuotedPlace(ArticleId Article, string Words);

/// <summary>A person's corrections of what the engine worked out. They win, and they last as long as the words they quote.</summary>
/// <remarks>Written in <c>recoupe.corrections.json</c>, read by <see cref="CorrectionReader"/>.</remarks>
public sealed record CorrectionSet
{
    /// <summary>No corrections.</summary>
    public static CorrectionSet None { get; } = new();

    /// <summary>Articles that are one story, each group of them.</summary>
    public ImmutableArray<ImmutableArray<ArticleId>> MergedStories { get; init; } = [];

    /// <summary>Articles that are a story of their own, taken out of whatever story they were in.</summary>
    public ImmutableArray<ImmutableArray<ArticleId>> SplitStories { get; init; } = [];

    /// <summary>Passages that tell one point, each group of them.</summary>
    public ImmutableArray<ImmutableArray<QuotedPlace>> MergedPoints { get; init; } = [];

    /// <summary>Passages that are a point of their own, taken out of whatever point they were in.</summary>
    public ImmutableArray<ImmutableArray<QuotedPlace>> SplitPoints { get; init; } = [];

    /// <summary>Who really said it.</summary>
    public ImmutableArray<SpeakerCorrection> Speakers { get; init; } = [];

    /// <summary>What an article's outlet or date is.</summary>
    public ImmutableArray<ArticleCorrection> Articles { get; init; } = [];
}

/// <summary>Whose words a statement's are.</summary>
/// <param name="Place">Words of its content.</param>
/// <param name="Name">The speaker's name or description.</param>
/// <param name="Type">What sort of source.</param>
public sealed record SpeakerCorrection(QuotedPlace Place, string Name, SpeakerType Type);

/// <summary>What an article is.</summary>
/// <param name="Article">The article.</param>
/// <param name="Outlet">Its outlet; null leaves what was found.</param>
/// <param name="Published">When it was published; null leaves what was found.</param>
public sealed record ArticleCorrection(ArticleId Article, string? Outlet, Moment? Published);

/// <summary>Corrections could not be read.</summary>
/// <param name="message">The place in the file, what is wrong there, and what to write instead.</param>
public sealed class CorrectionException(string message) : Exception(message);
