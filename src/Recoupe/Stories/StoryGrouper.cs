using System.Collections.Immutable;

namespace Recoupe.Stories;

/// <summary>Puts articles that report the same event together, as they come in.</summary>
public static class StoryGrouper
{
    /// <summary>The stories of <paramref name="articles"/>, by their first article.</summary>
    /// <param name="articles">In the order of arrival.</param>
    public static ImmutableArray<Story> Group(IReadOnlyList<AnnotatedArticle> articles, CancellationToken cancellationToken) =>
        [.. articles.Select((article, number) => new Story(new StoryId($"s{number + 1}"), new StoryId($"s{number + 1}"), [article.Id]))];
}
