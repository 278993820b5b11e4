using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Grades;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Text;

namespace Recoupe.Tests.Origins;

/// <summary>How many origins stand behind a point whose passages are given: in doubt one, and two only where each tells it in its own words.</summary>
public class OriginFinderTests
{
    [Theory]
    [InlineData("en", "Seven houses were destroyed by the fire in Upper Sarn, the prefect, Ada Finch, said.", "Seven houses were destroyed by the fire in Upper Sarn, the mayor, Owen Carr, said.")]
    [InlineData("fr", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré la préfète, Anne Finchot.", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré le maire, Omar Vidal.")]
    public void Two_authorities_may_have_it_from_each_other(string language, string first, string second)
    {
        var (grade, count) = Of(language, first, second);
        Assert.Equal((Grade.Named, 1), (grade, count.Fewest));
        Assert.Empty(count.RestsOn);
    }

    [Theory]
    [InlineData("en", "Seven houses were destroyed by the fire in Upper Sarn, the prefect, Ada Finch, said.", "Seven houses were destroyed by the fire in Upper Sarn, said a resident, Owen Carr.")]
    [InlineData("fr", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré la préfète, Anne Finchot.", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré un habitant, Omar Vidal.")]
    public void Official_and_resident_who_each_tell_it_are_two_and_the_count_says_on_whose_words_it_rests(string language, string first, string second)
    {
        var (grade, count) = Of(language, first, second);
        Assert.Equal((Grade.Independent, 2), (grade, count.Fewest));
        Assert.Equal(["a0", "a1"], count.RestsOn.Select(origin => origin.Words.Article.Value).Order());
    }

    [Theory]
    [InlineData("en", "Seven houses were destroyed by the fire in Upper Sarn, the prefect, Ada Finch, said.", "Seven houses were destroyed by the fire in Upper Sarn, said a resident, Owen Carr.")]
    [InlineData("fr", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré la préfète, Anne Finchot.", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré un habitant, Omar Vidal.")]
    public void Two_are_not_counted_where_one_may_tell_something_else(string language, string first, string second)
    {
        var (grade, count) = Of(language, [Stance.Affirms, Stance.Affirms], [], 0.5, first, second);
        Assert.Equal((Grade.Named, 1, 2), (grade, count.Fewest, count.Most));
    }

