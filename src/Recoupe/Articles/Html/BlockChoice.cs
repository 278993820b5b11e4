namespace Recoupe.Articles.Html;

/// <summary>Chooses the blocks of the article's text by their scores.</summary>
internal static class BlockChoice
{
    // The odds at which a block is in: chosen on held-out pages (docs/accuracy/articles.md).
    private const float Threshold = 0.5f;

    /// <summary>The indexes of the chosen blocks, in order.</summary>
    public static List<int> Choose(HtmlPage page, ReadOnlySpan<float> scores, PageFacts facts)
    {
        var chosen = new List<int>();
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] >= Threshold)
                chosen.Add(i);
        }

        if (chosen.Count == 0 && scores.Length > 0)
        {
            var best = 0;
            for (var i = 1; i < scores.Length; i++)
            {
                if (scores[i] > scores[best])
                    best = i;
            }

            if (scores[best] > 0.1f)
                chosen.Add(best);
        }

        return chosen;
    }
}
