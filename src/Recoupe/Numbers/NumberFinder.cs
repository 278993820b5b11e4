using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>Finds amounts with unit and approximation.</summary>
public static class NumberFinder
{
    /// <summary>The amounts of <paramref name="text"/>, in order and without overlap; none where its language is unknown.</summary>
    /// <param name="text">A body or a title.</param>
    /// <param name="inTitle">Marks the mentions.</param>
    /// <param name="dates">The calendar expressions of the text in order: what lies in them is no amount. Default for none.</param>
    public static ImmutableArray<NumberMention> Find(AnalyzedText text, bool inTitle = false, ImmutableArray<TextSpan> dates = default) =>
        text.Language is null ? [] : new NumberReader(text, NumberLexicon.Of(text.Language), inTitle, dates.IsDefault ? [] : dates).Read();
}
