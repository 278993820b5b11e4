using System.Collections.Immutable;

using Recoupe.Points;

namespace Recoupe.Tests.Points;

/// <summary>Which passages of a story are one point.</summary>
public class PointFinderTests
{
    [Theory]
    [InlineData("en", "Nine goats were stolen from a farm near Ulmer on Sunday night, the county sheriff said. The farm sells cheese at the market of Ulmer.", "Thieves took nine goats from a farm close to Ulmer on Sunday, according to the sheriff. A bridge in Ulmer has been closed since spring.")]
    [InlineData("fr", "Neuf chèvres ont été volées dimanche soir dans une ferme près d'Ulmer, a dit la gendarmerie. La ferme vend ses fromages au marché d'Ulmer.", "Des voleurs ont emporté neuf chèvres dimanche dans une ferme proche d'Ulmer, selon la gendarmerie. Un pont d'Ulmer est fermé depuis le printemps.")]
    public void One_theft_told_twice_is_one_point(string language, string first, string second)
    {
        var points = Of((first, language), (second, language));
        Assert.Contains(points, point => Articles(point) == 2 && point.Passages.All(passage => passage.Evidence.Span.Start == 0 || passage.Partial));
        Assert.DoesNotContain(points, point => point.Passages.Any(passage => passage.Evidence.Span.Start > 60) && Articles(point) == 2 && point.Passages.All(passage => passage.Evidence.Span.Start > 60));
    }

    [Fact]
    public void A_theft_told_in_two_languages_is_one_point()
    {
        var points = Of(
            ("Nine goats were stolen from a farm near Ulmer on Sunday, the police said. The farm sells cheese.", "en"),
            ("Neuf chèvres ont été volées dimanche dans une ferme près d'Ulmer, a annoncé la police. Le pont est fermé.", "fr"));
        Assert.Contains(points, point => Articles(point) == 2);
    }

    [Fact]
    public void Articles_that_tell_nothing_have_no_points() => Assert.Empty(Of(("Plain words.", "en"), ("Well.", "en")));

    [Fact]
    public void The_same_articles_give_the_same_points_again()
    {
        (string, string)[] texts = [("Nine goats were stolen near Ulmer on Sunday, the sheriff said. The farm sells cheese.", "en"), ("Nine goats are gone from a farm near Ulmer, the sheriff said.", "en")];
        Assert.Equal(Of(texts).SelectMany(point => point.Passages), Of(texts).SelectMany(point => point.Passages));
    }

    [Theory]
    [InlineData("en", "The rescue of nine stolen goats in a barn of Ulmer.", "Nine stolen goats were rescued in a barn of Ulmer.")]
    [InlineData("fr", "Le sauvetage de neuf chèvres volées dans une grange d'Ulmer.", "Neuf chèvres volées ont été sauvées dans une grange d'Ulmer.")]
    public void A_point_is_shown_by_a_whole_clause(string language, string phrase, string clause)
    {
        var story = new StoryText([Some.Annotated(phrase, "a0", language), Some.Annotated(clause, "a1", language)], TestContext.Current.CancellationToken);
        var units = StoryPassages.Read(story, TestContext.Current.CancellationToken).Units;
        Assert.Equal(2, units.Count);
        Assert.Equal("a1", new PointDraft(units).ToPoint(story, default).Clearest.Evidence.Article.Value);
    }

    private static int Articles(Point point) => point.Passages.Select(passage => passage.Evidence.Article).Distinct().Count();

    private static ImmutableArray<Point> Of(params (string Text, string Language)[] texts) => PointFinder.Find(
        [.. texts.Select((text, i) => Some.Annotated(text.Text, $"a{i}", text.Language))], new PointOptions(), TestContext.Current.CancellationToken);
}
