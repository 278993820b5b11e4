using System.Text;

using Recoupe.Articles;
using Recoupe.Checks;
using Recoupe.Languages;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Searches;

/// <summary>Finds where a claim may be told.</summary>
public static class ClaimSearch
{
    /// <summary>In how many stories of an archive a claim is looked for.</summary>
    public const int MostStories = 8;

    private const string Or = " OR ";

    // What each word of a claim may mean first, in words that say something by themselves.
    private const int MostMeanings = 2;
    private const int ShortestTranslated = 3;

    // With its words in other languages a claim leaves so much of a query's limits.
    private const int MostAsked = SearchQuery.MostWords * 3 / 4;
    private const int LongestAsked = SearchQuery.Longest * 3 / 4;

    /// <summary>How many of a claim's words are asked for at most.</summary>
    private const int MostWords = 50;

    // So many articles stand for the stories that they are in.
    private const int MostArticles = 60;

    /// <summary>A query for what holds most of a claim's words, or theirs in other languages. A claim is no query: what means something there is left out.</summary>
    /// <exception cref="SearchException">The claim holds no words.</exception>
    public static string QueryOf(string claim)
    {
        // Small words stand everywhere; letters that stand for a name, and figures, do not.
        var words = new string([.. (Composition.Compose(claim) ?? claim).Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => (word.Length > 2 || word.Any(char.IsDigit) || (word.Length == 2 && word.All(char.IsUpper))) && word is not ("AND" or "NOT" or "OR")).Take(MostWords).ToList();
        if (words.Count == 0)
            throw new SearchException("the claim holds no words");
        // A query has its own limits, and who asks may narrow it to stories.
        var (asked, query) = (new HashSet<string>(words, StringComparer.OrdinalIgnoreCase), new StringBuilder(string.Join(Or, words)));
        foreach (var word in Translated(claim, words).Where(word => asked.Add(word)))
        {
            if (asked.Count > MostAsked || query.Length + Or.Length + word.Length > LongestAsked)
                break;
            query.Append(Or).Append(word);
        }

        return query.ToString();
    }

    // What each word may mean, in a word of each other language.
    private static IEnumerable<string> Translated(string claim, List<string> words)
    {
        if (Language.Find(ClaimChecker.LanguageOf(claim)) is not { } own)
            yield break;
        var keys = new ulong[Lexicon.Most];
        foreach (var word in words)
        {
            var count = Lexicon.Of(own).FindAll(Folding.Fold(word), PartOfSpeech.Unknown, keys);
            foreach (var translated in keys[..Math.Min(count, MostMeanings)].SelectMany(key => Language.All.Where(other => other != own).Select(other => Lexicon.Of(other).WordOf(key))).OfType<string>().Where(other => other.Length >= ShortestTranslated && other.All(char.IsLetter)))
                yield return translated;
        }
    }

    /// <summary>The stories whose articles hold most of a claim's words, the likest first, <see cref="MostStories"/> at most.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="find">Finds so many articles that fit a query, the likest first.</param>
    /// <exception cref="SearchException">The claim holds no words.</exception>
    public static IReadOnlyList<StoryId> StoriesOf(Archive archive, string claim, Func<string, int, IReadOnlyList<SearchHit>> find) =>
        [.. archive.Found([.. find(QueryOf(claim), MostArticles).Select(hit => (new ArticleId(hit.Id), (int?)null))]).OfType<FoundArticle>().Select(found => found.Article.Story).Distinct().Take(MostStories)];
}
