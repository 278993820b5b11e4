using Recoupe.Stories;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Stories;

public class StoryTrainingTests
{
    [Fact]
    public void A_model_trained_on_two_small_streams_groups_a_third()
    {
        var sets = new[] { "en", "fr" }.Select(language => Set(language, CaseFile.Read(language, "stories")[0])).ToList();
        var judge = StoryTraining.Train(sets);
        var third = Set("en", CaseFile.Read("en", "stories")[2]);
        var (sketches, pairs) = Settlement.Pairs(third.Digests, new StoryOptions(), CancellationToken.None);

        var groups = Settlement.Cluster(sketches, pairs, new StoryOptions(), judge);

        Assert.Equal(["0 1", "2"], groups.Select(group => string.Join(' ', group.Articles)));
    }

    [Fact]
    public void Training_twice_gives_the_same_bytes_and_reading_gives_the_same_scores()
    {
        var sets = new[] { Set("en", CaseFile.Read("en", "stories")[0]) };
        using MemoryStream first = new(), second = new();
        var model = StoryTraining.Train(sets).Story;
        model.Write(first);
        StoryTraining.Train(sets).Story.Write(second);
        first.Position = 0;
        var read = TreeModel.Read(new MemoryStream(first.ToArray()));
        var features = Enumerable.Range(0, PairFeatures.Count).Select(i => i / 30f).ToArray();

        Assert.Equal(second.ToArray(), first.ToArray());
        Assert.Equal(model.Score(features), read.Score(features));
    }

    [Fact]
    public void A_model_rises_with_the_features_that_must_rise()
    {
        var rows = new float[400];
        var labels = new bool[400];
        for (var i = 0; i < 400; i++)
        {
            rows[i] = i / 400f;
            labels[i] = i % 7 == 0 || i > 200;
        }

        var model = new Boosting { Trees = 20, LeastWeight = 1, Rising = new HashSet<int> { 0 } }.Train(rows, 1, labels, [.. Enumerable.Repeat(1f, 400)]);

        var scores = Enumerable.Range(0, 101).Select(i => model.Score([i / 100f])).ToList();
        Assert.Equal(scores.Order(), scores);
        Assert.True(scores[^1] > scores[0] + 1);
    }

    private static StoryTraining.LabelledSet Set(string name, Case item)
    {
        var articles = item.Text.Split('\n').Select(line => line.Split(" | ")).Select(parts => Some.Annotated(
            parts[4] == "-" ? "" : parts[4], parts[0], parts[2], parts[3], published: parts[1] == "-" ? null : parts[1])).ToList();
        var stories = articles.Select(article => item.Expected.FirstOrDefault(line => line.Split(' ').Contains(article.Id.Value)) ?? article.Id.Value).ToList();
        return new StoryTraining.LabelledSet(name, articles, stories, stories);
    }
}
