namespace Recoupe.Points;

/// <summary>How alike units are in what they tell: things that few passages of the story tell weigh most.</summary>
internal sealed class Likeness
{
    // Passages that share one thing only are hardly ever the same point; those that share a little are made less of.
    private const double EnoughShared = 1.6;
    private const double SameSpeaker = 0.08;
    private const double SoleStatement = 0.10;
    private const double SameMeasure = 0.16;

    // Below, the bonus for one speaker is made less of.
    private const double LeastForBonus = 0.15;

    private const double OnlyNames = 0.5;
    private const double ManyNames = 0.85;

    // A passage that tells less than about three rare things is soon contained in any other.
    private const double LeastMass = 2.1;

    private const double SameArticle = 0.75;

    // What a thing weighs that one passage alone tells: the measure of all sums.
    private readonly double _rare;
    private readonly Dictionary<ulong, float> _weights = [];

    public Likeness(List<Unit> units)
    {
        var frequencies = new Dictionary<ulong, int>();
        foreach (var unit in units)
        {
            foreach (var term in unit.Terms)
                frequencies[term.Key] = frequencies.GetValueOrDefault(term.Key) + 1;
        }

        _rare = Math.Log(units.Count + 1.0);
        foreach (var (key, count) in frequencies)
            _weights[key] = (float)Math.Max(0.1, Math.Log((units.Count + 1.0) / count));
        foreach (var unit in units)
            Weigh(unit);
    }

    /// <summary>What a term weighs in this story.</summary>
    public double WeightOf(Term term) => term.Base * _weights.GetValueOrDefault(term.Key, 0.1f);

    /// <summary>The most that a term of that key weighs in any unit.</summary>
    public double MostOf(ulong key) => Term.MostBase * _weights.GetValueOrDefault(key, 0.1f);

    /// <summary>Sets a unit's norm and mass.</summary>
    public void Weigh(Unit unit)
    {
        double squares = 0, sum = 0;
        var weights = new double[unit.Terms.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var weight = WeightOf(unit.Terms[i]);
            weights[i] = weight;
            squares += weight * weight;
            sum += weight;
        }

        unit.Weights = weights;

        unit.Norm = Math.Sqrt(squares);
        unit.Mass = sum;
    }

    /// <summary>No less than <see cref="Of"/> for two units that share so much.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">The other.</param>
    /// <param name="dot">The sum over what they share of the product of its weights.</param>
    /// <param name="shared">The sum over what they share of the root of that product.</param>
    public double AtMost(Unit a, Unit b, double dot, double shared)
    {
        var likeness = Blend(a, b, dot, shared) * (1 + 1e-6);
        return a.Speaker is not null && a.Speaker == b.Speaker ? likeness * (1 + ((SameSpeaker + SoleStatement + SameMeasure) / LeastForBonus)) : likeness;
    }

    /// <summary>0 (nothing in common) to about 1.2 (the same by the same speaker).</summary>
    public double Of(Unit a, Unit b)
    {
        double dot = 0, shared = 0;
        var common = 0;
        var onlyNames = true;
        Term[] ours = a.Terms, theirs = b.Terms;
        var sameSpeaker = a.Speaker is not null && a.Speaker == b.Speaker;
        for (int i = 0, j = 0; i < ours.Length && j < theirs.Length;)
        {
            var (first, second) = (ours[i].Key, theirs[j].Key);
            if (first == second)
            {
                // That one speaks twice is in the bonus below.
                if (sameSpeaker && ours[i].OfSpeaker && theirs[j].OfSpeaker)
                {
                    i++;
                    j++;
                    continue;
                }

                var weight = Math.Sqrt(a.Weights[i] * b.Weights[j]);
                dot += weight * weight;
                shared += weight;
                common++;
                onlyNames &= ours[i].IsName || theirs[j].IsName;
                i++;
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

        if (common == 0)
            return 0;
        var likeness = Blend(a, b, dot, shared);
        if (common == 1)
            likeness *= 0.8;
        if (onlyNames)
            likeness *= common < 3 ? OnlyNames : ManyNames;
        if (sameSpeaker)
        {
            // Two things said by one speaker are not yet one thing; two figures of one thing are.
            var bonus = SameSpeaker + (a.SpeakerStatements == 1 && b.SpeakerStatements == 1 ? SoleStatement : 0)
                + (a.Article != b.Article && Array.Exists(a.Measures, key => Array.IndexOf(b.Measures, key) >= 0) ? SameMeasure : 0);
            likeness += bonus * Math.Min(1, likeness / LeastForBonus);
        }

        if (a.Background != b.Background)
            likeness *= 0.6;
        return a.Article == b.Article && a.Sentence != b.Sentence ? likeness * SameArticle : likeness;
    }

    private double Blend(Unit a, Unit b, double dot, double shared)
    {
        var cosine = dot / (a.Norm * b.Norm);
        var containment = shared / Math.Max(LeastMass * _rare, Math.Min(a.Mass, b.Mass));
        return (0.5 * cosine + 0.5 * containment) * Math.Min(1, 0.4 + 0.6 * shared / (EnoughShared * _rare));
    }
}
