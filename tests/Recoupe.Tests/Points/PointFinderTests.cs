using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

using Recoupe.Dossiers;
using Recoupe.Points;
using Recoupe.Stories;

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

    [Theory]
    [InlineData("en", "Nine goats were stolen from a farm near Ulmer on Sunday night, the county sheriff said.", "The bridge over the Sarn has been closed since spring, the council said.")]
    [InlineData("fr", "Neuf chèvres ont été volées dimanche soir dans une ferme près d'Ulmer, a dit la gendarmerie.", "Le pont sur la Sarne est fermé depuis le printemps, a dit le conseil.")]
    public void What_articles_tell_first_is_told_first(string language, string theft, string bridge)
    {
        string FirstOf(params string[] sentences) => Of((string.Join(' ', sentences), language), (string.Join(' ', sentences), language))[0].Clearest.Evidence.Span.Quote(string.Join(' ', sentences));
        Assert.Contains(theft[..20], FirstOf(theft, bridge), StringComparison.Ordinal);
        Assert.Contains(bridge[..20], FirstOf(bridge, theft), StringComparison.Ordinal);
    }

    [Fact]
    public void Articles_that_tell_nothing_have_no_points() => Assert.Empty(Of(("Plain words.", "en"), ("Well.", "en")));

    [Fact]
    public void The_same_articles_give_the_same_points_again()
    {
        (string, string)[] texts = [("Nine goats were stolen near Ulmer on Sunday, the sheriff said. The farm sells cheese.", "en"), ("Nine goats are gone from a farm near Ulmer, the sheriff said.", "en")];
        Assert.Equal(Of(texts).SelectMany(point => point.Passages), Of(texts).SelectMany(point => point.Passages));
    }

    [Fact]
    public void However_many_threads_compare_the_dossier_is_the_same()
    {
        string[] animals = ["goats", "sheep", "hens", "geese"], towns = ["Ulmer", "Sarn", "Vireux"], speakers = ["the sheriff said", "Lena Hoek said", "according to a witness"];
        var articles = Enumerable.Range(0, 40).Select(i => Some.Annotated(
            string.Join(' ', Enumerable.Range(0, 9).Select(j => $"{10 + (i % 3)} {animals[(i + j) % 4]} were stolen from a farm near {towns[j % 3]} on Sunday night, {speakers[(i * j) % 3]}.")),
            $"a{i}", "en", outlet: $"Courier {i % 7}", published: $"2026-03-02T{i % 24:00}:00:00Z")).ToImmutableArray();
        var story = new Story(new StoryId("s1"), new StoryId("s1"), [.. articles.Select(article => article.Id)]);
        string Json(int threads)
        {
            using var written = new MemoryStream();
            using (var writer = new Utf8JsonWriter(written))
                DossierJson.Write(writer, [DossierMaker.Make(story, articles, new PipelineOptions { Threads = threads }, TestContext.Current.CancellationToken)], "0");
            return Encoding.UTF8.GetString(written.ToArray());
        }

        Assert.Equal(Json(1), Json(4));
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
