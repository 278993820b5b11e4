using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

using Recoupe.Dossiers;

namespace Recoupe.Tests.Dossiers;

/// <summary>What must hold for every dossier, whatever is in it.</summary>
public partial class DossierOutputTests
{
    public static TheoryData<string, string> Dossiers => new(
        from dossier in new[] { "leak", "lone", "hostile" } from language in InterfaceTexts.Codes select (dossier, language));

    public static TheoryData<int> Widths => [20, 24, 40, 59, 60, 80, 110, 200];

    [Theory]
    [MemberData(nameof(Widths))]
    public void No_line_of_text_is_wider_than_the_page(int width)
    {
        foreach (var (dossier, language) in Dossiers.Select(row => row.Data))
        {
            foreach (var all in new[] { false, true })
            {
                var text = GoldenTests.Text(GoldenTests.Dossier(dossier), language, new DossierTextOptions { Width = width, All = all });
                Assert.All(text.Split('\n'), line => Assert.True(ShownWidth(line) <= width, $"{ShownWidth(line)} columns: {line}"));
            }
        }
    }

    [Fact]
    public void Text_without_colours_holds_no_control_character_and_text_with_them_says_the_same()
    {
        foreach (var (dossier, language) in Dossiers.Select(row => row.Data))
        {
            var plain = GoldenTests.Text(GoldenTests.Dossier(dossier), language, new DossierTextOptions());
            Assert.DoesNotContain(plain, c => char.IsControl(c) && c != '\n');
            var coloured = GoldenTests.Text(GoldenTests.Dossier(dossier), language, new DossierTextOptions { Colours = true });
            Assert.NotEqual(plain, coloured);
            Assert.Equal(plain, Styles().Replace(coloured, ""));
        }
    }

    [Fact]
    public void Long_lists_are_cut_with_a_count_and_shown_whole_on_request()
    {
        var dossier = InventedDossiers.Leak();
        var many = dossier with { Points = [.. Enumerable.Repeat(dossier.Points[1], 25).Select((point, i) => point with { Point = point.Point with { Id = new($"x{i}") } })], Discrepancies = [], Omissions = [] };
        var cut = GoldenTests.Text(many, "en", new DossierTextOptions());
        Assert.Contains("… 15 more points (--all shows everything)", cut, StringComparison.Ordinal);
        Assert.DoesNotContain("--all", GoldenTests.Text(many, "en", new DossierTextOptions { All = true }), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Dossiers))]
    public void Every_link_of_a_page_leads_to_a_place_in_it_or_to_the_web(string dossier, string language)
    {
        var page = Page(dossier, language);
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var links = page.Descendants("a").Attributes("href").Select(href => href.Value).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(
            link.StartsWith('#') ? ids.Contains(link[1..]) : link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith("http://", StringComparison.Ordinal), link));
    }

    [Theory]
    [MemberData(nameof(Dossiers))]
    public void The_words_of_others_never_become_markup(string dossier, string language)
    {
        var page = Page(dossier, language);
        Assert.Single(page.Descendants("script"));
        Assert.Empty(page.Descendants("img"));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name == "style");
        Assert.DoesNotContain(page.Descendants().Attributes("href"), href => href.Value.Contains("script:", StringComparison.Ordinal) || href.Value.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Dossiers))]
    public void A_page_holds_the_full_text_of_each_source_whatever_is_marked_in_it(string dossier, string language)
    {
        var page = Page(dossier, language);
        var sources = page.Descendants("article").Where(article => (string?)article.Attribute("class") == "source").ToList();
        foreach (var (article, source) in GoldenTests.Dossier(dossier).Articles.Zip(sources, (article, source) => (article, source)))
        {
            var text = source.Elements("div").Single();
            text.Descendants("a").Where(link => (string?)link.Attribute("class") == "back").ToList().ForEach(link => link.Remove());
            var shown = string.Join("\n\n", text.Elements("p").Select(paragraph => paragraph.Value));
            Assert.Equal(string.Concat(article.Article.Text.Select(c => c != '\n' && ShownText.IsUnsafe(c) && !char.IsSurrogate(c) ? '\uFFFD' : c)).Replace("\ud800", "\uFFFD", StringComparison.Ordinal), shown);
        }
    }

    [Fact]
    public void Every_mark_of_a_page_holds_the_words_that_it_is_named_after()
    {
        var dossier = InventedDossiers.Leak();
        var page = Page("leak", "en");
        var marks = page.Descendants("mark").Where(mark => mark.Attribute("id") is not null).ToList();
        Assert.True(marks.Count > 20, $"{marks.Count} marks");
        var whole = 0;
        foreach (var mark in marks)
        {
            var parts = mark.Attribute("id")!.Value.Split('-');
            var article = dossier.Articles[int.Parse(parts[1].TrimStart('a').TrimEnd('t')) - 1];
            var words = article.Article.Text[int.Parse(parts[2])..int.Parse(parts[3])];
            mark.Descendants("a").Where(link => (string?)link.Attribute("class") == "back").ToList().ForEach(link => link.Remove());
            Assert.StartsWith(mark.Value, words, StringComparison.Ordinal);
            whole += mark.Value == words ? 1 : 0;
        }

        Assert.True(whole > marks.Count * 3 / 4, $"{whole} of {marks.Count} marks are in one piece");
    }

    [Fact]
    public void Markdown_passes_no_markup_of_others_on()
    {
        var markdown = GoldenTests.Render(InventedDossiers.Hostile(), "md", "en");
        Assert.DoesNotContain("<script", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", markdown, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[^\\]\]\(javascript", markdown);
        Assert.DoesNotContain("secret", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain(markdown, c => char.IsControl(c) && c != '\n');
    }

    [Theory]
    [InlineData("https://example.com/a b", "https://example.com/a%20b")]
    [InlineData("http://example.com", "http://example.com/")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("//example.com", null)]
    [InlineData("https://user:secret@example.com", null)]
    [InlineData("not an address", null)]
    [InlineData(null, null)]
    public void Only_addresses_of_the_web_are_linked(string? url, string? linked) => Assert.Equal(linked, WebAddress.Safe(url));

    private static int ShownWidth(string line) => ShownText.Width(line);

    private static XElement Page(string dossier, string language)
    {
        var html = GoldenTests.Render(GoldenTests.Dossier(dossier), "html", language);
        // What we write is well-formed but for the doctype and void elements: read strictly, so that broken nesting fails.
        html = Doctype().Replace(html, "");
        html = Void().Replace(html, "$0</meta>");
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { CheckCharacters = true });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    [GeneratedRegex("^<!doctype html>\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Doctype();

    [GeneratedRegex("<meta [^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Void();

    [GeneratedRegex("\e\\[[0-9;]*m", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Styles();
}
