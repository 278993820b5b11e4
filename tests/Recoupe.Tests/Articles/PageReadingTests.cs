using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Documents;

namespace Recoupe.Tests.Articles;

/// <summary>What a page's article is beyond its plain paragraphs: texts that break off, live blogs, bodies in structured data, posts, tables, notices.</summary>
public sealed class PageReadingTests
{
    private const string First = "La préfecture de la Brève a ordonné lundi la fermeture du pont de Sarlonne, fissuré depuis la crue de la semaine dernière.";
    private const string Second = "Les deux cents camions qui l'empruntent chaque jour passeront par Villedoux, ce qui allonge le trajet de vingt minutes.";
    private const string Third = "« Nous ne prendrons aucun risque », a déclaré la préfète Odile Marchand, qui promet une réouverture avant l'été prochain.";
    private const string Top = "<h1>Le pont de Sarlonne ferme</h1>";

    [Theory]
    [InlineData("Le maire de Villedoux s'inquiète déjà des camions qui traverseront son village pendant des mois, et…", "<a href='/abo'>Lire la suite</a>")]
    [InlineData("The mayor of Villedoux already worries about the lorries that will cross his village for months, and...", "<a href='/abo'>Read more</a>")]
    [InlineData("Le maire de Villedoux s'inquiète déjà des camions qui traverseront son village pendant des mois, et […]", "<div>S'abonner pour 1 euro</div>")]
    [InlineData("Der Bürgermeister von Villedoux sorgt sich schon um die Lastwagen, die monatelang durch sein Dorf fahren werden, und …", "<a href='/abo'>Weiterlesen</a>")]
    public void A_text_that_ends_open_before_an_offer_of_the_rest_is_partial(string last, string offer) =>
        Assert.True(Read($"{Top}<article><p>{First}</p><p>{Second}</p><p>{last}</p>{offer}</article>").Partial);

    [Theory]
    [InlineData("Le maire de Villedoux s'inquiète déjà des camions qui traverseront son village pendant des mois…", "<p>Tous droits réservés</p>")]
    [InlineData("Le maire de Villedoux s'inquiète déjà des camions qui traverseront son village pendant des mois.", "<a href='/crue'>Lire la suite</a>")]
    public void An_ellipsis_or_an_offer_alone_does_not_break_a_text_off(string last, string behind) =>
        Assert.False(Read($"{Top}<article><p>{First}</p><p>{Second}</p><p>{last}</p>{behind}</article>").Partial);

    [Fact]
    public void Entries_of_a_live_blog_have_each_their_own_time()
    {
        var article = Read($"""
            <h1>Pont de Sarlonne : suivez la journée en direct</h1><div class="live">
            <article><time datetime="2024-11-20T15:10:00+01:00">15h10</time><p>{Third}</p></article>
            <article><time datetime="2024-11-20T14:32:00+01:00">14h32</time><p>{Second}</p></article>
            <article><time datetime="2024-11-20T11:05:00+01:00">11h05</time><h2>Le pont est fermé</h2><p>{First}</p></article></div>
            """);
        Assert.Equal(["2024-11-20T15:10:00+01:00", "2024-11-20T14:32:00+01:00", "2024-11-20T11:05:00+01:00"], article.Entries.Select(entry => entry.Published?.ToString()));
        Assert.Equal(Third, article.Entries[0].Span.Quote(article.Text));
        Assert.EndsWith(First, article.Entries[2].Span.Quote(article.Text), StringComparison.Ordinal);
        Assert.Equal("14h32", article.Entries[1].Told!.Value.Quote(article.Document!));
    }

    [Theory]
    [InlineData(true, "2024-11-20T14:32:00+01:00")]
    [InlineData(false, null)]
    public void An_entry_with_a_clock_alone_is_told_on_the_only_day_of_the_page(bool oneDay, string? published)
    {
        var article = Read($$"""
            <script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"En direct","datePublished":"2024-11-20T08:00:00+01:00","dateModified":"{{(oneDay ? "2024-11-20" : "2024-11-21")}}T18:00:00+01:00"}</script>
            <h1>En direct</h1><div class="live"><div><span>15h10</span><p>{{Third}}</p></div><div><span>14h32</span><p>{{Second}}</p></div><div><span>11h05</span><p>{{First}}</p></div></div>
            """);
        Assert.Equal(3, article.Entries.Length);
        Assert.Equal(published, article.Entries[1].Published?.ToString());
    }

