using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Documents;

namespace Recoupe.Tests.Articles;

/// <summary>When a page was published: what tells it, and what does not.</summary>
public sealed class PublicationDateTests
{
    private const string Body = "<p>La préfecture de la Brève a ordonné lundi la fermeture du pont de Sarlonne, fissuré depuis la crue de la semaine dernière.</p>"
        + "<p>Les deux cents camions qui l'empruntent chaque jour passeront par Villedoux, ce qui allonge le trajet de vingt minutes.</p>";

    [Theory]
    [InlineData("<p>Publié le 20 novembre 2024 à 14h32</p>", "2024-11-20T14:32:00")]
    [InlineData("<p>Posted on November 20, 2024</p>", "2024-11-20")]
    [InlineData("<p>Veröffentlicht am 20. November 2024</p>", "2024-11-20")]
    [InlineData("<p>Publicado el 20 de noviembre de 2024</p>", "2024-11-20")]
    [InlineData("<p>Pubblicato il 20 novembre 2024</p>", "2024-11-20")]
    [InlineData("<p>Gepubliceerd op 20 november 2024</p>", "2024-11-20")]
    [InlineData("<p>Publicado em 20 de novembro de 2024</p>", "2024-11-20")]
    [InlineData("<p>Опубліковано 20 листопада 2024</p>", "2024-11-20")]
    [InlineData("<p>2024年11月20日</p>", "2024-11-20")]
    [InlineData("<span class='label'>Datum:</span><div>20.11.2024</div>", "2024-11-20")]
    [InlineData("<p>20.11.2024 - Le pont de Sarlonne est fermé, a annoncé la préfecture de la Brève lundi, qui promet une réouverture au printemps.</p>", "2024-11-20")]
    [InlineData("<span class='meta'>Rubrique<br>20.11.2024 Catégorie : ponts, routes et autres ouvrages de la région</span>", "2024-11-20")]
    [InlineData("<p>von <a rel='author'>Jeanne Martin</a>, 20.11.24</p>", "2024-11-20")]
    [InlineData("<p>Par Jeanne Martin, 20.11.2024</p>", "2024-11-20")]
    [InlineData("<table><tr><td>20 | 11 | 2024</td><td>Ponts</td></tr></table>", "2024-11-20")]
    [InlineData("<time datetime='2024-11-20T09:00:00+01:00'>hier</time>", "2024-11-20T09:00:00+01:00")]
    public void A_time_near_the_title_dates_the_page(string line, string published) =>
        Assert.Equal(published, Published($"<h1>Le pont de Sarlonne ferme</h1>{line}{Body}"));

    [Theory]
    [InlineData("<div class='comments'><p>20 novembre 2024 à 10:12</p></div><div class='comments'><p>21 novembre 2024 à 10:12</p></div>")]
    [InlineData("<footer><p>© 2024 Le Littoral, 3 mai 2019</p></footer>")]
    [InlineData("<aside class='related'><ul><li>La crue 18.11.2024</li><li>Le pont 12.10.2024</li></ul></aside>")]
    [InlineData("<p>Le 3 mai 2021, le pont avait déjà été fermé pendant deux semaines, et le 4 juin 2022 encore, sans que rien ne soit réparé.</p>")]
    public void A_time_elsewhere_on_the_page_does_not(string elsewhere) =>
        Assert.Null(Published($"<h1>Le pont de Sarlonne ferme</h1>{Body}{elsewhere}"));

    [Fact]
    public void The_time_beside_the_title_wins_over_those_of_other_articles() =>
        Assert.Equal("2024-11-20", Published($"<ul class='latest'><li><h3>La crue</h3><time datetime='2024-11-21'>21/11</time></li></ul><h1>Le pont de Sarlonne ferme</h1><time datetime='2024-11-20'>20/11</time>{Body}"));

    [Fact]
    public void A_day_in_the_title_is_not_its_time() =>
        Assert.Null(Published($"<h1>Le pont de Sarlonne fermera le 20 novembre 2024</h1>{Body}"));

