using Recoupe.Points;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Points;

/// <summary>The command that trains the decisions about points works.</summary>
public class PointTrainingTests
{
    [Fact]
    public void Points_trained_on_the_invented_stories_put_a_story_together()
    {
        var folder = Directory.CreateTempSubdirectory("recoupe-points-").FullName;
        try
        {
            var log = new StringWriter();
            Assert.Equal(0, PointTraining.Run([folder, Path.Combine(Repository.Root, "eval", "gold", "invented")], log));
            Assert.Equal(0, AmountTraining.Run([folder, Path.Combine(Repository.Root, "eval", "gold", "invented")], log));
            Assert.Contains("stories", log.ToString(), StringComparison.Ordinal);
            TreeModel Read(string name)
            {
                using var file = File.OpenRead(Path.Combine(folder, name + ".model"));
                return TreeModel.Read(file);
            }

            var judge = new PointJudge(Read("points"), Read("told"), Read("members"), Read("amounts"), Read("amounts-open"));
            var points = PointFinder.Find(
                [Some.Annotated("Nine goats were stolen near Ulmer on Sunday night, the sheriff said.", "a", "en"), Some.Annotated("Nine goats were stolen near Ulmer on Sunday night, the sheriff said on Monday.", "b", "en")],
                new PointOptions { Judge = judge }, TestContext.Current.CancellationToken);
            Assert.Contains(points, point => point.Passages.Select(passage => passage.Evidence.Article).Distinct().Count() == 2);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Pairs_are_measured_by_models_that_have_not_seen_their_affair()
    {
        var log = new StringWriter();

        Assert.Equal(0, PointTraining.Run(["unused", Path.Combine(Repository.Root, "eval", "gold", "invented"), "--pairs"], log));

        var all = log.ToString().Split('\n').Single(line => line.StartsWith("all ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("20", all[1]);
        Assert.InRange(double.Parse(all[5], System.Globalization.CultureInfo.InvariantCulture), 0.15, 0.6);
    }
}
