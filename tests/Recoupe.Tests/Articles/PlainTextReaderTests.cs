using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Documents;

namespace Recoupe.Tests.Articles;

public sealed class PlainTextReaderTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in new[] { "fr", "en" })
        {
            foreach (var item in CaseFile.Read(language, "articles-dumps"))
                data.Add(language, item.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_dump_is_read_as_its_case_says(string language, string title)
    {
        var item = CaseFile.Read(language, "articles-dumps").Single(one => one.Title == title);
        var article = Read(item.Text);
        Assert.NotEmpty(item.Expected);
        foreach (var expected in item.Expected)
            Check(article, expected);
    }

    [Fact]
    public void There_are_forty_dumps() => Assert.True(CaseFile.Read("fr", "articles-dumps").Count + CaseFile.Read("en", "articles-dumps").Count >= 40);

    private static Article Read(string text) =>
        ArticleReader.Read(new Document { Source = "dump.txt", Form = DocumentForm.PlainText, Content = text }, new ArticleId("dump"));

    private static void Check(Article article, string expected)
    {
        var colon = expected.IndexOf(": ", StringComparison.Ordinal);
        var (field, value) = colon < 0 ? (expected, "") : (expected[..colon], expected[(colon + 2)..]);
        switch (field)
        {
            case "title":
                Assert.Equal(value == "null" ? null : value, article.Title);
                break;
            case "byline":
                Assert.Equal(value, string.Join(", ", article.Byline));
                break;
            case "agencies":
                Assert.Equal(value == "none" ? "" : value, string.Join(", ", article.Agencies));
                break;
            case "outlet":
                Assert.Equal(value, article.Outlet);
                break;
            case "language":
                Assert.Equal(value, article.Language);
                break;
            case "published":
                Assert.Equal(value, article.Published?.ToString());
                break;
            case "modified":
                Assert.Equal(value, article.Modified?.ToString());
                break;
            case "partial":
                Assert.True(article.Partial);
                break;
            case "text has":
                Assert.Contains(value, article.Text, StringComparison.Ordinal);
                break;
            case "text lacks":
                Assert.DoesNotContain(value, article.Text, StringComparison.Ordinal);
                break;
            default:
                Assert.True(Enum.TryParse<BlockKind>(field, ignoreCase: true, out var kind), $"no such expectation: {field}");
                Assert.Contains(article.Blocks, block => block.Kind == kind && block.Source.Quote(article.Document!).StartsWith(value, StringComparison.Ordinal));
                break;
        }
    }
}
