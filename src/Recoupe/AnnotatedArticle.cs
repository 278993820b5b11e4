using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Citations;
using Recoupe.Dates;
using Recoupe.Entities;
using Recoupe.Numbers;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe;

/// <summary>An article with all that its own words give: the input of grouping and comparison.</summary>
public sealed record AnnotatedArticle
{
    public required Article Article { get; init; }

    /// <summary>The text with its tokens and sentences.</summary>
    public required AnalyzedText Body { get; init; }

    /// <summary>The title likewise; null where there is none.</summary>
    public AnalyzedText? Headline { get; init; }

    public ImmutableArray<Entity> Entities { get; init; } = [];

    public ImmutableArray<DateMention> Dates { get; init; } = [];

    public ImmutableArray<NumberMention> Numbers { get; init; } = [];

    /// <summary>Everybody and everything that may speak.</summary>
    public ImmutableArray<ArticleActor> Actors { get; init; } = [];

    public ImmutableArray<Statement> Statements { get; init; } = [];

    public ImmutableArray<Citation> Citations { get; init; } = [];

    /// <summary>Its name within the run.</summary>
    public ArticleId Id => Article.Id;

    /// <summary>The text that a span counts in.</summary>
    /// <exception cref="InvalidOperationException">The span counts in a title and the article has none.</exception>
    public AnalyzedText TextOf(bool inTitle) =>
        inTitle ? Headline ?? throw new InvalidOperationException($"{Id} has no title") : Body;

    /// <summary>Articles are the same if they have the same id.</summary>
    public bool Equals(AnnotatedArticle? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();
}
