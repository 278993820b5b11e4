using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Tests.Articles;

/// <summary>Who wrote a page: where a person is named, and what is no person.</summary>
public sealed class PageAuthorTests
{
    private const string Body = "<p>La préfecture de la Brève a ordonné lundi la fermeture du pont de Sarlonne, fissuré depuis la crue de la semaine dernière.</p>"
        + "<p>Les deux cents camions qui l'empruntent chaque jour passeront par Villedoux, ce qui allonge le trajet de vingt minutes.</p>";

    [Theory]
    [InlineData("<p>Par Jeanne Martin</p>")]
    [InlineData("<p>Auteur : Jeanne Martin</p>")]
    [InlineData("<p>Von Jeanne Martin am 20.11.2024</p>")]
    [InlineData("<p>Posted on November 20, 2024 by Jeanne Martin</p>")]
    [InlineData("<p>20.11.2024 | 13:10 | Jeanne Martin</p>")]
    [InlineData("<span>Date : 20.11.2024<br>Auteur : Jeanne Martin<br>Rubrique : ponts</span>")]
    [InlineData("<h5>Auteur :</h5><div>Jeanne Martin</div>")]
    [InlineData("<p class='author'>Jeanne Martin @jmartin</p>")]
    public void A_name_near_the_title_is_the_authors(string line) =>
        Assert.Equal(["Jeanne Martin"], Authors($"<h1>Le pont de Sarlonne ferme</h1>{line}{Body}"));

    [Theory]
    [InlineData("<p>(Jeanne Martin)</p>")]
    [InlineData("<p><em>Jeanne Martin</em></p>")]
    public void A_name_that_closes_the_text_is_the_authors(string line) =>
        Assert.Equal(["Jeanne Martin"], Authors($"<h1>Le pont de Sarlonne ferme</h1><div>{Body}{line}</div>"));

    [Theory]
    [InlineData("Le Littoral")]
    [InlineData("littoral.example")]
    [InlineData("admin")]
    [InlineData("Littoral Presse GmbH")]
    [InlineData("Rédaction")]
    public void A_person_named_on_the_page_wins_over_the_site_and_its_accounts(string author) =>
        Assert.Equal(["Jeanne Martin"], Authors($"<meta property='og:site_name' content='Le Littoral'><meta name='author' content='{author}'><h1>Le pont de Sarlonne ferme</h1><p>Par Jeanne Martin</p>{Body}"));

    [Fact]
    public void A_persons_name_in_the_head_stays_beside_others_on_the_page() =>
        Assert.Equal(["Odile Marchand"], Authors($"<meta name='author' content='Odile Marchand'><h1>Le pont de Sarlonne ferme</h1>{Body}<div class='author'>Jeanne Martin</div>"));

    [Theory]
    [InlineData("<ul class='menu'><li><a href='/a'>Par Monts et Par Vaux</a></li></ul>")]
    [InlineData("<h2>Von Hexen und Rittern</h2>")]
    [InlineData("<div class='comments'><p>Par Jean Duval</p></div>")]
    [InlineData("<p>20.11.2024 | Vie Locale</p><ul><li><a href='/vie'>Vie Locale</a></li></ul>")]
    public void A_menu_a_heading_a_comment_a_rubric_is_no_author(string other) =>
        Assert.Empty(Authors($"<h1>Le pont de Sarlonne ferme</h1>{Body}{other}"));

    [Fact]
    public void Structured_authors_are_told_apart_from_organisations() =>
        Assert.Equal(["Jeanne Martin", "Jean Duval"], Authors($$"""
            <script type="application/ld+json">{"@graph":[{"@type":"Organization","name":"Le Littoral"},{"@type":"Person","@id":"#j","name":"Jeanne Martin"},{"@type":"Person","@id":"#d","name":"Jean Duval"},
            {"@type":"NewsArticle","headline":"Le pont de Sarlonne ferme","author":[{"@id":"#j"},{"@id":"#d"}]}]}</script><h1>Le pont de Sarlonne ferme</h1>{{Body}}
            """));

    [Theory]
    [InlineData("<blockquote><p>Nous sommes prêts.</p><span class='author'>Jean Duval</span></blockquote>")]
    [InlineData("<blockquote><p>We are ready.</p><cite class='author'>Paul Roe</cite></blockquote>")]
    public void Who_is_quoted_is_no_author(string quotation) =>
        Assert.Equal(["Jeanne Martin"], Authors($"<h1>Le pont de Sarlonne ferme</h1>{quotation}<p class='author'>Jeanne Martin</p>{Body}"));

    [Theory]
    [InlineData("Jeanne Martin\u200B, Sarlonne")]
    [InlineData("Jeanne Martin \u200B|\u200B Sarlonne")]
    public void A_place_of_the_title_behind_a_name_is_no_author(string line)
    {
        Assert.Equal(["Jeanne Martin"], Authors($"<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"author\":\"{line}\"}}</script><h1>Le pont de Sarlonne ferme</h1>{Body}"));
        Assert.Equal(["Jeanne Martin"], Authors($"<h1>Le pont de Sarlonne ferme</h1><p class='byline'>{line}</p>{Body}"));
    }

    [Fact]
    public void A_line_of_a_name_and_a_place_under_a_class_of_authors_is_no_text() =>
        Assert.DoesNotContain("Jeanne", Read($"<h1>Le pont de Sarlonne ferme</h1><p class='byline'>Jeanne Martin | Sarlonne</p>{Body}").Text, StringComparison.Ordinal);

    [Fact]
    public void An_outlets_own_address_behind_its_name_is_nobody() =>
        Assert.DoesNotContain("www.littoral.example.com", Authors($"<meta name='author' content='Radio Littoral (www.littoral.example.com)'><h1>Le pont de Sarlonne ferme</h1>{Body}"));

    [Fact]
    public void An_organisation_with_the_next_word_run_into_it_is_no_person() =>
        Assert.DoesNotContain(
            Authors($"<meta name='author' content='Littoral Presse GmbH'><h1>Sarlonne bridge closes</h1><div><span class='author'>Littoral Presse GmbH</span><span>May</span></div>{Body}"),
            name => name.Contains("GmbHMay", StringComparison.Ordinal));

    private static IEnumerable<string> Authors(string html) => Read(html).Byline;

    private static Article Read(string html)
    {
        var document = new Document { Source = "page", Form = DocumentForm.Html, Content = $"<html><body>{html}</body></html>", Url = "https://www.littoral.example/pont" };
        return ArticleReader.Read(document, new ArticleId("page"));
    }
}
