using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Text;

namespace Recoupe.Tests.Articles;

public sealed class TextDatingTests
{
    [Theory]
    [InlineData("fr", "Le maire a démissionné, a dit mercredi 20 novembre la préfecture. Il avait été élu en 2022.", "2024-11-20")]
    [InlineData("en", "The mayor resigned, the prefect said on Wednesday, November 20. He had been elected in 2022.", "2024-11-20")]
    public void A_weekday_with_day_and_month_after_a_year_dates_the_article(string language, string text, string day)
    {
        var article = Some.Annotated(text, language: language).Article;
        Assert.Equal((day, "inferred", Dating.Inferred), (article.Published?.ToString(), article.PublishedFrom, article.Dated));
        Assert.Equal(["mercredi 20 novembre", "2022"], article.DatedBy.Select(evidence => evidence.Span.Quote(text)).Select(words => words.Replace("Wednesday, November 20", "mercredi 20 novembre")));
    }

    [Theory]
    [InlineData("fr", "Le maire a démissionné, a dit mercredi 20 novembre la préfecture.")]
    [InlineData("en", "The mayor resigned, the prefect said on Wednesday, November 20.")]
    public void Without_a_year_the_article_stays_undated(string language, string text) => CheckUndated(text, language);

    [Theory]
    [InlineData("fr", "Le maire a démissionné mercredi 20 novembre. Il avait été élu en 1998.")]
    [InlineData("en", "The mayor resigned on Wednesday, November 20. He had been elected in 1998.")]
    public void A_year_that_is_too_long_ago_leaves_the_article_undated(string language, string text) => CheckUndated(text, language);

    [Theory]
    [InlineData("fr", "Le maire a démissionné mercredi 20 novembre. Le pont sera rouvert en 2022.")]
    [InlineData("en", "The mayor resigned on Wednesday, November 20. The bridge will be reopened in 2022.")]
    public void A_year_to_come_dates_nothing(string language, string text) => CheckUndated(text, language);

    [Theory]
    [InlineData("fr", "Le maire a démissionné mardi 20 novembre. Il avait été élu en 2022.")]
    [InlineData("en", "The mayor resigned on Tuesday, November 20. He had been elected in 2022.")]
    public void A_weekday_that_fits_no_year_leaves_the_article_undated(string language, string text) => CheckUndated(text, language);

    [Fact]
    public void A_stated_time_is_kept() =>
        Assert.Equal("2023-01-02", Some.Annotated("He resigned on Wednesday, November 20. He was elected in 2022.", published: "2023-01-02").Article.Published?.ToString());

    [Fact]
    public void The_article_and_its_dates_go_by_the_inferred_day()
    {
        var article = Some.Annotated("Le pont a été fermé mardi, a dit ce mercredi 20 novembre le préfet, élu en 2022. Il rouvrira dans deux mois, jour pour jour.", language: "fr");
        Assert.Equal(["2024-11-19", "2024-11-20", "2022", "2025-01-20"], article.Dates.Select(date => date.Value));
    }

    [Fact]
    public void A_caption_gives_the_year_and_is_told_by_the_document()
    {
        const string Caption = "Le pont de Valmorel, le 26 septembre 2024.";
        const string Text = "Le pont est fermé, a déclaré mercredi 20 novembre le préfet.";
        var article = Some.Article(Text, language: "fr") with
        {
            Document = Caption + "\n\n" + Text,
            Blocks = [new Block(BlockKind.Caption, null, new TextSpan(0, Caption.Length))],
        };
        var dated = Pipeline.Annotate(article).Article;
        Assert.Equal("2024-11-20", dated.Published?.ToString());
        var caption = Assert.Single(dated.DatedBy, evidence => evidence.InDocument);
        Assert.Equal("le 26 septembre 2024", caption.Span.Quote(article.Document));
    }

    private static void CheckUndated(string text, string language)
    {
        var article = Some.Annotated(text, language: language).Article;
        Assert.Equal((null, null, Dating.Unknown), (article.Published, article.PublishedFrom, article.Dated));
    }
}
