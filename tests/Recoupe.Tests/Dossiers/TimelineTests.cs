using Recoupe.Dates;
using Recoupe.Dossiers;
using Recoupe.Entities;
using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Tests.Dossiers;

public class TimelineTests
{
    [Fact]
    public void Entries_stand_in_the_order_of_time_and_longer_ones_before_what_is_in_them()
    {
        var article = With("A b c d e f.", ("a", "2031-03-04"), ("b", "2031"), ("c", "1998"), ("d", "2031-03"), ("e", "2030-12-31/2031-01-05"), ("f", null));
        Assert.Equal(["1998", "2030-12-31/2031-01-05", "2031", "2031-03", "2031-03-04"], TimelineMaker.Make([article], []).Select(entry => entry.Date));
    }

    [Fact]
    public void The_time_of_a_statement_is_no_time_of_an_event()
    {
        const string text = "The bridge fell on Sunday, the mayor said on Monday.";
        var article = With(text, ("Sunday", "2031-03-02"), ("Monday", "2031-03-03"));
        article = article with
        {
            Statements =
            [
                new Statement { Content = [Find(text, "The bridge fell on Sunday")], Cue = Find(text, "said"), Kind = StatementKind.Indirect },
            ],
        };
        var entry = Assert.Single(TimelineMaker.Make([article], []));
        Assert.Equal("2031-03-02", entry.Date);
    }

    [Fact]
    public void A_date_is_shown_by_the_shortest_passage_of_a_point_around_it_or_else_by_its_sentence()
    {
        const string text = "The bridge fell on Sunday, they say. It was built in 1910.";
        var article = With(text, ("Sunday", "2031-03-02"), ("1910", "1910"));
        var passage = new Passage(new(article.Id, Find(text, "The bridge fell on Sunday")), null, Stance.Affirms);
        var wider = new Passage(new(article.Id, Find(text, "The bridge fell on Sunday, they say.")), null, Stance.Affirms);
        var timeline = TimelineMaker.Make([article], [new Point(new("p1"), wider, [wider, passage])]);
        Assert.Equal(["It was built in 1910.", "The bridge fell on Sunday"], timeline.Select(entry => entry.Passages[0].Span.Quote(text)));
    }

    [Theory]
    [InlineData("2020-W53", "2020-12-28", "2021-01-03")]
    [InlineData("2020-W02-WE", "2020-01-11", "2020-01-12")]
    [InlineData("2024-Q4", "2024-10-01", "2024-12-31")]
    [InlineData("2024-H1", "2024-01-01", "2024-06-30")]
    [InlineData("2012-SU", "2012-06-01", "2012-08-31")]
    [InlineData("2012-WI", "2012-12-01", "2013-02-28")]
    [InlineData("199X", "1990-01-01", "1999-12-31")]
    [InlineData("9999", "9999-01-01", "9999-12-31")]
    [InlineData("0000", "9999-12-31", "9999-12-31")]
    [InlineData("2021-W99", "9999-12-31", "9999-12-31")]
    [InlineData("hostile/", "9999-12-31", "9999-12-31")]
    public void A_value_covers_the_days_that_it_says(string value, string first, string last)
    {
        var bounds = TimelineMaker.Bounds(value);
        Assert.Equal((first, last), (bounds.First.ToString("yyyy-MM-dd"), bounds.Last.ToString("yyyy-MM-dd")));
    }

    [Theory]
    [InlineData("2031-03-04T08:00:00Z", "2031-03-04T08:20:00Z", true, 20)]
    [InlineData("2031-03-04T08:00:00+01:00", "2031-03-04T08:00:00+00:00", true, 60)]
    [InlineData("2031-03-04T08:00:00Z", "2031-03-04", false, 0)]
    [InlineData("2031-03-04T08:00:00Z", "2031-03-05", true, 1440)]
    [InlineData("2031-03-04T08:00:00Z", "2031-03-04T08:00:00Z", false, 0)]
    public void The_first_is_named_only_where_the_times_tell_it(string one, string other, bool known, int minutes)
    {
        var spread = Spread.Of([Some.Annotated("One.", "a", published: one), Some.Annotated("Two.", "b", published: other)]);
        Assert.Equal(known, spread.FirstKnown);
        Assert.Contains(spread.Tellings, telling => telling.After == TimeSpan.FromMinutes(minutes) && telling.Article.Value == (minutes > 0 ? "b" : telling.Article.Value));
    }

    [Fact]
    public void An_article_of_unknown_time_comes_last_and_leaves_open_who_was_first()
    {
        var spread = Spread.Of([Some.Annotated("One.", "a"), Some.Annotated("Two.", "b", published: "2031-03-04")]);
        Assert.False(spread.FirstKnown);
        Assert.Equal(["b", "a"], spread.Tellings.Select(telling => telling.Article.Value));
    }

    [Theory]
    [InlineData("en", "The mayor welcomed the engineer who designed the old bridge in 1998 and left soon after it opened.", "1998", "engineer who designed the old bridge in 1998")]
    [InlineData("fr", "La maire a remercié l'ingénieur qui avait dessiné l'ancien pont en 1998 et qui vit aujourd'hui à Orvane.", "1998", "ingénieur qui avait dessiné l'ancien pont en 1998")]
    public void A_date_in_a_relative_clause_is_told_by_it_with_whom_it_tells_of(string language, string text, string date, string told)
    {
        var article = Some.Annotated(text, language: language, published: "2031-03-04");
        var entry = Assert.Single(TimelineMaker.Make([article], []), entry => entry.Date == date);
        var words = Assert.Single(entry.Passages).Span.Quote(text);
        Assert.Contains(told, words, StringComparison.Ordinal);
        Assert.DoesNotContain("mayor", words, StringComparison.Ordinal);
        Assert.DoesNotContain("maire", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "The council passed the 2031 budget.")]
    [InlineData("fr", "Le conseil a voté le budget 2031.")]
    public void A_year_that_only_tells_which_is_no_time_of_an_event(string language, string text) =>
        Assert.Empty(TimelineMaker.Make([Some.Annotated(text, language: language, published: "2030-03-04")], []));

    [Theory]
    [InlineData("en", "The mill was shut at the end of 2017.")]
    [InlineData("fr", "L'usine a fermé fin 2017.")]
    public void A_year_with_its_part_is_the_time_of_an_event(string language, string text) =>
        Assert.Single(TimelineMaker.Make([Some.Annotated(text, language: language, published: "2030-03-04")], []));

    [Fact]
    public void A_date_in_a_name_is_no_time_of_an_event()
    {
        var text = "The actor came back to Saturday Night Stories after ten weeks away.";
        var article = Some.Annotated(text, published: "2031-03-04");
        var name = Find(text, "Saturday Night Stories");
        article = article with { Dates = [new DateMention(Find(text, "Saturday"), "2031-03-08")], Entities = [new Entity(name, EntityType.Other, name.Quote(text))], Statements = [] };
        Assert.Empty(TimelineMaker.Make([article], []));
    }

    private static AnnotatedArticle With(string text, params (string Words, string? Value)[] dates)
    {
        var article = Some.Annotated(text);
        return article with { Dates = [.. dates.Select(date => new DateMention(Find(text, date.Words), date.Value))], Statements = [] };
    }

    private static TextSpan Find(string text, string words) => TextSpan.Of(text.IndexOf(words, StringComparison.OrdinalIgnoreCase), words.Length);
}
