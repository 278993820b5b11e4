using System.Collections.Immutable;

using Recoupe.Articles;

namespace Recoupe.Embeddings;

/// <summary>The vectors that a model outside the engine gave for articles.</summary>
/// <param name="Space">The model's space, in which all of them lie.</param>
/// <param name="Vectors">The vector of each article that has one.</param>
public sealed record ArticleEmbeddings(EmbeddingSpace Space, IReadOnlyDictionary<ArticleId, ArticleVector> Vectors)
{
    /// <summary>What a story of <paramref name="articles"/> is to tell of them.</summary>
    public EmbeddingUse UseOf(ImmutableArray<ArticleId> articles) => new(Space.Model, [.. articles.Where(article => !Vectors.ContainsKey(article))]);
}

/// <summary>That a model's vectors had a part in grouping: told with the result, so that it can be had again.</summary>
/// <param name="Model">The model's name, as the user gave it.</param>
/// <param name="Without">The articles that have no vector: they are grouped by their words alone.</param>
public sealed record EmbeddingUse(string Model, ImmutableArray<ArticleId> Without);
