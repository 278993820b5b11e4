using Recoupe.Stories;

namespace Recoupe.Tests.Stories;

public class MonthCountsTests
{
    [Fact]
    public void Articles_that_tell_the_same_months_alike_are_likest_and_those_of_other_months_not_at_all()
    {
        var summer = Of(7, 7, 8);

        Assert.Equal(1, MonthCounts.Likeness(summer, Of(8, 7, 7))!.Value, 5);
        Assert.Equal(0, MonthCounts.Likeness(summer, Of(9, 12)));
        Assert.InRange(MonthCounts.Likeness(summer, Of(8, 9))!.Value, 0.1f, 0.9f);
    }

    [Fact]
    public void An_article_that_tells_no_day_is_neither_like_nor_unlike() => Assert.Null(MonthCounts.Likeness(Of(1), default));

    [Fact]
    public void A_month_told_a_hundred_times_spills_into_no_other() =>
        Assert.Equal(0, MonthCounts.Likeness(Of([.. Enumerable.Repeat(5, 100)]), Of(6, 7)));

    private static MonthCounts Of(params int[] months) => months.Aggregate(default(MonthCounts), (counts, month) => counts.With(month));
}
