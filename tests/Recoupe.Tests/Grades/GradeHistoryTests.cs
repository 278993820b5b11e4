using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Dossiers;

namespace Recoupe.Tests.Grades;

public class GradeHistoryTests
{
    [Fact]
    public void A_point_has_the_grade_that_its_articles_until_then_give_it_and_in_the_end_its_own()
    {
        var dossier = Read(
            ("2025-03-07T09:00:00Z", "The lock of Vireux was closed on Friday after a crack was found in its lower gate."),
            ("2025-03-07T11:00:00Z", "The lock of Vireux was closed on Friday after a crack was found in its lower gate, harbour master Lena Hoek said."));

        var told = dossier.Points.Where(point => !point.History.IsEmpty).ToList();

        Assert.NotEmpty(told);
        Assert.All(told, point =>
        {
            var last = point.History[^1];
            Assert.Equal((point.Grade, point.Origins.Fewest, point.Origins.Most), (last.Grade, last.Fewest, last.Most));
            Assert.Equal(point.History.Select(step => step.At).Order(), point.History.Select(step => step.At));
            Assert.Equal(Moment.Parse("2025-03-07T09:00:00Z"), point.History[0].At);
        });
    }

    [Fact]
    public void Nothing_is_told_of_what_has_no_time() => Assert.All(
        Read((null, "The lock of Vireux was closed on Friday, Lena Hoek said."), ("2025-03-07T11:00:00Z", "The lock of Vireux was closed on Friday, Lena Hoek said. Two barges wait.")).Points
            .Where(point => point.Point.Passages.Any(passage => passage.Evidence.Article.Value == "a0")),
        point => Assert.Empty(point.History));

    private static Dossier Read(params (string? Published, string Text)[] articles) => Pipeline.Read(
        [.. articles.Select((article, place) => Some.Annotated(article.Text, $"a{place}", "en").Article with { Published = article.Published is { } at ? Moment.Parse(at) : null })],
        new PipelineOptions { Threads = 1 }, TestContext.Current.CancellationToken)[0];
}
