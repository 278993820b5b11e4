using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Tests.Articles;

/// <summary>What a page's title is, among the names that its head and headings give.</summary>
public sealed class PageTitleTests
{
    private const string Body = "<p>La préfecture de la Brève a ordonné lundi la fermeture du pont de Sarlonne, fissuré depuis la crue de la semaine dernière.</p>"
        + "<p>Les deux cents camions qui l'empruntent chaque jour passeront par Villedoux, ce qui allonge le trajet de vingt minutes.</p>";

    [Theory]
    [InlineData("<title>Le pont de Sarlonne ferme - Le Littoral</title>")]
    [InlineData("<title>Le pont de Sarlonne ferme | Le Littoral</title>")]
    [InlineData("<title>Le Littoral : Le pont de Sarlonne ferme</title>")]
    [InlineData("<title>Le pont de Sarlonne ferme &#8211; Le Littoral</title>")]
    public void The_outlets_name_is_no_part_of_it(string head) => Assert.Equal("Le pont de Sarlonne ferme", Title($"{head}<meta property='og:site_name' content='Le Littoral'>{Body}"));

    [Fact]
    public void A_heading_that_leads_home_is_the_sites_name() =>
        Assert.Equal("Le pont de Sarlonne ferme", Title($"<title>Le pont de Sarlonne ferme | Nouvelles de la vallée</title><h1><a href='/'>Nouvelles de la vallée</a></h1><h1>Le pont de Sarlonne ferme</h1>{Body}"));

    [Fact]
    public void A_heading_in_the_titles_class_is_it_whatever_its_rank() =>
        Assert.Equal("Le pont de Sarlonne ferme", Title($"<meta property='og:title' content='Le pont de Sarlonne ferme'><h1>Nouvelles de la vallée</h1><h3 class='post-title'>Le pont de Sarlonne ferme</h3>{Body}"));

    [Fact]
    public void Headings_for_screen_readers_are_not() =>
        Assert.Equal("Le pont de Sarlonne ferme", Title($"<title>Littoral.example</title><h2 class='sr-only'>Navigation principale</h2><h2>Le pont de Sarlonne ferme</h2>{Body}"));

    [Fact]
    public void A_heading_stands_against_a_title_for_sharing_that_nothing_else_has() =>
        Assert.Equal("Sarlonne bridge closes on Monday", Title($"<title>Cracked by the flood</title><meta property='og:title' content='You will not cross it'><h1>Sarlonne bridge closes on Monday</h1>{Body}"));

    [Theory]
    [InlineData("<h1><span>Transports</span> Le pont de Sarlonne ferme lundi</h1>", "Le pont de Sarlonne ferme lundi")]
    [InlineData("<h1><span>Transport</span> <span>Sarlonne bridge closes on Monday</span></h1>", "Sarlonne bridge closes on Monday")]
    public void A_kicker_in_the_heading_is_no_part_of_it(string heading, string headline) =>
        Assert.Equal(headline, Title($"<meta property='og:title' content='{headline}'>{heading}{Body}"));

    [Fact]
    public void What_a_colon_ties_to_the_heading_is_part_of_it() =>
        Assert.Equal("Sarlonne : le pont de la Brève ferme lundi", Title($"<meta property='og:title' content='Le pont de la Brève ferme lundi'><h1>Sarlonne : le pont de la Brève ferme lundi</h1>{Body}"));

    [Theory]
    [InlineData("<title>The Littoral - News - Littoral hires twelve ferry pilots</title><h1>News | Entry</h1><h2>Littoral hires twelve ferry pilots</h2>", "Littoral hires twelve ferry pilots")]
    [InlineData("<meta property='og:title' content='Les bacs reprennent...'><title>Les bacs reprennent… | Gazette de la rive</title><h1>Gazette de la rive</h1><h1>Les bacs reprennent…</h1>", "Les bacs reprennent…")]
    [InlineData("<meta property='og:title' content='Bacs : le service reprend'><meta name='twitter:title' content='Bacs : le service reprend lundi, les tarifs baissent'><h1>Nos services</h1><h1>Bacs : le service reprend lundi, les tarifs baissent</h1>", "Bacs : le service reprend lundi, les tarifs baissent")]
    public void The_heading_that_a_title_of_the_head_agrees_with_wins_over_the_sites_and_the_sections(string page, string title) => Assert.Equal(title, Title(page + Body));

