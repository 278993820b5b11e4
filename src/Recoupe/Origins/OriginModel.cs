using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Whether a passage goes back to a candidate, learned from stories that careful readers sourced.</summary>
/// <param name="Trees">Log-odds from the features of <see cref="OriginCandidates"/>.</param>
internal sealed record OriginModel(TreeModel Trees)
{
    // Where the passage's own words give its source, the reader sees it: taken unless it is likelier than not that the passage is about something else.
    // What is carried on from elsewhere is only inferred, and must be likely. Chosen with stories left out.
    private const float LeastOwn = 0f;
    private const float LeastInferred = 0f;

    private static readonly Lazy<OriginModel> Lazy = new(() => new OriginModel(TreeModel.BuiltIn("origins")));

    /// <summary>The built-in model.</summary>
    public static OriginModel Default => Lazy.Value;

    /// <summary>Whether a passage goes back to a candidate, others apart.</summary>
    public bool IsLikely(OriginCandidate candidate) => Trees.Score(candidate.Features) >= (candidate.Link is OriginLink.Own or OriginLink.Cited ? LeastOwn : LeastInferred);

    /// <summary>The likeliest candidate; null where none is likely enough, so that the passage is bare.</summary>
    public OriginCandidate? Choose(IEnumerable<OriginCandidate> candidates)
    {
        OriginCandidate? best = null;
        var most = float.NegativeInfinity;
        foreach (var candidate in candidates)
        {
            var odds = Trees.Score(candidate.Features);
            if (odds > most && IsLikely(candidate))
                (best, most) = (candidate, odds);
        }

        return best;
    }
}
