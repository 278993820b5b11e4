using System.Collections.Immutable;

namespace Recoupe.Reuses;

/// <summary>Finds who shares text with whom.</summary>
public static class ReuseFinder
{
    /// <summary>The pairs of <paramref name="articles"/> that share text, by <see cref="Reuse.From"/>, then <see cref="Reuse.To"/> in the given order.</summary>
    /// <param name="articles">The articles of a story, in its order.</param>
    public static ImmutableArray<Reuse> Find(IReadOnlyList<AnnotatedArticle> articles, CancellationToken cancellationToken) => [];
}