    [Fact]
    public void A_day_that_stands_in_the_heading_before_the_title_is_its_time() =>
        Assert.Equal("2024-11-20", Published($"<nav><a href='/p'>Le pont de Sarlonne ferme</a></nav><p>Rubrique</p><p>Ponts</p><p>Routes</p><title>Le pont de Sarlonne ferme</title><h1><span class='date'>20.11.2024</span>Le pont de Sarlonne ferme</h1>{Body}"));

    [Fact]
    public void A_films_day_of_upload_is_its_time() =>
        Assert.Equal("2024-11-20T18:15:00+01:00", Published($"<meta itemprop='uploadDate' content='2024-11-20T18:15:00+01:00'><h1>Le pont de Sarlonne ferme</h1>{Body}"));

    [Fact]
    public void A_shown_time_wins_over_a_general_date_of_the_head() =>
        Assert.Equal("2024-11-20", Published($"<meta name='date' content='2019-01-02'><h1>Le pont de Sarlonne ferme</h1><p class='date'>20 novembre 2024</p>{Body}"));

    [Fact]
    public void A_marked_time_below_wins_over_a_later_general_date_of_the_head()
    {
        var between = string.Concat(Enumerable.Range(1, 14).Select(i => $"<p>Vue {i}</p>"));
        var page = $"<h1>Le pont de Sarlonne ferme</h1>{between}<time datetime='2024-11-20'>20 novembre</time>{Body}";
        Assert.Equal("2024-11-20", Published($"<meta name='date' content='2024-11-26'>{page}"));
        Assert.Equal("2024-11-18", Published($"<meta name='date' content='2024-11-18'>{page}"));
    }

    [Fact]
    public void An_earlier_day_in_the_address_is_that_of_first_publication() =>
        Assert.Equal("2024-11-20", Published($"<meta property='article:published_time' content='2026-02-03T10:00:00+01:00'><h1>Le pont de Sarlonne ferme</h1>{Body}", "https://littoral.example/2024/11/20/pont"));

    [Fact]
    public void A_time_in_UTC_is_told_by_the_day_that_the_page_shows() =>
        Assert.Equal("2024-11-20", Published($"<meta property='article:published_time' content='2024-11-21T03:10:00Z'><h1>Le pont de Sarlonne ferme</h1><p class='date'>20 novembre 2024</p>{Body}"));

    [Theory]
    [InlineData("2024-11-20T20:10:00+01:00", "21 novembre 2024", "2024-11-21")]
    [InlineData("2024-11-20T20:10:00+01:00", "22 novembre 2024", "2024-11-20T20:10:00+01:00")]
    [InlineData("2024-11-20T11:10:00+01:00", "21 novembre 2024", "2024-11-20T11:10:00+01:00")]
    [InlineData("2024-11-20T20:10:00+01:00", "20 novembre 2024", "2024-11-20T20:10:00+01:00")]
    public void What_went_out_in_the_evening_is_of_the_next_day_where_the_page_shows_that(string stated, string shown, string published) =>
        Assert.Equal(
            published,
            Published($"<meta property='article:published_time' content='{stated}'><h1>Le pont de Sarlonne ferme</h1><p class='date'>{shown}</p>{Body}"));

    [Theory]
    [InlineData("il y a 3 heures", "2024-11-20")]
    [InlineData("3 hours ago", "2024-11-20")]
    [InlineData("vor 3 Tagen", "2024-11-17")]
    [InlineData("hace 2 días", "2024-11-18")]
    [InlineData("Publié hier", "2024-11-19")]
    public void A_time_told_from_the_reading_counts_from_the_capture(string line, string published)
    {
        var page = $"<h1>Le pont de Sarlonne ferme</h1><p>{line}</p>{Body}";
        Assert.Equal(published, Published(page, captured: "2024-11-20T14:00:00+01:00"));
        Assert.Null(Published(page));
    }

    private static string? Published(string html, string? url = null, string? captured = null)
    {
        var document = new Document { Source = "page", Form = DocumentForm.Html, Content = $"<html><body>{html}</body></html>", Url = url, Captured = Moment.Parse(captured) };
        return ArticleReader.Read(document, new ArticleId("page")).Published?.ToString();
    }
}
