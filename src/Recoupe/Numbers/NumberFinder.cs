using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>Finds amounts with unit and approximation.</summary>
public static class NumberFinder
{
    /// <summary>The amounts of <paramref name="text"/>, in order and without overlap.</summary>
    public static ImmutableArray<NumberMention> Find(AnalyzedText text, bool inTitle = false) => [];
}
