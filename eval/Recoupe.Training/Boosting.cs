using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains a <see cref="TreeModel"/> by gradient boosting of the logistic loss on histograms (Friedman 2001; Ke et al. 2017).</summary>
/// <remarks>No chance is involved: the same rows give the same model.</remarks>
public sealed record Boosting
{
    // Few enough that the sums of all features stay in the first cache.
    private const int Bins = 48;

    public int Trees { get; init; } = 120;

    public int Depth { get; init; } = 4;

    public double Rate { get; init; } = 0.1;

    /// <summary>Least sum of second derivatives in a leaf.</summary>
    public double LeastWeight { get; init; } = 3;

    /// <summary>Pulls leaf values to 0.</summary>
    public double Ridge { get; init; } = 3;

    /// <summary>Features of which more never makes yes less likely; the others are free.</summary>
    public IReadOnlySet<int> Rising { get; init; } = new HashSet<int>();

    /// <summary>The share of the features that a tree may ask, another share each: trees that differ err less together.</summary>
    public double Share { get; init; } = 1;

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
            int[] asked = [.. Enumerable.Range(0, width).Where(feature => IsAsked(tree, feature))];
            Grow(all, Depth, asked, bins, width, edges, gradients, curvatures, nodes, scores, double.NegativeInfinity, double.PositiveInfinity);
        }

        return new TreeModel(bias, [.. roots], [.. nodes]);
    }

    private void Grow(
        int[] rows, int depth, int[] asked, byte[] bins, int width, float[][] edges, double[] gradients, double[] curvatures,
        List<TreeModel.Node> nodes, double[] scores, double low, double high)
    {
        double gradient = 0, curvature = 0;
        foreach (var row in rows)
        {
            gradient += gradients[row];
            curvature += curvatures[row];
        }

        var at = nodes.Count;
        if (depth == 0 || BestSplit(rows, asked, bins, width, edges, gradients, curvatures, gradient, curvature, low, high) is not { } split)
        {
            var value = Rate * Math.Clamp(gradient / (curvature + Ridge), low, high);
            nodes.Add(new TreeModel.Node(-1, (float)value, 0, 0));
            foreach (var row in rows)
                scores[row] += (float)value;
            return;
        }

        nodes.Add(default);
        var left = Array.FindAll(rows, row => bins[(row * width) + split.Feature] <= split.Bin);
        var right = Array.FindAll(rows, row => bins[(row * width) + split.Feature] > split.Bin);
        // A split on a rising feature parts the values that its sides may take in the middle of its two leaves.
        var middle = Rising.Contains(split.Feature) ? split.Middle : double.NaN;
        Grow(left, depth - 1, asked, bins, width, edges, gradients, curvatures, nodes, scores, low, double.IsNaN(middle) ? high : Math.Min(high, middle));
        var rightAt = nodes.Count;
        Grow(right, depth - 1, asked, bins, width, edges, gradients, curvatures, nodes, scores, double.IsNaN(middle) ? low : Math.Max(low, middle), high);
        nodes[at] = new TreeModel.Node((short)split.Feature, edges[split.Feature][split.Bin], at + 1, rightAt);
    }

    // Told by the numbers alone, without chance: every tree asks another part.
    private bool IsAsked(int tree, int feature) => (TextHash.Combine((ulong)tree + 1, (ulong)feature + 1) >> 40) % 1000 < Share * 1000;

    private (int Feature, int Bin, double Middle)? BestSplit(
        int[] rows, int[] asked, byte[] bins, int width, float[][] edges, double[] gradients, double[] curvatures, double gradient, double curvature, double low, double high)
    {
        var sums = new double[width * Bins * 2];
        foreach (var row in rows)
        {
            var g = gradients[row];
            var h = curvatures[row];
            var start = row * width;
            foreach (var feature in asked)
            {
                var cell = ((feature * Bins) + bins[start + feature]) * 2;
                sums[cell] += g;
                sums[cell + 1] += h;
            }
        }

        (int Feature, int Bin, double Middle)? best = null;
        var whole = Gain(gradient, curvature, low, high).Gain;
        var bestGain = 1e-3;
        foreach (var feature in asked)
        {
            double g = 0, h = 0;
            for (var bin = 0; bin < edges[feature].Length; bin++)
            {
                g += sums[((feature * Bins) + bin) * 2];
                h += sums[(((feature * Bins) + bin) * 2) + 1];
                if (h < LeastWeight || curvature - h < LeastWeight)
                    continue;
                var left = Gain(g, h, low, high);
                var right = Gain(gradient - g, curvature - h, low, high);
                var gain = left.Gain + right.Gain - whole;
                if (gain > bestGain && !(left.Value > right.Value && Rising.Contains(feature)))
                {
                    bestGain = gain;
                    best = (feature, bin, (left.Value + right.Value) / 2);
                }
            }
        }

        return best;
    }

    private (double Gain, double Value) Gain(double gradient, double curvature, double low, double high)
    {
        var value = Math.Clamp(gradient / (curvature + Ridge), low, high);
        return ((2 * gradient * value) - ((curvature + Ridge) * value * value), value);
    }

    // Up to Bins - 1 bounds at even shares of the rows; a value at most a bound lies in the bin of that bound.
    private static float[] Edges(float[] rows, int width, int feature, int count)
    {
        if (count == 0)
            return [];
        var values = new float[count];
        for (var row = 0; row < count; row++)
            values[row] = rows[(row * width) + feature];
        Array.Sort(values);
        var edges = new List<float>();
        for (var i = 1; i < Bins; i++)
        {
            var value = values[(int)((long)count * i / Bins)];
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
