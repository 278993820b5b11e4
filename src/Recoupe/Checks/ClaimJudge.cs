using Recoupe.Text;

namespace Recoupe.Checks;

/// <summary>The learned decisions whether a passage tells a claim: seen alone (<c>models/claims.model</c>), and once all were seen (<c>models/claims-again.model</c>).</summary>
internal sealed record ClaimJudge(TreeModel Alone, TreeModel Again)
{
    private static readonly Lazy<ClaimJudge> Lazy = new(() => new ClaimJudge(TreeModel.BuiltIn("claims"), TreeModel.BuiltIn("claims-again")));

    /// <summary>The one that is built in.</summary>
    public static ClaimJudge Default => Lazy.Value;
}
