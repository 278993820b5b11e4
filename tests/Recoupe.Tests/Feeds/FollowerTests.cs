using System.Net;

using Recoupe.Articles;
using Recoupe.Feeds;
using Recoupe.Fetches;
using Recoupe.Storage;
using Recoupe.Tests.Fetches;
using Recoupe.Tests.Storage;

namespace Recoupe.Tests.Feeds;

/// <summary>Following against a real web on loopback, into real archives.</summary>
public sealed class FollowerTests
{
    public static TheoryData<string> Engines => Stores.Engines;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_a_feed_names_is_fetched_once_and_stands_in_the_archive(string engine)
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var paper = new Paper(web);
        paper.Write("/a", "The council of Arvel voted on the bridge on Tuesday.");
        paper.Write("/b", "The harbour of Bolune stays closed until the spring.");
        archive.Feeds.Add(web.Address("/feed"), null, DateTimeOffset.UnixEpoch);

        var first = await FollowAsync(archive, web, new MovedClock());
        var again = await FollowAsync(archive, web, new MovedClock());

        Assert.Equal([IngestOutcome.New, IngestOutcome.New], Taken(first));
        Assert.Equal(2, archive.Figures().Articles);
        var page = archive.Articles(new ArticleFilter(), 5).Items[0];
        Assert.Equal((web.Address("/b"), "The paper"), (page.Url, archive.Feeds.All()[0].Title));
        Assert.Empty(Taken(again));
        Assert.Equal(0, again.Single(note => note.Event == FollowEvent.FeedRead).Found);
        Assert.Single(web.Asked, "news.example/a");
    }

    [Fact]
    public async Task A_page_is_looked_at_again_later_and_later_and_its_versions_are_kept()
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var clock = new MovedClock();
        var paper = new Paper(web);
        paper.Write("/a", "The storm killed 3 people in the valley of Arvel.");
        archive.Feeds.Add(web.Address("/feed"), null, clock.Now);
        await FollowAsync(archive, web, clock);
        paper.Write("/a", "The storm killed 5 people in the valley of Arvel.");

        clock.Now += TimeSpan.FromMinutes(50);
        var early = await FollowAsync(archive, web, clock);
        clock.Now += TimeSpan.FromMinutes(20);
        var changed = await FollowAsync(archive, web, clock);
        var looks = new List<double>();
        for (var hour = 1; hour < 1200; hour++)
        {
            var before = web.Asked.Count(asked => asked == "news.example/a");
            clock.Now += TimeSpan.FromHours(1);
            if (archive.Feeds.DuePages(clock.Now, DateTimeOffset.MaxValue, 1).Count == 0)
                continue;
            await FollowAsync(archive, web, clock);
            Assert.Equal(before + 1, web.Asked.Count(asked => asked == "news.example/a"));
            looks.Add(hour);
        }

        Assert.Empty(Taken(early));
        Assert.Equal([IngestOutcome.NewVersion], Taken(changed));
        var latest = archive.Articles(new ArticleFilter(), 5).Items.Single();
        Assert.Equal(2, archive.Versions(latest.Id).Count);
        Assert.Equal([1, 5, 29, 101, 341, 1061], looks);
    }

    [Fact]
    public async Task A_page_that_is_withdrawn_is_told_once_and_known_when_it_comes_back()
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var clock = new MovedClock();
        var paper = new Paper(web);
        paper.Write("/a", "The minister resigned after the vote, the paper writes.");
        archive.Feeds.Add(web.Address("/feed"), null, clock.Now);
        await FollowAsync(archive, web, clock);
        var id = archive.Articles(new ArticleFilter(), 5).Items.Single().Id;

        web.Status("/a", 410);
        clock.Now += TimeSpan.FromHours(2);
        var withdrawn = await FollowAsync(archive, web, clock);
        var gone = archive.Feeds.PageOf(id)!.Gone;
        clock.Now += TimeSpan.FromHours(5);
        var still = await FollowAsync(archive, web, clock);
        paper.Write("/a", "The minister resigned after the vote, the paper writes.");
        clock.Now += TimeSpan.FromDays(2);
        await FollowAsync(archive, web, clock);

        Assert.Single(withdrawn, note => note.Event == FollowEvent.PageWithdrawn);
        Assert.NotNull(gone);
        Assert.DoesNotContain(still, note => note.Event is FollowEvent.PageWithdrawn or FollowEvent.PageFailed);
        Assert.Null(archive.Feeds.PageOf(id)!.Gone);
        Assert.Single(archive.Versions(id));
    }

    [Fact]
    public async Task One_article_named_under_several_addresses_is_one()
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var paper = new Paper(web);
        paper.Write("/a", "The council of Arvel voted on the bridge on Tuesday.");
        web.Redirect("/short", "/a", 301);
        web.Page("/other", $"<rss><channel><item><link>{web.Address("/a?utm_source=feed")}</link></item><item><link>{web.Address("/short")}</link></item></channel></rss>", "application/rss+xml");
        web.Page("/a?utm_source=feed", "<p>Never asked for: it is known without its tail.</p>");
        archive.Feeds.Add(web.Address("/feed"), null, DateTimeOffset.UnixEpoch);
        archive.Feeds.Add(web.Address("/other"), null, DateTimeOffset.UnixEpoch);

        await FollowAsync(archive, web, new MovedClock());

        Assert.Equal(1, archive.Figures().Articles);
    }

    [Fact]
    public async Task What_is_reserved_or_closed_by_robots_is_not_taken_in_and_told()
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var paper = new Paper(web);
        paper.Write("/a", "The council of Arvel voted on the bridge on Tuesday.", head: "<meta name=\"tdm-reservation\" content=\"1\">");
        paper.Write("/closed", "The harbour of Bolune stays closed until the spring.");
        web.Page("/robots.txt", "User-agent: *\nDisallow: /closed", "text/plain");
        archive.Feeds.Add(web.Address("/feed"), null, DateTimeOffset.UnixEpoch);

        var notes = await FollowAsync(archive, web, new MovedClock());

        Assert.Equal(
            ["the page reserves text mining (tdm-reservation): it is not taken in unless --take-reserved says so", "the robots.txt of news.example asks not to fetch it"],
            notes.Where(note => note.Event == FollowEvent.PageFailed).Select(note => note.Reason).Order(StringComparer.Ordinal));
        Assert.Equal(0, archive.Figures().Articles);
    }

    [Fact]
    public async Task A_feed_that_fails_is_left_for_longer_and_longer_and_its_health_is_kept()
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var clock = new MovedClock();
        archive.Feeds.Add(web.Address("/feed"), null, clock.Now);
        var asked = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            await FollowAsync(archive, web, clock);
            asked.Add(web.Asked.Count(address => address == "news.example/feed"));
            clock.Now += TimeSpan.FromMinutes(21);
        }

        var failing = archive.Feeds.All().Single();
        new Paper(web).Write("/a", "The council of Arvel voted on the bridge on Tuesday.");
        clock.Now += TimeSpan.FromHours(10);
        await FollowAsync(archive, web, clock);
        var well = archive.Feeds.All().Single();

        Assert.Equal([1, 2, 2, 3], asked);
        Assert.Equal((3, "is not there (404)", null), (failing.Failures, failing.Failure, failing.Succeeded));
        Assert.Equal((0, FeedShelf.Written(clock.Now), FeedShelf.Written(clock.Now)), (well.Failures, well.Succeeded, well.Newest));
    }

    [Fact]
    public async Task What_a_clock_put_off_that_had_run_ahead_is_looked_at_when_it_is_set_right()
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var clock = new MovedClock();
        var paper = new Paper(web);
        paper.Write("/a", "The quay of Sandrel was flooded on Monday.");
        archive.Feeds.Add(web.Address("/feed"), null, clock.Now);
        var right = clock.Now;
        clock.Now = right.AddYears(9);
        await FollowAsync(archive, web, clock);
        paper.Write("/a", "The quay of Sandrel was flooded on Monday and on Tuesday.");
        paper.Write("/b", "The school of Sandrel opens again.");
        clock.Now = right.AddMinutes(5);

        var notes = new List<FollowNote>();
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Token))
        using (var writer = archive.Write(new ArchiveOptions { Clock = clock }))
        using (var follower = new Follower(archive, writer, Options(web, clock), note =>
        {
            notes.Add(note);
            if (Taken(notes).Count == 2)
                stop.Cancel();
        }))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follower.FollowAsync(stop.Token));
        }

        Assert.Equal([IngestOutcome.New, IngestOutcome.NewVersion], Taken(notes).Order());
        Assert.All(archive.Feeds.All(), feed => Assert.InRange(feed.Due, FeedShelf.Written(right), FeedShelf.Written(right.AddDays(1))));
    }

    [Fact]
    public async Task While_the_network_is_gone_nothing_is_lost_or_withdrawn_and_afterwards_all_goes_on()
    {
        var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var clock = new MovedClock();
        new Paper(web).Write("/a", "The quay of Sandrel was flooded on Monday.");
        archive.Feeds.Add(web.Address("/feed"), null, clock.Now);
        await FollowAsync(archive, web, clock);
        var (port, options) = (web.Port, Options(web, clock));
        await web.DisposeAsync();

        clock.Now += TimeSpan.FromHours(2);
        var gone = await FollowAsync(archive, options);
        var page = archive.Feeds.PageOf(archive.Articles(new ArticleFilter(), 1).Items[0].Id)!;
        var feed = archive.Feeds.All().Single();
        await using var back = await TestWeb.StartAsync([IPAddress.Loopback], port);
        var paper = new Paper(back);
        paper.Write("/a", "The quay of Sandrel was flooded on Monday and on Tuesday.");
        paper.Write("/b", "The school of Sandrel opens again.");
        clock.Now += TimeSpan.FromHours(2);
        var again = await FollowAsync(archive, options);

        Assert.Equal([FollowEvent.FeedFailed, FollowEvent.PageFailed], gone.Select(note => note.Event).Order());
        Assert.All(gone, note => Assert.Contains("the host refuses the connection", note.Reason, StringComparison.Ordinal));
        Assert.Equal((1, null, 1), (page.Failures, page.Gone, feed.Failures));
        Assert.Equal([IngestOutcome.New, IngestOutcome.NewVersion], Taken(again).Order());
        Assert.Equal(0, archive.Feeds.All().Single().Failures);
    }

    internal static Task<List<FollowNote>> FollowAsync(Archive archive, TestWeb web, TimeProvider clock) => FollowAsync(archive, Options(web, clock));

    internal static FollowOptions Options(TestWeb web, TimeProvider clock) => new() { Fetches = web.Options with { Clock = clock } };

    internal static async Task<List<FollowNote>> FollowAsync(Archive archive, FollowOptions options, Action<FollowNote>? told = null)
    {
        var notes = new List<FollowNote>();
        using var writer = archive.Write(new ArchiveOptions { Threads = 2, Clock = options.Fetches.Clock });
        using var follower = new Follower(archive, writer, options, (Action<FollowNote>)notes.Add + told);
        await follower.FollowOnceAsync(Token);
        return notes;
    }

    private static List<IngestOutcome> Taken(IEnumerable<FollowNote> notes) =>
        [.. notes.Where(note => note.Event == FollowEvent.PageTaken).Select(note => note.Ingested!.Outcome)];

    /// <summary>Stands until it is moved.</summary>
    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
