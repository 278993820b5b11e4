using Recoupe.Embeddings;

namespace Recoupe.Tests.Embeddings;

public class VectorIndexTests
{
    [Fact]
    public void The_nearest_are_found_among_many_and_strangers_are_not()
    {
        var space = ConceptVectors.Space();
        var index = new VectorIndex();
        var vectors = new List<ArticleVector>();
        for (var i = 0; i < 3000; i++)
        {
            var vector = new float[ConceptVectors.Dimensions];
            ConceptVectors.Add(vector, "every text", 3);
            ConceptVectors.Add(vector, $"event {i / 3}", 1.6f);
            ConceptVectors.Add(vector, $"article {i}", 1);
            vectors.Add(space.Place(vector, "en")!);
            index.Add(i, vectors[i]);
        }

        var found = Enumerable.Range(0, 3000).Select(i => index.Find(vectors[i], 0.5, other => vectors[other]).Select(one => one.Article).Where(other => other != i).ToList()).ToList();

        var right = found.Select((others, i) => others.Count(other => other / 3 == i / 3)).Sum();
        Assert.InRange(right / 6000.0, 0.9, 1);
        Assert.All(found, (others, i) => Assert.All(others, other => Assert.True(vectors[i].Cosine(vectors[other]) >= 0.5)));
        Assert.Equal(found[7], index.Find(vectors[7], 0.5, other => vectors[other]).Select(one => one.Article).Where(other => other != 7));
    }

    [Fact]
    public void An_article_that_has_left_is_not_found()
    {
        var space = ConceptVectors.Space();
        var vector = space.Place(ConceptVectors.Of("A badger sat on the lawn"), "en")!;
        var index = new VectorIndex();
        index.Add(0, vector);
        index.Add(1, vector);

        Assert.Equal([1], index.Find(vector, 0.5, other => other == 0 ? null : vector).Select(one => one.Article));
    }

    [Fact]
    public void Ten_thousand_articles_alike_cost_a_search_no_more_than_the_latest_of_its_lists()
    {
        var space = ConceptVectors.Space();
        var vector = space.Place(ConceptVectors.Of("scarf"), "en")!;
        var index = new VectorIndex();
        for (var i = 0; i < 10_000; i++)
            index.Add(i, vector);

        var found = index.Find(vector, 0.5, _ => vector).Select(one => one.Article).ToList();

        Assert.Equal(Enumerable.Range(10_000 - 128, 128), found.Order());
    }
}
