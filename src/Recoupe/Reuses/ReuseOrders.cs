using Recoupe.Articles;
using Recoupe.Dates;

namespace Recoupe.Reuses;

/// <summary>Tells which of two articles that share text comes first, and what tells it.</summary>
internal static class ReuseOrders
{
    // Offsets from UTC run from -12 to +14 hours: a time without one, beside one that has it, may be off by so much.
    private static readonly TimeSpan MostOffset = TimeSpan.FromHours(14);

    /// <summary>What the order rests on, and whether <paramref name="second"/> comes first.</summary>
    /// <remarks>An agency's credit comes before time: what two share and one credits to an agency is the agency's in both.</remarks>
    public static (ReuseOrder Order, bool SecondIsFirst) Of(Article first, Article second)
    {
        if (first.Agencies.IsEmpty != second.Agencies.IsEmpty)
            return (ReuseOrder.Credit, first.Agencies.IsEmpty);
        if (first.Published is not { } a || second.Published is not { } b)
            return ByCapture(first, second);
        var inferred = first.Dated == Dating.Inferred || second.Dated == Dating.Inferred;
        if (Compare(a, b, byTime: !inferred) is not (not 0 and var order))
            return (ReuseOrder.Unknown, false);
        if (inferred)
            return (ReuseOrder.InferredDays, order > 0);
        var (modified, later) = order < 0 ? (first.Modified, b) : (second.Modified, a);
        var basis = modified is { } change && Compare(change, later, byTime: true) > 0 ? ReuseOrder.ChangedSince
            : a.Time is null || b.Time is null ? ReuseOrder.StatedDays : ReuseOrder.StatedTimes;
        return (basis, order > 0);
    }

    // Who was captured before the other was published came first, whatever its own date.
    private static (ReuseOrder Order, bool SecondIsFirst) ByCapture(Article first, Article second)
    {
        if (IsBefore(first.Captured, second.Published) && second.Dated == Dating.Stated)
            return (ReuseOrder.Captured, false);
        return IsBefore(second.Captured, first.Published) && first.Dated == Dating.Stated ? (ReuseOrder.Captured, true) : (ReuseOrder.Unknown, false);
    }

    private static bool IsBefore(Moment? captured, Moment? published) =>
        captured is { } capture && published is { } publication && Compare(capture, publication, byTime: true) < 0;

    // Negative or positive where one moment is surely before the other; 0 where they are one or nobody can tell. A moment without a time of day is its whole day.
    private static int Compare(Moment a, Moment b, bool byTime)
    {
        if (!byTime || a.Time is null || b.Time is null)
            return a.Day.CompareTo(b.Day);
        return a.Offset is null == b.Offset is null || (a.Utc - b.Utc).Duration() > MostOffset ? a.CompareTo(b) : 0;
    }
}
