using Recoupe.Dates;

namespace Recoupe.Tests.Dates;

public sealed class PeriodTests
{
    [Theory]
    [InlineData(Grain.Day, "2024-11-20", "2024-11-20", "2024-11-20")]
    [InlineData(Grain.Week, "2024-W47", "2024-11-18", "2024-11-24")]
    [InlineData(Grain.Weekend, "2024-W47-WE", "2024-11-23", "2024-11-24")]
    [InlineData(Grain.Month, "2024-11", "2024-11-01", "2024-11-30")]
    [InlineData(Grain.Quarter, "2024-Q4", "2024-10-01", "2024-12-31")]
    [InlineData(Grain.Half, "2024-H2", "2024-07-01", "2024-12-31")]
    [InlineData(Grain.Season, "2024-FA", "2024-09-01", "2024-11-30")]
    [InlineData(Grain.Year, "2024", "2024-01-01", "2024-12-31")]
    [InlineData(Grain.Decade, "202X", "2020-01-01", "2029-12-31")]
    [InlineData(Grain.Century, "2001/2100", "2001-01-01", "2100-12-31")]
    public void A_day_lies_in_one_period_of_each_grain(Grain grain, string iso, string start, string end)
    {
        var period = Period.Of(grain, new DateOnly(2024, 11, 20));
        Assert.Equal((iso, Day(start), Day(end)), (period.ToString(), period.Start, period.End));
    }

    [Fact]
    public void A_winter_has_the_year_that_it_begins_in() =>
        Assert.Equal("2023-WI", Period.Of(Grain.Season, new DateOnly(2024, 2, 29)).ToString());

    [Fact]
    public void A_week_at_the_turn_of_the_year_has_the_year_of_its_Thursday() =>
        Assert.Equal("2020-W53", Period.Of(Grain.Week, new DateOnly(2021, 1, 2)).ToString());

    [Fact]
    public void A_day_that_the_calendar_lacks_is_none() => Assert.Null(Period.Day(2023, 2, 29));

    [Fact]
    public void A_shift_over_the_end_of_the_calendar_is_none()
    {
        foreach (var grain in Enum.GetValues<Grain>())
        {
            Assert.Null(Period.Of(grain, DateOnly.MaxValue).Shift(1000));
            Assert.Null(Period.Of(grain, DateOnly.MinValue).Shift(-400000));
        }
    }

    [Fact]
    public void Shifting_there_and_back_is_where_it_was()
    {
        foreach (var grain in Enum.GetValues<Grain>())
        {
            var period = Period.Of(grain, new DateOnly(2024, 2, 29));
            for (var by = -15; by <= 15; by++)
                Assert.Equal(period, period.Shift(by)?.Shift(-by));
        }
    }

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd");
}
