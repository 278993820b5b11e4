using System.Collections.Immutable;

using Recoupe.Articles;

namespace Recoupe.Stories;

/// <summary>Puts articles that report the same event together, as they come in.</summary>
public static class StoryGrouper
{
    /// <summary>The stories of <paramref name="articles"/>, by their first article.</summary>
    /// <param name="articles">In the order of arrival.</param>
    public static ImmutableArray<Story> Group(IReadOnlyList<AnnotatedArticle> articles, CancellationToken cancellationToken) =>
        Group(articles, new StoryOptions(), cancellationToken);

    /// <summary>As <see cref="Group(IReadOnlyList{AnnotatedArticle}, CancellationToken)"/>, with <paramref name="options"/>.</summary>
    public static ImmutableArray<Story> Group(IReadOnlyList<AnnotatedArticle> articles, StoryOptions options, CancellationToken cancellationToken)
    {
        var stream = new StoryDesk(options);
        foreach (var _ in stream.PlaceAll(articles, cancellationToken))
        {
        }

        stream.Settle(cancellationToken);
        return stream.Stories;
    }
}
