using System.Collections.Immutable;

using Recoupe.Entities;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Finds where a text attributes words or thoughts: content, cue and source.</summary>
public static class AttributionFinder
{
    /// <summary>The attributions of <paramref name="text"/>, by the start of their content.</summary>
    /// <param name="text">A body or a title.</param>
    /// <param name="entities">The names in it (spans count in it).</param>
    public static ImmutableArray<Attribution> Find(AnalyzedText text, ImmutableArray<Entity> entities) => [];
}
