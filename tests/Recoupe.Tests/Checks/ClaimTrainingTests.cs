using Recoupe.Checks;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Checks;

/// <summary>The command that trains the decisions about claims works, and the claims that it learns from are well made.</summary>
public class ClaimTrainingTests
{
    private static readonly string Gold = Path.Combine(Repository.Root, "eval", "gold");

    [Fact]
    public void Models_trained_on_the_claims_about_four_stories_find_who_tells_a_claim()
    {
        var folder = Directory.CreateTempSubdirectory("recoupe-claims-").FullName;
        try
        {
            string[] stories = ["fuite-sarnelle", "inv-en3-cass-street", "port-isanda", "tribune-velnoy"];
            var log = new StringWriter();
            Assert.Equal(0, ClaimTraining.Run([folder, Path.Combine(Gold, "claims"), .. stories.Select(story => Path.Combine(Gold, "invented", story))], log));
            Assert.Contains("of 4 stories", log.ToString(), StringComparison.Ordinal);
            TreeModel Read(string name)
            {
                using var file = File.OpenRead(Path.Combine(folder, name + ".model"));
                return TreeModel.Read(file);
            }

            var dossier = ClaimChecker.Check(
                "Nine goats were stolen near Ulmer.", "en", [[Some.Annotated("The mayor of Ulmer opened a bridge. Nine goats were stolen near Ulmer on Sunday night, the sheriff said. It rained in the hills.", "a", "en")]], new PipelineOptions(),
                new ClaimJudge(Read("claims"), Read("claims-again"), Read("claims-otherwise")), TestContext.Current.CancellationToken);
            var passage = dossier.Points.IsEmpty ? Assert.Single(dossier.Check!.Perhaps).Evidence : dossier.Points[0].Point.Clearest.Evidence;
            Assert.Contains("goats", passage.Span.Quote(dossier.Articles[0].Article.Text), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Of_every_point_two_changed_claims_are_there_in_either_language_each_changed_in_another_way()
    {
        var (told, changed) = (Rows("claims.tsv"), Rows("changed.tsv"));
        string[] ways = ["value", "day", "place", "actor", "object", "sense", "negation", "degree"];

        Assert.All(changed, columns => Assert.Equal(6, columns.Length));
        Assert.All(changed, columns => Assert.Equal(columns[1] == "other", ways.Contains(columns[5])));
        Assert.All(changed.Where(columns => columns[1] == "other").GroupBy(columns => (columns[0], columns[2])), point => Assert.Equal(["en", "fr"], point.Select(columns => columns[3]).Order()));
        Assert.All(changed.Where(columns => columns[1] == "other").GroupBy(columns => (columns[0], columns[2])), point => Assert.Equal(2, point.Select(columns => columns[5]).Distinct().Count()));
        Assert.Equal(told.Where(columns => columns[1] == "told").Select(columns => (columns[0], columns[2])).ToHashSet(), changed.Where(columns => columns[1] == "other").Select(columns => (columns[0], columns[2])).ToHashSet());
        Assert.Empty(told.Select(columns => (columns[0], columns[4])).Intersect(changed.Select(columns => (columns[0], columns[4]))));
    }

    private static List<string[]> Rows(string table) => [.. File.ReadLines(Path.Combine(Gold, "claims", table)).Select(line => line.Split('\t'))];

    [Fact]
    public void Claims_are_told_in_both_languages_of_every_point_and_name_stories_that_are_known()
    {
        var claims = Rows("claims.tsv");

        Assert.All(claims, columns => Assert.Equal(5, columns.Length));
        Assert.Equal(128, claims.Select(columns => columns[0]).Distinct().Count());
        Assert.All(claims, columns => Assert.Contains(columns[1], (string[])["told", "untold", "other"]));
        Assert.All(claims.Where(columns => columns[1] == "told").GroupBy(columns => (columns[0], columns[2])), point => Assert.Equal(["en", "fr"], point.Select(columns => columns[3]).Order()));
        Assert.All(claims.Where(columns => columns[1] == "untold"), columns => Assert.Equal("-", columns[2]));
        Assert.InRange(claims.Count(columns => columns[3] == "fr") / (double)claims.Count, 0.45, 0.55);
    }
}
