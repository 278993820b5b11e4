using Recoupe.Fetches;

namespace Recoupe.Tests.Fetches;

public class RobotsRulesTests
{
    private const string File = """
        # Everybody
        User-agent: *
        Disallow: /private
        Allow: /private/press
        Disallow: /*.pdf$
        Crawl-delay: 7

        User-agent: Elsewhere
        User-agent: recoupe/2
        Disallow: /archive/*/old
        Disallow: /search?
        Allow: /archive/news/old$
        """;

    [Theory]
    [InlineData("Reader/1", "/", true)]
    [InlineData("Reader/1", "/private/1", false)]
    [InlineData("Reader/1", "/private/press/1", true)]
    [InlineData("Reader/1", "/a/report.pdf", false)]
    [InlineData("Reader/1", "/a/report.pdf?x=1", true)]
    [InlineData("Reader/1", "/archive/9/old", true)]
    [InlineData("Recoupe/0.1", "/private/1", true)]
    [InlineData("Recoupe/0.1", "/archive/9/older", false)]
    [InlineData("Recoupe/0.1", "/archive/news/old", true)]
    [InlineData("Recoupe/0.1", "/archive/news/old/1", false)]
    [InlineData("Recoupe/0.1", "/search?q=flood", false)]
    [InlineData("Recoupe/0.1", "/search", true)]
    public void The_longest_rule_of_ones_own_group_decides(string agent, string path, bool allows) =>
        Assert.Equal(allows, RobotsRules.Read(File, agent).Allows(new Uri("https://news.example" + path)));

    [Fact]
    public void The_delay_is_that_of_the_group()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), RobotsRules.Read(File, "Reader/1").Delay);
        Assert.Null(RobotsRules.Read(File, "Recoupe/0.1").Delay);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\uFFFDDisallow: /")]
    [InlineData("Disallow: /")]
    [InlineData("User-agent: *\nDisallow:")]
    [InlineData("User-agent *\nDisallow /")]
    [InlineData("<html><body>Not here</body></html>")]
    public void What_asks_for_nothing_allows_everything(string file) => Assert.True(RobotsRules.Read(file, "Recoupe/0.1").Allows(new Uri("https://news.example/a")));

    [Fact]
    public void Rules_made_to_be_slow_are_read_at_once()
    {
        var stars = string.Concat(Enumerable.Repeat("a*", 400)) + "b";
        var file = "User-agent: *\n" + string.Concat(Enumerable.Repeat($"Disallow: /{stars}\n", 600));
        Assert.True(RobotsRules.Read(file, "Recoupe/0.1").Allows(new Uri("https://news.example/" + new string('a', 1900))));
    }
}
