using System.Net;

using Recoupe.Articles;
using Recoupe.Feeds;
using Recoupe.Fetches;
using Recoupe.Storage;
using Recoupe.Tests.Fetches;
using Recoupe.Tests.Storage;

namespace Recoupe.Tests.Feeds;

/// <summary>Following many hosts that never come to an end, bounded in memory: beside no other test, for the memory that is measured is the process's.</summary>
[Collection(Alone)]
public class HostileHostsTests
{
    private const string Alone = "hostile hosts, alone";

    /// <summary>Runs beside nothing else.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public class AloneDefinition;

    [Fact]
    public async Task Among_many_hostile_hosts_the_others_are_read()
    {
        await using var web = await TestWeb.StartAsync();
        await using var inside = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        // The time of those that never come to an end passes when the others' feeds are read: no limit of time depends on how busy the machine is.
        var clock = new HandClock();
        var read = new TaskCompletionSource();
        var hostile = new HostileWeb(web, inside.Port, async token =>
        {
            await read.Task.WaitAsync(token);
            await clock.PassAsync(token);
        });
        var good = new List<string>();
        var feeds = 0;
        for (var i = 0; i < 60; i++)
        {
            var host = $"site{i}.example";
            if (i % 3 == 0)
            {
                new Paper(web, host).Write("/a", $"The council of Arvel voted on bridge number {i} on Tuesday.");
                good.Add(host);
            }
            else
            {
                hostile.Add(host, i);
            }

            archive.Feeds.Add(web.Address("/feed", host), null, DateTimeOffset.UnixEpoch);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var notes = await FollowerTests.FollowAsync(archive, FollowerTests.Options(web, clock) with { Tries = 1 }, note =>
        {
            if (note.Event == FollowEvent.FeedRead && good.Contains(new Uri(note.Address).Host) && Interlocked.Increment(ref feeds) == good.Count)
                read.SetResult();
        });
        var after = GC.GetTotalMemory(forceFullCollection: true);

        Assert.Equal(good.Count, archive.Figures().Articles);
        Assert.Equal(good.Order(), archive.Articles(new ArticleFilter(), 100).Items.Select(article => new Uri(article.Url!).Host).Order());
        Assert.All(archive.Feeds.All().Where(feed => !good.Contains(new Uri(feed.Address).Host)), feed => Assert.True(
            feed.Failures > 0 || notes.Any(note => note.Event == FollowEvent.PageFailed && note.Address.Contains(new Uri(feed.Address).Host, StringComparison.Ordinal)), feed.Address));
        Assert.Empty(inside.Asked);
        Assert.InRange(after - before, long.MinValue, 200L << 20);
    }
}
