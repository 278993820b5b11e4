using Recoupe.Embeddings;
using Recoupe.Stories;
using Recoupe.Tests.Embeddings;

namespace Recoupe.Tests.Stories;

/// <summary>Grouping with given vectors.</summary>
public class VectorEvidenceTests
{
    // One event told in two languages without a common name, number or day; beside it other news of the day.
    private static readonly AnnotatedArticle[] Articles =
    [
        Some.Annotated("It tore up the lawn by night, and slippers that had gone missing lay in its burrow.", "badger-en", "en", "Badger hoards slippers"),
        Some.Annotated("The kite hung there for a week, until a roofer fetched it down with his ladder.", "kite-en", "en", "Kite stuck on weathercock"),
        Some.Annotated("Le gazon était retourné chaque matin. Des pantoufles disparues étaient au fond de son terrier.", "badger-fr", "fr", "Un blaireau voleur de pantoufles"),
        Some.Annotated("Une écharpe longue comme trois bras : des tricoteuses la lui ont mise. Les corbeaux s'y posent.", "scarf-fr", "fr", "Un épouvantail bien habillé"),
        Some.Annotated("Un couvreur a pris son échelle pour le décrocher, sept jours plus tard.", "kite-fr", "fr", "Un cerf-volant dans la girouette"),
        Some.Annotated("The scarf that knitters put round it is three arms long, and crows now sit on it.", "scarf-en", "en", "Scarecrow dressed for cold"),
    ];

    [Fact]
    public void Without_vectors_two_languages_that_share_no_name_and_few_words_of_the_lexicon_stay_apart() =>
        Assert.All(Group([.. Articles.Where(article => !article.Id.Value.StartsWith("scarf", StringComparison.Ordinal))], _ => null), story => Assert.DoesNotContain(' ', story));

    [Fact]
    public void With_vectors_they_become_one_story_each() =>
        Assert.Equal(["badger-en badger-fr", "kite-en kite-fr", "scarf-en scarf-fr"], Group(Articles, Concepts(ConceptVectors.Space())));

    [Fact]
    public void They_are_joined_as_they_come_in_and_not_only_when_settled()
    {
        var (desk, vectors) = (new StoryDesk(), Concepts(ConceptVectors.Space()));
        var placed = Articles.ToDictionary(article => article.Id.Value, article => desk.Place(With(article, vectors)).Story);

        Assert.Equal(placed["badger-en"], placed["badger-fr"]);
        Assert.Equal(placed["kite-en"], placed["kite-fr"]);
        Assert.NotEqual(placed["badger-en"], placed["kite-en"]);
    }

    [Fact]
    public void The_order_of_arrival_does_not_matter_in_the_end()
    {
        var vectors = Concepts(ConceptVectors.Space());
        for (var seed = 1; seed <= 8; seed++)
        {
            var random = new Random(seed);
            Assert.Equal(Group(Articles, vectors), Group([.. Articles.OrderBy(_ => random.Next())], vectors));
        }
    }

    [Fact]
    public void An_article_without_vector_is_placed_as_it_would_be_without_any()
    {
        var vectors = Concepts(ConceptVectors.Space());

        Assert.Equal(
            ["badger-en badger-fr", "kite-en", "kite-fr", "scarf-en scarf-fr"], Group(Articles, article => article.Id.Value == "kite-fr" ? null : vectors(article)));
    }

    [Fact]
    public void A_model_that_knows_nothing_changes_nothing()
    {
        var cases = new[] { "en", "fr" }.SelectMany(language => CaseFile.Read(language, "stories")).SelectMany((item, n) => Cases(item, n)).ToList();
        var noise = ConceptVectors.Space(Noise);

        var without = Group(cases, _ => null);
        var with = Group(cases, article => noise.Place(Noise(article.Id.Value), article.Article.Language));

        Assert.Contains(without, story => story.Contains(' ', StringComparison.Ordinal));
        Assert.Equal(without, with);
    }

    [Fact]
    public void Vectors_alone_do_not_outweigh_a_round_up()
    {
        var vectors = ConceptVectors.Space();
        var same = vectors.Place(ConceptVectors.Of("badger lawn"), "en");
        AnnotatedArticle[] articles =
        [
            Some.Annotated("The bridge over the canal collapsed at dawn in Orven.", "event", "en", "Bridge in Orven collapsed"),
            Some.Annotated("A market opened in Selm. A singer retired. The bridge over the canal collapsed.", "list", "en", "News in brief: what happened today"),
        ];

        Assert.Equal(["event", "list"], Group(articles, _ => same));
    }

    [Fact]
    public void What_vectors_add_is_bounded()
    {
        var space = ConceptVectors.Space();
        var evidence = new VectorEvidence(Judge.Default);
        var statistics = new TermStatistics(TermBackground.Default);
        var features = new float[PairFeatures.Count];
        ArticleSketch Sketch(int article, string? text) =>
            ArticleSketch.Of(With(Articles[article], _ => text is null ? null : space.Place(ConceptVectors.Of(text), Articles[article].Article.Language)), statistics);
        float Added(int a, string textA, int b, string? textB)
        {
            PairFeatures.Compute(Sketch(a, textA), Sketch(b, textB), features);
            return evidence.StoryOdds(features, Sketch(a, textA), Sketch(b, textB)) - Judge.Default.StoryOdds(features);
        }

        Assert.Equal(VectorEvidence.MostForWithin, Added(0, "badger lawn", 1, "badger lawn"), 3);
        Assert.InRange(Added(0, "badger lawn", 2, "blaireau gazon"), VectorEvidence.MostForAcross, VectorEvidence.MostForAcross + 4);
        Assert.InRange(Added(0, "badger lawn", 1, "kite ladder"), -VectorEvidence.MostAgainst, -VectorEvidence.MostAgainst / 2);
        Assert.Equal(0, Added(0, "badger lawn", 1, null));
    }

    [Fact]
    public void Within_a_language_vectors_do_not_join_what_has_nothing_else_in_common()
    {
        var space = ConceptVectors.Space();
        var same = space.Place(ConceptVectors.Of("badger lawn"), "en");

        Assert.Equal(["badger-en", "kite-en", "scarf-en"], Group(Articles.Where(article => article.Article.Language == "en"), _ => same));
    }

    private static float[] Noise(string text)
    {
        var vector = new float[ConceptVectors.Dimensions];
        ConceptVectors.Add(vector, text, 1);
        return vector;
    }

    private static Func<AnnotatedArticle, ArticleVector?> Concepts(EmbeddingSpace space) =>
        article => space.Place(ConceptVectors.Of(EmbeddedText.Of(article.Article)!), article.Article.Language);

    private static ArticleDigest With(AnnotatedArticle article, Func<AnnotatedArticle, ArticleVector?> vectorOf)
    {
        var digest = ArticleDigest.Of(article);
        digest.Vector = vectorOf(article);
        return digest;
    }

    private static List<string> Group(IEnumerable<AnnotatedArticle> articles, Func<AnnotatedArticle, ArticleVector?> vectorOf)
    {
        var desk = new StoryDesk();
        foreach (var article in articles)
            desk.Place(With(article, vectorOf));
        desk.Settle(TestContext.Current.CancellationToken);
        return [.. desk.Stories.Select(story => string.Join(' ', story.Articles.Select(id => id.Value).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<AnnotatedArticle> Cases(Case item, int number) => item.Text.Split('\n').Select(line => line.Split(" | "))
        .Select(parts => Some.Annotated(parts[4] == "-" ? "" : parts[4], $"{number}-{parts[0]}-{parts[2]}", parts[2], parts[3], published: parts[1] == "-" ? null : parts[1]));
}
