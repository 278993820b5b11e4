using System.Buffers;

using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>Says of each block of a page how surely it is the article's text: trees over the block's own features, then over those and the first scores around it.</summary>
/// <param name="First">Log-odds from <see cref="BlockFeatures.Of"/>.</param>
/// <param name="Second">Log-odds from those features and <see cref="BlockFeatures.Context"/>.</param>
internal sealed record BlockScorer(TreeModel First, TreeModel Second)
{
    private static readonly Lazy<BlockScorer> Lazy = new(() => new BlockScorer(TreeModel.BuiltIn("article-blocks"), TreeModel.BuiltIn("article-blocks-around")));

    private const float Hopeless = 0.005f;

    private const int Width = BlockFeatures.Count + BlockFeatures.ContextCount;

    /// <summary>The built-in models.</summary>
    public static BlockScorer BuiltIn => Lazy.Value;

    /// <summary>The probability of each block.</summary>
    public float[] Score(HtmlPage page, PageFacts facts)
    {
        // Of many pages the numbers are too large for the collector's young generations.
        var count = page.Blocks.Length * BlockFeatures.Count;
        var features = ArrayPool<float>.Shared.Rent(count);
        try
        {
            features.AsSpan(0, count).Clear();
            BlockFeatures.Fill(page, facts, features.AsSpan(0, count));
            return Score(page, features.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(features);
        }
    }

    /// <summary>The same by the features of the blocks.</summary>
    public float[] Score(HtmlPage page, ReadOnlySpan<float> features)
    {
        var scores = FirstScores(First, page, features);
        // What the first model is sure of, the second never turns round: most of a page is that.
        var open = new List<int>(scores.Length);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] >= Hopeless)
                open.Add(i);
        }

        var again = new float[open.Count];
        var rows = ArrayPool<float>.Shared.Rent(open.Count * Width);
        Fill(rows, page, features, scores, open);
        Second.Score(rows.AsSpan(0, open.Count * Width), Width, again);
        ArrayPool<float>.Shared.Return(rows);
        for (var i = 0; i < again.Length; i++)
            scores[open[i]] = TreeModel.Probability(again[i]);
        return scores;
    }

    /// <summary>The first probabilities alone.</summary>
    public static float[] FirstScores(TreeModel model, HtmlPage page, ReadOnlySpan<float> features)
    {
        var scores = new float[page.Blocks.Length];
        model.Score(features, BlockFeatures.Count, scores);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = TreeModel.Probability(scores[i]);
        return scores;
    }

    /// <summary>The rows of the second model.</summary>
    public static float[] Join(HtmlPage page, float[] features, float[] scores)
    {
        var rows = new float[page.Blocks.Length * Width];
        Fill(rows, page, features, scores, [.. Enumerable.Range(0, page.Blocks.Length)]);
        return rows;
    }

    // Those of some blocks.
    private static void Fill(float[] rows, HtmlPage page, ReadOnlySpan<float> features, float[] scores, List<int> blocks)
    {
        var context = BlockFeatures.Context(page, scores);
        for (var i = 0; i < blocks.Count; i++)
        {
            var row = rows.AsSpan(i * Width, Width);
            features.Slice(blocks[i] * BlockFeatures.Count, BlockFeatures.Count).CopyTo(row);
            context.AsSpan(blocks[i] * BlockFeatures.ContextCount, BlockFeatures.ContextCount).CopyTo(row[BlockFeatures.Count..]);
        }
    }
}
