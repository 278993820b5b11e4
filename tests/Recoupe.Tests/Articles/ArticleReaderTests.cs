using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Tests.Articles;

/// <summary>That a document which cannot be read says so and ends nothing.</summary>
public sealed class ArticleReaderTests
{
    private static readonly Document Page = new() { Source = "page.html", Form = DocumentForm.Html, Content = "<p>Le phare d'Orvac a été rallumé.</p>", Outlet = "Le Littoral" };

    [Fact]
    public void A_document_that_a_reader_fails_on_is_an_unread_article()
    {
        var article = ArticleReader.Guard(Page, new ArticleId("page"), (_, _) => throw new InvalidOperationException("a tag too many"));

        Assert.Equal("could not be read: a tag too many (InvalidOperationException)", article.Unread);
        Assert.Equal(("page", "page.html", "Le Littoral", ""), (article.Id.Value, article.Source, article.Outlet, article.Text));
    }

    [Fact]
    public void A_run_that_is_called_off_is_no_unread_document() =>
        Assert.Throws<OperationCanceledException>(() => ArticleReader.Guard(Page, new ArticleId("page"), (_, _) => throw new OperationCanceledException()));

    [Fact]
    public void A_document_that_is_read_is_as_its_reader_gives_it()
    {
        var given = ArticleReader.Read(Page, new ArticleId("page"));
        Assert.Same(given, ArticleReader.Guard(Page, new ArticleId("page"), (_, _) => given));
    }
}
