using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Dossiers;

namespace Recoupe.Tests.Dossiers;

public class ArticleJsonTests
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string, DocumentForm> Texts => new()
    {
        { "The mayor of Arvel, Ada Lowe, said on Tuesday that the bridge would cost 30 million. “We know nothing,” she told The Coast Post.", DocumentForm.CleanText },
        { "🏗 Le maire, Paul Hadrot, a déclaré mardi à l’Agence Littorale : « Le pont 🌉 coûtera 30 millions d’euros. » Selon la préfecture, il serait fermé.", DocumentForm.CleanText },
        { "Le pre\u0301fet a annonce\u0301 la fermeture de l’e\u0301cole, « de\u0301cide\u0301e lundi », selon Radio Orve.", DocumentForm.CleanText },
        { "<html><head><title>Ferry stopped</title></head><body><h1>Ferry stopped</h1><p>By Ann Reporter</p><p>The ferry 🏗 was <a href=\"/x\">stopped</a> on 4 March 2025, the harbour said.</p><p>“It was cafe\u0301 time,” said Ada Lowe, the mayor. Nobody was hurt in the accident, she added.</p></body></html>", DocumentForm.Html },
        { "LE PHARE\n\nLa fermeture décidée\n\nPublié le 4 mars 2025\n\nLe maire, Paul Hadrot, a annoncé la fermeture du pont.\n\n« Nous n’avions pas le choix », a-t-il dit à l’AFP.", DocumentForm.PlainText },
        { "", DocumentForm.CleanText },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_is_written_and_read_is_written_alike(string text, DocumentForm form)
    {
        var document = new Document { Source = "one.txt", Form = form, Content = text, Title = form == DocumentForm.CleanText ? "« Le pont 🌉 coûtera », says Ada Lowe" : null, Url = "https://news.example/one" };
        var annotated = Pipeline.Annotate(ArticleReader.Read(document, new ArticleId("one")));
        var written = Written(annotated);

        var read = ArticleJsonReader.Read(JsonDocument.Parse(written).RootElement, document);

        Assert.Equal(written, Written(read));
        Assert.Equal(annotated.Article.Blocks, read.Article.Blocks);
        Assert.Equal(annotated.Statements.Length, read.Statements.Length);
        foreach (var (one, other) in annotated.Statements.Zip(read.Statements))
            Assert.Equal((string.Join(' ', one.Content), one.Speaker?.Name, one.Act), (string.Join(' ', other.Content), other.Speaker?.Name, other.Act));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"id": "a", "source": "a", "partial": 1, "text": "a"}""")]
    [InlineData("""{"id": "a", "source": "a", "partial": false, "text": "a", "blocks": [{"kind": "colour", "span": [0, 1], "source": [0, 1]}]}""")]
    [InlineData("""{"id": "a", "source": "a", "partial": false, "text": "a", "blocks": [{"kind": "paragraph", "span": [0], "source": [0, 1]}]}""")]
    public void What_is_no_article_is_refused(string json) => Assert.Throws<InvalidDataException>(() =>
        ArticleJsonReader.Read(JsonDocument.Parse(json).RootElement, new Document { Source = "a", Form = DocumentForm.CleanText, Content = "a" }));

    private static string Written(AnnotatedArticle article)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
            ArticleJson.Write(json, article);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
