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

    [Fact]
    public void A_group_of_many_takes_in_who_is_near_all_of_it_that_a_search_could_find()
    {
        // Each of a thousand is linked to the last hundred, as an index that holds the latest brings them together.
        const int Count = 1000, Hubs = 100;
        var links = new List<(int A, int B, float Score)>();
        for (var a = 0; a < Count; a++)
        {
            for (var hub = Count - Hubs; hub < Count; hub++)
            {
                if (a < hub)
                    links.Add((a, hub, 2));
            }
        }

        Assert.Equal(Count, Assert.Single(AverageLinkage.Groups(Count, links, -3, -0.5f)).Count);
    }

    [Fact]
    public void The_strongest_link_is_followed_first_also_when_groups_have_grown()
    {
        // 0 and 1 join; then 2 is nearer to 3 than to them, though it was nearer to 0 alone.
        List<(int A, int B, float Score)> links = [(0, 1, 3), (0, 2, 2.5f), (1, 2, -2), (2, 3, 1), (3, 4, -0.4f)];

        Assert.Equal([[0, 1], [2, 3], [4]], AverageLinkage.Groups(5, links, -3, 0));
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(5, 9)]
    [InlineData(6, 24)]
    public void A_few_articles_all_linked_are_grouped_as_in_the_sparse_way(int seed, int count)
    {
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            // In quarters, so that many are equally near.
            var scores = Enumerable.Range(0, count * (count - 1) / 2).Select(_ => (random.Next(24) - 12) / 4f).ToArray();
            var linkage = new AverageLinkage(count, -3);
            var next = 0;
            for (var b = 1; b < count; b++)
            {
                for (var a = 0; a < b; a++)
                    linkage.Link(a, b, scores[next++]);
            }

            Assert.Equal(linkage.Merge(-0.5f), DenseLinkage.Groups(count, scores, -0.5f));
        }
    }

    [Theory]
    [InlineData(6, 3f, 0.5f, 2)]
    [InlineData(6, 0.5f, 0.5f, 1)]
    [InlineData(3, 3f, 0.5f, 1)]
    [InlineData(6, 3f, 1.5f, 1)]
    public void Two_large_groups_that_are_each_of_one_piece_stay_apart_unless_they_are_nearly_as_like_as_their_own(int size, float within, float between, int groups)
    {
        var linkage = new AverageLinkage(2 * size, -3);
        for (var a = 0; a < 2 * size; a++)
        {
            for (var b = a + 1; b < 2 * size; b++)
                linkage.Link(a, b, a / size == b / size ? within : between);
        }

        Assert.Equal(groups, linkage.Merge(-0.75f).Count);
    }
}
