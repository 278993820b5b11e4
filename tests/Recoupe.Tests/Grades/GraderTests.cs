using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Grades;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Tests.Grades;

/// <summary>What the origins of a point amount to, each grade by the origins alone.</summary>
public class GraderTests
{
    private const string Told = "The weir at Upper Sarn broke on Monday. The weir at Upper Sarn broke on Tuesday.";

    [Theory]
    [InlineData(OriginType.Person, 2, Grade.Independent)]
    [InlineData(OriginType.Person, 1, Grade.Named)]
    [InlineData(OriginType.Organisation, 1, Grade.Named)]
    [InlineData(OriginType.Outlet, 1, Grade.Named)]
    [InlineData(OriginType.Document, 1, Grade.Named)]
    [InlineData(OriginType.Unnamed, 1, Grade.UnnamedOnly)]
    [InlineData(OriginType.Unnamed, 2, Grade.UnnamedOnly)]
    [InlineData(OriginType.Medium, 1, Grade.Single)]
    [InlineData(null, 1, Grade.Single)]
    public void Grade_follows_the_type_of_the_origin_and_the_lower_count(OriginType? type, int fewest, Grade grade) =>
        Assert.Equal(grade, Of(fewest, [], Trace(type, "Owen Carr")));

    [Fact]
    public void Two_bare_texts_are_unattributed() => Assert.Equal(Grade.Unattributed, Of(1, [], Trace(null, null), Trace(null, null)));

    [Fact]
    public void No_origin_at_all_is_unattributed() => Assert.Equal(Grade.Unattributed, Of(0, []));

    [Fact]
    public void Document_that_one_medium_alone_has_seen_names_nobody() =>
        Assert.Equal(Grade.UnnamedOnly, Of(1, [], Trace(OriginType.Document, "internal report", isPrivate: true)));

    [Fact]
    public void Denial_disputes_whatever_else_there_is() =>
        Assert.Equal(Grade.Disputed, Of(2, [], Trace(OriginType.Person, "Owen Carr"), Trace(OriginType.Person, "Ada Finch", Stance.Denies)));

    [Fact]
    public void Doubt_without_the_contrary_disputes_nothing() =>
        Assert.Equal(Grade.Named, Of(1, [], Trace(OriginType.Person, "Owen Carr"), Trace(OriginType.Person, "Ada Finch", Stance.Doubts)));

    [Theory]
    [InlineData(Resolution.Open, DiscrepancyKind.Date, Grade.Disputed)]
    [InlineData(Resolution.Update, DiscrepancyKind.Date, Grade.Named)]
    [InlineData(Resolution.Open, DiscrepancyKind.Quote, Grade.Named)]
    public void Open_difference_in_what_is_claimed_disputes(Resolution resolution, DiscrepancyKind kind, Grade grade)
    {
        var at = Told.IndexOf("Monday", StringComparison.Ordinal);
        var difference = new Discrepancy(
            kind, resolution, new PointId("p1"), new Evidence(new ArticleId("a"), TextSpan.Of(at, 6)),
            new Evidence(new ArticleId("a"), TextSpan.Of(Told.IndexOf("Tuesday", StringComparison.Ordinal), 7)), "another date of the same event");
        Assert.Equal(grade, Of(1, [difference], Trace(OriginType.Person, "Owen Carr")));
    }

    private static Trace Trace(OriginType? type, string? name, Stance stance = Stance.Affirms, bool isPrivate = false) => new()
    {
        Passage = new Passage(new Evidence(new ArticleId("a"), new TextSpan(0, 39)), null, stance),
        Place = 0,
        Name = type is null ? null : name,
        Type = type,
        Private = isPrivate,
    };

    private static Grade Of(int fewest, IEnumerable<Discrepancy> discrepancies, params Trace[] traces)
    {
        var text = new StoryText([Some.Annotated(Told, "a", outlet: "Sarn Echo")], TestContext.Current.CancellationToken);
        var passages = traces.Select(trace => trace.Passage).ToImmutableArray();
        var groups = traces.Where(trace => trace.Passage.Stance == Stance.Affirms).Select(trace => new OriginGroup(trace, Description.Of(trace.Name, null))).ToList();
        var some = new Passage(new Evidence(new ArticleId("a"), new TextSpan(0, 39)), null, Stance.Affirms);
        var sourcing = new Sourcing(
            new Point(new PointId("p1"), passages.IsEmpty ? some : passages[0], passages), [.. traces.Select(trace => trace.ToChain("Sarn Echo"))],
            new OriginCount(fewest, Math.Max(fewest, groups.Count), [.. groups.Select(group => group.ToOrigin())], [], [], []), groups);
        return Grader.Of(text, sourcing, discrepancies);
    }
}
