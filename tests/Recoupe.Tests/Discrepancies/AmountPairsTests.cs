using System.Globalization;
using System.Text;

using Recoupe.Discrepancies;
using Recoupe.Points;

namespace Recoupe.Tests.Discrepancies;

/// <summary>Which amounts of a story may differ, and how many are compared.</summary>
public class AmountPairsTests
{
    [Theory]
    [InlineData("en", "The slide buried 14 cars on the coast road, the ranger said.", "The slide buried 19 cars on the coast road, a witness said.", 1)]
    [InlineData("fr", "L'éboulement a enseveli 14 voitures, selon le garde.", "L'éboulement a enseveli 19 voitures, selon un témoin.", 1)]
    [InlineData("en", "The slide buried about 400 cars on the coast road, the ranger said.", "The slide buried 412 cars on the coast road, a witness said.", 0)]
    [InlineData("fr", "L'éboulement a enseveli au moins 14 voitures, selon le garde.", "L'éboulement a enseveli 19 voitures, selon un témoin.", 0)]
    [InlineData("en", "The slide was 10 kilometres long, the ranger said.", "The slide was six miles long, a witness said.", 0)]
    [InlineData("en", "The slide cost 14 million dollars, the ranger said.", "The slide cost 19 million euros, a witness said.", 0)]
    public void Amounts_that_agree_or_measure_other_things_are_no_pair(string language, string first, string second, int expected) =>
        Assert.Equal(expected, Of((first, language), (second, language)).Pairs().Count());

    [Fact]
    public void Amounts_of_one_article_are_compared_too()
    {
        var pair = Assert.Single(Of(("The slide buried 14 cars on the coast road, the ranger said. A witness counted 19 cars under the slide.", "en")).Pairs());
        Assert.Equal((14, 19), (pair.A.Value, pair.B.Value));
        Assert.Equal(pair.A.Place, pair.B.Place);
    }

    [Theory]
    [InlineData("en", "The slide buried 20 to 30 cars, the ranger said. A witness, Ada Brill, said 45 cars were buried, and \"20 to 30 cars\", said her brother.")]
    [InlineData("fr", "L'éboulement a enseveli 20 à 30 voitures, selon le garde. « De 20 à 30 voitures », a dit Ada Brille, et 45 voitures selon son frère.")]
    public void Amounts_that_begin_at_one_place_are_no_fault(string language, string text) =>
        Assert.NotNull(Pipeline.Read([Some.Annotated(text, "a", language).Article, Some.Annotated(text + " Nobody was hurt.", "b", language).Article], new PipelineOptions(), TestContext.Current.CancellationToken).ToList());

    [Fact]
    public void Of_very_many_amounts_some_stand_for_all()
    {
        var text = new StringBuilder();
        for (var i = 1; i <= 900; i++)
            text.Append(CultureInfo.InvariantCulture, $"Lorry number went by with {1000 + i} crates on the coast road. ");
        Assert.InRange(Of((text.ToString(), "en")).Amounts.Count, 100, 200);
    }

    private static AmountPairs Of(params (string Text, string Language)[] texts)
    {
        var story = new StoryText([.. texts.Select((text, i) => Some.Annotated(text.Text, "a" + i.ToString(CultureInfo.InvariantCulture), text.Language))], TestContext.Current.CancellationToken);
        return new AmountPairs(story, story.Passages(TestContext.Current.CancellationToken).Units);
    }
}
