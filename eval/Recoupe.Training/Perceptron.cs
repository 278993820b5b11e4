using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>An averaged perceptron (Freund and Schapire 1999; Collins 2002) over numbered features.</summary>
public sealed class Perceptron
{
    private readonly int _labels;
    private readonly List<ulong> _features = [];
    private readonly List<int> _counts = [];
    private readonly List<int> _rows = []; // where a feature's weights are, or -1 if they never changed
    private int[] _slots = new int[1024]; // number + 1; 0 is free
    private float[] _weights = new float[1024];
    private float[] _sums = new float[1024]; // each change times the step at which it was made
    private int _used; // of the weights
    private float _step = 1;

    /// <summary>Starts with all weights zero.</summary>
    public Perceptron(int labels) => _labels = labels;

    /// <summary>How many features were met.</summary>
    public int Count => _features.Count;

    /// <summary>The number of a feature, new if it was not met before, or -1 if it is not to be added.</summary>
    public int Number(ulong feature, bool add = true)
    {
        var slot = SlotOf(feature);
        if (_slots[slot] > 0)
        {
            var known = _slots[slot] - 1;
            if (add)
                _counts[known]++;
            return known;
        }

        if (!add)
            return -1;
        _features.Add(feature);
        _counts.Add(1);
        _rows.Add(-1);
        _slots[slot] = _features.Count;
        if (_features.Count * 2 > _slots.Length)
            Grow();
        return _features.Count - 1;
    }

    /// <summary>Adds the weights of the features to <paramref name="scores"/>; features of number -1 count nothing.</summary>
    public void Score(ReadOnlySpan<int> features, Span<float> scores)
    {
        scores = scores[.._labels];
        foreach (var feature in features)
        {
            if (feature < 0 || _rows[feature] is not (>= 0 and var row))
                continue;
            var weights = _weights.AsSpan(row, _labels);
            for (var label = 0; label < scores.Length; label++)
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
            if (_rows[feature] < 0)
                AddRow(feature);
            _weights[_rows[feature] + label] += by;
            _sums[_rows[feature] + label] += by * _step;
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
            if (_rows[i] < 0)
                continue;
            var averaged = new float[_labels];
            for (var label = 0; label < _labels; label++)
                averaged[label] = _weights[_rows[i] + label] - (_sums[_rows[i] + label] / _step);
            yield return (_features[i], averaged, _counts[i]);
        }
    }

    private int SlotOf(ulong feature)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)(feature >> 20) & mask; ; slot = (slot + 1) & mask)
        {
            if (_slots[slot] == 0 || _features[_slots[slot] - 1] == feature)
                return slot;
        }
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var number = 0; number < _features.Count; number++)
            _slots[SlotOf(_features[number])] = number + 1;
    }

    private void AddRow(int feature)
    {
        if (_used + _labels > _weights.Length)
        {
            Array.Resize(ref _weights, _weights.Length * 2);
            Array.Resize(ref _sums, _weights.Length);
        }

        _rows[feature] = _used;
        _used += _labels;
    }
}
