using System.Text;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Documents;

namespace Recoupe.Tests.Articles;

public sealed class HtmlReaderTests
{
    private static readonly char[] Oddities = ['<', '>', '"', '\'', '&', '/', '\0', '\uD800', '\u202E', '='];

    private const string Page = """
        <!doctype html><html lang="fr"><head><title>Le pont de Sarlonne ferme - Le Littoral</title>
        <meta property="og:site_name" content="Le Littoral"><link rel="canonical" href="https://littoral.example/brève/pont">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"Le pont de Sarlonne ferme","datePublished":"2024-11-20T14:32:00+01:00",
        "author":[{"@type":"Person","name":"Jeanne Martin"}]}</script></head>
        <body><nav class="menu"><ul><li><a href="/">Accueil</a></li><li><a href="/monde">Monde</a></li></ul></nav>
        <main><article class="article"><h1>Le pont de Sarlonne ferme</h1><p class="byline">Par Jeanne Martin avec AFP</p>
        <figure><img src="a.jpg"><figcaption>Le pont vu de la rive gauche. (JEAN DUVAL / AFP)</figcaption></figure>
        <div class="article-body">
        <p>La préfecture de la Brève a ordonné lundi la fermeture du pont de Sarlonne, fissuré depuis la crue de la semaine dernière.</p>
        <h2>Une réouverture promise</h2>
        <p>« Nous ne prendrons aucun risque », a déclaré la préfète Odile Marchand au <a href="https://herald.example/pont">Maurel Herald</a>, qui promet une réouverture.</p>
        <p>Les deux cents camions qui l'empruntent chaque jour passeront par Villedoux, ce qui allonge le trajet de vingt minutes.</p>
        </div></article></main>
        <aside class="related"><h3>Lire aussi</h3><ul><li><a href="/crue">La crue en dix images</a></li></ul></aside>
        <footer class="footer"><p>Mentions légales</p></footer></body></html>
        """;

    [Fact]
    public void A_page_gives_its_text_and_what_it_says_of_itself()
    {
        var article = Read(Page);
        Assert.Equal("Le pont de Sarlonne ferme", article.Title);
        Assert.Equal(["Jeanne Martin"], article.Byline);
        Assert.Equal(["AFP"], article.Agencies);
        Assert.Equal("Le Littoral", article.Outlet);
        Assert.Equal("2024-11-20T14:32:00+01:00", article.Published?.ToString());
        Assert.Equal("json-ld", article.PublishedFrom);
        Assert.StartsWith("La préfecture de la Brève", article.Text, StringComparison.Ordinal);
        Assert.EndsWith("vingt minutes.", article.Text, StringComparison.Ordinal);
        Assert.Contains("Une réouverture promise", article.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&shy;")]
    [InlineData("&#x200B;")]
    [InlineData("&#x2060;")]
    public void What_nobody_sees_in_a_word_parts_no_words(string sign) =>
        Assert.Equal(Read(Page).Text, Read(Page.Replace("Marchand", $"Mar{sign}chand", StringComparison.Ordinal)).Text);

    [Fact]
    public void Links_of_the_text_keep_the_words_that_carry_them()
    {
        var article = Read(Page);
        var link = Assert.Single(article.Links);
        Assert.Equal("https://herald.example/pont", link.Url);
        Assert.Equal("Maurel Herald", link.Span.Quote(article.Text));
    }

    [Fact]
    public void Sources_of_blocks_point_at_their_words_in_the_page()
    {
        var article = Read(Page);
        foreach (var block in article.Blocks.Where(block => block.Kind == BlockKind.Paragraph))
            Assert.Contains(block.Span!.Value.Quote(article.Text)[..10], block.Source.Quote(article.Document!), StringComparison.Ordinal);
        Assert.Contains(article.Blocks, block => block.Kind == BlockKind.Caption && block.Source.Quote(article.Document!).StartsWith("Le pont vu", StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_after_the_capture_is_not_believed()
    {
        var document = new Document { Source = "page", Form = DocumentForm.Html, Content = Page, Captured = Moment.Parse("2024-11-01") };
        Assert.Null(ArticleReader.Read(document, new ArticleId("page")).Published);
    }

    [Fact]
    public void Mutated_pages_are_read_without_fault_and_twice_the_same()
    {
        var random = new Random(20241120);
        for (var i = 0; i < 400; i++)
        {
            var page = Mutate(Page, random);
            var (first, second) = (Read(page), Read(page));
            Assert.Equal(first.Text, second.Text);
            foreach (var block in first.Blocks)
            {
                Assert.InRange(block.Source.End, block.Source.Start, page.Length);
                if (block.Span is { } span)
                    Assert.InRange(span.End, span.Start, first.Text.Length);
            }

            foreach (var link in first.Links)
                Assert.InRange(link.Span.End, link.Span.Start, first.Text.Length);
        }
    }

    public static TheoryData<string> Hostile() => ["nested", "text", "attributes", "formatting", "tables", "unclosed links", "entities"];

    // A quadratic step would take minutes here. Times are measured in bench/.
    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_pages_are_read_to_their_end_or_cut_with_a_note(string kind)
    {
        var page = kind switch
        {
            "nested" => string.Concat(Enumerable.Repeat("<div>", 200_000)) + "deep",
            "text" => "<p>" + new string('a', 20_000_000),
            "attributes" => "<p " + string.Concat(Enumerable.Range(0, 300_000).Select(i => $"a{i}=1 ")) + ">text</p>",
            "formatting" => string.Concat(Enumerable.Repeat("<b>", 10_000)) + "bold",
            "tables" => string.Concat(Enumerable.Repeat("<table><tr><td>", 50_000)) + "cell",
            "unclosed links" => string.Concat(Enumerable.Repeat("<a href=x>word ", 50_000)),
            _ => string.Concat(Enumerable.Repeat("&amp;&#x41;&bogus;", 200_000)),
        };
        var article = Read(page);
        Assert.True(article.Blocks.Length + article.Notes.Length + article.Text.Length > 0 || kind != "text");
        if (kind == "nested")
            Assert.Contains(article.Notes, note => note.Contains("nested deeper", StringComparison.Ordinal));
    }

    private static Article Read(string page) =>
        ArticleReader.Read(new Document { Source = "page.html", Form = DocumentForm.Html, Content = page }, new ArticleId("page"));

    private static string Mutate(string page, Random random)
    {
        var text = new StringBuilder(page);
        for (var i = random.Next(1, 12); i > 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 60), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Oddities[random.Next(Oddities.Length)]);
                    break;
                case 2:
                    text.Insert(at, new[] { "<p>", "</div>", "<table>", "<script>", "<!--", "<b>", "</p>", "<br><br>", "<a href=x>", "<noscript>" }[random.Next(10)]);
                    break;
                case 3:
                    text.Length = Math.Max(1, at);
                    break;
                default:
                    text.Insert(at, page[..Math.Min(200, page.Length)]);
                    break;
            }
        }

        return text.ToString();
    }
}
