using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Embeddings;

namespace Recoupe.Stories;

/// <summary>Names a story: stable while articles come in.</summary>
public readonly record struct StoryId(string Value) : IComparable<StoryId>
{
    /// <summary>By ordinal.</summary>
    public int CompareTo(StoryId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The articles on one event, across outlets, days and languages.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Saga">The larger affair that it is a phase of; its own id where it stands alone.</param>
/// <param name="Articles">Its articles, in the order of arrival.</param>
public sealed record Story(StoryId Id, StoryId Saga, ImmutableArray<ArticleId> Articles)
{
    /// <summary>Whether a person's correction merged or split it.</summary>
    public bool Corrected { get; init; }

    /// <summary>The model whose vectors had a part in grouping; null where none had.</summary>
    public EmbeddingUse? Embeddings { get; init; }
}