    [Theory]
    [InlineData("<title>The Littoral</title><h1>Latest</h1><h1>Ferry pilots on strike</h1>", "https://www.littoral.example/news/ferry-pilots-on-strike.html", "Ferry pilots on strike")]
    [InlineData("<title>Ports et bacs de la région</title><h2>Nouveaux tarifs</h2>", "https://littoral.example/bacs/nouveauxtarifs.htm", "Nouveaux tarifs")]
    [InlineData("<title>Ports et bacs de la région</title><h2>Nos offres</h2>", "https://littoral.example/bacs/nouveauxtarifs.htm", "Ports et bacs de la région")]
    public void A_heading_that_the_address_is_called_after_is_the_title_where_nothing_else_tells(string page, string url, string title) => Assert.Equal(title, Title(page + Body, url));

    [Fact]
    public void A_heading_that_names_the_site_beside_other_words_is_a_heading() =>
        Assert.Equal("Littoral wins the ferry contract for ten years", Title($"<title>Ferries | News</title><h1>Littoral wins the ferry contract for ten years</h1>{Body}"));

    [Fact]
    public void A_head_that_names_the_site_alone_leaves_it_to_what_else_is_told() =>
        Assert.Equal("Ferry pilots vote for a strike", Title($"<meta property='og:title' content='Littoral'><title>Ferry pilots vote for a strike</title>{Body}"));

    [Fact]
    public void A_heading_behind_the_text_is_of_another_part_of_the_page() =>
        Assert.Equal("Sarlonne bridge closes on Monday", Title($"<meta property='og:title' content='You will not cross it'><h1>Sarlonne bridge closes on Monday</h1>{Body}{Body}<h1>More from the valley</h1>"));

    [Fact]
    public void A_heading_that_holds_its_words_in_elements_of_their_own_is_a_heading() =>
        Assert.Equal("Le pont de Sarlonne ferme lundi", Title($"<meta property='og:title' content='Sarlonne : le bac reprend'><h1><div>Le pont de Sarlonne ferme lundi</div></h1>{Body}"));

    [Fact]
    public void Of_a_heading_in_two_parts_the_longer_is_the_title() =>
        Assert.Equal("Le pont ferme lundi matin", Title($"<meta property='og:title' content='Sarlonne coupée : le pont ferme lundi matin'><h1><div>Sarlonne coupée</div><div>Le pont ferme lundi matin</div></h1>{Body}"));

    [Theory]
    [InlineData("<div class='sidebar'><h1>Le pont de Sarlonne ferme lundi</h1>", "</div>", "Le pont de Sarlonne ferme lundi")]
    [InlineData("<div class='sidebar'><h1>Le pont de Sarlonne ferme lundi</h1></div>", "", "Bacs : les tarifs baissent")]
    public void A_class_of_what_holds_the_text_says_nothing_against_its_heading(string before, string after, string title) =>
        Assert.Equal(title, Title($"<meta property='og:title' content='Bacs : les tarifs baissent'>{before}{Body}{after}"));

    [Fact]
    public void A_heading_that_holds_all_that_is_shared_as_title_wins_over_one_that_agrees_with_the_browsers() =>
        Assert.Equal(
            "Sarlonne bridge closes on Monday",
            Title($"<meta property='og:title' content='Sarlonne bridge closes on Monday'><title>Bridges: no crossing from next week</title><h1>Bridges: no crossing from next week</h1><h2>After the flood Sarlonne bridge closes on Monday</h2>{Body}"));

    [Fact]
    public void A_heading_that_names_the_site_among_other_words_is_no_name_of_it() =>
        Assert.Equal("Littoral coffee grinder", Title($"<meta property='og:title' content='Littoral coffee grinder'><h1>Littoral coffee grinder</h1><h2>What customers say</h2>{Body}"));

    [Fact]
    public void A_heading_within_the_text_is_not_taken_where_the_address_has_the_first() =>
        Assert.Equal("Louer ou acheter un bac", Title($"<meta property='og:title' content='Bacs : louer ou bien acheter ?'><h1>Louer ou acheter un bac</h1>{Body}{Body}<h2>Pour finir : bacs, louer ou bien acheter ?</h2>{Body}", "https://www.littoral.example/louer-ou-acheter-un-bac"));

    [Fact]
    public void A_page_without_heading_and_head_has_none() => Assert.Null(Title(Body));

    private static string? Title(string html, string url = "https://www.littoral.example/pont")
    {
        var document = new Document { Source = "page", Form = DocumentForm.Html, Content = $"<html><body>{html}</body></html>", Url = url };
        return ArticleReader.Read(document, new ArticleId("page")).Title;
    }
}
