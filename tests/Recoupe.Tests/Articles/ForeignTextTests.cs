using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Tests.Articles;

/// <summary>What stands on a page and is none of its article: consent notices, further articles; and pages that hold none.</summary>
public sealed class ForeignTextTests
{
    private const string French = "<p>Le phare d'Orvac a été rallumé lundi, a annoncé le port, après neuf mois de travaux qui ont coûté 230 000 euros à la commune.</p>"
        + "<p>« Nous l'attendions tous », a déclaré la maire, Jeanne Martin. Une vingtaine de pêcheurs avaient fait le déplacement malgré la pluie.</p>";

    private const string English = "<p>The lighthouse of Orvac was lit again on Monday, the harbour board said, after nine months of works that cost the town 230,000 euros.</p>"
        + "<p>“We had all been waiting for it,” said the mayor, Jane Martin. Some twenty fishermen had come in spite of the rain.</p>";

    private const string FrenchNotice = "<p>Avec votre accord, nos 412 partenaires et nous utilisons des traceurs afin de stocker des informations sur votre terminal.</p>"
        + "<p>Nous mesurons l'audience et proposons des publicités personnalisées ; vous pouvez retirer votre consentement à tout moment.</p><p>Sans accord, certaines vidéos restent masquées.</p>";

    private const string EnglishNotice = "<p>We and our 412 vendors store and access information on your device, such as unique identifiers, to serve personalised ads.</p>"
        + "<p>You may withdraw consent at any time in our privacy policy, or object where we rely on legitimate interest.</p><p>Some videos stay hidden without it.</p>";

