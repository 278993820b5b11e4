using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Grades;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Tests.Dossiers;

/// <summary>A verdict that hangs on passages put together on weak grounds says so.</summary>
public class WeakTiesTests
{
    [Theory]
    [InlineData("a", 0.9, 0.9, "")]
    [InlineData("b", 0.9, 0.2, "b")] // that two tell it
    [InlineData("c", 0.2, 0.2, "a b")]
    public void That_several_tell_it_hangs_on_who_is_put_with_it_on_weak_grounds(string name, double first, double second, string expected) =>
        Assert.Equal(expected, Told(name, [("a", first), ("b", second)], []));

    [Fact]
    public void Range_hangs_on_an_origin_that_only_such_articles_give()
    {
        (string, double?)[] passages = [("a", 0.9), ("b", 0.9), ("c", 0.2)];

        Assert.Equal("c", Told("p", passages, [["a", "b"], ["c"]]));
        Assert.Equal("", Told("p", passages, [["a"], ["b", "c"]]));
        Assert.Equal("", Told("p", passages, [["a", "b", "c"]]));
    }

    [Fact]
    public void One_firm_passage_holds_its_article_and_a_person_who_put_it_together_is_believed()
    {
        Assert.Equal("", Told("p", [("a", 0.9), ("b", 0.1), ("b", 0.8)], []));
        Assert.Equal("", Told("p", [("a", null), ("b", null)], []));
        Assert.Equal("", Told("p", [("a", 0.9), ("b", 0.1)], [], corrected: true));
        Assert.Equal("", Told("p", [("a", 0.1)], []));
    }

    [Theory]
    [InlineData("en", "The flood broke the dam at Orvel on Sunday, the prefecture said.", "Swimmers are asked to stay away from Orvel on Sunday, the prefecture said.")]
    [InlineData("fr", "La crue a rompu le barrage d'Orvel dimanche, a indiqué la préfecture.", "Les baigneurs sont priés d'éviter Orvel dimanche, a indiqué la préfecture.")]
    public void Each_passage_tells_how_likely_it_tells_the_point(string language, string first, string second)
    {
        var articles = new[] { first, first, second }.Select((text, place) => Some.Article(text, $"a{place}", language)).ToList();

        var dossiers = Pipeline.Read(articles, new PipelineOptions(), TestContext.Current.CancellationToken);

        var likelihoods = dossiers.SelectMany(dossier => dossier.Points).SelectMany(point => point.Point.Passages).Select(passage => passage.Likelihood).OfType<double>().ToList();

        Assert.NotEmpty(likelihoods);
        Assert.All(likelihoods, likelihood => Assert.InRange(likelihood, 0, 1));
    }

    private static string Told(string name, (string Article, double? Likelihood)[] passages, string[][] origins, bool corrected = false)
    {
        var told = passages.Select((passage, place) => new Passage(At(passage.Article, place), null, Stance.Affirms) { Likelihood = passage.Likelihood }).ToImmutableArray();
        var list = origins.Select(articles => new Origin(name + articles[0], OriginType.Person, [], true, [.. articles.Select(article => At(article, 0))])).ToImmutableArray();
        var point = new SourcedPoint(
            new Point(new PointId(name), told[0], told, Corrected: corrected), Grade.Named, null, new OriginCount(1, Math.Max(1, list.Length), list, [], [], []), []);
        return string.Join(' ', WeakTies.Of(point).Select(article => article.Value));
    }

    private static Evidence At(string article, int place) => new(new ArticleId(article), new TextSpan(place * 10, (place * 10) + 5));
}
