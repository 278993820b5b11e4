using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Omissions;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Tests.Omissions;

/// <summary>Who leaves out what most of a story tells, and who is never said to.</summary>
public class OmissionFinderTests
{
    private const string Long = "The weir at Upper Sarn broke on Monday night and flooded nine farms along the river. Nobody was hurt, the fire brigade said. "
        + "The road to Marl stays closed until the weekend, and the buses go round by Holt. Engineers look at the other weirs this week.";

    [Fact]
    public void Later_article_that_does_not_tell_it_omits_it() => Check([("a", 8), ("b", 9), ("c", 10)], ["a", "b"], omitted: ["c"]);

    [Fact]
    public void Article_older_than_the_first_to_tell_it_could_not_know() => Check([("a", 8), ("b", 9), ("c", 7)], ["a", "b"], omitted: []);

    [Fact]
    public void What_less_than_half_of_the_story_tells_nobody_omits() => Check([("a", 8), ("b", 9), ("c", 10), ("d", 11), ("e", 12)], ["a", "b"], omitted: []);

    [Fact]
    public void What_one_article_alone_tells_nobody_omits() => Check([("a", 8), ("b", 9)], ["a"], omitted: []);

    [Fact]
    public void What_all_tell_nobody_omits() => Check([("a", 8), ("b", 9)], ["a", "b"], omitted: []);

    [Fact]
    public void Background_is_no_omission() => Check([("a", 8), ("b", 9), ("c", 10)], ["a", "b"], omitted: [], background: true);

    [Fact]
    public void Two_lines_were_not_long_enough_to_tell_it() =>
        Check([("a", 8), ("b", 9), ("c", 10)], ["a", "b"], omitted: [], textOf: id => id == "c" ? "More to follow." : Long);

    private static void Check((string Id, int Hour)[] articles, string[] telling, string[] omitted, bool background = false, Func<string, string>? textOf = null)
    {
        var story = articles.Select(article => Some.Annotated(textOf?.Invoke(article.Id) ?? Long, article.Id, published: $"2026-03-02T{article.Hour:00}:00:00Z")).ToImmutableArray();
        var passages = telling.Select(id => new Passage(new Evidence(new ArticleId(id), new TextSpan(0, 37)), null, Stance.Affirms)).ToImmutableArray();
        var found = OmissionFinder.Find([new Point(new PointId("p1"), passages[0], passages, background)], story);
        Assert.Equal(omitted, found.Select(omission => omission.Article.Value));
    }
}
