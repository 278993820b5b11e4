using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>An averaged perceptron (Freund and Schapire 1999; Collins 2002) over numbered features.</summary>
public sealed class Perceptron
{
    private readonly int _labels;
    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly List<ulong> _features = [];
    private readonly List<int> _counts = [];
    private readonly List<float[]?> _weights = [];
    private readonly List<float[]?> _sums = []; // each change times the step at which it was made
    private float _step = 1;

    /// <summary>Starts with all weights zero.</summary>
    public Perceptron(int labels) => _labels = labels;

    /// <summary>How many features were met.</summary>
    public int Count => _features.Count;

    /// <summary>The number of a feature, new if it was not met before, or -1 if it is not to be added.</summary>
    public int Number(ulong feature, bool add = true)
    {
        if (_numbers.TryGetValue(feature, out var number))
        {
            if (add)
                _counts[number]++;
            return number;
        }

        if (!add)
            return -1;
        number = _features.Count;
        _numbers.Add(feature, number);
        _features.Add(feature);
        _counts.Add(1);
        _weights.Add(null);
        _sums.Add(null);
        return number;
    }

    /// <summary>How often a feature was asked for with <c>add</c>.</summary>
    public int CountOf(int number) => _counts[number];

    /// <summary>Adds the weights of the features to <paramref name="scores"/>; features of number -1 count nothing.</summary>
    public void Score(ReadOnlySpan<int> features, Span<float> scores)
    {
        foreach (var feature in features)
        {
            if (feature < 0 || _weights[feature] is not { } weights)
                continue;
            for (var label = 0; label < weights.Length; label++)
                scores[label] += weights[label];
        }
    }

    /// <summary>Ends a step without a change.</summary>
    public void Tick() => _step++;

    /// <summary>Moves the weights of the features towards a label, or with a negative amount away from it.</summary>
    public void Move(ReadOnlySpan<int> features, int label, float by)
    {
        foreach (var feature in features)
        {
            if (feature < 0)
                continue;
            var weights = _weights[feature] ??= new float[_labels];
            var sums = _sums[feature] ??= new float[_labels];
            weights[label] += by;
            sums[label] += by * _step;
        }
    }

    /// <summary>The averaged weights as a model that holds the <paramref name="most"/> weightiest features.</summary>
    public FeatureModel ToModel(ImmutableArray<string> labels, int most) => ToModel([this], labels, most);

    /// <summary>The averaged weights of several, trained on the same data in other orders, added up: less hangs on the order of one.</summary>
    public static FeatureModel ToModel(IReadOnlyList<Perceptron> perceptrons, ImmutableArray<string> labels, int most)
    {
        var sums = new Dictionary<ulong, (float[] Weights, int Count)>();
        foreach (var perceptron in perceptrons)
        {
            foreach (var (feature, weights, count) in perceptron.Averaged())
            {
                if (!sums.TryGetValue(feature, out var sum))
                    sums.Add(feature, sum = (new float[labels.Length], count));
                for (var label = 0; label < labels.Length; label++)
                    sum.Weights[label] += weights[label];
            }
        }

        var kept = sums.Select(pair => (Feature: pair.Key, pair.Value.Weights, Size: pair.Value.Weights.Max(MathF.Abs) * Math.Log(1 + pair.Value.Count)))
            .OrderByDescending(row => row.Size).ThenBy(row => row.Feature).Take(most).Select(row => (row.Feature, row.Weights)).ToList();
        var sizes = kept.Select(row => row.Weights.Max(MathF.Abs)).Order().ToList();
        var scale = 127 / Math.Max(sizes[(int)((sizes.Count - 1) * 0.999)], 1e-3f);
        return FeatureModel.Of(labels, kept, scale);
    }

    /// <summary>The averaged weights of the features that ever changed, and how often each was met.</summary>
    public IEnumerable<(ulong Feature, float[] Weights, int Count)> Averaged()
    {
        for (var i = 0; i < _features.Count; i++)
        {
            if (_weights[i] is not { } weights || _sums[i] is not { } sums)
                continue;
            var averaged = new float[_labels];
            for (var label = 0; label < _labels; label++)
                averaged[label] = weights[label] - (sums[label] / _step);
            yield return (_features[i], averaged, _counts[i]);
        }
    }
}
