using Recoupe.Numbers;
using Recoupe.Origins;
using Recoupe.Points;

namespace Recoupe.Discrepancies;

/// <summary>Told times of day of one event that exclude each other.</summary>
/// <remarks>
/// Only passages that tell one time each, and of it enough in the same words. Articles of two languages may count by the clocks of two countries: between
/// them nothing is compared.
/// </remarks>
internal static class ClockComparer
{
    // A newsroom tells the time to the quarter of an hour.
    private const double Rounding = 15;

    private const double MinutesOfDay = 24 * 60;

    private const int EnoughShared = 3;

    public static IEnumerable<Discrepancy> Compare(StoryText story, Sourcing point, List<ToldPassage> passages)
    {
        var told = DiscrepancyFinder.Representatives(
            passages.Select(passage => (passage, (passage, times: story.ClockTimesIn(passage.Place, passage.Evidence.Span).ToList()))),
            static read => string.Join(' ', read.times.Select(time => $"{time.From}-{time.To}")));
        var seen = new HashSet<(TimeOnly, TimeOnly)>();
        for (var i = 0; i < told.Count; i++)
        {
            for (var j = i + 1; j < told.Count; j++)
            {
                var ((first, ones), (second, others)) = (told[i], told[j]);
                if (first.Place == second.Place || ones is not [var a] || others is not [var b] || Apart(a, b) <= Rounding
                    || story.Articles[first.Place].Body.Language != story.Articles[second.Place].Body.Language
                    || DiscrepancyFinder.Shared(story, first, second) < EnoughShared || !seen.Add((a.From, b.From)) || !seen.Add((b.From, a.From)))
                    continue;
                yield return new Discrepancy(DiscrepancyKind.Date, Resolution.Open, point.Point.Id, first.At(a.Span), second.At(b.Span), "another date of the same event");
            }
        }
    }

    // Minutes between two times of day, the shorter way round the clock; none where one lies in the other. Where a half of the day is not told, it may be either.
    private static double Apart(ClockTime a, ClockTime b)
    {
        if (a.From != a.To && b.From.IsBetween(a.From, a.To) || b.From != b.To && a.From.IsBetween(b.From, b.To))
            return 0;
        var round = a.IsHalfUnknown || b.IsHalfUnknown ? MinutesOfDay / 2 : MinutesOfDay;
        var minutes = Math.Abs((a.From.ToTimeSpan() - b.From.ToTimeSpan()).TotalMinutes) % round;
        return Math.Min(minutes, round - minutes);
    }
}
