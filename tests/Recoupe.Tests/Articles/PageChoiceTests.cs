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

    [Theory]
    [InlineData("ul", "li", new[] { 0.6f, 0.7f, 0.5f }, new[] { 0, 1, 2, 3 })]
    [InlineData("ol", "li", new[] { 0.9f, 0.6f, 0.2f }, new[] { 0, 1, 2 })]
    [InlineData("ul", "li", new[] { 0.6f, 0.5f, 0.5f }, new[] { 0 })]
    [InlineData("section", "div", new[] { 0.6f, 0.6f, 0.6f }, new[] { 0 })]
    public void A_list_behind_text_is_in_by_the_odds_of_all_its_items(string list, string item, float[] odds, int[] expected)
    {
        var page = HtmlPageReader.Read(
            $"<main><p>{Lead}</p><{list}><{item}>Bac de Villedoux</{item}><{item}>Pont d'Orve</{item}><{item}>Gué</{item}></{list}></main>");
        Assert.Equal(expected, BlockChoice.Choose(page, [0.9f, .. odds], -1));
    }

    [Fact]
    public void A_list_with_no_text_before_it_is_not()
    {
        var page = HtmlPageReader.Read($"<main><ul><li>Bac de Villedoux</li><li>Pont d'Orve</li><li>Gué</li></ul><p>{Lead}</p></main>");
        Assert.Equal([3], BlockChoice.Choose(page, [0.6f, 0.6f, 0.6f, 0.9f], -1));
    }

    [Theory]
    [InlineData(0.5f, true)]
    [InlineData(0.3f, false)]
    public void A_heading_between_texts_of_other_elements_is_in_from_half_way_on(float odds, bool isIn)
    {
        var page = HtmlPageReader.Read($"<main><div><p>{Paragraphs[0]}</p></div><div><h3>Ce qui change lundi</h3></div><div><p>{Paragraphs[1]}</p></div></main>");
        Assert.Equal(isIn, BlockChoice.Choose(page, [0.9f, odds, 0.9f], -1).Contains(1));
    }

    private static string Body() => string.Concat(Paragraphs.Select(text => $"<p>{text}</p>"));

    private static string Page(string body, string description) =>
        $"<html lang='fr'><head><title>Le pont de Sarlonne ferme</title><meta name='description' content=\"{description}\"></head><body>{body}</body></html>";

    private static Article Read(string body) => ArticleReader.Read(
        new Document { Source = "page", Form = DocumentForm.Html, Content = Page(body, Lead), Url = "https://littoral.example/pont" },
        new ArticleId("page"));
}
