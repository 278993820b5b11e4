namespace Recoupe.Stories;

/// <summary>Pairs of articles that are judged together: many at once cost a fraction of what they cost one by one, and get the very same log-odds.</summary>
internal sealed class PairBatch(Judge judge, VectorEvidence vectors)
{
    private readonly List<(int Row, ArticleSketch A, ArticleSketch B)> _withVectors = [];
    private float[] _rows = new float[64 * PairFeatures.Count];
    private float[] _story = new float[64];
    private float[] _saga = new float[64];

    /// <summary>How many pairs there are.</summary>
    public int Count { get; private set; }

    /// <summary>Log-odds of one event for each pair, in the order they were added; valid until the next pair is added.</summary>
    public ReadOnlySpan<float> Story
    {
        get
        {
            judge.StoryOdds(_rows.AsSpan(0, Count * PairFeatures.Count), _story.AsSpan(0, Count));
            foreach (var (row, a, b) in _withVectors)
                _story[row] = vectors.Weigh(_story[row], _rows.AsSpan(row * PairFeatures.Count, PairFeatures.Count), a, b);
            return _story.AsSpan(0, Count);
        }
    }

    /// <summary>Log-odds of one saga likewise.</summary>
    public ReadOnlySpan<float> Saga
    {
        get
        {
            judge.SagaOdds(_rows.AsSpan(0, Count * PairFeatures.Count), _saga.AsSpan(0, Count));
            return _saga.AsSpan(0, Count);
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Count = 0;
        _withVectors.Clear();
    }

    /// <summary>Adds a pair; fastest if <paramref name="a"/> is the same as in the call before.</summary>
    public void Add(ArticleSketch a, ArticleSketch b)
    {
        if (Count == _story.Length)
        {
            Array.Resize(ref _rows, _rows.Length * 2);
            Array.Resize(ref _story, _story.Length * 2);
            Array.Resize(ref _saga, _saga.Length * 2);
        }

        if (a.Vector is not null && b.Vector is not null)
            _withVectors.Add((Count, a, b));
        PairFeatures.Compute(a, b, _rows.AsSpan(Count++ * PairFeatures.Count, PairFeatures.Count));
    }
}
