using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Embeddings;

namespace Recoupe.Stories;

/// <summary>Puts articles that report the same event together, as they come in.</summary>
public static class StoryGrouper
{
    /// <summary>The stories of <paramref name="articles"/>, by their first article.</summary>
    /// <param name="articles">In the order of arrival.</param>
    public static ImmutableArray<Story> Group(IReadOnlyList<AnnotatedArticle> articles, CancellationToken cancellationToken) =>
        Group(articles, new StoryOptions(), null, cancellationToken);

    /// <summary>As <see cref="Group(IReadOnlyList{AnnotatedArticle}, CancellationToken)"/>, with <paramref name="options"/>.</summary>
    /// <param name="articles">In the order of arrival.</param>
    /// <param name="options">How they are grouped.</param>
    /// <param name="embeddings">Vectors that a model outside the engine gave for them; null for none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ImmutableArray<Story> Group(
        IReadOnlyList<AnnotatedArticle> articles, StoryOptions options, ArticleEmbeddings? embeddings, CancellationToken cancellationToken)
    {
        var stream = new StoryDesk(options);
        foreach (var _ in stream.PlaceAll(articles, embeddings, cancellationToken))
        {
        }

        stream.Settle(cancellationToken);
        return stream.Stories;
    }
}
