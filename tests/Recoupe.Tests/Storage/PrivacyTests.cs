using System.Text;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Documents;
using Recoupe.Searches;
using Recoupe.Storage;

namespace Recoupe.Tests.Storage;

/// <summary>Who is erased, and what is kept no longer, on both engines.</summary>
public class PrivacyTests
{
    public static TheoryData<string> Engines => Stores.Engines;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines))]
    public void Who_is_erased_is_nowhere_in_the_archive_any_more(string engine)
    {
        using var stores = new Stores(engine);
        var ingested = ArchiveTests.Ingest(stores, [.. Quarrel(), .. News.Documents(30, 6)]);
        using var archive = stores.Open();
        var named = ingested.Take(3).Select(item => item.Article!.Value).ToList();
        var story = ingested[0].Story!.Value;
        archive.Corrections.Add([new Note(named[0], "We sold nothing", "Asked Ines Tavor on Monday.")], "Ann", "Tavor called", TimeProvider.System);
        archive.Audit.Add([new AuditEntry(0, "2026-01-02T03:04:05Z", "ann", "GET", "/api/v1/search?q=Ines%20Tavor", 200)]);
        archive.DossierJsonOf(story, Token);
        using var index = new SearchIndex(archive);
        index.Update(points: true, Token);
        Assert.Equal(3, index.Find("tavor", SearchKind.Articles, SearchOrder.Rank, 10).Total);

        var report = archive.Erasures.Erase(["Ines Tavor"], null, "ann", "asked by Ines Tavor", isPreview: false, TimeProvider.System, Token);
        index.Forget(Token);

        Assert.Equal((3, 1, 1, 0), (report.Articles, report.Corrections, report.Audit, report.Left.Count));
        Assert.True(report.Places >= 6 && report.Statements > 0 && report.Stories > 0);
        foreach (var id in named)
        {
            Assert.DoesNotContain("Tavor", archive.Document(id)!.Content, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Tavor", Encoding.UTF8.GetString(archive.Reading(id)!), StringComparison.OrdinalIgnoreCase);
            Assert.All(archive.StatementsOf(id), statement => Assert.DoesNotContain("Tavor", $"{statement.Speaker} {statement.Content}", StringComparison.OrdinalIgnoreCase));
        }

        Assert.DoesNotContain("Tavor", Encoding.UTF8.GetString(archive.DossierJsonOf(story, Token)!), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Asked █████ on Monday.", ((Note)archive.Corrections.Find(1)!.Correction).Text);
        Assert.Equal("asked by █████", Assert.Single(archive.Erasures.All()).Why);
        Assert.Equal(["ERASE", "GET"], archive.Audit.List(null, 10).Items.Select(entry => entry.Action));
        Assert.All(Enum.GetValues<SearchKind>(), kind => Assert.Equal(0, index.Find("tavor", kind, SearchOrder.Rank, 10).Total));
        Assert.DoesNotContain(WarcExport.Parts(archive), part => Encoding.UTF8.GetString(Unpacked(part)).Contains("Tavor", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(
            Directory.GetFiles(stores.Location.Folder, "*", SearchOption.AllDirectories), file => Latin(file).Contains("tavor", StringComparison.OrdinalIgnoreCase));
        // Who was not named is as before.
        Assert.Contains("Ada Lowe", Encoding.UTF8.GetString(archive.Reading(ingested[^1].Article!.Value)!), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_pseudonym_speaks_in_the_place_of_the_person_and_what_comes_later_has_it_too(string engine)
    {
        using var stores = new Stores(engine);
        var documents = Quarrel();
        var first = ArchiveTests.Ingest(stores, [documents[0]])[0];
        using (var archive = stores.Open())
            archive.Erasures.Erase(["Ines Tavor", "I. Tavor"], "Robin Vale", "ann", null, isPreview: false, TimeProvider.System, Token);

        var later = ArchiveTests.Ingest(stores, documents);

        using var read = stores.Open();
        Assert.Equal([IngestOutcome.Known, IngestOutcome.New, IngestOutcome.New], later.Select(item => item.Outcome));
        Assert.Equal(documents[1].Source, later[1].Source);
        Assert.Contains(read.StatementsOf(first.Article!.Value), statement => statement.Speaker == "Robin Vale");
        Assert.Contains(read.StatementsOf(later[1].Article!.Value), statement => statement.Speaker == "Robin Vale");
        Assert.DoesNotContain("Tavor", read.Document(later[2].Article!.Value)!.Content, StringComparison.Ordinal);
        Assert.All(ArchiveTests.Ingest(stores, documents), item => Assert.Contains(item.Outcome, new[] { IngestOutcome.Known, IngestOutcome.Unchanged }));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_preview_says_the_same_and_changes_nothing(string engine)
    {
        using var stores = new Stores(engine);
        ArchiveTests.Ingest(stores, Quarrel());
        using var archive = stores.Open();
        var revision = archive.Revision();

        var preview = archive.Erasures.Erase(["Ines Tavor"], null, "ann", null, isPreview: true, TimeProvider.System, Token);

        Assert.Equal((revision, 0), (archive.Revision(), archive.Erasures.All().Count));
        var done = archive.Erasures.Erase(["Ines Tavor"], null, "ann", null, isPreview: false, TimeProvider.System, Token);
        Assert.Equal((preview.Articles, preview.Places, preview.Statements), (done.Articles, done.Places, done.Statements));
        Assert.Throws<PrivacyException>(() => archive.Erasures.Erase([" - "], null, "ann", null, isPreview: true, TimeProvider.System, Token));
        Assert.Throws<PrivacyException>(() => archive.Erasures.Erase(["Ann"], "<b>", "ann", null, isPreview: true, TimeProvider.System, Token));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_texts_of_a_source_go_when_their_time_is_over_and_what_is_known_of_them_stays(string engine)
    {
        using var stores = new Stores(engine);
        var ingested = ArchiveTests.Ingest(stores, Quarrel());
        using var archive = stores.Open();
        archive.Retention.Set("coast.example", 30, "ann", TimeProvider.System);
        archive.Retention.Set("evening lamp", 400, "ann", TimeProvider.System);
        var later = new LaterClock(TimeSpan.FromDays(40));

        Assert.Empty(archive.Retention.Apply(isPreview: false, TimeProvider.System, Token));
        Assert.Equal(new Expired("coast.example", 1), Assert.Single(archive.Retention.Apply(isPreview: true, later, Token)));
        Assert.NotEqual("", archive.Document(ingested[0].Article!.Value)!.Content);
        Assert.Equal(new Expired("coast.example", 1), Assert.Single(archive.Retention.Apply(isPreview: false, later, Token)));

        var gone = archive.Article(ingested[0].Article!.Value)!;
        Assert.Equal(("Harbour manager denies sale", "The Coast Post", ingested[0].Story), (gone.Title, gone.Outlet, gone.Story));
        Assert.Equal(("", "its text is no longer kept: that of coast.example is for 30 days"), (archive.Document(gone.Id)!.Content, archive.Document(gone.Id)!.Notes[0]));
        Assert.All(archive.StatementsOf(gone.Id), statement => Assert.Contains(statement.Content, gone.Title!, StringComparison.Ordinal));
        Assert.Equal(3, archive.Figures().Captures);
        Assert.NotNull(archive.DossierJsonOf(gone.Story, Token));
        Assert.Empty(archive.Retention.Apply(isPreview: false, later, Token));
        Assert.Equal(IngestOutcome.Known, ArchiveTests.Ingest(stores, [Quarrel()[0]])[0].Outcome);
        var before = Together(archive);
        Assert.Equal((2, 0), (archive.Reread(new ArchiveOptions(), null, Token).Articles, archive.Figures().Articles - 3));
        Assert.Equal(before, Together(archive));
        Assert.True(archive.Retention.Remove("coast.example") && !archive.Retention.Remove("coast.example"));
        Assert.Throws<PrivacyException>(() => archive.Retention.Set(" ", 3, "ann", TimeProvider.System));
    }

    private static List<Document> Quarrel() =>
    [
        News.Document(
            "The harbour of Vell was not sold, Ines Tavor, its manager, said on Tuesday. “We sold nothing,” Tavor told reporters. The council of Vell had asked for papers.", "q1",
            "Harbour manager denies sale", "The Coast Post", "https://www.coast.example/harbour", new DateTime(2025, 4, 1, 8, 0, 0)),
        News.Document(
            "Ines Tavor, who manages the harbour of Vell, denied on Tuesday that the harbour was sold. “The papers are in order,” she said. The council of Vell asked for them.", "q2",
            "Ines Tavor: harbour of Vell was not sold", "Evening Lamp", "https://lamp.example/ines-tavor-denies", new DateTime(2025, 4, 1, 9, 0, 0)),
        News.Document(
            "The council of Vell will hear the manager of the harbour, Ines Tavor, on Friday. The harbour was not sold, Tavor said on Tuesday.", "q3",
            "Council of Vell to hear harbour manager", "Radio Bolune", "https://bolune.example/council", new DateTime(2025, 4, 1, 10, 0, 0)),
    ];

    // Stories by their articles: without the text of its founder a story is named by another one.
    private static List<string> Together(Archive archive) => [.. ArchiveTests.Stories(archive).Select(story => string.Join(' ', story.Split(' ')[2..])).Order()];

    private static string Latin(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static byte[] Unpacked(byte[] part)
    {
        using var packed = new System.IO.Compression.GZipStream(new MemoryStream(part), System.IO.Compression.CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }

    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
