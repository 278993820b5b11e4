using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>The learned decisions about points: whether two units tell the same (<c>models/points.model</c>), and whether a point is one that an
/// editor would list (<c>models/told.model</c>), and whether a unit tells a point that others tell (<c>models/members.model</c>).</summary>
internal sealed record PointJudge(TreeModel Same, TreeModel Told, TreeModel Tells)
{
    private static readonly Lazy<PointJudge> Lazy = new(() => new PointJudge(TreeModel.BuiltIn("points"), TreeModel.BuiltIn("told"), TreeModel.BuiltIn("members")));

    /// <summary>The one that is built in.</summary>
    public static PointJudge Default => Lazy.Value;
}
