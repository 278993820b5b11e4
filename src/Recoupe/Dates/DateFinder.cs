using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>Finds calendar expressions and resolves them.</summary>
public static class DateFinder
{
    /// <summary>The calendar expressions of <paramref name="text"/>, in order and without overlap.</summary>
    /// <param name="text">A body or a title.</param>
    /// <param name="published">What relative expressions are resolved against; null leaves them without value.</param>
    /// <param name="inTitle">Marks the mentions.</param>
    public static ImmutableArray<DateMention> Find(AnalyzedText text, Moment? published, bool inTitle = false) => [];
}
