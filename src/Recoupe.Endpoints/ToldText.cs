using Recoupe.Articles;
using Recoupe.Embeddings;

namespace Recoupe.Endpoints;

/// <summary>What a model is told of an article.</summary>
/// <param name="Text">Its title and first lines (<see cref="EmbeddedText"/>); null where there are none.</param>
/// <param name="Language">Its language, which is not sent; null where unknown.</param>
public readonly record struct ToldText(string? Text, string? Language)
{
    /// <summary>What is told of <paramref name="article"/>.</summary>
    public static ToldText Of(Article article) => new(EmbeddedText.Of(article), article.Language);
}
