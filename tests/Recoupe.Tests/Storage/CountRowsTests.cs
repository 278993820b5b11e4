using Recoupe.Dossiers;
using Recoupe.Storage;

namespace Recoupe.Tests.Storage;

/// <summary>What is counted of outlets and speakers is what the lists hold, whatever was done to the archive.</summary>
public class CountRowsTests
{
    public static TheoryData<string> Engines => Stores.Engines;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines))]
    public void Counts_are_those_of_the_rows_after_versions_corrections_erasures_and_a_reread(string engine)
    {
        using var stores = new Stores(engine);
        var documents = News.Documents(71, 24);
        ArchiveTests.Ingest(stores, documents);
        using var archive = stores.Open();
        Check(archive);

        // Later versions: one says less, one comes under another outlet.
        ArchiveTests.Ingest(stores, [documents[3] with { Content = documents[3].Content[..90] }, documents[5] with { Outlet = "Night Courier", Content = documents[5].Content + " More follows." }]);
        Check(archive);
        Assert.Contains("Night Courier", archive.Desk.Outlets(100).Items.Select(outlet => outlet.Name));

        archive.Erasures.Erase(["Ada Lowe"], null, "ann", null, isPreview: false, TimeProvider.System, Token);
        Check(archive);
        Assert.DoesNotContain("Ada Lowe", archive.Desk.Speakers(null, 100).Items.Select(speaker => speaker.Name));

        archive.Reread(new ArchiveOptions(), null, Token);
        Check(archive);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Lists_of_outlets_and_speakers_skip_and_repeat_nothing(string engine)
    {
        using var stores = new Stores(engine);
        ArchiveTests.Ingest(stores, News.Documents(72, 30));
        using var archive = stores.Open();

        Assert.Equal(archive.Desk.Outlets(100).Items, Whole(cursor => archive.Desk.Outlets(1, cursor)));
        var speakers = archive.Desk.Speakers(null, 100);
        Assert.Equal(speakers.Items, Whole(cursor => archive.Desk.Speakers(null, 1, cursor)));
        Assert.Null(speakers.Next);
        Assert.Equal(speakers.Items.Where(speaker => speaker.Name.Contains("Lowe", StringComparison.Ordinal)), Whole(cursor => archive.Desk.Speakers("lowe", 1, cursor)));

        var named = speakers.Items[0];
        var said = Whole(cursor => archive.Statements(named.Name, null, 2, cursor));
        Assert.Equal((named.Statements, named.Articles), (said.Count, said.Select(statement => statement.Article).Distinct().Count()));
        var order = Whole(cursor => archive.Articles(new ArticleFilter(), 100, cursor)).Select((article, place) => (article.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place);
        Assert.Equal(said.OrderBy(statement => order[statement.Article]).ThenBy(statement => statement.Number), said);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void How_outlets_worked_is_the_sum_over_the_stories_that_live(string engine)
    {
        using var stores = new Stores(engine);
        var other = News.Document(
            "Divers found the wreck of the steamer Orvane off Pelm on Sunday. “She lies upright,” said Dora Hint, who led the dive.", "wreck", "Divers find the Orvane", "The Coast Post",
            "https://coast.example/orvane", new DateTime(2025, 6, 1, 9, 0, 0));
        ArchiveTests.Ingest(stores, [.. News.Documents(73, 12), other]);
        using var archive = stores.Open();
        var stories = archive.Stories(new StoryFilter(), 2).Items;
        OutletRecord Record(int own) => new("The Coast Post", own, 2, 3, 4, 1, new Dictionary<string, int> { ["Radio Bolune"] = own });
        archive.Desk.Keep(stories[0], [Record(10)]);
        archive.Desk.Keep(stories[1], [Record(100)]);
        // Kept again, it takes the place of what was.
        archive.Desk.Keep(stories[1], [Record(200)]);

        var work = archive.Desk.Work("The Coast Post", 10)!;
        Assert.Equal((2, 210, 4, 6, 8, 2), (work.Stories, work.Own, work.Copied, work.Credited, work.Told, work.First));
        Assert.Equal([new CitedMedium("Radio Bolune", 210)], work.Cites);

        // One that was merged away is told by the other, whose dossier is to be made anew.
        var founders = stories.Select(story => archive.Articles(new ArticleFilter(Story: story.Id), 100).Items[^1].Id);
        archive.Corrections.Add([new Recoupe.Corrections.StoryCorrection(true, [.. founders])], "ann", null, TimeProvider.System);

        Assert.Equal(1, archive.Desk.Work("The Coast Post", 10)!.Stories);
        Assert.Null(archive.Desk.Work("Evening Lamp", 10));
    }

    private static void Check(Archive archive)
    {
        var articles = Whole(cursor => archive.Articles(new ArticleFilter(), 100, cursor));
        var statements = Whole(cursor => archive.Statements(null, null, 100, cursor));
        Assert.Equal(
            articles.GroupBy(article => article.Outlet).Select(group => (group.Key, group.Count())).Order(),
            archive.Desk.Outlets(1000).Items.Select(outlet => (outlet.Name, outlet.Articles)).Order());
        Assert.Equal(
            statements.Where(statement => statement.Speaker is not null).GroupBy(statement => statement.Speaker!)
                .Select(group => (group.Key, group.Count(), group.Select(statement => statement.Article).Distinct().Count())).Order(),
            archive.Desk.Speakers(null, 1000).Items.Select(speaker => (speaker.Name, speaker.Statements, speaker.Articles)).Order());
        Assert.Equal((articles.Count, statements.Count), archive.Current());
        using var connection = archive.Database.Connect();
        long Rows(string table) => connection.Query($"SELECT COUNT(*) FROM {table}", row => row.GetInt64(0))[0];
        var figures = archive.Figures();
        Assert.Equal(
            (Rows("articles"), Rows("stories WHERE merged_into IS NULL"), Rows("statements"), Rows("captures")),
            (figures.Articles, figures.Stories, figures.Statements, figures.Captures));
        Assert.Equal(Rows($"articles WHERE stamp <> '{EngineStamp.Current.Value}'"), figures.Stale);
    }

    private static List<T> Whole<T>(Func<string?, Page<T>> list)
    {
        var (all, next) = (new List<T>(), (string?)null);
        do
        {
            var page = list(next);
            all.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);
        return all;
    }
}
