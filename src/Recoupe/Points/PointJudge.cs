using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>The learned decisions about points: whether two units tell the same (<c>models/points.model</c>), and whether a point is one that an
/// editor would list (<c>models/told.model</c>), whether a unit tells a point that others tell (<c>models/members.model</c>), whether two amounts are told of one thing (<c>models/amounts.model</c>), and whether nothing explains that they differ (<c>models/amounts-open.model</c>).</summary>
internal sealed record PointJudge(TreeModel Same, TreeModel Told, TreeModel Tells, TreeModel Amounts, TreeModel Opens)
{
    private static readonly Lazy<PointJudge> Lazy = new(() => new PointJudge(TreeModel.BuiltIn("points"), TreeModel.BuiltIn("told"), TreeModel.BuiltIn("members"), TreeModel.BuiltIn("amounts"), TreeModel.BuiltIn("amounts-open")));

    /// <summary>The one that is built in.</summary>
    public static PointJudge Default => Lazy.Value;
}
