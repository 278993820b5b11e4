using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;

namespace Recoupe.Tests.Origins;

/// <summary>Whom an article may have a point from, over all its passages, and whom it is taken to have it from.</summary>
public class ArticleSourcesTests
{
    private const string Text = "The lock was closed on Monday, the harbour master, Ingrid Holt, said. A crack had opened in the north gate, Holt said. Boats wait outside. Nobody was hurt, said the mayor, Owen Carr.";

    [Fact]
    public void Candidates_of_one_source_are_one_whatever_passage_they_come_from()
    {
        var sources = Sources(out _);
        Assert.Single(sources, source => source.Key == "holt");
        Assert.Equal(sources.Count, sources.Select(source => source.Key).Distinct().Count());
        Assert.All(sources, source => Assert.Equal(ArticleSources.Count, source.Features.Length));
    }

    [Fact]
    public void Bare_sentence_takes_the_source_that_its_article_has_the_point_from()
    {
        Sources(out var story);
        var point = PointOf(story);
        var sourced = Assert.Single(new OriginFinder(story, []).Find([point], TestContext.Current.CancellationToken));
        var origin = Assert.Single(sourced.Count.Origins);
        Assert.Equal("Ingrid Holt", origin.Name);
        Assert.Equal((1, 1), (sourced.Count.Fewest, sourced.Count.Most));
        Assert.False(sourced.Chains[^1].Stated);
    }

    [Fact]
    public void Whose_words_a_passage_is_told_as_is_shown_where_its_article_has_the_point_from_another()
    {
        Sources(out var story);
        var model = OriginModel.Default with { LeastFurther = 100 };
        var sourced = Assert.Single(new OriginFinder(story, [], model).Find([PointOf(story, sentences: 4)], TestContext.Current.CancellationToken));
        Assert.Equal("Owen Carr", sourced.Chains[^1].Hops[^1]);
        Assert.True(sourced.Chains[^1].Stated);
        Assert.Equal("Ingrid Holt", Assert.Single(sourced.Count.Origins).Name);
    }

    [Theory]
    [InlineData("en", "Storm Odile tore the roof off the market hall.")]
    [InlineData("en", "Glassmaker Torvell declined to confirm the closure of the furnace.")]
    [InlineData("fr", "La tempête Odile a arraché le toit de la halle.")]
    public void What_happens_and_who_will_not_say_give_no_origin(string language, string text)
    {
        var article = Some.Annotated(text, "a", language);
        var story = new StoryText([article], TestContext.Current.CancellationToken);
        var passage = new Passage(new Evidence(article.Id, article.Body.Sentences[0]), null, Stance.Affirms);
        var sourced = Assert.Single(new OriginFinder(story, []).Find([new Point(new PointId("p1"), passage, [passage])], TestContext.Current.CancellationToken));
        Assert.All(sourced.Count.Origins, origin => Assert.Null(origin.Name));
    }

    private static List<ArticleSource> Sources(out StoryText story)
    {
        story = new StoryText(SpeakerNames.Resolve([Some.Annotated(Text, "a"), Some.Annotated("Nothing moved.", "b")]), TestContext.Current.CancellationToken);
        var text = story;
        var told = new ChainTracer(story, []).Candidates(PointOf(story)).ToList();
        return ArticleSources.Of(told, passage => text.PlaceOf(passage.Evidence.Article), candidate => candidate.IsStated ? 1 : 0);
    }

    // The first sentences of the article.
    private static Point PointOf(StoryText story, int sentences = 3)
    {
        var article = story.Articles[0];
        var passages = article.Body.Sentences.Take(sentences).Select(sentence =>
        {
            var statement = article.Statements.ToList().FindIndex(statement => statement.Content[0].Overlaps(sentence));
            return statement < 0
                ? new Passage(new Evidence(article.Id, sentence), null, Stance.Affirms)
                : new Passage(new Evidence(article.Id, article.Statements[statement].Content[0]), statement, Stance.Affirms);
        }).ToImmutableArray();
        return new Point(new PointId("p1"), passages[0], passages);
    }
}
