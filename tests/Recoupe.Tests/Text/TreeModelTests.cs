using Recoupe.Text;

namespace Recoupe.Tests.Text;

public class TreeModelTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(40, 4)]
    [InlineData(7, 7)]
    public void Many_rows_at_once_get_the_very_scores_that_each_gets_alone(int trees, int depth)
    {
        const int Features = 9, Rows = 21;
        var random = new Random(trees);
        var model = Grow(random, trees, depth, Features);
        var rows = Enumerable.Range(0, Rows * Features).Select(i => i % 50 == 7 ? float.NaN : random.NextSingle()).ToArray();
        rows[3] = rows[4] = 0.5f; // a threshold exactly met goes left

        var scores = new float[Rows];
        model.Score(rows, Features, scores);

        Assert.Equal(Enumerable.Range(0, Rows).Select(row => model.Score(rows.AsSpan(row * Features, Features))), scores);
        Assert.True(scores.Distinct().Count() > 1);
        Assert.Equal(scores, model.Score(Rows, Features, (row, features) => rows.AsSpan(row * Features, Features).CopyTo(features)));
        Assert.Equal(scores, model.Score(Rows, Features, (row, features) => rows.AsSpan(row * Features, Features).CopyTo(features), threads: 4));
    }

    // Trees of which some branches end early; questions ask for halves too.
    private static TreeModel Grow(Random random, int trees, int depth, int features)
    {
        var nodes = new List<TreeModel.Node>();
        var roots = new int[trees];
        for (var tree = 0; tree < trees; tree++)
            roots[tree] = Add(depth);
        return new TreeModel(0.25f, roots, [.. nodes]);

        int Add(int below)
        {
            var at = nodes.Count;
            nodes.Add(new TreeModel.Node(-1, random.NextSingle() - 0.5f, 0, 0));
            if (below == 0 || (below < depth && random.Next(5) == 0))
                return at;
            nodes[at] = new TreeModel.Node((short)random.Next(features), random.Next(3) == 0 ? 0.5f : random.NextSingle(), Add(below - 1), Add(below - 1));
            return at;
        }
    }
}