    [Theory]
    [InlineData("en", "I did not see the fire in Upper Sarn, the prefect, Ada Finch, said.", "I did not see the fire in Upper Sarn, said a resident, Owen Carr.")]
    [InlineData("fr", "Je n'ai pas vu le feu à Haut-Sarnes, a déclaré la préfète, Anne Finchot.", "Je n'ai pas vu le feu à Haut-Sarnes, a déclaré un habitant, Omar Vidal.")]
    [InlineData("en", "Seven houses were destroyed by the fire in Upper Sarn, the prefect, Ada Finch, said.", "In Upper Sarn the fire ended the feast that hundreds of volunteers from the whole valley had prepared since spring, said a resident, Owen Carr.")]
    [InlineData("fr", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré la préfète, Anne Finchot.", "À Haut-Sarnes, le feu a mis fin à la fête que des centaines de bénévoles de toute la vallée préparaient depuis le printemps, a déclaré un habitant, Omar Vidal.")]
    [InlineData("en", "Seven houses of the farmer Finch were destroyed by the fire in Upper Sarn, the prefect, Ada Finch, said.", "Seven houses of the farmer Finch were destroyed by the fire in Upper Sarn, said a resident, Owen Carr.")]
    [InlineData("fr", "Sept maisons du fermier Finchot ont été détruites par le feu à Haut-Sarnes, a déclaré la préfète, Anne Finchot.", "Sept maisons du fermier Finchot ont été détruites par le feu à Haut-Sarnes, a déclaré un habitant, Omar Vidal.")]
    [InlineData("en", "The fire in Upper Sarn “destroyed seven old houses at once”, the prefect, Ada Finch, said.", "The fire in Upper Sarn “destroyed seven old houses at once”, said a resident, Owen Carr.")]
    [InlineData("fr", "Le feu à Haut-Sarnes a « détruit sept vieilles maisons d'un coup », a déclaré la préfète, Anne Finchot.", "Le feu à Haut-Sarnes a « détruit sept vieilles maisons d'un coup », a déclaré un habitant, Omar Vidal.")]
    [InlineData("en", "Seven houses were destroyed by the fire in Upper Sarn, the prefect, Ada Finch, said.", "Seven houses were destroyed by the fire in Upper Sarn, residents said.")]
    [InlineData("fr", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré la préfète, Anne Finchot.", "Sept maisons ont été détruites par le feu à Haut-Sarnes, ont déclaré des habitants.")]
    [InlineData("en", "Seven houses were destroyed by the fire in Upper Sarn, said a resident, Owen Carr.", "Seven houses were destroyed by the fire in Upper Sarn, Paris said.")]
    [InlineData("fr", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré un habitant, Omar Vidal.", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré Paris.")]
    public void What_is_told_of_oneself_or_is_hardly_the_same_does_not_count_two(string language, string first, string second) =>
        Assert.Equal(1, Of(language, first, second).Count.Fewest);

    [Theory]
    [InlineData("en", "Seven houses were destroyed, said the director of the Belvara group, Ada Finch. The rebels were blamed.", "Seven houses were destroyed, the Belvara group said.", "a person who speaks for an organisation, and that organisation")]
    [InlineData("en", "Seven houses were destroyed, said the director, Ada Finch. The Belvara group was blamed by her.", "Seven houses were destroyed, the Belvara group said.", null)]
    [InlineData("fr", "Sept maisons ont été détruites, a déclaré la directrice du groupe Belvara, Anne Finchot. Les rebelles ont été accusés.", "Sept maisons ont été détruites, a déclaré le groupe Belvara.", "a person who speaks for an organisation, and that organisation")]
    [InlineData("fr", "Sept maisons ont été détruites, a déclaré la directrice, Anne Finchot. Le groupe Belvara a été accusé par elle.", "Sept maisons ont été détruites, a déclaré le groupe Belvara.", null)]
    public void An_office_is_of_the_body_that_it_is_told_of(string language, string first, string second, string? why)
    {
        var (_, count) = Of(language, first, second);
        Assert.Equal(why, count.Merged.Where(merge => merge.Certain).Select(merge => merge.Why).SingleOrDefault());
    }

    [Theory]
    [InlineData("en", "Seven houses were destroyed by the fire in Upper Sarn, a source said.", "Seven houses were destroyed by the fire in Upper Sarn, an official said.")]
    [InlineData("fr", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré une source.", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré un responsable.")]
    public void Unnamed_sources_of_two_media_may_be_one(string language, string first, string second)
    {
        var (grade, count) = Of(language, first, second);
        Assert.Equal((Grade.UnnamedOnly, 1), (grade, count.Fewest));
    }

    [Theory]
    [InlineData("en", "Seven houses were destroyed by the fire in Upper Sarn, the prefect, Ada Finch, said.", "Seven houses were destroyed by the fire in Upper Sarn.")]
    [InlineData("fr", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré la préfète, Anne Finchot.", "Sept maisons ont été détruites par le feu à Haut-Sarnes.")]
    public void Bare_sentence_widens_the_range_alone(string language, string first, string second)
    {
        var (grade, count) = Of(language, first, second);
        Assert.Equal((Grade.Named, 1, 2), (grade, count.Fewest, count.Most));
    }

    [Theory]
    [InlineData("en", "Seven houses were destroyed by the fire in Upper Sarn, the prefect, Ada Finch, said.", "No house burned in Upper Sarn, said a resident, Owen Carr.", "Owen Carr")]
    [InlineData("fr", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré la préfète, Anne Finchot.", "Aucune maison n'a brûlé à Haut-Sarnes, affirme un habitant, Omar Vidal.", "Omar Vidal")]
    public void Who_denies_is_who_says_so(string language, string first, string second, string denier)
    {
        var (_, count) = Of(language, [Stance.Affirms, Stance.Denies], first, second);
        Assert.Equal(denier, Assert.Single(count.Against).Name);
    }

    [Theory]
    [InlineData("en", "Seven houses were destroyed by the fire in Upper Sarn, the prefect, Ada Finch, said.", "Seven houses were destroyed by the fire in Upper Sarn, the mayor, Owen Carr, said.")]
    [InlineData("fr", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré la préfète, Anne Finchot.", "Sept maisons ont été détruites par le feu à Haut-Sarnes, a déclaré le maire, Omar Vidal.")]
    public void Rule_that_is_left_out_is_not_followed(string language, string first, string second) =>
        Assert.Equal(2, Of(language, [Stance.Affirms, Stance.Affirms], [SourcingRule.OneSideMayBeOne], null, first, second).Count.Fewest);

    [Fact]
    public void What_stands_behind_a_point_until_an_article_comes_out_is_what_would_if_there_were_no_other()
    {
        string[] texts =
        [
            "Seven houses were destroyed by the fire in Upper Sarn, the prefect, Ada Finch, said. The road is closed.",
            "Seven houses were destroyed by the fire in Upper Sarn. The prefect said so on Monday, the Sarn Echo reports.",
            "Seven houses were destroyed by the fire in Upper Sarn, said a resident, Owen Carr. \"Seven houses are gone in Upper Sarn\", the mayor, Jim Holt, said.",
            "Seven houses were destroyed by the fire in Upper Sarn, the mayor said.",
        ];
        var articles = texts.Select((text, i) => Some.Annotated(text, $"a{i}", "en", outlet: i == 0 ? "Sarn Echo" : $"Courier {i}")).ToImmutableArray();
        var story = new StoryText(articles, TestContext.Current.CancellationToken);
        var passages = articles.SelectMany(article => article.Body.Sentences.Select(sentence => (article, sentence))).Where(pair => pair.sentence.In(pair.article.Body.Text).Contains("even houses", StringComparison.Ordinal))
            .Select(pair => new Passage(new Evidence(pair.article.Id, pair.sentence), pair.article.Statements.IsEmpty ? null : 0, Stance.Affirms)).ToImmutableArray();
        var point = new Point(new PointId("p1"), passages[0], passages);
        var origins = new OriginFinder(story, []);
        var candidates = origins.Of(point).Candidates!;
        foreach (var last in new[] { 0, 1, 2, 3, 1, 0 })
        {
            var until = origins.Of(point, candidates, place => place <= last);
            var alone = new OriginFinder(story, []).Of(point with { Passages = [.. passages.Where(passage => story.PlaceOf(passage.Evidence.Article) <= last)] });
            Assert.Equal(alone.Chains.SelectMany(chain => chain.Hops), until.Chains.SelectMany(chain => chain.Hops));
            Assert.Equal((alone.Count.Fewest, alone.Count.Most), (until.Count.Fewest, until.Count.Most));
            Assert.Equal(alone.Count.Origins.Select(origin => (origin.Name, origin.Type)), until.Count.Origins.Select(origin => (origin.Name, origin.Type)));
        }
    }

    private static (Grade Grade, OriginCount Count) Of(string language, params string[] texts) => Of(language, [.. texts.Select(_ => Stance.Affirms)], texts);

    private static (Grade Grade, OriginCount Count) Of(string language, Stance[] stances, params string[] texts) => Of(language, stances, [], null, texts);

    private static (Grade Grade, OriginCount Count) Of(string language, Stance[] stances, ImmutableArray<SourcingRule> silenced, double? likelihood, params string[] texts)
    {
        var articles = texts.Select((text, i) => Some.Annotated(text, $"a{i}", language, outlet: i == 0 ? "Sarn Echo" : "Marl Courier", published: $"2026-03-02T0{8 + i}:00:00Z")).ToImmutableArray();
        var story = new StoryText(articles, TestContext.Current.CancellationToken) { Silenced = silenced };
        var passages = articles.Select((article, place) =>
        {
            var sentence = article.Body.Sentences[0];
            var statement = article.Statements.IsEmpty ? (int?)null : 0;
            return new Passage(new Evidence(article.Id, statement is null ? sentence : article.Statements[0].Content[0]), statement, stances[place]) { Likelihood = place == 0 ? null : likelihood };
        }).ToImmutableArray();
        // Quoted or worded alike: shared words are no reuse here, each outlet asked for itself.
        var sourcing = new OriginFinder(story, []).Of(new Point(new PointId("p1"), passages[0], passages));
        return (Grader.Of(story, sourcing, []), sourcing.Count);
    }
}
