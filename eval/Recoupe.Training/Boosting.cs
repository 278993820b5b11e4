using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains a <see cref="TreeModel"/> by gradient boosting of the logistic loss on histograms (Friedman 2001; Ke et al. 2017).</summary>
/// <remarks>No chance is involved: the same rows give the same model.</remarks>
public sealed record Boosting
{
    public int Trees { get; init; } = 120;

    public int Depth { get; init; } = 4;

    public double Rate { get; init; } = 0.1;

    /// <summary>Least sum of second derivatives in a leaf.</summary>
    public double LeastWeight { get; init; } = 3;

    /// <summary>Pulls leaf values to 0.</summary>
    public double Ridge { get; init; } = 3;

    /// <summary>Trains on rows of equal length.</summary>
    /// <param name="rows">Features by row, <paramref name="width"/> each, one after the other.</param>
    public TreeModel Train(float[] rows, int width, bool[] labels, float[] weights, CancellationToken cancellationToken = default)
    {
        var count = labels.Length;
        var edges = Enumerable.Range(0, width).Select(feature => Edges(rows, width, feature, count)).ToArray();
        var bins = new byte[count * width];
        for (var row = 0; row < count; row++)
        {
            for (var feature = 0; feature < width; feature++)
                bins[(row * width) + feature] = (byte)Bin(edges[feature], rows[(row * width) + feature]);
        }

        double yes = 1, no = 1;
        for (var row = 0; row < count; row++)
        {
            if (labels[row]) yes += weights[row];
            else no += weights[row];
        }

        var bias = (float)Math.Log(yes / no);
        var scores = new double[count];
        Array.Fill(scores, bias);
        var gradients = new double[count];
        var curvatures = new double[count];
        var roots = new List<int>();
        var nodes = new List<TreeModel.Node>();
        var all = Enumerable.Range(0, count).ToArray();
        for (var tree = 0; tree < Trees; tree++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var row = 0; row < count; row++)
            {
                var p = 1 / (1 + Math.Exp(-scores[row]));
                gradients[row] = weights[row] * ((labels[row] ? 1 : 0) - p);
                curvatures[row] = weights[row] * p * (1 - p);
            }

            roots.Add(nodes.Count);
            Grow(all, Depth, bins, width, edges, gradients, curvatures, nodes, scores);
        }

        return new TreeModel(bias, [.. roots], [.. nodes]);
    }

    private void Grow(
        int[] rows, int depth, byte[] bins, int width, float[][] edges, double[] gradients, double[] curvatures,
        List<TreeModel.Node> nodes, double[] scores)
    {
        double gradient = 0, curvature = 0;
        foreach (var row in rows)
        {
            gradient += gradients[row];
            curvature += curvatures[row];
        }

        var at = nodes.Count;
        if (depth == 0 || BestSplit(rows, bins, width, edges, gradients, curvatures, gradient, curvature) is not { } split)
        {
            var value = Rate * gradient / (curvature + Ridge);
            nodes.Add(new TreeModel.Node(-1, (float)value, 0, 0));
            foreach (var row in rows)
                scores[row] += (float)value;
            return;
        }

        nodes.Add(default);
        var left = Array.FindAll(rows, row => bins[(row * width) + split.Feature] <= split.Bin);
        var right = Array.FindAll(rows, row => bins[(row * width) + split.Feature] > split.Bin);
        Grow(left, depth - 1, bins, width, edges, gradients, curvatures, nodes, scores);
        var rightAt = nodes.Count;
        Grow(right, depth - 1, bins, width, edges, gradients, curvatures, nodes, scores);
        nodes[at] = new TreeModel.Node((short)split.Feature, edges[split.Feature][split.Bin], at + 1, rightAt);
    }

    private (int Feature, int Bin)? BestSplit(
        int[] rows, byte[] bins, int width, float[][] edges, double[] gradients, double[] curvatures, double gradient, double curvature)
    {
        var sums = new double[width * 256];
        var curves = new double[width * 256];
        foreach (var row in rows)
        {
            var (g, h) = (gradients[row], curvatures[row]);
            var start = row * width;
            for (var feature = 0; feature < width; feature++)
            {
                var cell = (feature << 8) + bins[start + feature];
                sums[cell] += g;
                curves[cell] += h;
            }
        }

        (int Feature, int Bin)? best = null;
        var whole = gradient * gradient / (curvature + Ridge);
        var bestGain = 1e-3;
        for (var feature = 0; feature < width; feature++)
        {
            double g = 0, h = 0;
            for (var bin = 0; bin < edges[feature].Length; bin++)
            {
                g += sums[(feature << 8) + bin];
                h += curves[(feature << 8) + bin];
                if (h < LeastWeight || curvature - h < LeastWeight)
                    continue;
                var gain = (g * g / (h + Ridge)) + ((gradient - g) * (gradient - g) / (curvature - h + Ridge)) - whole;
                if (gain > bestGain)
                {
                    bestGain = gain;
                    best = (feature, bin);
                }
            }
        }

        return best;
    }

    // Up to 64 bounds at even shares of the rows; a value at most a bound lies in the bin of that bound.
    private static float[] Edges(float[] rows, int width, int feature, int count)
    {
        var values = new float[count];
        for (var row = 0; row < count; row++)
            values[row] = rows[(row * width) + feature];
        Array.Sort(values);
        var edges = new List<float>();
        for (var i = 1; i < 64; i++)
        {
            var value = values[(int)((long)count * i / 64)];
            if (value < values[^1] && (edges.Count == 0 || value > edges[^1]))
                edges.Add(value);
        }

        return [.. edges];
    }

    private static int Bin(float[] edges, float value)
    {
        int low = 0, high = edges.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (edges[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
