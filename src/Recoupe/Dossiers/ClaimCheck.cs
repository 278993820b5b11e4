using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>What somebody asked about, beside what a dossier's one point tells of it.</summary>
/// <param name="Text">The claim as it was asked.</param>
/// <param name="Language">Its language, ISO 639-1; null where it is not known.</param>
public sealed record ClaimCheck(string Text, string? Language)
{
    /// <summary>Passages that may tell it, in articles that have none that surely does: the likest of each, else the title, with how likely that is, 0 to 1. They count for nothing.</summary>
    public ImmutableArray<(Evidence Evidence, double Likelihood)> Perhaps { get; init; } = [];

    /// <summary>How likely it is, 0 to 1, that what seems to tell the claim tells something else: another actor, thing, value or sense; null where nothing does.</summary>
    public double? Doubt { get; init; }

    /// <summary>From this on it is doubtful who tells the claim.</summary>
    public const double LeastDoubt = 0.5;

    /// <summary>Whether it is doubtful who tells the claim.</summary>
    public bool IsDoubtful => Doubt >= LeastDoubt;

    /// <summary>The articles in which neither was found.</summary>
    public ImmutableArray<ArticleId> Silent { get; init; } = [];

    /// <summary>Where the passages that tell it differ from it.</summary>
    public ImmutableArray<ClaimDifference> Differences { get; init; } = [];

    /// <summary>Amounts and dates of the claim that neither what tells it nor what may tell it gives, and names and nouns that stand nowhere in these articles, as spans of <see cref="Text"/> in UTF-16 units.</summary>
    public ImmutableArray<TextSpan> Missing { get; init; } = [];
}

/// <summary>A passage that tells something else than the claim.</summary>
/// <param name="Kind">In what they differ.</param>
/// <param name="Claimed">The differing words, a span of the claim in UTF-16 units.</param>
/// <param name="Told">The words of the passage.</param>
/// <param name="Why">The rule that found it, in a few English words.</param>
public sealed record ClaimDifference(DiscrepancyKind Kind, TextSpan Claimed, Evidence Told, string Why);