    public static TheoryData<string, string, string> Notices()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (article, notice) in new[] { (French, FrenchNotice), (English, EnglishNotice) })
        {
            foreach (var open in new[] { "<div>", "<div id=\"didomi-host\">", "<section class=\"ot-sdk-row\" id=\"onetrust-banner-sdk\">", "<div role=\"dialog\"><div>" })
                data.Add(article, notice, open);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Notices))]
    public void A_consent_notice_is_no_text_wherever_it_stands(string article, string notice, string open)
    {
        var expected = Text($"<main><article><h1>Orvac</h1>{article}</article></main>");
        var close = open.Replace("<div role=\"dialog\">", "", StringComparison.Ordinal).Length < open.Length ? "</div></div>" : open.StartsWith("<section", StringComparison.Ordinal) ? "</section>" : "</div>";
        Assert.Equal(expected, Text($"{open}{notice}<button>OK</button>{close}<main><article><h1>Orvac</h1>{article}</article></main>"));
        Assert.Equal(expected, Text($"<main><article><h1>Orvac</h1>{article}</article></main>{open}{notice}<button>OK</button>{close}"));
    }

    [Theory]
    [InlineData("Le régulateur reproche au site d'avoir déposé des cookies sans consentement et partagé des données personnelles avec ses partenaires, selon la décision.")]
    [InlineData("The regulator said the site had set cookies without consent and shared personal data with its partners for personalised ads.")]
    [InlineData("Le bandeau disait : « Nous utilisons des cookies avec votre accord, vous pouvez retirer votre consentement à tout moment », a relevé la Cnil.")]
    [InlineData("You can reject cookies in the settings of your browser and withdraw consent at any time, the watchdog says.")]
    public void Text_about_consent_is_text(string paragraph) => Assert.NotEqual(ConsentLikeness.Sure, ConsentText.Of(paragraph));

    [Fact]
    public void The_next_article_of_an_endless_page_is_not_joined_on()
    {
        var page = $"<main><article><h1>Le phare rallumé</h1>{French}</article><article><h1>La piscine ferme</h1><p>La piscine de Sarlonne fermera en mai, a décidé le conseil municipal mardi soir par douze voix contre neuf.</p></article></main>";
        Assert.DoesNotContain("piscine", Text(page, "<title>Le phare rallumé</title>"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_articles_in_a_graph_the_one_of_the_page_is_taken()
    {
        var head = "<title>Le phare rallumé - Le Littoral</title><script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"La piscine ferme\",\"author\":{\"@type\":\"Person\",\"name\":\"Paul Durand\"},\"datePublished\":\"2024-11-01\"},"
            + "{\"@type\":\"NewsArticle\",\"headline\":\"Le phare rallumé\",\"datePublished\":\"2024-11-20\"}]}</script>";
        var article = Article($"<main><article><h1>Le phare rallumé</h1>{French}</article></main>", head);
        Assert.Equal("2024-11-20", article.Published?.ToString());
        Assert.DoesNotContain("Paul Durand", article.Byline);
    }

    [Theory]
    [InlineData("en-US", "2024-03-04T18:20:00")]
    [InlineData("en-GB", "2024-04-03T18:20:00")]
    [InlineData("fr", "2024-04-03T18:20:00")]
    public void Which_comes_first_is_told_by_the_page_s_language(string language, string expected) =>
        Assert.Equal(expected, Article($"<main><article><h1>Lit again</h1><p class=\"date\">Published 03/04/2024 6:20 PM</p>{English}</article></main>", language: language).Published?.ToString());

    [Theory]
    [InlineData("<title>404 - Page introuvable</title>", "<p>Désolés, cette page n'existe pas ou plus.</p>", "nothing here")]
    [InlineData("<title>Just a moment...</title>", "<p>Verify you are human by completing the action below.</p>", "human reader")]
    [InlineData("<title>Le Littoral</title>", "<div id=\"app\"></div><noscript><p>You need to enable JavaScript to run this app.</p></noscript>", "")]
    [InlineData("<title>Le Littoral</title>", "<div id=\"app\"></div>", "no text")]
    public void A_page_without_an_article_says_why(string head, string body, string told)
    {
        var unread = Article(body, head).Unread;
        Assert.NotNull(unread);
        Assert.Contains(told, unread, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_articles_is_none_and_an_article_with_related_links_is_one()
    {
        var list = string.Concat(Enumerable.Range(1, 12).Select(i => $"<article><h2><a href=\"/{i}\">Le port d'Orvac, épisode numéro {i}</a></h2><p>Ce qu'il faut savoir du port cette semaine, en bref.</p></article>"));
        Assert.Contains("list of articles", Article($"<main><h1>Actualités</h1>{list}</main>").Unread, StringComparison.Ordinal);
        var article = $"<main><article><h1>Le phare rallumé</h1><p class=\"byline\">Par Jeanne Martin</p><time datetime=\"2024-11-20\">20 novembre 2024</time>{French}</article></main><aside>{list}</aside>";
        Assert.Null(Article(article).Unread);
    }

    [Fact]
    public void Promotion_that_a_site_repeats_is_left_out_and_its_background_is_not()
    {
        const string Promotion = "<p>Une information à nous transmettre ? Écrivez à la rédaction : chaque message de votre part est lu et compte pour nous.</p>";
        const string Background = "<p>Construit en 1874, le phare d'Orvac avait été éteint en février après la chute d'une partie de sa lanterne pendant la tempête.</p>";
        Article Of(int number, string text) => Article($"<main><article><h1>Orvac {number}</h1>{text}{Background}{Promotion}</article></main>") with { Id = new ArticleId($"a{number}"), Url = $"https://l.example/{number}" };
        var (first, second) = (Of(1, French), Of(2, "<p>La piscine de Sarlonne fermera en mai, a décidé le conseil municipal mardi soir par douze voix contre neuf, faute de moyens.</p>"));
        Assert.Contains("Écrivez", first.Text, StringComparison.Ordinal);

        var without = RepeatedParagraphs.Without([first, second]);

        Assert.All(without, article =>
        {
            Assert.DoesNotContain("Écrivez", article.Text, StringComparison.Ordinal);
            Assert.EndsWith("pendant la tempête.", article.Text, StringComparison.Ordinal);
            Assert.All(article.Blocks.Where(block => block.Span is not null), block => Assert.InRange(block.Span!.Value.End, 1, article.Text.Length));
            Assert.Contains(article.Blocks, block => block.Kind == BlockKind.Promo && block.Span is null);
        });
        Assert.Same(first, RepeatedParagraphs.Without([first])[0]);
    }

    [Fact]
    public void The_heading_of_a_live_entry_is_text()
    {
        string Entry(string time, string text) => $"<div class=\"post\"><time>{time}</time>{text}</div>";
        var page = $"<main><article><h1>Orvac en direct</h1><div class=\"live\">{Entry("18h42", "<h3>La maire reçoit les marins</h3><p>La maire a reçu les douze marins du phare, a annoncé le port.</p>")}"
            + $"{Entry("14h05", "<p>Environ 300 personnes attendent sur le quai, selon la police, 500 selon le port.</p>")}{Entry("9h30", "<p>« Il brillera ce soir », promet Paul Durand, le gardien.</p>")}</div></article></main>";
        var text = Text(page, "<title>Orvac en direct</title>");
        Assert.StartsWith("La maire reçoit les marins\n\nLa maire a reçu", text, StringComparison.Ordinal);
        Assert.EndsWith("le gardien.", text, StringComparison.Ordinal);
    }

    private const string HiddenForm = "<p>Modèle de la question du jour : votez avant vingt heures pour donner votre avis.</p>";

    [Theory]
    [InlineData("<div style=\"display: none\">", "</div>")]
    [InlineData("<section hidden>", "</section>")]
    [InlineData("<div aria-hidden=\"true\">", "</div>")]
    public void What_is_hidden_between_paragraphs_is_no_text(string open, string close)
    {
        var (first, second) = (French[..French.IndexOf("</p>", StringComparison.Ordinal)] + "</p>", French[(French.IndexOf("</p>", StringComparison.Ordinal) + 4)..]);
        Assert.Equal(Text($"<main><article><h1>Orvac</h1>{first}{second}</article></main>"), Text($"<main><article><h1>Orvac</h1>{first}{open}{HiddenForm}{close}{second}</article></main>"));
    }

    [Fact]
    public void The_rest_of_an_article_that_a_button_shows_is_text()
    {
        var (first, second) = (French[..French.IndexOf("</p>", StringComparison.Ordinal)] + "</p>", French[(French.IndexOf("</p>", StringComparison.Ordinal) + 4)..]);
        Assert.Contains("Jeanne Martin", Text($"<main><article><h1>Orvac</h1>{first}<p><a href=\"#\">Lire la suite</a></p><section style=\"display:none\">{second}</section></article></main>"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Une photo du phare à nous envoyer ? Écrivez à notre rédaction : vos images nous aident à raconter la côte.")]
    [InlineData("Do you have a picture of the lighthouse? Write to our newsroom: your pictures help us to tell the coast.")]
    public void Promotion_that_outlets_share_is_marked_in_clean_text(string promotion)
    {
        var read = RepeatedParagraphs.Without([Clean("a", "Le Littoral", $"Le phare d'Orvac a été rallumé lundi soir, a annoncé le port.\n\n{promotion}"), Clean("b", "Ouest Côte", $"Neuf mois de travaux ont été nécessaires au phare d'Orvac.\n\n{promotion}")]);

        Assert.All(read, article =>
        {
            Assert.EndsWith(promotion, article.Text, StringComparison.Ordinal);
            Assert.Equal([BlockKind.Paragraph, BlockKind.Promo], article.Blocks.Select(block => block.Kind));
            Assert.Single(article.Notes);
        });
    }

    [Theory]
    [InlineData("Le phare d'Orvac a été rallumé lundi soir, a annoncé le port de la ville.", "Nous vous devons la vérité sur ce phare : notre ville et vos impôts l'ont payé deux fois.")]
    [InlineData("The lighthouse of Orvac was lit again on Monday, the harbour board of the town said.", "\"We owe you the truth about our lighthouse, and your money back,\" the mayor told the crowd.")]
    public void What_one_outlet_took_from_another_is_no_promotion(string shared, string address)
    {
        Article[] articles = [Clean("a", "Le Littoral", $"{shared}\n\n{address}"), Clean("b", "Ouest Côte", $"{shared}\n\n{address}")];
        Assert.Same(articles, RepeatedParagraphs.Without(articles));
    }

    [Fact]
    public void A_quotation_that_speaks_to_somebody_is_no_promotion()
    {
        const string Quotation = "\"We owe you the truth about our lighthouse, and your money back,\" the mayor told the crowd.";
        Article[] articles = [Clean("a", "The Coast", $"The lighthouse was lit again.\n\n{Quotation}"), Clean("b", "Harbour Post", $"Nine months of works are over.\n\n{Quotation}")];
        Assert.Same(articles, RepeatedParagraphs.Without(articles));
    }

    private static Article Clean(string id, string outlet, string text) =>
        ArticleReader.Read(new Document { Source = id, Form = DocumentForm.CleanText, Content = text, Outlet = outlet, Title = "Orvac" }, new ArticleId(id));

    private static string Text(string body, string head = "<title>Orvac</title>") => Article(body, head).Text;

    private static Article Article(string body, string head = "<title>Orvac</title>", string? language = null) => ArticleReader.Read(
        new Document { Source = "p", Form = DocumentForm.Html, Content = $"<!doctype html><html{(language is null ? "" : $" lang=\"{language}\"")}><head><meta charset=\"utf-8\">{head}</head><body>{body}</body></html>" },
        new ArticleId("p"));
}
