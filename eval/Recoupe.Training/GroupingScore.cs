namespace Recoupe.Training;

/// <summary>How well a grouping fits another one.</summary>
internal static class GroupingScore
{
    /// <summary>F1 of BCubed precision and recall (Bagga and Baldwin 1998): means over articles.</summary>
    public static double BCubed(IReadOnlyList<string> truth, IReadOnlyList<string> guess)
    {
        var (both, byTruth, byGuess) = Count(truth, guess);
        double precision = 0, recall = 0;
        for (var i = 0; i < truth.Count; i++)
        {
            precision += (double)both[(truth[i], guess[i])] / byGuess[guess[i]];
            recall += (double)both[(truth[i], guess[i])] / byTruth[truth[i]];
        }

        return F1(precision / truth.Count, recall / truth.Count);
    }

    /// <summary>F1 over pairs of articles that stand in one group.</summary>
    public static double Pairwise(IReadOnlyList<string> truth, IReadOnlyList<string> guess)
    {
        var (both, byTruth, byGuess) = Count(truth, guess);
        static double Pairs(IEnumerable<int> sizes) => sizes.Sum(size => size * (size - 1.0) / 2);
        var together = Pairs(both.Values);
        return F1(together / Math.Max(1, Pairs(byGuess.Values)), together / Math.Max(1, Pairs(byTruth.Values)));
    }

    private static double F1(double a, double b) => a + b == 0 ? 0 : 2 * a * b / (a + b);

    private static (Dictionary<(string, string), int> Both, Dictionary<string, int> Truth, Dictionary<string, int> Guess) Count(
        IReadOnlyList<string> truth, IReadOnlyList<string> guess)
    {
        Dictionary<(string, string), int> both = [];
        Dictionary<string, int> byTruth = [], byGuess = [];
        for (var i = 0; i < truth.Count; i++)
        {
            both[(truth[i], guess[i])] = both.GetValueOrDefault((truth[i], guess[i])) + 1;
            byTruth[truth[i]] = byTruth.GetValueOrDefault(truth[i]) + 1;
            byGuess[guess[i]] = byGuess.GetValueOrDefault(guess[i]) + 1;
        }

        return (both, byTruth, byGuess);
    }
}