    [Fact]
    public void Paragraphs_and_comments_are_no_entries() =>
        Assert.Empty(Read($"{Top}<div><p>{First}</p><p>{Second}</p><p>{Third}</p></div><div class='comments'><div><time datetime='2024-11-20'>20/11</time><p>Bravo</p></div><div><time datetime='2024-11-20'>20/11</time><p>Enfin</p></div><div><time datetime='2024-11-20'>20/11</time><p>Merci</p></div></div>").Entries);

    [Fact]
    public void A_body_in_structured_data_is_taken_where_the_page_shows_much_less()
    {
        var body = string.Join("\\n", Enumerable.Repeat($"{First} {Second}", 2).Append(Third));
        var article = Read($$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"Le pont de Sarlonne ferme","articleBody":"{{body}}"}</script>{{Top}}<p>{{First}}</p>""");
        Assert.EndsWith(Third, article.Text, StringComparison.Ordinal);
        Assert.Equal(3, article.Blocks.Count(block => block.Kind == BlockKind.Paragraph));
        Assert.All(article.Blocks.Where(block => block.IsText), block => Assert.Contains(Third, block.Source.Quote(article.Document!), StringComparison.Ordinal));
        Assert.Contains(article.Notes, note => note.Contains("articleBody", StringComparison.Ordinal));
    }

    [Fact]
    public void A_body_in_structured_data_that_is_no_longer_is_left_aside() =>
        Assert.DoesNotContain("abrégé", Read($$"""<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"abrégé {{First}}"}</script>{{Top}}<p>{{First}}</p><p>{{Second}}</p>""").Text, StringComparison.Ordinal);

    [Fact]
    public void An_embedded_post_a_table_and_linked_words_stay_in_the_text()
    {
        var article = Read($"""
            {Top}<article class="article-body"><p>{First}</p>
            <blockquote class="twitter-tweet"><p>Le pont de Sarlonne est fermé jusqu'à nouvel ordre. Merci de passer par Villedoux.</p>&mdash; Préfecture de la Brève (@prefbreve) <a href="https://reseau.example/1">20 novembre 2024</a></blockquote>
            <p>{Second}</p><table><tr><td>Camions détournés chaque jour depuis la fermeture du pont</td><td>deux cents camions par jour</td></tr></table>
            <p>{Third} Le <a href="https://herald.example/pont">Maurel Herald</a> l'avait annoncé dès dimanche soir.</p></article>
            """);
        Assert.Contains(article.Blocks, block => block.Kind == BlockKind.Quote && block.Span!.Value.Quote(article.Text).Contains("passer par Villedoux", StringComparison.Ordinal));
        Assert.Contains("deux cents camions par jour", article.Text, StringComparison.Ordinal);
        Assert.Contains(article.Links, link => link.Url == "https://herald.example/pont" && link.Span.Quote(article.Text) == "Maurel Herald");
    }

    [Fact]
    public void A_paywall_is_a_notice_and_the_text_partial()
    {
        var article = Read($"{Top}<article><p>{First}</p><p>{Second}</p><div class='paywall'><p>Il vous reste 70 % de cet article à lire.</p></div></article>");
        Assert.True(article.Partial);
        Assert.Contains(article.Blocks, block => block.Kind == BlockKind.Notice && block.Source.Quote(article.Document!).StartsWith("Il vous reste", StringComparison.Ordinal));
        Assert.DoesNotContain("Il vous reste", article.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Microdata_tell_author_and_time()
    {
        var article = Read($"<div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop='headline'>Le pont de Sarlonne ferme</h1><span itemprop='author'>Jeanne Martin</span><span itemprop='datePublished' content='2024-11-20T09:00:00+01:00'>mercredi</span><div itemprop='articleBody'><p>{First}</p><p>{Second}</p></div></div>");
        Assert.Equal(("Jeanne Martin", "2024-11-20T09:00:00+01:00"), (Assert.Single(article.Byline), article.Published?.ToString()));
        Assert.Equal($"{First}\n\n{Second}", article.Text);
    }

    private static Article Read(string html) =>
        ArticleReader.Read(new Document { Source = "page", Form = DocumentForm.Html, Content = $"<html><body>{html}</body></html>" }, new ArticleId("page"));
}
