using Recoupe.Stories;

namespace Recoupe.Tests.Stories;

public class AverageLinkageTests
{
    [Theory]
    [InlineData(1, 30, 120)]
    [InlineData(2, 200, 300)]
    [InlineData(3, 60, 900)]
    public void Parts_that_no_telling_link_connects_give_the_same_groups_as_the_whole(int seed, int count, int pairs)
    {
        const float Unmet = -3, From = -0.5f;
        var random = new Random(seed);
        var links = Enumerable.Range(0, pairs).Select(_ => (A: random.Next(count), B: random.Next(count))).Where(pair => pair.A < pair.B).Distinct()
            .Select(pair => (pair.A, pair.B, Score: random.Next(3) == 0 ? Unmet - random.NextSingle() : (random.NextSingle() * 8) - 4)).ToList();
        var whole = new AverageLinkage(count, Unmet);
        foreach (var (a, b, score) in links)
            whole.Link(a, b, score);

        var groups = AverageLinkage.Groups(count, [.. links.Where(link => AverageLinkage.Tells(link.Score, Unmet, From))], Unmet, From);

        Assert.Contains(links, link => !AverageLinkage.Tells(link.Score, Unmet, From));
        Assert.Contains(groups, group => group.Count > 2);
        Assert.Equal(whole.Merge(From), groups);
    }
}
