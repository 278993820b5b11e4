using Recoupe.Points;

namespace Recoupe.Checks;

/// <summary>A claim as it is compared with the units of a story.</summary>
/// <param name="Whole">All of it.</param>
/// <param name="WithoutValues">What is told of its amounts and days; null where it has none.</param>
/// <param name="Words">Its words that tell something.</param>
internal sealed record ClaimUnits(Unit Whole, Unit? WithoutValues, List<ToldWord> Words)
{
    /// <summary>Reads a claim and weighs it as the story does.</summary>
    public static ClaimUnits Of(AnnotatedArticle claim, TermWeights weights)
    {
        var whole = UnitReader.ReadWhole(claim);
        weights.Weigh(whole);
        var without = whole.Amounts.Length + whole.Days.Length > 0 ? UnitReader.ReadWhole(claim, values: false) : null;
        if (without is not null)
            weights.Weigh(without);
        return new ClaimUnits(whole, without, UnitReader.WordsOf(claim));
    }
}
