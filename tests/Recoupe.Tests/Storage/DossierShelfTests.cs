using System.Text;
using System.Text.Json;

using Recoupe.Corrections;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Statements;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Tests.Storage;

/// <summary>Dossiers that are brought up to date by what came in are those that would be made from nothing.</summary>
public class DossierShelfTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Runs => new() { { Stores.Sqlite, 3 }, { Stores.Sqlite, 14 }, { Stores.Sqlite, 15 }, { Stores.Postgres, 92 } };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Whatever_comes_in_and_is_corrected_each_dossier_is_that_of_a_fresh_run(string engine, int seed)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var random = new Random(seed);
        var documents = News.Documents(seed, 26).ToArray();
        random.Shuffle(documents);
        foreach (var part in documents.Chunk(2 + random.Next(4)))
        {
            Ingest(archive, part);
            var articles = archive.Articles(new ArticleFilter(), 100).Items.ToArray();
            random.Shuffle(articles);
            Correct(archive, [.. articles.Take(2)], random);
            foreach (var story in archive.Stories(new StoryFilter(), 100).Items)
                Assert.Equal(Fresh(stores, story.Id), archive.DossierJsonOf(story.Id, Token));
        }
    }

    [Fact]
    public void A_page_that_says_something_else_now_is_read_again()
    {
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var first = Ingest(archive, Ferry("The ferry Alcyon ran aground off Bolune on Monday, the harbour office said."))[0];
        Assert.Contains("ran aground", Text(archive, first.Story!.Value), StringComparison.Ordinal);
        Ingest(archive, Ferry("The ferry Alcyon touched a sandbank off Bolune on Monday, the harbour office said."));

        Assert.Contains("touched a sandbank", Text(archive, first.Story!.Value), StringComparison.Ordinal);
        Assert.DoesNotContain("ran aground", Text(archive, first.Story!.Value), StringComparison.Ordinal);
    }

    [Fact]
    public void A_story_that_grows_by_one_article_has_that_one_read()
    {
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var documents = Enumerable.Range(0, 8).Select(number => News.Document(
            $"The ferry Alcyon ran aground off Bolune on Monday with {40 + number} people aboard, the harbour office said. Tugs from Bolune pulled it free.",
            $"f{number}", "Ferry Alcyon runs aground off Bolune", $"Outlet {number}", $"https://news.example/ferry/{number}", new DateTime(2025, 5, 5, 8, number, 0))).ToList();
        var story = Ingest(archive, documents.Take(7))[0].Story!.Value;
        archive.DossierJsonOf(story, Token);
        Assert.Equal(7, archive.Shelf.Room.Read);

        Assert.Equal(story, Ingest(archive, documents.Skip(7))[0].Story);
        archive.DossierJsonOf(story, Token);
        Assert.Equal(8, archive.Shelf.Room.Read);
        Assert.Equal(Fresh(stores, story), archive.DossierJsonOf(story, Token));
    }

    private static void Correct(Archive archive, ArchivedArticle[] articles, Random random)
    {
        Correction correction = random.Next(3) switch
        {
            0 => new ArticleCorrection(articles[0].Id, $"Gazette {random.Next(9)}", null),
            1 => new SpeakerCorrection(new QuotedPlace(articles[0].Id, "Work on the"), "Ada Lowe", SpeakerType.Person),
            _ => new StoryCorrection(random.Next(2) == 0, [.. articles.Select(article => article.Id)]),
        };
        var kept = archive.Corrections.Add([correction], "Ines", null, TimeProvider.System);
        if (random.Next(2) == 0)
            archive.Corrections.Undo([.. kept.Select(made => made.Number)], "Ines", TimeProvider.System);
    }

    // By an archive that has not made any dossier yet, and keeps none.
    private static byte[] Fresh(Stores stores, StoryId story)
    {
        using var other = stores.Open();
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, StoredDocument.JsonOptions))
            DossierJson.Write(json, [other.Shelf.Make(story, Token)!], typeof(Archive).Assembly.GetName().Version!.ToString(3));
        return bytes.ToArray();
    }

    private static string Text(Archive archive, StoryId story) => Encoding.UTF8.GetString(archive.DossierJsonOf(story, Token)!);

    private static Document[] Ferry(string text) =>
        [News.Document(text, "ferry", "Ferry Alcyon off Bolune", "The Coast Post", "https://news.example/ferry", new DateTime(2025, 5, 5, 8, 0, 0))];

    private static List<Ingested> Ingest(Archive archive, IEnumerable<Document> documents)
    {
        using var writer = archive.Write();
        return writer.Ingest([.. documents], Token).ToList();
    }
}
