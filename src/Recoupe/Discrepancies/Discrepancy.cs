using Recoupe.Articles;
using Recoupe.Points;

namespace Recoupe.Discrepancies;

/// <summary>In what two passages differ.</summary>
public enum DiscrepancyKind
{
    Number,
    Date,
    Place,
    Name,

    /// <summary>Affirmed here, denied there.</summary>
    Polarity,

    /// <summary>A quotation cut, reworded or translated so that it says something else.</summary>
    Quote,
}

/// <summary>What became of it.</summary>
public enum Resolution
{
    Open,

    /// <summary>The same origin told the newer value later.</summary>
    Update,

    /// <summary>The two count on another base (per day, per week).</summary>
    Base,

    /// <summary>Plainly the same name, spelt in two ways: shown, disputes nothing.</summary>
    Spelling,
}

/// <summary>Two passages of one point that differ.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Resolution">Whether it is open.</param>
/// <param name="Point">The point.</param>
/// <param name="A">The differing words of the earlier passage.</param>
/// <param name="B">The differing words of the other one.</param>
/// <param name="Why">The rule that found it, in a few English words.</param>
public sealed record Discrepancy(DiscrepancyKind Kind, Resolution Resolution, PointId Point, Evidence A, Evidence B, string Why);
