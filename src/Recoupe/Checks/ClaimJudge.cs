using Recoupe.Text;

namespace Recoupe.Checks;

/// <summary>The learned decisions whether a passage tells a claim.</summary>
/// <param name="Alone">Seen alone (<c>models/claims.model</c>).</param>
/// <param name="Again">Once all were seen (<c>models/claims-again.model</c>).</param>
/// <param name="Otherwise">Whether one that seems to tells something else (<c>models/claims-otherwise.model</c>).</param>
internal sealed record ClaimJudge(TreeModel Alone, TreeModel Again, TreeModel Otherwise)
{
    private static readonly Lazy<ClaimJudge> Lazy = new(() => new ClaimJudge(TreeModel.BuiltIn("claims"), TreeModel.BuiltIn("claims-again"), TreeModel.BuiltIn("claims-otherwise")));

    /// <summary>The one that is built in.</summary>
    public static ClaimJudge Default => Lazy.Value;
}
