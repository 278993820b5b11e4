using Recoupe.Stories;

namespace Recoupe.Tests.Stories;

public class HolderListsTests
{
    private const int MostHolders = 24;
    private const int Window = 300;

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 3000)]
    [InlineData(3, 200_000)]
    public void Lists_hold_the_latest_that_have_not_left_whatever_was_dropped_between(int seed, int terms)
    {
        var random = new Random(seed);
        var lists = new HolderLists(MostHolders);
        var plain = new Dictionary<uint, List<int>>();
        for (var article = 0; article < 3000; article++)
        {
            var oldest = Math.Max(0, article - Window);
            // Many terms end in the same bits, so that they want the same place.
            foreach (var term in Enumerable.Range(0, 6).Select(_ => (uint)random.Next(terms) << (article % 3 == 0 ? 8 : 0)).Distinct())
            {
                lists.Add(term, article);
                if (!plain.TryGetValue(term, out var holders))
                    plain[term] = holders = [];
                holders.Add(article);
            }

            lists.Sweep(20, oldest, held => held >= oldest);
            if (article % 500 != 499)
                continue;
            Assert.All(plain, pair => Assert.Equal(
                pair.Value.TakeLast(MostHolders).Where(held => held >= oldest), lists[pair.Key].ToArray().Where(held => held >= oldest).Order()));
        }

        Assert.True(lists[uint.MaxValue].IsEmpty);
    }

    [Fact]
    public void Terms_whose_holders_have_left_take_no_room_in_the_end()
    {
        var lists = new HolderLists(MostHolders);
        for (var article = 0; article < 20_000; article++)
        {
            for (var i = 0; i < 5; i++)
                lists.Add((uint)Recoupe.Text.TextHash.Combine((ulong)article, (ulong)i), article);
            lists.Sweep(20, article - Window, held => held >= article - Window);
        }

        Assert.InRange(lists.Count, 5 * Window, 20 * Window);
    }
}
