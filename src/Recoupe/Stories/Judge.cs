using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>The learned decisions: whether two articles tell one event, and whether they belong to one saga.</summary>
/// <param name="Story">Log-odds of one event from <see cref="PairFeatures"/>.</param>
/// <param name="Saga">Log-odds of one larger affair.</param>
internal sealed record Judge(TreeModel Story, TreeModel Saga)
{
    /// <summary>The built-in models.</summary>
    public static Judge Default => Lazy.Value;

    private static readonly Lazy<Judge> Lazy = new(() => new Judge(TreeModel.BuiltIn("story"), TreeModel.BuiltIn("saga")));
}
