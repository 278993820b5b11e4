using Recoupe.Articles;
using Recoupe.Articles.Html;
using Recoupe.Documents;

namespace Recoupe.Tests.Articles;

/// <summary>What of a page is in the text beside its paragraphs, and what stands among them and is not.</summary>
public sealed class PageChoiceTests
{
    private const string Lead = "Fissuré depuis la crue, l'ouvrage est interdit aux camions.";

    private static readonly string[] Paragraphs =
    [
        "La préfecture de la Brève a ordonné lundi la fermeture du pont de Sarlonne, que la crue de la semaine dernière a ouvert sur trois mètres.",
        "Les deux cents camions qui l'empruntent chaque jour passeront par Villedoux, ce qui allonge le trajet de vingt minutes, selon la préfecture.",
        "« Nous ne prendrons aucun risque », a déclaré la préfète Odile Marchand, qui promet une réouverture avant la fin de l'automne.",
    ];

    [Theory]
    [InlineData("p")]
    [InlineData("div")]
    [InlineData("h2")]
    [InlineData("h3")]
    public void The_standfirst_that_the_page_describes_itself_with_is_in_the_text(string element)
    {
        var article = Read($"<h1>Le pont de Sarlonne ferme</h1><{element}>{Lead}</{element}><p class='byline'>Par Jeanne Martin</p><figure><img><figcaption>Le pont.</figcaption></figure>{Body()}");
        Assert.Equal(string.Join("\n\n", [Lead, .. Paragraphs]), article.Text);
        Assert.Equal(BlockKind.Standfirst, article.Blocks.First(block => block.Span is not null).Kind);
    }

    [Theory]
    [InlineData("<div class='related'><p>", "</p></div>", Lead)]
    [InlineData("<p><a href='/crue'>", "</a></p>", Lead)]
    [InlineData("<p>", "</p>", "Le pont de Sarlonne ferme lundi à Sarlonne")] // says the title again
    public void A_link_another_part_and_the_title_again_are_no_standfirst(string before, string after, string description)
    {
        var page = HtmlPageReader.Read(Page($"<h1>Le pont de Sarlonne ferme lundi</h1>{before}{description}{after}{Body()}", description));
        Assert.Equal(-1, Standfirst.Find(page, PageFacts.Of(page, null)));
    }

    [Theory]
    [InlineData("<h2>La crue a ouvert l'ouvrage sur trois mètres, et personne ne sait quand il rouvrira.</h2>", 1)]
    [InlineData("<p class='chapo'>La crue a ouvert l'ouvrage sur trois mètres, et personne ne sait quand il rouvrira.</p>", 1)]
    [InlineData("<p>La crue a ouvert l'ouvrage sur trois mètres, et personne ne sait quand il rouvrira.</p>", -1)]
    [InlineData("<h2>Trois mètres de fissure</h2>", -1)]
    [InlineData("<p>Par Jeanne Martin</p><h2>La crue a ouvert l'ouvrage sur trois mètres, et personne ne sait quand il rouvrira.</h2>", -1)]
    public void A_lead_right_behind_the_title_is_the_standfirst_of_a_page_that_describes_itself_otherwise(string lead, int expected)
    {
        var page = HtmlPageReader.Read(Page($"<h1>Le pont de Sarlonne ferme lundi</h1>{lead}{Body()}", "Toute l'actualité de la Brève et de ses vallées"));
        Assert.Equal(expected, Standfirst.Find(page, PageFacts.Of(page, null)));
    }

    [Fact]
    public void The_captions_of_a_gallery_that_is_counted_through_are_no_text()
    {
        var gallery = string.Concat(Enumerable.Range(1, 4).Select(i => $"<div>{i} / 4</div><p>Vue {i} du pont de Sarlonne prise mardi depuis la rive gauche par un habitant du village voisin.</p>"));
        Assert.Equal(string.Join("\n\n", Paragraphs), Read($"<h1>Le pont de Sarlonne ferme</h1><main>{Body()}{gallery}</main>").Text);
    }

    [Fact]
    public void A_list_of_times_is_no_gallery()
    {
        var times = string.Concat(Enumerable.Range(1, 4).Select(i => $"<p>{i}:30</p><p>Le bac numéro {i} a quitté la rive gauche avec douze voitures et trente passagers à son bord.</p>"));
        Assert.Contains("Le bac numéro 3 a quitté", Read($"<h1>Le pont de Sarlonne ferme</h1><main>{Body()}{times}</main>").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_hidden_and_said_between_all_paragraphs_is_no_text() =>
        Assert.Equal(
            string.Join("\n\n", Paragraphs),
            Read($"<h1>Le pont de Sarlonne ferme</h1><main>{string.Concat(Paragraphs.Select(text => $"<div class='visually-hidden'>La suite de l'article</div><p>{text}</p>"))}</main>").Text);

    private static string Body() => string.Concat(Paragraphs.Select(text => $"<p>{text}</p>"));

    private static string Page(string body, string description) =>
        $"<html lang='fr'><head><title>Le pont de Sarlonne ferme</title><meta name='description' content=\"{description}\"></head><body>{body}</body></html>";

    private static Article Read(string body) => ArticleReader.Read(
        new Document { Source = "page", Form = DocumentForm.Html, Content = Page(body, Lead), Url = "https://littoral.example/pont" },
        new ArticleId("page"));
}
