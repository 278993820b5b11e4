using Recoupe.Points;

namespace Recoupe.Tests.Points;

/// <summary>What was put together first in a point may be told apart.</summary>
public class PartsTests
{
    private static readonly PointOptions Options = new() { MinOdds = -1, Unrelated = -3, Certain = 4 };

    // Two close pairs that lie near each other, and one unit that is near nothing.
    private static readonly (int A, int B)[] Pairs = [(0, 1), (2, 3), (0, 2), (0, 3), (1, 2), (1, 3)];

    [Fact]
    public void What_was_put_together_first_stands_in_its_cluster_before_what_holds_it()
    {
        var clusters = UnitClusterer.Cluster(5, Pairs, [3, 2, 0, 0, 0, 0], Options, TestContext.Current.CancellationToken);
        Assert.Equal(2, clusters.Count);
        Assert.Equal([0, 1, 2, 3], clusters[0].Units);
        Assert.Equal(0, clusters[0].All.Odds);
        Assert.Equal([("0 1", 3f), ("2 3", 2f)], clusters[0].Parts.OrderByDescending(part => part.Odds).Select(part => (string.Join(' ', part.Units.Order()), part.Odds)));
        Assert.Equal([4], clusters[1].Units);
        Assert.Empty(clusters[1].Parts);
    }

    [Fact]
    public void Clusters_of_clusters_hold_the_parts_of_each_and_each_as_a_part()
    {
        var token = TestContext.Current.CancellationToken;
        List<UnitCluster> first = [.. UnitClusterer.Cluster(2, [(0, 1)], [3], Options, token), .. UnitClusterer.Cluster(3, [(0, 1), (1, 2)], [4, 4], Options, token).ConvertAll(cluster => cluster.From(2))];
        var all = Assert.Single(UnitClusterer.Cluster(2, [(0, 1)], [1], Options, token)).Of(first);
        Assert.Equal([0, 1, 2, 3, 4], all.Units);
        Assert.Equal(1, all.All.Odds);
        Assert.Equal(["0 1", "2 3", "2 3 4"], all.Parts.ConvertAll(part => string.Join(' ', part.Units.Order())).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_parts_that_share_a_passage_the_likeliest_is_told()
    {
        var units = StoryPassages.Read(StoryOf("en", "The ferry left Ulmer at noon.", "At noon the ferry left Ulmer.", "The ferry to Ulmer left at noon on Sunday."), TestContext.Current.CancellationToken).Units;
        var whole = new PointDraft([.. units]);
        PointDraft PartOf(float worth, params Unit[] own) => new([.. own]) { Part = new Part(whole, 2, 1), Worth = worth };
        List<PointDraft> drafts = [whole, PartOf(0.5f, units[0], units[1]), PartOf(1, units[1], units[2]), PartOf(-9, units[0])];
        Assert.Same(drafts[2], Assert.Single(Parts.Told(drafts, Options with { MinToldPart = 0 })));
    }

    [Fact]
    public void What_one_in_three_of_a_point_s_articles_tells_is_a_part_and_what_fewer_tell_is_none()
    {
        var units = StoryPassages.Read(StoryOf("en", [.. Enumerable.Range(0, 7).Select(n => $"The ferry left Ulmer at noon on day {n}.")]), TestContext.Current.CancellationToken).Units;
        Assert.Equal(7, units.Count);
        var cluster = new UnitCluster(new UnitGroup([.. Enumerable.Range(0, 7)], 1), [new UnitGroup([0, 1], 3), new UnitGroup([2, 3, 4], 2)]);
        Assert.Equal([units[2], units[3], units[4]], Assert.Single(Parts.Of(new PointDraft([.. units]), cluster, units)).Units);
        Assert.Equal([units[0], units[1]], Parts.Of(new PointDraft([.. units.Take(6)]), cluster, units).First().Units);
    }

    [Fact]
    public void Of_many_parts_of_a_point_the_six_likeliest_are_told()
    {
        var units = StoryPassages.Read(StoryOf("en", [.. Enumerable.Range(0, 8).Select(n => $"The ferry left Ulmer at noon on day {n}.")]), TestContext.Current.CancellationToken).Units;
        var whole = new PointDraft([.. units]);
        var parts = units.ConvertAll(unit => new PointDraft([unit]) { Part = new Part(whole, 2, 1), Worth = unit.Article });
        Assert.Equal([7, 6, 5, 4, 3, 2], Parts.Told([whole, .. parts], Options with { MinToldPart = 0 }).ConvertAll(part => part.Units[0].Article));
    }

    [Theory]
    [InlineData("en", "The ferry left Ulmer at noon with forty people. The mayor of Ulmer closed the harbour on Sunday.", "At noon the ferry left Ulmer with forty people. On Sunday the mayor closed the harbour of Ulmer.")]
    [InlineData("fr", "Le bac a quitté Ulmer à midi avec quarante personnes. Le maire d'Ulmer a fermé le port dimanche.", "À midi, le bac a quitté Ulmer avec quarante personnes. Dimanche, le maire a fermé le port d'Ulmer.")]
    public void Parts_are_told_beside_their_point_by_a_line_of_their_own(string language, string first, string second)
    {
        // All is one point, and each part is told.
        var options = new PointOptions { MinOdds = float.MinValue, Unrelated = -1, MinTold = float.MinValue, MinToldPart = float.MinValue, MinToldFacet = float.MaxValue, MinStays = float.MinValue };
        var story = StoryOf(language, first, second);
        var points = PointFinder.Find(story, options, TestContext.Current.CancellationToken);
        Assert.True(points.Length >= 2);
        Assert.Equal(points.Length, points.Select(point => point.Clearest.Evidence).Distinct().Count());
        Assert.Equal(4, points.Max(point => point.Passages.Length));
        Assert.Single(PointFinder.Find(story, options with { MinToldPart = float.MaxValue }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Stories_that_are_put_together_in_runs_have_parts_too()
    {
        var story = StoryOf("en", [.. Enumerable.Range(0, 6).Select(n => $"The ferry left Ulmer at noon with forty people on day {n}.")]);
        var passages = StoryPassages.Read(story, TestContext.Current.CancellationToken);
        var options = new PointOptions { MinOdds = float.MinValue, MaxUnitsAtOnce = 3 };
        var parts = PointFinder.Drafts(passages, null, options, TestContext.Current.CancellationToken).FindAll(draft => draft.Part is not null);
        Assert.Contains(parts, part => part.Units.SequenceEqual(passages.Units.Take(3)));
        Assert.Contains(parts, part => part.Units.SequenceEqual(passages.Units.Skip(3)));
        Assert.All(parts, part => Assert.Equal(6, part.Owner!.Units.Count));
    }

    private static StoryText StoryOf(string language, params string[] texts) =>
        new([.. texts.Select((text, i) => Some.Annotated(text, $"a{i}", language))], TestContext.Current.CancellationToken);
}
