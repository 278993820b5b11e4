using Recoupe.Articles;
using Recoupe.Stories;

namespace Recoupe.Tests.Stories;

public class HeadlineTests
{
    [Theory]
    [InlineData("fr", "Volley-ball : Tours en finale", "Volley : Tours rejoint la finale")]
    [InlineData("fr", "Procès des attaques du 13-Mars : les confidences d'un témoin", "Un témoin des attaques du 13 mars se confie")]
    [InlineData("fr", "Brest-Nantes : suivez le match", "Face à Nantes, Brest joue sa saison")]
    [InlineData("en", "Cardiff-Swansea talks stall", "Swansea walks out of talks with Cardiff")]
    public void A_compound_is_read_in_its_parts(string language, string compound, string parts)
    {
        var (a, b) = (Digest(language, compound), Digest(language, parts));
        var before = a.Terms.Intersect(Digest(language, compound.Replace('-', 'x')).Terms).Intersect(b.Terms).Count();

        Assert.True(a.Terms.Intersect(b.Terms).Count() > before);
    }

    [Fact]
    public void A_shared_part_is_shown_in_the_words_of_its_compound()
    {
        var surface = DigestMaker.SurfaceOf(Annotate("fr", "Brest-Nantes : suivez le match"));

        Assert.Equal("Brest-Nantes", surface[StemTable.TermOf("nantes")]);
    }

    [Fact]
    public void What_the_stream_is_full_of_weighs_less_in_a_headline_than_in_a_text()
    {
        var statistics = new TermStatistics(TermBackground.Default);
        for (var i = 0; i < 100; i++)
            statistics.Count(Digest("fr", $"Le tunnelier zx{i} avance"));
        var digest = Digest("fr", "tunnelier");
        var (headline, text) = (new byte[1], new byte[1]);
        statistics.Weigh(digest.Terms.AsSpan(0, 1), digest.Language, headline: true, headline);
        statistics.Weigh(digest.Terms.AsSpan(0, 1), digest.Language, headline: false, text);

        Assert.InRange(headline[0], 1, text[0] - 8);
    }

    [Fact]
    public void Headlines_alone_are_judged_by_their_own_decision()
    {
        var features = new float[PairFeatures.Count];
        features[PairFeatures.Overall] = 0.6f;
        features[PairFeatures.HoursApart] = PairFeatures.Unknown;
        features[PairFeatures.NumbersFound] = features[PairFeatures.DaysFound] = PairFeatures.Unknown;
        features[PairFeatures.Headlines] = 2;
        var judge = Judge.Default;
        var rows = features.Concat(features).ToArray();
        rows[PairFeatures.Count + PairFeatures.Headlines] = 0;
        var odds = new float[2];
        judge.StoryOdds(rows, odds);

        Assert.Equal(judge.StoryOdds(features), odds[0]);
        Assert.Equal(judge.Story.Score(rows.AsSpan(PairFeatures.Count)), odds[1]);
        Assert.NotEqual(judge.Story.Score(features), odds[0]);
    }

    private static ArticleDigest Digest(string language, string title) => ArticleDigest.Of(Annotate(language, title));

    private static AnnotatedArticle Annotate(string language, string title) => Pipeline.Annotate(
        new Article { Id = new ArticleId("a"), Source = "a", Title = title, Text = "", Language = language });
}
