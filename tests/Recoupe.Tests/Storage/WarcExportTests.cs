using System.Text;

using Recoupe.Documents;
using Recoupe.Fetches;
using Recoupe.Storage;

namespace Recoupe.Tests.Storage;

public class WarcExportTests
{
    public static TheoryData<string> Engines => Stores.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_came_in_goes_out_and_can_be_read_again(string engine)
    {
        using var stores = new Stores(engine);
        var page = News.Document(
            "<!doctype html><html lang=\"fr\"><head><title>Le pont d’Arvel</title></head><body><article><h1>Le pont d’Arvel</h1><p>Le conseil d’Arvel a voté le pont mardi, "
            + "a dit la maire, Ada Lowe. Les travaux commencent au printemps.</p></article></body></html>",
            "page", "Le pont d’Arvel", "Courrier d’Arvel", "https://arvel.example/pont?a=1") with { Form = DocumentForm.Html, Language = null };
        var later = page with { Content = page.Content.Replace("printemps", "mois de mai", StringComparison.Ordinal) };
        ArchiveTests.Ingest(stores, [.. News.Documents(81, 5), page, later]);
        using var archive = stores.Open();

        var parts = WarcExport.Parts(archive).ToList();
        var file = parts.SelectMany(part => part).ToArray();

        Assert.Equal(8, parts.Count);
        Assert.Equal(file, WarcExport.Parts(archive).SelectMany(part => part).ToArray());
        var read = DocumentReader.Read(new MemoryStream(file), "out.warc.gz", new DocumentOptions()).Select(intake => intake.Document).OfType<Document>().ToList();
        Assert.Equal(7, read.Count);
        Assert.Equal([page.Content, later.Content], read.Where(document => document.Url == page.Url).Select(document => document.Content));
        Assert.All(News.Documents(81, 5), document => Assert.Contains(read, other => other.Url == document.Url && other.Content.Contains(document.Content, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Bytes_of_another_charset_are_kept_as_they_came_and_go_with_a_name_that_is_erased(string engine)
    {
        const string Html = "<!doctype html><html><head><title>Le pont d'Arvel</title></head><body><article><h1>Le pont d'Arvel</h1><p>Le conseil a voté le pont mardi, a annoncé Zoé "
            + "Maréchal, la maire. Les travaux commencent cet été, a-t-elle ajouté.</p></article></body></html>";
        var bytes = Encoding.Latin1.GetBytes(Html);
        var fetch = new Fetch
        {
            Address = "https://arvel.example/pont", FinalAddress = "https://arvel.example/pont", Outcome = FetchOutcome.Fetched, Body = bytes, ContentType = "text/html; charset=iso-8859-1",
            At = new DateTimeOffset(2025, 3, 1, 7, 0, 0, TimeSpan.Zero),
        };
        var document = FetchedPage.Read(fetch, new DocumentOptions()).Document!;
        Assert.Equal(Html, document.Content);
        // What is UTF-8 is kept once.
        Assert.Null(FetchedPage.Read(fetch with { Body = Encoding.UTF8.GetBytes(Html), ContentType = "text/html; charset=utf-8" }, new DocumentOptions()).Document!.Raw);

        using var stores = new Stores(engine);
        var id = ArchiveTests.Ingest(stores, [document])[0].Article!.Value;
        using var archive = stores.Open();
        Assert.Equal(bytes, archive.Captured(id)!.Bytes.ToArray());
        Assert.Equal(2, archive.Figures().Captures);
        var file = WarcExport.Parts(archive).SelectMany(part => part).ToArray();
        var read = DocumentReader.Read(new MemoryStream(file), "out.warc.gz", new DocumentOptions()).Select(intake => intake.Document).OfType<Document>().Single();
        Assert.Equal((Html, "text/html; charset=iso-8859-1"), (read.Content, read.Raw!.Type));
        Assert.Equal(bytes, read.Raw.Bytes.ToArray());
        Assert.Equal(IngestOutcome.Known, ArchiveTests.Ingest(stores, [read with { Key = document.Key }])[0].Outcome);

        archive.Erasures.Erase(["Zoé Maréchal"], null, "ann", null, isPreview: false, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("Mar", Encoding.UTF8.GetString(archive.Captured(id)!.Bytes.Span), StringComparison.Ordinal);
        Assert.Equal(1, archive.Figures().Captures);
    }
}
