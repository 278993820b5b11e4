namespace Recoupe.Points;

/// <summary>What each term weighs in a story: what few of its passages tell weighs most.</summary>
internal sealed class TermWeights
{
    // What everybody tells still tells a little.
    private const float Least = 0.1f;

    private readonly Dictionary<ulong, float> _weights = [];

    /// <summary>Weighs the terms of <paramref name="units"/>, and sets their weights, norms and masses.</summary>
    public TermWeights(IReadOnlyList<Unit> units)
    {
        var frequencies = new Dictionary<ulong, int>();
        foreach (var unit in units)
        {
            foreach (var term in unit.Terms)
                frequencies[term.Key] = frequencies.GetValueOrDefault(term.Key) + 1;
        }

        Rarest = MathF.Log(units.Count + 1f);
        foreach (var (key, count) in frequencies)
            _weights[key] = MathF.Max(Least, MathF.Log((units.Count + 1f) / count) / Rarest);
        foreach (var unit in units)
            Weigh(unit);
    }

    /// <summary>The logarithm that a thing told once weighs before it is scaled to 1.</summary>
    public float Rarest { get; }

    /// <summary>Sets a unit's weights (0 to 1 each), norm and mass.</summary>
    public void Weigh(Unit unit)
    {
        var weights = new float[unit.Terms.Length];
        float squares = 0, sum = 0, names = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var weight = _weights.GetValueOrDefault(unit.Terms[i].Key, Least) * unit.Terms[i].Share;
            weights[i] = weight;
            squares += weight * weight;
            sum += weight;
            names += unit.Terms[i].Kind == TermKind.Name ? weight : 0;
        }

        unit.Weights = weights;
        unit.Norm = MathF.Sqrt(squares);
        unit.Mass = sum;
        unit.NameMass = names;
        unit.WeighedClaims = Array.ConvertAll(unit.Claims, claim => new WeighedClaim(claim, unit));
    }

    /// <summary>The cosine of two weighed units.</summary>
    public static float Cosine(Unit a, Unit b)
    {
        float dot = 0;
        var (ones, others) = (a.Keys, b.Keys);
        for (int i = 0, j = 0; i < ones.Length && j < others.Length;)
        {
            var (first, second) = (ones[i], others[j]);
            if (first == second)
                dot += a.Weights[i++] * b.Weights[j++];
            else if (first < second)
                i++;
            else
                j++;
        }

        return dot == 0 ? 0 : dot / (a.Norm * b.Norm);
    }

    /// <summary>The part of <paramref name="told"/>'s mass that <paramref name="by"/> tells too, 0 to 1.</summary>
    public static float Part(Unit told, Unit by)
    {
        float shared = 0;
        var (ones, others) = (told.Keys, by.Keys);
        for (int i = 0, j = 0; i < ones.Length && j < others.Length;)
        {
            var (first, second) = (ones[i], others[j]);
            if (first == second)
            {
                shared += told.Weights[i++];
                j++;
            }
            else if (first < second)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return shared == 0 ? 0 : shared / told.Mass;
    }
}
