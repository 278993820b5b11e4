using Recoupe.Points;

namespace Recoupe.Tests.Points;

/// <summary>What the passages of a point tell beside each other.</summary>
public class FacetsTests
{
    [Theory]
    [InlineData("en", "A coach overturned near Ulmer on Sunday, nine people were killed and fourteen people were injured.", "On Sunday nine people were killed and fourteen people were injured near Ulmer when a coach overturned.", "nine people were killed", "fourteen people were injured")]
    [InlineData("fr", "Un car s'est renversé dimanche près d'Ulmer, neuf personnes ont été tuées et quatorze personnes ont été blessées.", "Dimanche, neuf personnes ont été tuées et quatorze personnes ont été blessées près d'Ulmer dans le renversement d'un car.", "neuf personnes ont été tuées", "quatorze personnes ont été blessées")]
    public void The_dead_and_the_injured_are_told_beside_each_other(string language, string first, string second, string dead, string injured)
    {
        var story = StoryOf(language, first, second);
        var units = StoryPassages.Read(story, TestContext.Current.CancellationToken).Units;
        var fates = Facets.Of([new PointDraft(units)]).FindAll(draft => draft.Facet!.Kind == FacetKind.Fate);
        Assert.Equal(2, fates.Count);
        Assert.All(fates, fate => Assert.Equal(2, fate.Articles));
        var shown = fates.ConvertAll(fate => story.Quote(fate.ToPoint(story, default).Clearest.Evidence));
        Assert.Contains(shown, quote => quote.Contains(dead, StringComparison.OrdinalIgnoreCase) && !quote.Contains(injured, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(shown, quote => quote.Contains(injured, StringComparison.OrdinalIgnoreCase) && !quote.Contains(dead, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("en", "The coach overturned near Ulmer, nine people were killed.", "The coach overturned near Ulmer and fourteen people were injured.")]
    [InlineData("fr", "Le car s'est renversé près d'Ulmer, neuf personnes ont été tuées.", "Le car s'est renversé près d'Ulmer et quatorze personnes ont été blessées.")]
    public void What_one_article_alone_tells_is_no_facet(string language, string first, string second)
    {
        var story = StoryOf(language, first, second);
        var units = StoryPassages.Read(story, TestContext.Current.CancellationToken).Units;
        Assert.DoesNotContain(Facets.Of([new PointDraft(units)]), draft => draft.Facet!.Kind == FacetKind.Fate);
    }

    [Fact]
    public void A_facet_takes_the_passages_that_its_point_gained()
    {
        var story = StoryOf("en", "The coach overturned near Ulmer, nine people were killed.", "Nine people were killed when the coach overturned near Ulmer.", "Nine travellers of the coach were killed near Ulmer.");
        var units = StoryPassages.Read(story, TestContext.Current.CancellationToken).Units;
        var point = new PointDraft([units[0], units[1]]);
        var dead = Facets.Of([point]).Find(draft => draft.Facet!.Kind == FacetKind.Fate)!;
        Assert.Equal(2, dead.Units.Count);
        point.Beside.Add(units[2]);
        dead.FollowOwner();
        Assert.Equal(3, dead.Units.Count);
    }

    [Theory]
    [InlineData("en", "Nine people were killed near Ulmer on Sunday.", "On Sunday nine people were killed near Ulmer.")]
    [InlineData("fr", "Neuf personnes ont été tuées dimanche près d'Ulmer.", "Dimanche, neuf personnes ont été tuées près d'Ulmer.")]
    public void A_point_that_tells_one_thing_is_not_told_again(string language, string first, string second)
    {
        var options = new PointOptions { MinTold = float.MinValue, MinToldFacet = float.MinValue };
        var story = StoryOf(language, first, second);
        var shown = PointFinder.Find(story, options, TestContext.Current.CancellationToken).Select(point => story.Quote(point.Clearest.Evidence).TrimEnd('.')).ToList();
        Assert.Equal(shown.Distinct(), shown);
    }

    private static StoryText StoryOf(string language, params string[] texts) =>
        new([.. texts.Select((text, i) => Some.Annotated(text, $"a{i}", language))], TestContext.Current.CancellationToken);
}
