using Recoupe.Dates;

namespace Recoupe.Tests.Dates;

public class MomentTests
{
    [Theory]
    [InlineData("2024-11-20", "2024-11-20")]
    [InlineData("2024-11-20T14:32", "2024-11-20T14:32:00")]
    [InlineData("2024-11-20T14:32:10Z", "2024-11-20T14:32:10Z")]
    [InlineData("2024-11-20T14:32:10.123+01:00", "2024-11-20T14:32:10+01:00")]
    [InlineData("2024-11-20 14:32:10 -0530", "2024-11-20T14:32:10-05:30")]
    public void Parse_keeps_what_is_stated(string text, string expected) => Assert.Equal(expected, Moment.Parse(text)?.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("20 novembre 2024")]
    [InlineData("2024-13-01")]
    public void Parse_gives_null_for_what_is_no_moment(string? text) => Assert.Null(Moment.Parse(text));

    [Fact]
    public void Moments_are_ordered_in_universal_time() =>
        Assert.True(Moment.Parse("2024-11-20T01:00:00+02:00")!.Value.CompareTo(Moment.Parse("2024-11-19T23:30:00Z")!.Value) < 0);
}
