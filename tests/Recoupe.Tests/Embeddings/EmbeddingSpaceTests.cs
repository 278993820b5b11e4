using Recoupe.Embeddings;
using Recoupe.Languages;

namespace Recoupe.Tests.Embeddings;

public class EmbeddingSpaceTests
{
    [Fact]
    public void Every_language_tells_the_same_sample_events_twice_and_each_has_a_look_alike()
    {
        var byLanguage = EmbeddingSample.All.GroupBy(sample => sample.Language).ToList();

        Assert.Equal(Language.All.Select(language => language.Code), byLanguage.Select(group => group.Key));
        foreach (var language in byLanguage)
        {
            Assert.Equal(byLanguage[0].Select(sample => sample.Event), language.Select(sample => sample.Event));
            Assert.All(language.GroupBy(sample => sample.Event), told => Assert.Equal(2, told.Count()));
            Assert.All(language.GroupBy(sample => sample.Kind), kind => Assert.Equal(2, kind.Select(sample => sample.Event).Distinct().Count()));
        }

        Assert.Equal(EmbeddingSample.All.Length, EmbeddingSample.All.Select(sample => sample.Text).Distinct().Count());
    }

    [Fact]
    public void A_model_that_knows_the_events_is_trusted_and_what_all_texts_share_is_taken_off()
    {
        var space = ConceptVectors.Space();

        foreach (var scale in new[] { space.Within, space.Across })
        {
            Assert.Equal(1, scale.Trust);
            Assert.InRange(scale.LookAlike, -0.1, 0.4);
            Assert.InRange(scale.Same, 0.5, 1);
            Assert.Equal(1, scale.Read(scale.Same), 6);
            Assert.Equal(-1, scale.Read(scale.LookAlike), 6);
            Assert.Equal(0, scale.Read(scale.Midway), 6);
        }
    }

    [Fact]
    public void A_model_that_knows_nothing_says_nothing()
    {
        var space = ConceptVectors.Space(text =>
        {
            var vector = new float[ConceptVectors.Dimensions];
            ConceptVectors.Add(vector, text, 1);
            return vector;
        });

        Assert.Equal(0, space.Across.Trust);
        Assert.Equal(0, space.Across.Read(1));
        Assert.True(space.Across.Midway > 1);
    }

    [Fact]
    public void A_model_that_gives_one_vector_for_all_texts_has_no_direction_left()
    {
        var space = ConceptVectors.Space(_ => [1, 2, 3]);

        Assert.Null(space.Place([1, 2, 3], "en"));
        Assert.Equal(0, space.Within.Trust);
    }

    [Fact]
    public void The_length_of_a_vector_does_not_count()
    {
        var space = ConceptVectors.Space();
        var vector = ConceptVectors.Of("A badger sat on the lawn");
        float[] longer = [.. vector.Select(value => value * 1000)];

        Assert.Equal(1, space.Place(vector, "en")!.Cosine(space.Place(longer, "en")!), 3);
    }

    [Theory]
    [InlineData(ConceptVectors.Dimensions - 1, 0f)]
    [InlineData(ConceptVectors.Dimensions + 1, 0f)]
    [InlineData(ConceptVectors.Dimensions, float.NaN)]
    [InlineData(ConceptVectors.Dimensions, float.PositiveInfinity)]
    public void Other_dimensions_and_numbers_that_are_none_are_refused(int dimensions, float first)
    {
        var vector = new float[dimensions];
        vector[0] = first;
        vector[1] = 1;

        Assert.Throws<ArgumentException>(() => ConceptVectors.Space().Place(vector, "en"));
    }

    [Fact]
    public void Vectors_of_two_spaces_are_not_compared()
    {
        var vector = ConceptVectors.Of("scarf");

        Assert.Throws<ArgumentException>(() => ConceptVectors.Space().Place(vector, "en")!.Cosine(ConceptVectors.Space().Place(vector, "en")!));
    }

    [Fact]
    public void Cosines_are_those_of_the_centred_numbers_whatever_the_dimensions()
    {
        foreach (var dimensions in new[] { 3, 31, 32, 33, 384, 1000 })
        {
            float[] Wide(string text)
            {
                var vector = new float[dimensions];
                ConceptVectors.Add(vector, text, 1);
                return vector;
            }

            var space = ConceptVectors.Space(Wide);
            var samples = EmbeddingSample.All.Where(sample => sample.Language == "fr").Select(sample => Unit(Wide(sample.Text))).ToList();
            double[] centre = [.. Enumerable.Range(0, dimensions).Select(i => samples.Average(sample => sample[i]))];
            double[] Centred(string text) => [.. Unit(Wide(text)).Select((value, i) => value - centre[i])];

            var wanted = Cosine(Centred("un"), Centred("deux"));

            Assert.Equal(wanted, space.Place(Wide("un"), "fr")!.Cosine(space.Place(Wide("deux"), "fr-CA")!), 0.02);
        }
    }

    private static double[] Unit(float[] vector)
    {
        var length = Math.Sqrt(vector.Sum(value => (double)value * value));
        return [.. vector.Select(value => value / length)];
    }

    private static double Cosine(double[] a, double[] b) =>
        a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
}
