using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Stories;

namespace Recoupe.Tests.Stories;

public sealed class SiblingDatingTests
{
    private const string Undated = "Le pont a été fermé mardi, a confirmé ce mercredi 20 novembre la mairie.";

    [Fact]
    public void A_sibling_that_bears_a_date_dates_an_article_that_names_no_year()
    {
        var dated = Date(Some.Annotated(Undated, "a", "fr"), Some.Annotated("The bridge was closed.", "b", published: "2024-11-21T08:00:00Z"));
        Assert.Equal(("2024-11-20", Dating.Inferred), (dated[0].Article.Published?.ToString(), dated[0].Article.Dated));
        Assert.Equal(["a", "b"], dated[0].Article.DatedBy.Select(evidence => evidence.Article.Value));
        Assert.Equal(["2024-11-19", "2024-11-20"], dated[0].Dates.Select(date => date.Value));
    }

    [Fact]
    public void A_year_that_a_sibling_tells_is_enough()
    {
        var dated = Date(Some.Annotated(Undated, "a", "fr"), Some.Annotated("La crue du 3 mars 2024 avait abîmé le pont.", "b", "fr"));
        Assert.Equal("2024-11-20", dated[0].Article.Published?.ToString());
        Assert.Null(dated[1].Article.Published);
    }

    [Fact]
    public void A_sibling_of_another_time_dates_nothing()
    {
        var dated = Date(Some.Annotated(Undated, "a", "fr"), Some.Annotated("The bridge was closed.", "b", published: "2025-01-21"));
        Assert.Null(dated[0].Article.Published);
    }

    [Fact]
    public void A_dated_article_and_the_order_stay_as_they_were()
    {
        ImmutableArray<AnnotatedArticle> articles = [Some.Annotated("Closed on Wednesday, November 20.", "a", published: "2019-11-21"), Some.Annotated(Undated, "b", "fr")];
        var dated = SiblingDating.Date(articles);
        Assert.Same(articles[0], dated[0]);
        Assert.Equal("2019-11-20", dated[1].Article.Published?.ToString());
    }

    [Fact]
    public void An_article_alone_is_not_dated() => Assert.Null(Date(Some.Annotated(Undated, "a", "fr"))[0].Article.Published);

    private static ImmutableArray<AnnotatedArticle> Date(params AnnotatedArticle[] articles) => SiblingDating.Date([.. articles]);
}
