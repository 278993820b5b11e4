using Recoupe.Documents;

namespace Recoupe.Tests.Documents;

public class DocumentIdentityTests
{
    private static readonly Document Page = new() { Source = "saved/page.html", Form = DocumentForm.Html, Content = "<p>The ferry sailed.</p>", Url = "https://news.example/ferry" };

    [Fact]
    public void A_page_has_one_name_wherever_it_is_read() => Assert.Equal(
        DocumentIdentity.Of(Page), DocumentIdentity.Of(Page with { Source = "/elsewhere/copy.html", Url = "https://news.example/ferry?utm_source=letter" }));

    [Fact]
    public void Another_content_or_address_is_another_name()
    {
        Assert.NotEqual(DocumentIdentity.Of(Page), DocumentIdentity.Of(Page with { Content = "<p>The ferry sank.</p>" }));
        Assert.NotEqual(DocumentIdentity.Of(Page), DocumentIdentity.Of(Page with { Url = "https://other.example/ferry" }));
    }

    [Fact]
    public void Without_an_address_the_files_name_tells_two_outlets_copies_apart_and_its_folder_does_not()
    {
        var copy = Page with { Url = null, Source = "a/gazette.txt" };

        Assert.Equal(DocumentIdentity.Of(copy), DocumentIdentity.Of(copy with { Source = "/home/b/gazette.txt" }));
        Assert.NotEqual(DocumentIdentity.Of(copy), DocumentIdentity.Of(copy with { Source = "a/herald.txt" }));
        Assert.Equal(DocumentIdentity.Of(copy with { Source = "a/news.jsonl:4" }), DocumentIdentity.Of(copy with { Source = "a/news.jsonl:9" }));
        Assert.NotEqual(DocumentIdentity.Of(copy with { Id = "1" }), DocumentIdentity.Of(copy with { Id = "2" }));
    }
}
