using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Embeddings;
using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>Names a story by the article that founded it: whatever else comes in, before or after, changes nothing of it.</summary>
public readonly record struct StoryId(string Value) : IComparable<StoryId>
{
    private const int Digits = 12;

    /// <summary>The name of the story that <paramref name="founder"/> opened.</summary>
    /// <param name="founder">Its first article.</param>
    /// <param name="naming">How many stories the same article opened before: articles are taken out of stories that they opened.</param>
    public static StoryId FoundedBy(ArticleId founder, int naming = 0) =>
        new("s" + ShortHash.Of(Digits, naming == 0 ? [founder.Value] : [founder.Value, naming.ToString()]));

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
