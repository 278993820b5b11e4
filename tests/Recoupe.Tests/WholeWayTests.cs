using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Grades;
using Recoupe.Origins;

namespace Recoupe.Tests;

/// <summary>Two undated text dumps of one announcement, boilerplate and all, in each language: the whole way from bytes to dossier.</summary>
public class WholeWayTests
{
    private sealed record Expected(
        string Untitled, string Titled, string UntitledOutlet, string TitledOutlet, string Agency, string[] Boilerplate, string[] Kept,
        string MainWords, string[] MainMedia, string AloneWords, string Commitment, string CommitmentChannel, string Interview, string InterviewChannel);

    private static readonly Dictionary<string, Expected> ByLanguage = new()
    {
        ["fr"] = new(
            "le-littoral", "radio-orve", "Le Littoral", "Radio Orve", "AFP",
            ["LOU TERRIER", "cookies", "Lire la vidéo", "Related News", "Temps de lecture", "Publié Mis à jour", "Lancez la conversation", "compte Radio Orve"],
            ["Réclamée depuis des mois", "Les communes s’engagent à limiter les risques", "S'ils coupent les crédits"],
            "a déclaré à l'AFP mercredi 4 mars", ["Courrier d'Ostrel", "Radio Maurelle", "AFP"],
            "plus de 60 communes", "les communes se sont également engagées", "Radio Maurelle", "S'ils coupent [les crédits]", "Télé Maurelle"),
        ["en"] = new(
            "shore-post", "maurel-herald", "The Shore Post", "Maurel Herald", "Reuters",
            ["LOU TERRIER", "cookies", "Play video", "Related News", "Reading time", "Published Updated", "Start the conversation", "Maurel Herald account"],
            ["Long demanded by the mayors", "Towns pledge to limit the risks", "If they cut the money"],
            "told Reuters on Wednesday, 4 March", ["Ostrel Courier", "Radio Maurel", "Reuters"],
            "more than 60 towns", "the towns have also pledged", "Radio Maurel", "If they cut [the money]", "Tele Maurel"),
    };

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void A_dump_gives_its_clean_text_and_keeps_the_rest_as_evidence(string language)
    {
        var expected = ByLanguage[language];
        var articles = Articles(language);
        var untitled = articles.Single(article => article.Id.Value == expected.Untitled);
        var titled = articles.Single(article => article.Id.Value == expected.Titled);
        Assert.Null(untitled.Title);
        Assert.NotNull(titled.Title);
        Assert.Equal(expected.UntitledOutlet, untitled.Outlet);
        Assert.Equal(expected.TitledOutlet, titled.Outlet);
        Assert.Empty(untitled.Agencies);
        Assert.Equal([expected.Agency], titled.Agencies);
        Assert.All(articles, article => Assert.Equal(language, article.Language));

        var text = untitled.Text + "\n\n" + titled.Text;
        Assert.All(expected.Boilerplate, words => Assert.DoesNotContain(words, text, StringComparison.Ordinal));
        Assert.All(expected.Kept, words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.All(articles, article => Assert.Contains(article.Blocks, block => block.Kind == BlockKind.Credit));
        Assert.All(articles, article => Assert.Contains(article.Blocks, block => block.Kind == BlockKind.Promo || block.Kind == BlockKind.Comments));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void The_two_are_one_story_and_date_each_other(string language)
    {
        var dossier = Dossier(language);
        Assert.Equal(2, dossier.Articles.Length);
        Assert.All(dossier.Articles, article =>
        {
            Assert.Equal("2026-03-04", article.Article.Published?.Day.ToString("yyyy-MM-dd"));
            Assert.Equal(Dating.Inferred, article.Article.Dated);
            Assert.NotEmpty(article.Article.DatedBy);
        });
        var values = dossier.Articles.SelectMany(article => article.Dates).Select(date => date.Value).ToHashSet();
        Assert.Superset(new HashSet<string?> { "2026-03-03", "2026-03-01", "2026-03-04", "2026-05-04", "2026-03-05" }, values);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void The_main_point_rests_on_unnamed_officials_met_by_three_media(string language)
    {
        var expected = ByLanguage[language];
        var dossier = Dossier(language);
        var main = PointWith(dossier, expected.MainWords);
        Assert.Equal(Grade.UnnamedOnly, main.Grade);
        Assert.Equal(1, main.Origins.Fewest);
        // Bare sentences that tell it too widen the range; nobody with a name stands behind it.
        Assert.All(main.Origins.Origins, origin => Assert.True(origin.Type is OriginType.Unnamed or OriginType.Medium or null, $"{origin.Name} is a {origin.Type}"));
        Assert.Equal(
            expected.MainMedia.Order(StringComparer.Ordinal),
            main.Origins.Origins.SelectMany(origin => origin.Via).Distinct().Select(name => name.Replace('’', '\'')).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void What_one_outlet_alone_tells_is_marked(string language)
    {
        var expected = ByLanguage[language];
        Assert.Equal(expected.TitledOutlet, PointWith(Dossier(language), expected.AloneWords).Alone);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Channels_are_told_and_inherited(string language)
    {
        var expected = ByLanguage[language];
        var dossier = Dossier(language);
        Assert.Equal(expected.InterviewChannel, StatementWith(dossier, expected.Interview).Channel?.Name);
        Assert.Equal(expected.CommitmentChannel, StatementWith(dossier, expected.Commitment).Channel?.Name);
    }

    private static Recoupe.Statements.Statement StatementWith(Dossier dossier, string words) =>
        dossier.Articles.SelectMany(article => article.Statements.Where(statement => !statement.InTitle).Select(statement => (article, statement)))
            .First(pair => pair.statement.Extent.Quote(pair.article.Article.Text).Replace('’', '\'').Contains(words, StringComparison.Ordinal))
            .statement;

    private static SourcedPoint PointWith(Dossier dossier, string words)
    {
        var byId = dossier.Articles.ToDictionary(article => article.Id);
        string SentenceOf(Evidence evidence)
        {
            var text = byId[evidence.Article].TextOf(evidence.InTitle);
            var sentence = text.SentenceAt(evidence.Span.Start);
            return sentence < 0 ? "" : text.Sentences[sentence].Union(evidence.Span).Quote(text.Text).Replace('’', '\'');
        }

        return dossier.Points.First(point => point.Point.Passages.Any(passage => SentenceOf(passage.Evidence).Contains(words, StringComparison.Ordinal)));
    }

    private static Dossier Dossier(string language) =>
        Assert.Single(Pipeline.Read(Articles(language), new PipelineOptions(), TestContext.Current.CancellationToken));

    private static List<Article> Articles(string language) =>
        [.. DocumentReader.Read([Path.Combine(Repository.Root, "tests", "Recoupe.Tests", "Cases", "dumps", language)], TestContext.Current.CancellationToken)
            .Select(intake => intake.Document!)
            .Select(document => ArticleReader.Read(document, new ArticleId(Path.GetFileNameWithoutExtension(document.Source))))];
}
