using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Statements;

namespace Recoupe.Tests.Corrections;

public class CorrectionTests
{
    private const string First = "The roof of the market hall in Brennick collapsed on Monday, the fire service said. The school choir sang in the old chapel.";
    private const string Second = "The roof of the market hall in Brennick collapsed on Monday, Ann Dorrit said. A ferry to the islands was late again.";

    [Fact]
    public void A_corrected_outlet_wins_over_the_input()
    {
        var dossier = Read("""{ "articles": [{ "article": "a", "outlet": "Tarn Valley News" }] }""")[0];
        Assert.Equal("Tarn Valley News", dossier.Articles.First(article => article.Id == new ArticleId("a")).Article.Outlet);
    }

    [Fact]
    public void A_statement_goes_to_the_speaker_that_a_person_names()
    {
        var dossier = Read("""{ "speakers": [{ "article": "a", "words": "collapsed on Monday", "speaker": "Tom Bayley", "type": "person" }] }""")[0];
        var statement = dossier.Articles.First(article => article.Id == new ArticleId("a")).Statements.First(statement => statement.Corrected);
        Assert.Equal(("Tom Bayley", SpeakerType.Person), (statement.Speaker!.Name, statement.Speaker.Type));
    }

    [Fact]
    public void Merged_articles_are_one_story_and_split_ones_are_their_own()
    {
        Assert.Contains(Read("""{ "stories": { "merge": [["a", "b"]] } }"""), dossier => dossier.Articles.Length == 2);
        Assert.All(Read("""{ "stories": { "merge": [["a", "b"]], "split": [["b"]] } }"""), dossier => Assert.Single(dossier.Articles));
    }

    [Fact]
    public void Merged_passages_are_one_point_that_is_marked()
    {
        var dossiers = Read("""
            { "stories": { "merge": [["a", "b"]] },
              "points": { "merge": [[{ "article": "a", "words": "The school choir" }, { "article": "b", "words": "A ferry to the islands" }]] } }
            """);
        var point = dossiers.First(dossier => dossier.Articles.Length == 2).Points.FirstOrDefault(point => point.Point.Corrected);
        Assert.NotNull(point);
        Assert.Equal(2, point.Point.Passages.Select(passage => passage.Evidence.Article).Distinct().Count());
    }

    [Fact]
    public void Origins_are_one_or_apart_as_a_person_says()
    {
        const string together = """
            "stories": { "merge": [["a", "b"]] },
            "points": { "merge": [[{ "article": "a", "words": "collapsed on Monday" }, { "article": "b", "words": "collapsed on Monday" }]] }
            """;
        const string places = """[[{ "article": "a", "words": "collapsed on Monday" }, { "article": "b", "words": "collapsed on Monday" }]]""";
        Assert.Equal((2, 2), Range($$"""{ {{together}}, "origins": { "apart": {{places}} } }"""));
        Assert.Equal((1, 1), Range($$"""{ {{together}}, "origins": { "same": {{places}} } }"""));

        static (int, int) Range(string json)
        {
            var point = Read(json).First(dossier => dossier.Articles.Length == 2).Points
                .First(point => point.Point.Passages.Select(passage => passage.Evidence.Article).Distinct().Count() == 2);
            return (point.Origins.Fewest, point.Origins.Most);
        }
    }

    [Fact]
    public void Every_kind_is_written_as_it_is_read()
    {
        const string json = """
            [{"kind":"merge-stories","articles":["a","b"]},{"kind":"split-story","articles":["a"]},
             {"kind":"merge-points","passages":[{"article":"a","words":"x"},{"article":"b","words":"y"}]},{"kind":"split-point","passages":[{"article":"a","words":"x"}]},
             {"kind":"same-origin","passages":[{"article":"a","words":"x"},{"article":"b","words":"y"}]},
             {"kind":"not-same-origin","passages":[{"article":"a","words":"x"},{"article":"b","words":"y"}]},
             {"kind":"speaker","article":"a","words":"x","speaker":"Zoë","type":"unnamed"},{"kind":"article","article":"a","outlet":"Post","published":"2026-04-14"},
             {"kind":"note","article":"a","words":"x","text":"why"},{"kind":"star","article":"a"}]
            """;
        var read = CorrectionReader.Read(json).All;
        Assert.Equal(CorrectionWriter.Kinds, read.Select(CorrectionWriter.KindOf));
        var written = $"[{string.Join(',', read.Select(CorrectionWriter.Text))}]";
        Assert.Equal(string.Concat(json.Split('\n').Select(line => line.Trim())), written);
    }

    [Theory]
    [InlineData("""{ "stories": """, "line 1")]
    [InlineData("""[{ "kind": "rename" }]""", "[0].kind: \"rename\" is none of merge-stories")]
    [InlineData("""[{ "kind": "star", "article": "a", "colour": "red" }]""", "\"colour\" is not known here")]
    [InlineData("""[{ "kind": "merge-stories" }]""", "\"articles\" is missing")]
    [InlineData("""{ "points": { "merge": [[{ "article": "a" }, { "article": "b", "words": "x" }]] } }""", "points.merge[0][0]: \"words\" is missing")]
    [InlineData("""{ "speakers": [{ "article": "a", "words": "x", "speaker": "y", "type": "alien" }] }""", "speakers[0].type")]
    [InlineData("""{ "articles": [{ "article": "a", "published": "yesterday" }] }""", "articles[0].published")]
    [InlineData("""{ "storys": {} }""", "use stories, points, origins, speakers, articles")]
    [InlineData("""{ "stories": { "merge": [["a"]] } }""", "stories.merge[0]: 2 or more")]
    public void An_error_names_the_place_and_the_remedy(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<CorrectionException>(() => CorrectionReader.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Words_that_are_not_there_change_nothing() => Assert.Equal(
        Read("{}").Select(dossier => dossier.Points.Length),
        Read("""{ "points": { "merge": [[{ "article": "a", "words": "no such words" }, { "article": "z", "words": "nor these" }]] } }""").Select(dossier => dossier.Points.Length));

    private static IReadOnlyList<Recoupe.Dossiers.Dossier> Read(string json)
    {
        Article[] articles =
        [
            new() { Id = new ArticleId("a"), Source = "a", Language = "en", Outlet = "Northfield Echo", OutletFrom = "input", Text = First },
            new() { Id = new ArticleId("b"), Source = "b", Language = "en", Outlet = "Sarn Valley Post", OutletFrom = "input", Text = Second },
        ];
        return Pipeline.Read(articles, new PipelineOptions { Threads = 1, Corrections = CorrectionReader.Read(json) }, TestContext.Current.CancellationToken);
    }
}
