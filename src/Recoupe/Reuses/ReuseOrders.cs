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
            return (ReuseOrder.Unknown, false);
        var inferred = first.Dated == Dating.Inferred || second.Dated == Dating.Inferred;
        if (!inferred && a.Time is not null && b.Time is not null)
        {
            var sure = a.Offset is null == b.Offset is null || (a.Utc - b.Utc).Duration() > MostOffset;
            return sure && a.CompareTo(b) is not 0 and var byTime ? (ReuseOrder.StatedTimes, byTime > 0) : (ReuseOrder.Unknown, false);
        }

        var byDay = a.Day.CompareTo(b.Day);
        return byDay == 0 ? (ReuseOrder.Unknown, false) : (inferred ? ReuseOrder.InferredDays : ReuseOrder.StatedDays, byDay > 0);
    }
}
