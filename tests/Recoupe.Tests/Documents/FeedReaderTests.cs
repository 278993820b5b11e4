using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Tests.Documents;

public sealed class FeedReaderTests
{
    private const string Text = "Le phare d'Orvac a été rallumé lundi après neuf mois de travaux, a annoncé le port.";

    public static TheoryData<string, string> Damages() => new()
    {
        { "a reference that is not declared", $"<item><title>Un</title><description>{Text} F&ecirc;te &agrave; midi.</description></item>" },
        { "a bare ampersand", $"<item><title>Sel & poivre</title><link>https://l.example/?a=1&b=2</link><description>{Text} R&D.</description></item>" },
        { "a control character", $"<item><title>Un\u0008</title><description>{Text}\u0003</description></item>" },
        { "a prefix that is not declared", $"<item><title>Un</title><content:encoded><![CDATA[<p>{Text}</p>]]></content:encoded></item>" },
        { "HTML that is not escaped", $"<item><title>Un</title><description><p>{Text}</p><br>Suite.</description></item>" },
        { "an entry without its end", $"<item><title>Un</title><description>{Text}</description>" },
        { "an end that nothing opened", $"<item></b><title>Un</title></i><description>{Text}</description></item>" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_entry_is_repaired_and_the_next_one_read(string damage, string item)
    {
        var documents = Inputs.Documents(Inputs.Rss(item + "<item><title>Deux</title><description>Le second article.</description></item>"));
        Assert.True(documents.Count == 2, damage);
        Assert.Contains("rallumé lundi après neuf mois", Article(documents[0]).Text, StringComparison.Ordinal);
        Assert.Equal("Deux", documents[1].Title);
    }

    [Fact]
    public void A_repair_is_noted_and_a_sound_feed_is_not()
    {
        Assert.Contains("bare \"&\"", Assert.Single(Only(Inputs.Rss($"<item><title>Sel & poivre</title><description>{Text}</description></item>")).Notes), StringComparison.Ordinal);
        Assert.Empty(Only(Inputs.Rss($"<item><title>Sel &amp; poivre</title><description>{Text}</description></item>")).Notes);
    }

    [Fact]
    public void An_old_document_type_declares_its_entities() =>
        Assert.Equal(
            "Fête",
            Only("<?xml version=\"1.0\"?><!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/rss-0.91.dtd\"><rss><channel>"
                + $"<item><title>F&ecirc;te</title><description>{Text}</description></item></channel></rss>").Title);

    [Fact]
    public void XHTML_takes_no_element_behind_it_whatever_stands_between()
    {
        var documents = Inputs.Documents(Inputs.Atom(string.Concat(Enumerable.Range(1, 3).Select(i =>
            $"<entry><title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">Story <em>{i}</em></div></title><link href=\"https://h.example/{i}\"/>"
            + $"<summary type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>The lighthouse was lit again.</p></div></summary><published>2024-11-2{i}T08:00:00Z</published>"
            + "<content type=\"xhtml\"><x:div xmlns:x=\"http://www.w3.org/1999/xhtml\"><x:p>The lighthouse of Orvac was lit again on Monday, the harbour said.</x:p></x:div></content></entry>"))));
        Assert.Equal(["Story 1", "Story 2", "Story 3"], documents.Select(document => document.Title));
        Assert.Equal(["https://h.example/1", "https://h.example/2", "https://h.example/3"], documents.Select(document => document.Url));
        Assert.Equal("2024-11-23T08:00:00Z", documents[2].Published?.ToString());
        Assert.Equal("The lighthouse of Orvac was lit again on Monday, the harbour said.", Article(documents[0]).Text);
    }

    [Theory]
    [InlineData("<title>Le phare rallumé</title><media:title>Photo du phare</media:title>")]
    [InlineData("<media:content url=\"x.jpg\"><media:title>Photo du phare</media:title><media:description>Le phare, éteint.</media:description></media:content><title>Le phare rallumé</title>")]
    [InlineData("<title>Le phare rallumé</title><itunes:title>Épisode 3</itunes:title><itunes:summary>Une émission.</itunes:summary>")]
    [InlineData("<author><name>Jeanne Martin</name><title>Cheffe</title></author><title>Le phare rallumé</title>")]
    [InlineData("<title><a href=\"/phare\">Le phare <b>rallumé</b></a></title>")]
    [InlineData("<title>Le phare &amp;lt;em&amp;gt;rallumé&amp;lt;/em&amp;gt;</title>")]
    public void The_title_and_the_text_are_the_entry_s_own(string title)
    {
        var document = Only("<rss xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel><title>L</title>"
            + $"<item>{title}<description>{Text}</description></item></channel></rss>");
        Assert.Equal("Le phare rallumé", document.Title);
        Assert.Equal(Text, Article(document).Text);
    }

    [Fact]
    public void A_title_may_be_about_a_tag() =>
        Assert.Equal("Que fait <details> ?", Only(Inputs.Rss($"<item><title><![CDATA[Que fait &lt;details&gt; ?]]></title><description>{Text}</description></item>")).Title);

    [Fact]
    public void A_content_that_is_only_a_picture_gives_way_to_the_description()
    {
        var document = Only(Inputs.Rss($"<item><title>Un</title><content:encoded><![CDATA[<img src=\"a.jpg\"><p>Photo</p>]]></content:encoded><description>{Text}</description></item>"));
        Assert.Equal(Text, Article(document).Text);
    }

    [Fact]
    public void A_description_that_is_escaped_twice_is_read_as_HTML() =>
        Assert.Equal(Text, Article(Only(Inputs.Rss($"<item><title>Un</title><description>&amp;lt;p&amp;gt;{Text}&amp;lt;/p&amp;gt;</description></item>"))).Text);

    [Theory]
    [InlineData("<source><id>https://other.example/</id><title>Other Herald</title><link href=\"https://other.example/\"/><author><name>Other Desk</name></author></source>")]
    [InlineData("<source url=\"https://other.example/feed\">Other Herald</source>")]
    public void What_an_aggregator_took_over_keeps_its_outlet(string source)
    {
        var document = Only(Inputs.Atom($"<entry>{source}<title>Lit again</title><id>urn:1</id><link href=\"https://other.example/lit\"/><author><name>Ann Lee</name></author><content type=\"html\">&lt;p&gt;It was lit again.&lt;/p&gt;</content></entry>"));
        Assert.Equal(("Other Herald", "Lit again", "https://other.example/lit"), (document.Outlet, document.Title, document.Url));
        Assert.Equal(["Ann Lee"], document.Byline);
        Assert.Contains("Harbour Post", Assert.Single(document.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Relative_links_refer_to_the_nearest_base()
    {
        var document = Only("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://h.example/blog/\"><title>H</title><entry xml:base=\"2024/\"><title>T</title><link href=\"lit\"/>"
            + "<content type=\"html\" xml:base=\"https://cdn.example/a/\">&lt;p&gt;It was &lt;a href=\"map\"&gt;lit again on Monday&lt;/a&gt;, the harbour of Orvac said in a statement.&lt;/p&gt;</content></entry></feed>");
        Assert.Equal("https://h.example/blog/2024/lit", document.Url);
        Assert.Equal("https://cdn.example/a/map", Assert.Single(Article(document).Links).Url);
    }

    [Theory]
    [InlineData("Wed, 20 Nov 2024 08:15 PM", "2024-11-20T20:15:00")]
    [InlineData("Wed, 20 Nov 2024 12:05 AM", "2024-11-20T00:05:00")]
    [InlineData("Wed, 20 Nov 2024 08:15:00 CET", "2024-11-20T08:15:00+01:00")]
    [InlineData("Wed, Nov 20 2024 08:15:40 PM", "2024-11-20T20:15:40")]
    [InlineData("020, 20 Nov 2024 08:15:00 +0100", "2024-11-20T08:15:00+01:00")]
    [InlineData("2024/11/20 08:15:00", "2024-11-20T08:15:00")]
    [InlineData("1732090500", "2024-11-20T08:15:00Z")]
    [InlineData("1732090500000", "2024-11-20T08:15:00Z")]
    [InlineData("mercredi 20 novembre 2024 à 08:15", "2024-11-20T08:15:00")]
    [InlineData("mer., 20 novembre 2024 08:15:00 +0100", "2024-11-20T08:15:00+01:00")]
    [InlineData("05/06/2024 08:15", null)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 +0000", null)]
    [InlineData("Thu, 20 Nov 2098 08:15:00 +0100", null)]
    [InlineData("soon", null)]
    public void Times_are_read_as_feeds_write_them_and_doubted_where_they_cannot_be(string written, string? expected)
    {
        var document = Only(Inputs.Rss($"<item><title>Un</title><pubDate>{written}</pubDate><description>{Text}</description></item>"), new DocumentOptions { Today = new DateOnly(2024, 11, 25) });
        Assert.Equal(expected, document.Published?.ToString());
        Assert.Equal(expected is null, document.Notes.Count == 1);
    }

    [Fact]
    public void The_day_of_reading_may_be_ahead_by_one_and_no_more()
    {
        DocumentOptions options = new() { Today = new DateOnly(2024, 11, 20) };
        Assert.NotNull(Only(Inputs.Rss($"<item><pubDate>Thu, 21 Nov 2024 08:00:00 +1300</pubDate><description>{Text}</description></item>"), options).Published);
        Assert.Null(Only(Inputs.Rss($"<item><pubDate>Fri, 22 Nov 2024 08:00:00 +0000</pubDate><description>{Text}</description></item>"), options).Published);
    }

    [Fact]
    public void Numeric_and_repeated_guids_drop_nothing()
    {
        var ids = new DocumentIds();
        var first = Inputs.Documents(Inputs.Rss("<item><guid>1</guid><title>Un</title><description>A.</description></item><item><guid>1</guid><title>Deux</title><description>B.</description></item>"));
        var second = Inputs.Documents(Inputs.Rss("<item><guid>1</guid><title>Trois</title><description>C.</description></item>")).Select(document => document with { Name = "other:1" });
        Assert.Equal(["input:1", "input:2", "other:1"], first.Concat(second).Select(document => ids.Of(document, out _)));
    }

    [Fact]
    public void One_address_with_other_content_is_another_article_and_with_the_same_the_same()
    {
        var ids = new DocumentIds();
        var items = "<item><link>https://l.example/actu?utm_source=rss</link><title>Un</title><description>A.</description></item>";
        var documents = Inputs.Documents(Inputs.Rss(items + items.Replace("Un", "Deux", StringComparison.Ordinal) + items));
        Assert.Equal("https://l.example/actu", ids.Of(documents[0], out _));
        Assert.StartsWith("https://l.example/actu#", ids.Of(documents[1], out _), StringComparison.Ordinal);
        Assert.Null(ids.Of(documents[2], out var reason));
        Assert.Contains("the same as https://l.example/actu", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_of_entries_is_told_and_costs_only_what_lies_beyond()
    {
        var items = string.Concat(Enumerable.Range(1, 3).Select(i => $"<item><title>{i}</title><description>Texte {i}.</description></item>"));
        Assert.Equal(3, Inputs.Read(Inputs.Rss(items), new DocumentOptions { MaxEntries = 3 }).Count(intake => intake.Document is not null));
        var intakes = Inputs.Read(Inputs.Rss(items), new DocumentOptions { MaxEntries = 2 });
        Assert.Equal(2, intakes.Count(intake => intake.Document is not null));
        Assert.Contains("more than 2 entries", intakes[^1].Skipped!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Titles_of_a_JSON_feed_are_decoded() =>
        Assert.Equal("L'eau à Orvac", Only("""{"version":"https://jsonfeed.org/version/1.1","title":"L","items":[{"id":"1","url":"https://l.example/1","title":"L&#039;eau &agrave; Orvac","content_html":"<p>Texte.</p>"}]}""").Title);

    [Fact]
    public void A_bad_item_of_a_JSON_feed_loses_only_itself()
    {
        var intakes = Inputs.Read("""{"version":"https://jsonfeed.org/version/1.1","title":"L","items":[{"id":"1","content_text":"\ud800"},{"id":"2","content_text":"Texte."},7]}""");
        Assert.Equal("Texte.", Assert.Single(intakes, intake => intake.Document is not null).Document!.Content);
        Assert.Equal(2, intakes.Count(intake => intake.Skipped is not null));
    }

    private static Document Only(string feed, DocumentOptions? options = null) => Assert.Single(Inputs.Documents(feed, options));

    private static Article Article(Document document) => ArticleReader.Read(document, new ArticleId("a"));
}
