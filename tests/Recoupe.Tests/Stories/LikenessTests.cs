using Recoupe.Stories;

namespace Recoupe.Tests.Stories;

public class LikenessTests
{
    private const string Ferry = "The ferry Solan ran aground off Torvik on Sunday night with 140 people aboard. The ferry's crew said the Solan lost steering in the narrows. "
        + "Lifeboats brought everyone from the ferry to Torvik, where the town opened its school.";

    private const string FerryAgain = "Passengers told how the Solan struck a reef near Torvik. The ferry was on its last crossing of the day. "
        + "No one aboard the ferry was hurt, the Torvik rescue centre said, and divers will look at the Solan's rudder.";

    private const string Mayor = "Three candidates stand for mayor in Torvik in May. Each candidate promises lower taxes and a library. "
        + "The mayor's chair has been empty since the spring, when the last mayor resigned over taxes. One candidate wants a bigger harbour.";

    private const string Bac = "Le bac Solane s'est échoué dimanche soir devant Torvec avec 140 personnes à bord. L'équipage du bac dit avoir perdu le gouvernail. "
        + "Des canots ont ramené tous les passagers du bac à Torvec, où l'école les a accueillis.";

    private const string BacAgain = "Les passagers racontent comment le Solane a heurté un récif près de Torvec. Le bac faisait sa dernière traversée. "
        + "Personne à bord du bac n'a été blessé ; des plongeurs examineront le gouvernail du Solane.";

    private const string Maire = "Trois candidats veulent devenir maire de Torvec en mai. Chaque candidat promet des impôts plus bas et une bibliothèque. "
        + "Le fauteuil du maire est vide depuis le printemps : l'ancien maire a démissionné à cause des impôts. Un candidat veut un port plus grand.";

    [Theory]
    [InlineData("en", Ferry, FerryAgain, Mayor)]
    [InlineData("fr", Bac, BacAgain, Maire)]
    public void What_both_dwell_on_counts_before_what_one_brushes(string language, string text, string again, string other)
    {
        var articles = new[] { Some.Annotated(text, "a", language), Some.Annotated(again, "b", language), Some.Annotated(other, "c", language) };
        var likeness = new Likeness(articles);

        var same = likeness.Compare(articles[0], articles[1]);
        var brushed = likeness.Compare(articles[0], articles[2]);

        Assert.True(same.Same);
        Assert.False(brushed.Same);
        Assert.True(same.Degree > brushed.Degree);
    }

    [Fact]
    public void Of_items_in_two_languages_that_share_the_same_names_the_one_that_tells_as_much_is_likest()
    {
        var item = Some.Annotated("Ada Holm opened the Torvik harbour museum on Monday.", "a");
        var alike = Some.Annotated("Ada Holm a inauguré lundi la maison des pêcheurs de Torvik.", "b", "fr");
        var longer = Some.Annotated(
            "Ada Holm a inauguré lundi la maison des pêcheurs de Torvik, avant de partir à pied, sous la pluie, suivie par une foule qui chantait, jusque dans la vallée voisine.", "c", "fr");
        var likeness = new Likeness([item, alike, longer]);

        Assert.True(likeness.Compare(item, alike).Degree > likeness.Compare(item, longer).Degree);
    }

    [Fact]
    public void Likeness_is_the_same_both_ways_and_full_with_itself()
    {
        var articles = new[] { Some.Annotated(Ferry, "a"), Some.Annotated(Mayor, "b"), Some.Annotated(Maire, "c", "fr") };
        var likeness = new Likeness(articles);

        Assert.Equal(1, likeness.Compare(articles[0], articles[0]).Degree, 4);
        Assert.All(articles, a => Assert.All(articles, b => Assert.Equal(likeness.Compare(a, b), likeness.Compare(b, a))));
    }

    [Fact]
    public void An_article_without_words_is_like_none()
    {
        var articles = new[] { Some.Annotated(Ferry, "a"), Some.Annotated("…", "b") };

        var found = new Likeness(articles).Compare(articles[0], articles[1]);

        Assert.Equal(0, found.Degree);
        Assert.False(found.Same);
    }
}
