using System.Globalization;

using Recoupe.Checks;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains <c>models/claims-otherwise.model</c>: whether a passage that seems to tell a claim tells something else.</summary>
/// <remarks>
/// A row is a claim and a passage that is found to tell it; it is otherwise where no article of the story tells the claim, be it that it was changed, that nobody tells it, or that the articles were cut short. What finds
/// the passages has not seen the affair.
/// </remarks>
internal static class ContrastTraining
{
    private static readonly Boosting Boosting = new() { Trees = 200, Depth = 4, Rate = 0.06, LeastWeight = 4, Ridge = 4 };
    private static readonly float[] Bars = [-1, -0.5f, 0, 0.5f, 1];

    /// <summary>The passages that seem to tell a claim.</summary>
    /// <param name="Sample">The claim.</param>
    /// <param name="Rows">What is known of each.</param>
    internal sealed record Found(ClaimSample Sample, List<float[]> Rows)
    {
        /// <summary>Whether they cannot tell it.</summary>
        public bool IsOtherwise => !Sample.Tells.Contains(true);

        /// <summary>The mean log-odds that they tell something else.</summary>
        public float Doubt(TreeModel model) => Rows.Average(row => model.Score(row));
    }

    /// <summary>What is found of each claim; claims of which nothing is found are left out.</summary>
    public static List<Found> Find(IEnumerable<ClaimSample> samples, Func<ClaimSample, (TreeModel Alone, TreeModel Again)> modelsOf) =>
        [.. samples.AsParallel().AsOrdered().Select(sample =>
        {
            var (alone, again) = modelsOf(sample);
            var (contrast, odds) = sample.Contrast(alone, again);
            return new Found(sample, [.. Enumerable.Range(0, odds.Length).Where(unit => odds[unit] >= ClaimStory.LeastTelling).Select(unit =>
            {
                var row = new float[Contrast.Count];
                contrast.Fill(unit, row);
                return row;
            })]);
        }).Where(found => found.Rows.Count > 0)];

    /// <summary>Learns from all passages of all claims; those of one claim weigh as much as one.</summary>
    public static TreeModel Train(IEnumerable<Found> found)
    {
        var all = found.ToList();
        return Boosting.Train(
            [.. all.SelectMany(claim => claim.Rows).SelectMany(row => row)], Contrast.Count, [.. all.SelectMany(claim => claim.Rows.Select(_ => claim.IsOtherwise))],
            [.. all.SelectMany(claim => claim.Rows.Select(_ => 1f / claim.Rows.Count))]);
    }

    /// <summary>Prints of how many claims something is found and not doubted, by what is true of them.</summary>
    public static void Print(IReadOnlyCollection<ClaimSample> samples, List<Found> found, Func<ClaimSample, TreeModel> modelOf, TextWriter log)
    {
        var doubts = found.ToDictionary(claim => claim.Sample, claim => claim.Doubt(modelOf(claim.Sample)));
        foreach (var isBrief in new[] { false, true })
        {
            var groups = samples.Where(sample => sample.Story.IsBrief == isBrief).GroupBy(sample => sample.Tells.Contains(true) ? "told" : sample.Claim.What ?? sample.Claim.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
            log.WriteLine($"doubt{(isBrief ? ", brief" : "")}: " + string.Join(", ", groups.Select(group => $"{group.Count()} {group.Key}")));
            foreach (var bar in Bars.Append(float.PositiveInfinity))
            {
                log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    below {bar,4}: ") + string.Join(", ", groups.Select(group => string.Create(
                    CultureInfo.InvariantCulture, $"{group.Key} {group.Count(sample => doubts.TryGetValue(sample, out var doubt) && doubt < bar) / (double)group.Count():F3}"))));
            }
        }
    }
}
