using Recoupe.Documents;
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
}
