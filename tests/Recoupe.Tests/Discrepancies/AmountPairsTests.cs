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

    [Theory]
    [InlineData("en", "The slide cost the region 450 million euros in spring, then 100 million in summer.")]
    [InlineData("fr", "L'éboulement a coûté 450 millions d'euros à la région au printemps, puis 100 millions en été.")]
    public void A_large_amount_without_a_unit_has_that_of_the_one_before_it(string language, string text)
    {
        var amounts = Of((text, language)).Amounts.FindAll(amount => amount.Value >= 1e6);
        Assert.Equal([450e6, 100e6], amounts.Select(amount => amount.Value));
        Assert.All(amounts, amount => Assert.Equal((AmountKind.Money, amounts[0].Key), (amount.Kind, amount.Key)));
    }

    [Fact]
    public void A_small_amount_without_a_unit_is_a_bare_number() =>
        Assert.Equal(["man", null], Of(("The slide buried 12 men on the coast road in spring, and then 13.", "en")).Amounts.Select(amount => amount.Number.Unit));

    [Theory]
    [InlineData("en", "The slide buried 14 cars on the coast road, the ranger said.", "The slide buried 11 more cars on the coast road, a witness said.", 0)]
    [InlineData("fr", "L'éboulement a enseveli 14 voitures, selon le garde.", "L'éboulement a enseveli 11 autres voitures, selon un témoin.", 0)]
    [InlineData("en", "The slide buried 14 more cars on the coast road, the ranger said.", "The slide buried 11 more cars on the coast road, a witness said.", 1)]
    [InlineData("fr", "L'éboulement a enseveli 14 autres voitures, selon le garde.", "L'éboulement a enseveli 11 autres voitures, selon un témoin.", 1)]
    public void An_addition_is_set_against_additions_alone(string language, string first, string second, int expected) =>
        Assert.Equal(expected, Of((first, language), (second, language)).Pairs().Count());

    [Theory]
    [InlineData("en", "\"The slide buried 14 cars on the coast road\", the ranger said in front of 19 villagers.")]
    [InlineData("fr", "« L'éboulement a enseveli 14 voitures sur la route », a déclaré le garde, contre 19 selon le village.")]
    public void An_amount_beside_what_is_said_is_compared_too(string language, string text)
    {
        var amounts = Of((text, language)).Amounts;
        Assert.Equal([(14, false), (19, true)], amounts.Select(amount => (amount.Value, amount.Beside)));
    }

    [Fact]
    public void What_a_pair_tells_does_not_hang_on_the_pairs_before_it()
    {
        (string, string)[] texts =
        [
            ("The slide buried 14 cars, 30 lorries and 6 sheds on the coast road, the ranger said. A witness counted 19 cars.", "en"),
            ("The slide buried 15 cars and 36 lorries on the coast road, the mayor said. Nine sheds were gone, 17 cars were found.", "en"),
        ];
        var pairs = Of(texts);
        var inOrder = pairs.Pairs().Select(pair => Row(pairs, pair)).ToList();
        Assert.True(inOrder.Count > 8);
        Assert.Equal(inOrder, pairs.Pairs().Reverse().Select(pair => Row(pairs, pair)).Reverse());
        // Forth and back between passages.
        Assert.Equal(inOrder.SelectMany(row => new[] { row, inOrder[0] }), pairs.Pairs().SelectMany(pair => new[] { Row(pairs, pair), Row(pairs, pairs.Pairs().First()) }));
    }

    private static float[] Row(AmountPairs pairs, (StoryAmount A, StoryAmount B) pair)
    {
        var row = new float[AmountPairs.Count];
        pairs.Fill(pair.A, pair.B, row);
        return row;
    }

    private static AmountPairs Of(params (string Text, string Language)[] texts)
    {
        var story = new StoryText([.. texts.Select((text, i) => Some.Annotated(text.Text, "a" + i.ToString(CultureInfo.InvariantCulture), text.Language))], TestContext.Current.CancellationToken);
        return new AmountPairs(story, story.Passages(TestContext.Current.CancellationToken).Units);
    }
}
