using System.Text;

using Recoupe.Feeds;

namespace Recoupe.Tests.Feeds;

public class FeedContentsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("<rss version='2.0'><channel><title>The Post</title><item><title>A</title><link>https://post.example/a?utm_source=rss</link></item><item><link>/b#top</link></item></channel></rss>")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><title>The Post</title><entry><link href='https://post.example/a'/></entry><entry><link rel='alternate' href='b'/></entry></feed>")]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"The Post\",\"items\":[{\"id\":\"1\",\"url\":\"https://post.example/a\"},{\"id\":\"https://post.example/b\"},{\"id\":\"https://post.example/a\"}]}")]
    public void A_feed_names_its_pages_each_once(string feed)
    {
        var contents = Read(feed);

        Assert.Equal(("The Post", null), (contents.Title, contents.Problem));
        Assert.Equal(["https://post.example/a", "https://post.example/b"], contents.Items.Select(item => item.Address));
    }

    [Fact]
    public void Of_a_sitemap_only_what_is_new_is_named_the_latest_first()
    {
        var contents = Read("""
            <?xml version="1.0"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
            <url><loc>https://post.example/old</loc><lastmod>2026-01-02</lastmod></url>
            <url><loc>https://post.example/today</loc><image:image><image:loc>https://post.example/a.jpg</image:loc></image:image>
            <news:news><news:publication_date>2026-03-04T08:00:00+01:00</news:publication_date></news:news></url>
            <url><loc><![CDATA[https://post.example/now?a=1&b=2]]></loc><lastmod>2026-03-04T11:00:00Z</lastmod></url>
            <url><loc>https://post.example/undated</loc></url>
            </urlset>
            """);

        Assert.Equal(["https://post.example/now?a=1&b=2", "https://post.example/today"], contents.Items.Select(item => item.Url));
    }

    [Fact]
    public void A_list_of_sitemaps_names_the_latest_of_them()
    {
        var contents = Read("<sitemapindex>" + string.Concat(Enumerable.Range(1, 9).Select(i => $"<sitemap><loc>https://post.example/{i}.xml</loc><lastmod>2026-03-0{i}</lastmod></sitemap>")) + "</sitemapindex>");

        Assert.Equal((0, null), (contents.Items.Count, contents.Problem));
        Assert.Equal(["https://post.example/9.xml", "https://post.example/8.xml", "https://post.example/7.xml"], contents.Parts);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("%PDF-1.7", "is no feed")]
    [InlineData("{\"a\": 1}", "is JSON and no feed")]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", "is damaged JSON")]
    [InlineData("<!doctype html><html><head><title>News</title></head><body></body></html>", "is a page and no feed")]
    [InlineData("<!doctype html><html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\"></head></html>", "is a page and no feed: its feed is https://post.example/feed.xml")]
    [InlineData("<urlset><url><loc>https://post.example/old</loc><lastmod>2020-01-01</lastmod></url></urlset>", "is a sitemap that names nothing of the last days")]
    public void What_is_no_feed_is_told_with_what_would_help(string content, string problem) => Assert.Equal(problem, Read(content).Problem);

    [Fact]
    public void Entities_that_breed_are_not_resolved_and_hostile_addresses_are_left_out()
    {
        var bomb = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'>" + string.Concat(Enumerable.Range(0, 30).Select(i => $"<!ENTITY a{i} '&a;&a;&a;&a;&a;&a;&a;&a;'>"))
            + "<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><title>&a29;</title><item><link>https://post.example/a&x;</link></item>"
            + $"<item><link>javascript:alert(1)</link></item><item><link>file:///etc/passwd</link></item><item><link>https://post.example/{new string('a', 5000)}</link></item></channel></rss>";

        var contents = Read(bomb);

        Assert.Single(contents.Items);
        Assert.True(contents.Title is null or { Length: < 100 });
    }

    [Fact]
    public void Feeds_that_are_mutated_throw_nothing_and_name_addresses_of_the_web_only()
    {
        var random = new Random(11);
        string[] feeds =
        [
            "<?xml version='1.0'?><rss xmlns:a='b'><channel><link>/x</link><item><link><![CDATA[https://post.example/a]]></link></item></channel></rss>",
            "<urlset><url><loc>https://post.example/a</loc><lastmod>2026-03-04</lastmod></url><sitemap><loc>/b</loc></sitemap></urlset>",
            "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"url\":\"https://post.example/\\ud83d\"},{\"url\":\"/b\"}]}",
        ];
        for (var round = 0; round < 3000; round++)
        {
            var feed = new StringBuilder(feeds[round % feeds.Length]);
            for (var change = random.Next(1, 8); change > 0; change--)
                feed[random.Next(feed.Length)] = "<>/&;\"'[]{}\0\uD800 a:"[random.Next(16)];
            Assert.All(Read(feed.ToString()).Items, item => Assert.StartsWith("http", item.Address, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void More_entries_than_a_feed_may_have_are_left_out() => Assert.Equal(
        1000,
        Read("<rss><channel>" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"<item><link>https://post.example/{i}</link></item>")) + "</channel></rss>").Items.Count);

    [Fact]
    public void A_list_of_feeds_goes_out_and_comes_in_again()
    {
        (string, string?)[] feeds = [("https://post.example/rss?a=1&b=2", "The \"Post\" & more"), ("https://lamp.example/feed", null)];

        var read = Opml.Read(Opml.Write(feeds));

        Assert.Equal([("https://post.example/rss?a=1&b=2", "The \"Post\" & more"), ("https://lamp.example/feed", "https://lamp.example/feed")], read);
    }

    [Fact]
    public void A_list_of_feeds_is_read_whatever_state_it_is_in()
    {
        var read = Opml.Read("<opml><body><outline text='Press'><OUTLINE xmlurl='https://a.example/1' title='One' text='1'/><outline xmlUrl=https://b.example/2>"
            + "<outline xmlUrl='https://a.example/1'/><outline xmlUrl='file:///etc/passwd'/><outline xmlUrl='");

        Assert.Equal([("https://a.example/1", "One"), ("https://b.example/2", null)], read);
    }

    private static FeedContents Read(string content) => FeedContents.Read(Encoding.UTF8.GetBytes(content), "", "https://post.example/feed", new FeedOptions(), Now);
}
