using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Stories;

namespace Recoupe.Tests.Discrepancies;

/// <summary>Holds what is told, and what must not be told, as a discrepancy between two articles (Cases/&lt;language&gt;/discrepancies.md).</summary>
public class DiscrepancyCaseTests
{
    // Wednesday and Thursday.
    private static readonly string[] Days = ["2026-05-06T08:00:00Z", "2026-05-07T08:00:00Z"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var language in new[] { "en", "fr" })
            {
                foreach (var told in CaseFile.Read(language, "discrepancies"))
                    data.Add(language, told.Title);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Two_articles_differ_in_what_the_case_tells_and_in_nothing_else(string language, string title)
    {
        var told = CaseFile.Read(language, "discrepancies").Single(candidate => candidate.Title == title).OrSkip();
        var articles = told.Text.Split("\n---\n").Select((text, place) => Read(text, place, language)).ToList();
        var id = new StoryId("s");
        var dossier = DossierMaker.Make(new Story(id, id, [.. articles.Select(article => article.Id)]), [.. articles], new PipelineOptions(), TestContext.Current.CancellationToken);
        var found = dossier.Discrepancies.Select(one => $"{ArticleJson.Name(one.Kind)} {ArticleJson.Name(one.Resolution)}: {Words(articles, one.A)} | {Words(articles, one.B)}").Distinct();
        Assert.Equal(told.Expected.Where(line => line != "none").Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_discrepancy_has_a_case_in_each_language()
    {
        foreach (var language in new[] { "en", "fr" })
        {
            var kinds = CaseFile.Read(language, "discrepancies").SelectMany(told => told.Expected).Where(line => line != "none").Select(line => line.Split(' ')[0]).ToHashSet();
            Assert.Superset(Enum.GetValues<Recoupe.Discrepancies.DiscrepancyKind>().Select(kind => ArticleJson.Name(kind)).ToHashSet(), kinds);
        }
    }

    // An article in another language opens with it: "[fr] …".
    private static AnnotatedArticle Read(string text, int place, string language)
    {
        var own = text.StartsWith('[') ? text[1..3] : language;
        return Some.Annotated(text.StartsWith('[') ? text[5..] : text, ((char)('a' + place)).ToString(), own, outlet: "Outlet " + (char)('A' + place), published: Days[place]);
    }

    private static string Words(List<AnnotatedArticle> articles, Evidence evidence) =>
        evidence.Span.Quote(articles.Single(article => article.Id == evidence.Article).TextOf(evidence.InTitle).Text);
}
