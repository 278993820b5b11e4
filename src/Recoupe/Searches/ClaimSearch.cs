using Recoupe.Articles;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Searches;

/// <summary>Finds where a claim may be told.</summary>
public static class ClaimSearch
{
    /// <summary>In how many stories of an archive a claim is looked for.</summary>
    public const int MostStories = 8;

    /// <summary>How many of a claim's words are asked for at most.</summary>
    private const int MostWords = 50;

    // So many articles stand for the stories that they are in.
    private const int MostArticles = 60;

    /// <summary>A query for what holds most of a claim's words. A claim is no query: what means something there is left out.</summary>
    /// <exception cref="SearchException">The claim holds no words.</exception>
    public static string QueryOf(string claim)
    {
        // Small words stand everywhere; letters that stand for a name, and figures, do not.
        var words = new string([.. (Composition.Compose(claim) ?? claim).Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => (word.Length > 2 || word.Any(char.IsDigit) || (word.Length == 2 && word.All(char.IsUpper))) && word is not ("AND" or "NOT" or "OR")).Take(MostWords).ToList();
        return words.Count > 0 ? string.Join(" OR ", words) : throw new SearchException("the claim holds no words");
    }

    /// <summary>The stories whose articles hold most of a claim's words, the likest first, <see cref="MostStories"/> at most.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="find">Finds so many articles that fit a query, the likest first.</param>
    /// <exception cref="SearchException">The claim holds no words.</exception>
    public static IReadOnlyList<StoryId> StoriesOf(Archive archive, string claim, Func<string, int, SearchAnswer> find) =>
        [.. archive.Found([.. find(QueryOf(claim), MostArticles).Hits.Select(hit => (new ArticleId(hit.Id), (int?)null))]).OfType<FoundArticle>().Select(found => found.Article.Story).Distinct().Take(MostStories)];
}
