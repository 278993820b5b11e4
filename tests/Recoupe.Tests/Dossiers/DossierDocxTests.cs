using System.IO.Compression;
using System.Xml.Linq;

using Recoupe.Dossiers;

namespace Recoupe.Tests.Dossiers;

public class DossierDocxTests
{
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static readonly XNamespace R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void The_document_tells_every_point_with_its_grade_and_every_article(string language)
    {
        var texts = InterfaceTexts.Of(language);
        var view = new DossierView(InventedDossiers.Leak(), texts);
        var words = string.Join('\n', Paragraphs(Document(InventedDossiers.Leak(), language)).Select(Words));
        Assert.All(view.Points, point =>
        {
            Assert.Contains(texts.Quoted(point.Text), words, StringComparison.Ordinal);
            Assert.Contains(view.GradeLine(point), words, StringComparison.Ordinal);
        });
        Assert.All(view.Articles, article => Assert.Contains(article.Tag, words, StringComparison.Ordinal));
    }

    [Fact]
    public void Words_of_others_stand_as_they_are_and_nothing_of_the_markup_is_left()
    {
        var paragraphs = Paragraphs(Document(InventedDossiers.Hostile(), "en")).Select(Words).ToList();
        Assert.NotEmpty(paragraphs);
        Assert.All(paragraphs, words =>
        {
            Assert.DoesNotContain("**", words, StringComparison.Ordinal);
            Assert.DoesNotContain("&lt;", words, StringComparison.Ordinal);
            Assert.DoesNotContain("</sub>", words, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_link_leads_to_an_address_of_the_web_that_the_package_names()
    {
        var files = Files(InventedDossiers.Leak(), "en");
        var named = XDocument.Parse(files["word/_rels/document.xml.rels"]).Root!.Elements().ToDictionary(link => (string)link.Attribute("Id")!, link => (string)link.Attribute("Target")!);
        var links = XDocument.Parse(files["word/document.xml"]).Descendants(W + "hyperlink").ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Matches("^https?://", named[(string)link.Attribute(R + "id")!]));
    }

    [Fact]
    public void Every_part_is_of_a_known_type_and_every_style_and_list_that_is_used_is_there()
    {
        var files = Files(InventedDossiers.Leak(), "fr");
        var types = XDocument.Parse(files["[Content_Types].xml"]).Root!.Elements().Attributes("PartName").Select(name => name.Value.TrimStart('/')).ToList();
        Assert.All(types, part => Assert.Contains(part, files.Keys));
        var styles = XDocument.Parse(files["word/styles.xml"]).Descendants(W + "style").Select(style => (string)style.Attribute(W + "styleId")!).ToHashSet();
        var document = XDocument.Parse(files["word/document.xml"]);
        var used = document.Descendants().Where(element => element.Name.LocalName is "pStyle" or "rStyle" or "tblStyle").Select(element => (string)element.Attribute(W + "val")!).ToHashSet();
        Assert.Subset(styles, used);
        Assert.Contains("Heading2", used);
        Assert.NotEmpty(document.Descendants(W + "numId"));
        Assert.NotEmpty(XDocument.Parse(files["word/numbering.xml"]).Descendants(W + "num"));
    }

    [Fact]
    public void The_same_dossiers_give_the_same_document() => Assert.Equal(Bytes(InventedDossiers.Leak(), "fr"), Bytes(InventedDossiers.Leak(), "fr"));

    private static IEnumerable<XElement> Paragraphs(XDocument document) => document.Descendants(W + "p");

    private static string Words(XElement paragraph) => string.Concat(paragraph.Descendants(W + "t").Select(text => text.Value));

    private static XDocument Document(Dossier dossier, string language) => XDocument.Parse(Files(dossier, language)["word/document.xml"]);

    private static Dictionary<string, string> Files(Dossier dossier, string language)
    {
        using var archive = new ZipArchive(new MemoryStream(Bytes(dossier, language)));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
    }

    private static byte[] Bytes(Dossier dossier, string language)
    {
        using var output = new MemoryStream();
        DossierDocx.Write(output, [dossier], InterfaceTexts.Of(language), "0.0.0");
        return output.ToArray();
    }
}
