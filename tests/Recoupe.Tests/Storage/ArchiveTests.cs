using System.Text;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Tests.Storage;

public class ArchiveTests
{
    public static TheoryData<string> Engines => Stores.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_is_ingested_is_there_after_it_was_opened_again(string engine)
    {
        using var stores = new Stores(engine);
        var documents = News.Documents(1, 20);
        var ingested = Ingest(stores, documents);

        using var archive = stores.Open();

        Assert.Equal(20, ingested.Count(item => item.Outcome == IngestOutcome.New));
        foreach (var (item, document) in ingested.Zip(documents))
        {
            var article = archive.Article(item.Article!.Value)!;
            Assert.Equal((document.Title, document.Url, document.Outlet), (article.Title, article.Url, article.Outlet));
            var kept = archive.Document(item.Article.Value)!;
            Assert.Equal(document with { Byline = [], Notes = [] }, kept with { Byline = [], Notes = [] });
            Assert.Equal(document.Byline, kept.Byline);
            using var reading = JsonDocument.Parse(archive.Reading(item.Article.Value)!);
            Assert.Equal(document.Content, reading.RootElement.GetProperty("text").GetString());
        }

        var figures = archive.Figures();
        Assert.Equal((20, 20, 0), (figures.Articles, figures.Captures, figures.Stale));
        Assert.True(figures.Statements > 0);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Nothing_comes_in_twice(string engine)
    {
        using var stores = new Stores(engine);
        var documents = News.Documents(2, 12);
        Ingest(stores, documents);

        var again = Ingest(stores, [.. documents.Select(document => document with { Source = $"elsewhere/{document.Source}" }), documents[0]]);

        Assert.All(again, item => Assert.Equal(IngestOutcome.Known, item.Outcome));
        using var archive = stores.Open();
        Assert.Equal(12, archive.Figures().Articles);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Stories_are_those_of_a_pile_whatever_the_runs_and_batches(string engine)
    {
        var documents = News.Documents(3, 60);
        var expected = Grouped(documents);
        using var stores = new Stores(engine);
        var random = new Random(3);
        for (var from = 0; from < documents.Count;)
        {
            var count = random.Next(1, 20);
            Ingest(stores, [.. documents.Skip(from).Take(count)], settle: false, new ArchiveOptions { MostInBatch = random.Next(1, 9), SaveAfter = random.Next(1, 30) });
            from += count;
        }

        using var archive = stores.Open();
        using (var writer = archive.Write())
            writer.Settle(TestContext.Current.CancellationToken);

        Assert.Equal(expected, Stories(archive));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_dossier_from_the_archive_is_that_of_a_fresh_run(string engine)
    {
        var documents = News.Documents(4, 30);
        using var stores = new Stores(engine);
        Ingest(stores, documents);
        var articles = documents.Select(document => ArticleReader.Read(document, new ArticleId(DocumentIdentity.Of(document)))).ToList();
        var fresh = Pipeline.Read(articles, new PipelineOptions(), TestContext.Current.CancellationToken);

        using var archive = stores.Open();

        Assert.Contains(fresh, dossier => dossier.Articles.Length > 1);
        foreach (var dossier in fresh)
        {
            Assert.Equal(Json(dossier), Encoding.UTF8.GetString(archive.DossierJsonOf(dossier.Story.Id, TestContext.Current.CancellationToken)!));
            // From what was kept.
            Assert.Equal(Json(dossier), Encoding.UTF8.GetString(archive.DossierJsonOf(dossier.Story.Id, TestContext.Current.CancellationToken)!));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_dossier_tells_what_came_in_since(string engine)
    {
        var documents = News.Documents(5, 1);
        using var stores = new Stores(engine);
        var first = Ingest(stores, documents)[0];
        using var archive = stores.Open();
        var before = archive.DossierJsonOf(first.Story!.Value, TestContext.Current.CancellationToken)!;

        Ingest(stores, [documents[0] with { Url = "https://other.example/again", Outlet = "Other Gazette", Content = documents[0].Content + " Nobody objected." }]);

        var after = archive.DossierJsonOf(first.Story.Value, TestContext.Current.CancellationToken)!;
        Assert.Equal((1, 2), (ArticlesIn(before), ArticlesIn(after)));
        Assert.Equal(2, archive.Story(first.Story.Value)!.Articles);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_later_version_of_a_page_takes_the_place_of_the_earlier_which_stays(string engine)
    {
        using var stores = new Stores(engine);
        var page = News.Documents(6, 1)[0];
        var first = Ingest(stores, [page])[0];
        var same = Ingest(stores, [page with { Content = page.Content, Language = "en", Byline = ["A. Nother"] }])[0];
        var second = Ingest(stores, [page with { Content = page.Content.Replace("million", "millions", StringComparison.Ordinal), Url = page.Url + "?utm_source=mail" }])[0];

        using var archive = stores.Open();

        Assert.Equal(IngestOutcome.Known, same.Outcome);
        Assert.Equal(IngestOutcome.NewVersion, second.Outcome);
        Assert.Equal(second.Article, archive.Article(first.Article!.Value)!.SupersededBy);
        Assert.Equal([first.Article, second.Article], archive.Versions(first.Article.Value).Select(version => (ArticleId?)version.Id));
        Assert.Equal(second.Article, Assert.Single(archive.Articles(new ArticleFilter(), 10).Items).Id);
        Assert.Equal(1, archive.Story(second.Story!.Value)!.Articles);
        Assert.NotNull(archive.Document(first.Article.Value));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Lists_are_given_in_parts_that_skip_and_repeat_nothing_while_articles_come_in(string engine)
    {
        using var stores = new Stores(engine);
        Ingest(stores, News.Documents(7, 23));
        using var archive = stores.Open();
        var all = archive.Articles(new ArticleFilter(), 100).Items.Select(article => article.Id).ToList();
        var stories = archive.Stories(new StoryFilter(), 100).Items.Select(story => story.Id).ToList();
        var statements = archive.Statements(null, null, 1000).Items.Select(statement => (statement.Article, statement.Number)).ToList();

        var (met, next) = (new List<ArticleId>(), (string?)null);
        do
        {
            var page = archive.Articles(new ArticleFilter(), 4, next);
            met.AddRange(page.Items.Select(article => article.Id));
            next = page.Next;
            if (met.Count == 8)
                Ingest(stores, News.Documents(70, 3, "later-"), settle: false);
        }
        while (next is not null);

        Assert.Equal(23, all.Count);
        Assert.Equal(all, met);
        Assert.Equal(statements, Parts(cursor => archive.Statements(null, null, 3, cursor), 26).Select(statement => (statement.Article, statement.Number)).Where(one => all.Contains(one.Article)));
        Assert.Superset(stories.ToHashSet(), Parts(cursor => archive.Stories(new StoryFilter(), 2, cursor), 100).Select(story => story.Id).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_old_id_leads_to_where_its_articles_are(string engine)
    {
        using var stores = new Stores(engine);
        Ingest(stores, News.Documents(8, 80), settle: false, new ArchiveOptions { MostInBatch = 1 });
        using var archive = stores.Open();
        var opened = archive.Articles(new ArticleFilter(), 100).Items.Select(article => (article.Id, Founded: StoryId.FoundedBy(article.Id))).ToList();
        using (var writer = archive.Write())
            writer.Settle(TestContext.Current.CancellationToken);

        var living = archive.Stories(new StoryFilter(), 100).Items.ToDictionary(story => story.Id);
        Assert.Equal(80, living.Values.Sum(story => story.Articles));
        foreach (var (_, founded) in opened)
        {
            var history = archive.History(founded);
            if (history.Count > 0)
                Assert.Contains(archive.Story(founded)!.Id, living.Keys);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_second_writer_is_refused_in_plain_words(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        using (archive.Write())
        {
            Assert.Contains("another process", Assert.Throws<ArchiveException>(() => archive.Write()).Message, StringComparison.Ordinal);
            Assert.Empty(archive.Articles(new ArticleFilter(), 5).Items);
        }

        archive.Write().Dispose();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Reading_again_with_the_same_engine_changes_nothing(string engine)
    {
        using var stores = new Stores(engine);
        Ingest(stores, News.Documents(9, 40));
        using var archive = stores.Open();
        var before = Stories(archive);

        var report = archive.Reread(new ArchiveOptions(), null, TestContext.Current.CancellationToken);

        Assert.Equal((40, 0, 0, 0), (report.Articles, report.Changed.Count, report.Moved.Count, report.Gone.Count));
        Assert.Equal(before, Stories(archive));
        archive.Write().Dispose();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Foreign_texts_come_out_as_they_went_in(string engine)
    {
        using var stores = new Stores(engine);
        Document[] documents =
        [
            .. new[] { "The mayor\0 spoke of \ud800 half a pair.", "\ufeffUne \U0001F3D7 grue est tombée.", "'; DROP TABLE articles; --", "e\u0301te\u0301 \r\n\r\n fin" }.Select((text, i) =>
                News.Document(text, $"foreign{i}", $"Title {i} \0 \udc00 ' \" % _", "Le « Soir »\0", $"https://foreign.example/{i}")),
        ];

        var ingested = Ingest(stores, documents);

        using var archive = stores.Open();
        foreach (var (item, document) in ingested.Zip(documents))
            Assert.Equal(document.Content, archive.Document(item.Article!.Value)!.Content);
        Assert.Equal(4, archive.Articles(new ArticleFilter(Outlet: archive.Article(ingested[0].Article!.Value)!.Outlet), 10).Items.Count);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_clock_that_jumps_changes_no_order_and_loses_nothing(string engine)
    {
        using var stores = new Stores(engine);
        var documents = News.Documents(94, 9);
        var clock = new JumpingClock();
        foreach (var year in new[] { 2026, 1999, 2101 })
        {
            clock.Now = new DateTimeOffset(year, 3, 1, 8, 0, 0, TimeSpan.Zero);
            var part = documents.Skip(year switch { 2026 => 0, 1999 => 3, _ => 6 }).Take(3).ToList();
            Assert.All(Ingest(stores, part, options: new ArchiveOptions { Clock = clock, MostInBatch = 1 }), item => Assert.Equal(IngestOutcome.New, item.Outcome));
        }

        using var archive = stores.Open();
        var articles = archive.Articles(new ArticleFilter(), 20).Items;
        Assert.Equal(documents.Select(document => document.Url).Reverse(), articles.Select(article => article.Url));
        Assert.Equal(["2101", "1999", "2026"], articles.Select(article => article.Ingested[..4]).Distinct());
        Assert.All(Ingest(stores, documents, options: new ArchiveOptions { Clock = clock }), item => Assert.Equal(IngestOutcome.Known, item.Outcome));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_is_locked_by_another_for_a_moment_is_waited_for(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        using var connection = archive.Database.Connect();
        var held = archive.Database.BeginWrite(connection);
        var ingesting = Task.Run(() => Ingest(stores, News.Documents(95, 3)), Token);
        await Task.Delay(1500, Token);
        Assert.Equal((false, 0L), (ingesting.IsCompleted, archive.Figures().Articles));

        held.Dispose();

        Assert.All(await ingesting, item => Assert.Equal(IngestOutcome.New, item.Outcome));
    }

    [Fact]
    public void There_is_no_archive_where_none_was_made()
    {
        var folder = Path.Combine(Path.GetTempPath(), "recoupe-none-" + Environment.ProcessId);

        Assert.Contains("recoupe ingest", Assert.Throws<ArchiveException>(() => Archive.Open(new ArchiveLocation(folder), create: false)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Migrations_are_numbered_in_order()
    {
        var names = ArchiveDatabase.Migrations().Select(migration => migration.Name).ToList();

        Assert.Equal(Enumerable.Range(1, names.Count).Select(number => $"{number:0000}"), names.Select(name => name[..4]));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed class JumpingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    internal static List<Ingested> Ingest(Stores stores, IReadOnlyList<Document> documents, bool settle = true, ArchiveOptions? options = null)
    {
        using var archive = stores.Open();
        using var writer = archive.Write(options);
        var ingested = writer.Ingest(documents, TestContext.Current.CancellationToken).ToList();
        if (settle)
            writer.End(TestContext.Current.CancellationToken);
        return ingested;
    }

    internal static List<string> Stories(Archive archive) =>
    [
        .. archive.Stories(new StoryFilter(), 1000).Items
            .Select(story => $"{story.Id} {story.Saga} {string.Join(' ', archive.Articles(new ArticleFilter(Story: story.Id), 1000).Items.Select(article => article.Id.Value).Order())}").Order(),
    ];

    private static List<string> Grouped(IEnumerable<Document> documents) =>
    [
        .. StoryGrouper.Group([.. documents.Select(document => Pipeline.Annotate(ArticleReader.Read(document, new ArticleId(DocumentIdentity.Of(document)))))], CancellationToken.None)
            .Select(story => $"{story.Id} {story.Saga} {string.Join(' ', story.Articles.Select(article => article.Value).Order())}").Order(),
    ];

    private static string Json(Dossier dossier)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, StoredDocument.JsonOptions))
            DossierJson.Write(json, [dossier], "0.1.0");
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static int ArticlesIn(byte[] dossier)
    {
        using var json = JsonDocument.Parse(dossier);
        return json.RootElement.GetProperty("stories")[0].GetProperty("articles").GetArrayLength();
    }

    private static List<T> Parts<T>(Func<string?, Page<T>> list, int most)
    {
        var (all, next) = (new List<T>(), (string?)null);
        for (var parts = 0; parts < most * 10; parts++)
        {
            var page = list(next);
            all.AddRange(page.Items);
            if ((next = page.Next) is null)
                break;
        }

        return all;
    }
}
