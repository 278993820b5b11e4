using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Statements;

namespace Recoupe.Corrections;

/// <summary>Words of an article that a correction points at: they are found again when ids and offsets change.</summary>
/// <param name="Article">The article.</param>
/// <param name="Words">Words of its text as they stand there.</param>
public sealed record QuotedPlace(ArticleId Article, string Words);

/// <summary>One thing that a person corrected, or noted.</summary>
public abstract record Correction
{
    /// <summary>The articles that it names.</summary>
    public abstract IEnumerable<ArticleId> Concerns { get; }

    /// <summary>The words that it points at; empty where it is about whole articles.</summary>
    public virtual IEnumerable<QuotedPlace> Places => [];

    /// <summary>The same about other articles: later versions of theirs.</summary>
    /// <param name="article">Gives for each article the one to name instead, or itself.</param>
    public abstract Correction About(Func<ArticleId, ArticleId> article);

    private protected static ImmutableArray<QuotedPlace> Moved(ImmutableArray<QuotedPlace> places, Func<ArticleId, ArticleId> article) =>
        [.. places.Select(place => place with { Article = article(place.Article) })];
}

/// <summary>Articles that are one story, or a story of their own.</summary>
/// <param name="Merges">Whether the stories that they are in are one; otherwise they are taken out of whatever story they are in.</param>
/// <param name="Articles">The articles.</param>
public sealed record StoryCorrection(bool Merges, ImmutableArray<ArticleId> Articles) : Correction
{
    /// <inheritdoc/>
    public override IEnumerable<ArticleId> Concerns => Articles;

    /// <inheritdoc/>
    public override Correction About(Func<ArticleId, ArticleId> article) => this with { Articles = [.. Articles.Select(article)] };
}

/// <summary>Passages that tell one point, or a point of their own.</summary>
/// <param name="Merges">Whether the points that they are in are one; otherwise they are taken out of whatever point they are in.</param>
/// <param name="Passages">The passages.</param>
public sealed record PointCorrection(bool Merges, ImmutableArray<QuotedPlace> Passages) : Correction
{
    /// <inheritdoc/>
    public override IEnumerable<ArticleId> Concerns => Passages.Select(place => place.Article);

    /// <inheritdoc/>
    public override IEnumerable<QuotedPlace> Places => Passages;

    /// <inheritdoc/>
    public override Correction About(Func<ArticleId, ArticleId> article) => this with { Passages = Moved(Passages, article) };
}

/// <summary>Passages of a point whose origins are one, or of which no two have the same.</summary>
/// <param name="Merges">Whether they are one; otherwise they know it apart.</param>
/// <param name="Passages">The passages.</param>
public sealed record OriginCorrection(bool Merges, ImmutableArray<QuotedPlace> Passages) : Correction
{
    /// <inheritdoc/>
    public override IEnumerable<ArticleId> Concerns => Passages.Select(place => place.Article);

    /// <inheritdoc/>
    public override IEnumerable<QuotedPlace> Places => Passages;

    /// <inheritdoc/>
    public override Correction About(Func<ArticleId, ArticleId> article) => this with { Passages = Moved(Passages, article) };
}

/// <summary>Whose words a statement's are.</summary>
/// <param name="Place">Words of its content.</param>
/// <param name="Name">The speaker's name or description.</param>
/// <param name="Type">What sort of source.</param>
public sealed record SpeakerCorrection(QuotedPlace Place, string Name, SpeakerType Type) : Correction
{
    /// <inheritdoc/>
    public override IEnumerable<ArticleId> Concerns => [Place.Article];

    /// <inheritdoc/>
    public override IEnumerable<QuotedPlace> Places => [Place];

    /// <inheritdoc/>
    public override Correction About(Func<ArticleId, ArticleId> article) => this with { Place = Place with { Article = article(Place.Article) } };
}

/// <summary>What an article is.</summary>
/// <param name="Article">The article.</param>
/// <param name="Outlet">Its outlet; null leaves what was found.</param>
/// <param name="Published">When it was published; null leaves what was found.</param>
public sealed record ArticleCorrection(ArticleId Article, string? Outlet, Moment? Published) : Correction
{
    /// <inheritdoc/>
    public override IEnumerable<ArticleId> Concerns => [Article];

    /// <inheritdoc/>
    public override Correction About(Func<ArticleId, ArticleId> article) => this with { Article = article(Article) };
}

/// <summary>What a person notes of an article or of words in it. It changes nothing.</summary>
/// <param name="Article">The article.</param>
/// <param name="Words">Words of its text that it is about; null where it is about all of it.</param>
/// <param name="Text">What is noted.</param>
public sealed record Note(ArticleId Article, string? Words, string Text) : Correction
{
    /// <inheritdoc/>
    public override IEnumerable<ArticleId> Concerns => [Article];

    /// <inheritdoc/>
    public override IEnumerable<QuotedPlace> Places => Words is null ? [] : [new QuotedPlace(Article, Words)];

    /// <inheritdoc/>
    public override Correction About(Func<ArticleId, ArticleId> article) => this with { Article = article(Article) };
}

/// <summary>A person marks an article to come back to. It changes nothing.</summary>
/// <param name="Article">The article.</param>
public sealed record Star(ArticleId Article) : Correction
{
    /// <inheritdoc/>
    public override IEnumerable<ArticleId> Concerns => [Article];

    /// <inheritdoc/>
    public override Correction About(Func<ArticleId, ArticleId> article) => this with { Article = article(Article) };
}

/// <summary>A person's corrections of what the engine worked out. They win, each over those before it, and they last as long as the words they quote.</summary>
/// <remarks>Written in <c>recoupe.corrections.json</c>, read by <see cref="CorrectionReader"/>; archives keep their own.</remarks>
/// <param name="All">The corrections in the order in which they are applied.</param>
public sealed record CorrectionSet(ImmutableArray<Correction> All)
{
    /// <summary>No corrections.</summary>
    public static CorrectionSet None { get; } = new([]);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => All.IsEmpty;
}

/// <summary>Corrections could not be read.</summary>
/// <param name="message">The place in the file, what is wrong there, and what to write instead.</param>
public sealed class CorrectionException(string message) : Exception(message);
