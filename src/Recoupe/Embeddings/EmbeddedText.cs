using Recoupe.Articles;

namespace Recoupe.Embeddings;

/// <summary>What of an article a model is asked for the vector of: its title and the first lines of its text.</summary>
/// <remarks>News tells the event first; what comes later is background that draws articles on different events together.</remarks>
public static class EmbeddedText
{
    /// <summary>So many UTF-16 units of the text at most: the first two to four paragraphs.</summary>
    public const int MostOfText = 800;

    /// <summary>A title longer than this is none: it is cut.</summary>
    public const int MostOfTitle = 300;

    /// <summary>The title, a line break and the start of the text, cut between words; null where the article has neither.</summary>
    public static string? Of(Article article)
    {
        var title = Start(article.Title ?? "", MostOfTitle);
        var text = Start(article.Text, MostOfText);
        return title.Length == 0 ? text.Length == 0 ? null : text : text.Length == 0 ? title : $"{title}\n{text}";
    }

    private static string Start(string text, int most)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length <= most)
            return trimmed.ToString();
        var end = trimmed[..most].LastIndexOfAny(' ', '\n');
        if (end < most / 2)
            end = char.IsHighSurrogate(trimmed[most - 1]) ? most - 1 : most;
        return trimmed[..end].TrimEnd().ToString();
    }
}
