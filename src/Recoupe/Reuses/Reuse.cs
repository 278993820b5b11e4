using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Text;

namespace Recoupe.Reuses;

/// <summary>A passage that stands in two articles, word for word or lightly edited.</summary>
public readonly record struct SharedPassage(TextSpan From, TextSpan To);

/// <summary>What sort of sharing it is.</summary>
public enum ReuseKind
{
    /// <summary>Nearly all of the shorter text.</summary>
    Copy,

    /// <summary>A third or more of it.</summary>
    Abridged,

    /// <summary>Less than a third.</summary>
    Partial,

    /// <summary>Only words inside quotation marks: no reuse by the sourcing rules.</summary>
    QuotationsOnly,
}

/// <summary>Text that an article shares with another one, aligned word for word.</summary>
/// <param name="From">The earlier or the credited article.</param>
/// <param name="To">The other one.</param>
/// <param name="OrderKnown">Whether which is earlier rests on stated times or credits; false where only the input's order tells.</param>
/// <param name="Share">Aligned words outside quotations over the words of the shorter article, 0 to 1.</param>
/// <param name="Kind">What sort of sharing.</param>
/// <param name="Passages">The shared passages, by their place in <paramref name="From"/>.</param>
public sealed record Reuse(
    ArticleId From, ArticleId To, bool OrderKnown, double Share, ReuseKind Kind, ImmutableArray<SharedPassage> Passages)
{
    /// <summary>Aligned words, quotations included, over the words of <see cref="From"/>, 0 to 1.</summary>
    public double FromContained { get; init; }

    /// <summary>Aligned words, quotations included, over the words of <see cref="To"/>, 0 to 1.</summary>
    public double ToContained { get; init; }

    /// <summary>Words in unbroken runs of at least six, quotations included, over the words of the shorter article, 0 to 1: what stands there word for word.</summary>
    public double Verbatim { get; init; }
}
