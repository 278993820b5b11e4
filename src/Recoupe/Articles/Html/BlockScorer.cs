using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>Says of each block of a page how surely it is the article's text: trees over the block's own features, then over those and the first scores around it.</summary>
/// <param name="First">Log-odds from <see cref="BlockFeatures.Of"/>.</param>
/// <param name="Second">Log-odds from those features and <see cref="BlockFeatures.Context"/>.</param>
internal sealed record BlockScorer(TreeModel First, TreeModel Second)
{
    private static readonly Lazy<BlockScorer> Lazy = new(() => new BlockScorer(TreeModel.BuiltIn("article-blocks"), TreeModel.BuiltIn("article-blocks-around")));

    private const float Hopeless = 0.005f;

    /// <summary>The built-in models.</summary>
    public static BlockScorer BuiltIn => Lazy.Value;

    /// <summary>The probability of each block.</summary>
    public float[] Score(HtmlPage page, float[] features)
    {
        var scores = FirstScores(First, page, features);
        var context = BlockFeatures.Context(page, scores);
        Span<float> row = stackalloc float[BlockFeatures.Count + BlockFeatures.ContextCount];
        for (var i = 0; i < scores.Length; i++)
        {
            // What the first model is sure of, the second never turns round: most of a page is that.
            if (scores[i] < Hopeless)
                continue;
            features.AsSpan(i * BlockFeatures.Count, BlockFeatures.Count).CopyTo(row);
            context.AsSpan(i * BlockFeatures.ContextCount, BlockFeatures.ContextCount).CopyTo(row[BlockFeatures.Count..]);
            scores[i] = Probability(Second.Score(row));
        }

        return scores;
    }

    /// <summary>The first probabilities alone.</summary>
    public static float[] FirstScores(TreeModel model, HtmlPage page, float[] features)
    {
        var scores = new float[page.Blocks.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Probability(model.Score(features.AsSpan(i * BlockFeatures.Count, BlockFeatures.Count)));
        return scores;
    }

    /// <summary>The rows of the second model.</summary>
    public static float[] Join(HtmlPage page, float[] features, float[] scores)
    {
        var context = BlockFeatures.Context(page, scores);
        var width = BlockFeatures.Count + BlockFeatures.ContextCount;
        var rows = new float[page.Blocks.Length * width];
        for (var i = 0; i < page.Blocks.Length; i++)
        {
            features.AsSpan(i * BlockFeatures.Count, BlockFeatures.Count).CopyTo(rows.AsSpan(i * width));
            context.AsSpan(i * BlockFeatures.ContextCount, BlockFeatures.ContextCount).CopyTo(rows.AsSpan((i * width) + BlockFeatures.Count));
        }

        return rows;
    }

    private static float Probability(float logOdds) => 1 / (1 + MathF.Exp(-logOdds));
}
