using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Whether a passage goes back to a candidate, learned from stories that careful readers sourced.</summary>
/// <param name="Trees">Log-odds from the features of <see cref="OriginCandidates"/>.</param>
internal sealed record OriginModel(TreeModel Trees)
{
    // Where the passage's own words give its source, the reader sees it: taken unless it is plain that the passage is about something else.
    // What is carried on from elsewhere is only inferred, and must be likely. Chosen with stories left out.
    /// <summary>The least log-odds of a candidate that the passage's own words give.</summary>
    public float LeastStated { get; init; } = -0.5f;

    /// <summary>The least log-odds of any other.</summary>
    public float LeastInferred { get; init; } = 1f;

    private static readonly Lazy<OriginModel> Lazy = new(() => new OriginModel(TreeModel.BuiltIn("origins")));

    /// <summary>The built-in model.</summary>
    public static OriginModel Default => Lazy.Value;

    /// <summary>Whether a passage goes back to a candidate, others apart. A medium that its own words name always stands behind it, and a speaker behind what is nothing but reported words (rules 1, 2).</summary>
    public bool IsLikely(OriginCandidate candidate) => candidate is { IsStated: true, Trace.Open: true } || candidate.Link == OriginLink.Own && OriginCandidates.IsWhole(candidate.Features)
        || Trees.Score(candidate.Features) >= (candidate.IsStated ? LeastStated : LeastInferred);

    /// <summary>The likeliest candidate, those that its own words state first; null where none is likely enough, so that the passage is bare.</summary>
    public OriginCandidate? Choose(IReadOnlyList<OriginCandidate> candidates) =>
        Best(candidates.Where(candidate => candidate.IsStated)) ?? Best(candidates.Where(candidate => !candidate.IsStated));

    private OriginCandidate? Best(IEnumerable<OriginCandidate> candidates) =>
        candidates.Where(IsLikely).MaxBy(candidate => Trees.Score(candidate.Features));
}
