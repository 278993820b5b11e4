using Recoupe.Sayings;

namespace Recoupe.Tests.Sayings;

public class SayingFinderTests
{
    private const string WholeEn =
        "\"The bridge will stay closed until every cable has been inspected, because nobody will cross it on a promise,\" Irena Dollan, the mayor of Vestmark, told reporters on Monday.";

    private const string WholeFr =
        "« Le pont restera fermé tant que chaque câble n'aura pas été inspecté, car personne ne le traversera sur une promesse », a déclaré lundi Irène Dollan, la maire de Vestmarque.";

    [Theory]
    [InlineData("en", WholeEn, "The mayor of Vestmark, Irena Dollan, was blunt. \"The bridge will stay closed until every cable has been inspected, because nobody will cross it on a promise,\" she said.")]
    [InlineData("fr", WholeFr, "La maire de Vestmarque, Irène Dollan, n'a pas tergiversé. « Le pont restera fermé tant que chaque câble n'aura pas été inspecté, car personne ne le traversera sur une promesse », a-t-elle dit.")]
    public void The_same_words_in_two_articles_are_one_saying_given_whole_twice(string language, string first, string second)
    {
        var saying = Assert.Single(Find((first, language), (second, language)), saying => saying.Articles == 2);
        Assert.All(saying.Renderings, rendering => Assert.Equal(Wording.Whole, rendering.Wording));
        Assert.EndsWith("Dollan", saying.Speaker.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", WholeEn, "\"The bridge will stay closed until every cable has been inspected,\" Irena Dollan said on Monday.")]
    [InlineData("fr", WholeFr, "« Le pont restera fermé tant que chaque câble n'aura pas été inspecté », a affirmé lundi Irène Dollan.")]
    public void A_quotation_that_ends_earlier_is_cut(string language, string whole, string cut)
    {
        var saying = Assert.Single(Find((cut, language), (whole, language)), saying => saying.Articles == 2);
        Assert.Equal([Wording.Cut, Wording.Whole], saying.Renderings.Select(rendering => rendering.Wording));
        Assert.Equal(1, saying.Fullest);
    }

    [Theory]
    [InlineData("en", WholeEn, "Irena Dollan said the bridge would stay closed until every cable had been inspected and that nobody would cross it on a promise.")]
    [InlineData("fr", WholeFr, "Irène Dollan a expliqué que le pont resterait fermé tant que chaque câble n'aurait pas été inspecté et que personne ne le traverserait sur une promesse.")]
    public void What_is_told_without_quotation_marks_is_reported(string language, string quoted, string told)
    {
        var saying = Assert.Single(Find((quoted, language), (told, language)), saying => saying.Articles == 2);
        Assert.Equal(Wording.Reported, saying.Renderings.Single(rendering => rendering.Article.Value == "2").Wording);
    }

    [Fact]
    public void A_quotation_in_another_language_is_translated()
    {
        var saying = Assert.Single(
            Find(
                ("\"The government will pay the victims of the explosion, and the factory will never open again,\" minister Paul Ardent said.", "en"),
                ("« Le gouvernement indemnisera les victimes de l'explosion et l'usine ne rouvrira jamais », a dit le ministre Paul Ardent.", "fr")),
            saying => saying.Articles == 2);
        Assert.Contains(saying.Renderings, rendering => rendering.Wording == Wording.Translated);
    }

    [Theory]
    [InlineData("en", WholeEn, "\"Our schools need two hundred more teachers before the autumn,\" Irena Dollan said.")]
    [InlineData("fr", WholeFr, "« Nos écoles ont besoin de deux cents enseignants de plus avant l'automne », a dit Irène Dollan.")]
    public void Two_things_that_one_speaker_says_are_two_sayings(string language, string first, string second) =>
        Assert.DoesNotContain(Find((first, language), (second, language)), saying => saying.Articles > 1);

    [Theory]
    [InlineData("en", "\"We will not sign this text,\" Paul Ardent said.", "\"We will not sign this text,\" Martha Quill said.")]
    [InlineData("fr", "« Nous ne signerons pas ce texte », a dit Paul Ardent.", "« Nous ne signerons pas ce texte », a dit Marthe Quille.")]
    public void A_short_quotation_of_another_speaker_is_another_saying(string language, string first, string second) =>
        Assert.DoesNotContain(Find((first, language), (second, language)), saying => saying.Articles > 1);

    [Fact]
    public void A_long_quotation_that_another_article_gives_to_somebody_else_is_one_saying_with_both_speakers()
    {
        var saying = Assert.Single(
            Find(
                (WholeEn, "en"),
                (WholeEn.Replace("Irena Dollan, the mayor of Vestmark,", "Oscar Brandt, who runs the bridge,", StringComparison.Ordinal), "en")),
            saying => saying.Articles == 2);
        Assert.Equal(["Irena Dollan", "Oscar Brandt"], saying.Renderings.Select(rendering => rendering.Speaker.Name));
    }

    [Fact]
    public void The_earliest_rendering_comes_first_and_a_time_that_is_not_known_last()
    {
        var saying = Assert.Single(
            SayingFinder.Find(
                [
                    Some.Annotated(WholeEn, "undated"),
                    Some.Annotated(WholeEn, "late", published: "2026-03-02T18:00:00Z"),
                    Some.Annotated(WholeEn, "early", published: "2026-03-02T09:00:00Z"),
                ],
                CancellationToken.None));
        Assert.Equal(["early", "late", "undated"], saying.Renderings.Select(rendering => rendering.Article.Value));
    }

    [Theory]
    [InlineData("en", "Victor Salen, the prefect, opened the session. \"The dam holds and will hold through the spring floods,\" Salen said.", "\"The dam holds and will hold through the spring floods,\" said Victor Salen.")]
    [InlineData("fr", "Victor Salen, le préfet, a ouvert la séance. « Le barrage tient et tiendra pendant les crues de printemps », a dit M. Salen.", "« Le barrage tient et tiendra pendant les crues de printemps », a dit Victor Salen.")]
    public void A_speaker_is_one_by_last_name_and_by_full_name(string language, string first, string second)
    {
        var saying = Assert.Single(Find((first, language), (second, language)), saying => saying.Articles == 2);
        Assert.Equal("Victor Salen", saying.Speaker.Name);
        Assert.All(saying.Renderings, rendering => Assert.Equal(saying.Speaker, rendering.Speaker));
    }

    [Fact]
    public void Every_statement_is_in_exactly_one_saying()
    {
        var articles = new[] { WholeEn, WholeFr, "\"Yes,\" she said. \"Yes,\" he said. Officials said the road was open." }
            .Select((text, i) => Some.Annotated(text, i.ToString(System.Globalization.CultureInfo.InvariantCulture), i == 1 ? "fr" : "en")).ToArray();
        var given = SayingFinder.Find([.. articles], CancellationToken.None).SelectMany(saying => saying.Renderings).Select(rendering => (rendering.Article, rendering.Statement)).ToList();
        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.Equal(articles.Sum(article => article.Statements.Length), given.Count);
    }

    private static IEnumerable<Saying> Find(params (string Text, string Language)[] articles) => SayingFinder.Find(
        [.. articles.Select((article, i) => Some.Annotated(article.Text, (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), article.Language))], CancellationToken.None);
}
