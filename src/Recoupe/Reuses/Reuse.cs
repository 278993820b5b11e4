using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Text;

namespace Recoupe.Reuses;

/// <summary>A passage that stands in two articles, word for word or lightly edited.</summary>
public readonly record struct SharedPassage(TextSpan From, TextSpan To);

/// <summary>What sort of sharing it is.</summary>
public enum ReuseKind
{
    /// <summary>Nearly all of the shorter text, word for word.</summary>
    Copy,

    /// <summary>Nearly all of the shorter text, with words changed here and there.</summary>
    Edited,

    /// <summary>Nearly all of the later (or uncredited) text, which leaves out a third or more of the other.</summary>
    Abridged,

    /// <summary>A third or more of the shorter text.</summary>
    LargePart,

    /// <summary>Less than a third.</summary>
    Partial,

    /// <summary>Only words inside quotation marks: no reuse by the sourcing rules.</summary>
    QuotationsOnly,
}

/// <summary>What tells which of two articles comes first, the surest last.</summary>
public enum ReuseOrder
{
    /// <summary>Nothing: a date is missing, both are of one day, or the times differ by less than an unknown offset from UTC may hide. The order is the input's.</summary>
    Unknown,

    /// <summary>Their days, of which at least one is worked out from the text.</summary>
    InferredDays,

    /// <summary>The days of publication that the inputs state.</summary>
    StatedDays,

    /// <summary>The stated days or times, but the earlier article was changed after the later one came out: the words may have come into it then.</summary>
    ChangedSince,

    /// <summary>The stated times of publication.</summary>
    StatedTimes,

    /// <summary>A capture: one was already there, its date unknown, before the other was published.</summary>
    Captured,

    /// <summary>A credit: one of the two names an agency for its text and the other names none.</summary>
    Credit,
}

/// <summary>Text that an article shares with another one, aligned word for word.</summary>
/// <param name="From">The earlier or the credited article.</param>
/// <param name="To">The other one.</param>
/// <param name="Order">What tells which is earlier.</param>
/// <param name="Share">Aligned words outside quotations over the words of the shorter article, 0 to 1.</param>
/// <param name="Kind">What sort of sharing.</param>
/// <param name="Passages">The shared passages, by their place in <paramref name="From"/>.</param>
public sealed record Reuse(
    ArticleId From, ArticleId To, ReuseOrder Order, double Share, ReuseKind Kind, ImmutableArray<SharedPassage> Passages)
{
    /// <summary>Whether which is earlier rests on times or credits; false where only the input's order tells.</summary>
    public bool OrderKnown => Order != ReuseOrder.Unknown;

    /// <summary>
    /// The agency whose copy the shared text is: credited by one of the two, or by a third article that has most of the same passages; null where none is, or where
    /// the two credit different ones.
    /// </summary>
    public string? Agency { get; init; }

    /// <summary>Aligned words, quotations included, over the words of <see cref="From"/>, 0 to 1.</summary>
    public double FromContained { get; init; }

    /// <summary>Aligned words, quotations included, over the words of <see cref="To"/>, 0 to 1.</summary>
    public double ToContained { get; init; }

    /// <summary>Words in unbroken runs of at least six, quotations included, over the words of the shorter article, 0 to 1: what stands there word for word.</summary>
    public double Verbatim { get; init; }
}
