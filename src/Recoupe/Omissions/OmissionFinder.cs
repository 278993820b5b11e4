using System.Collections.Immutable;

using Recoupe.Points;

namespace Recoupe.Omissions;

/// <summary>Finds what most of a story tells and one article does not (sourcing rule 14).</summary>
public static class OmissionFinder
{
    // Fewer words than this tell hardly more than the headline fact: an article so short left it out for want of room.
    private const int FewestWords = 25;

    /// <summary>The omissions by point, then by article, each in the given order.</summary>
    /// <param name="points">The points of the story.</param>
    /// <param name="articles">Its articles, in its order.</param>
    public static ImmutableArray<Omission> Find(IEnumerable<Point> points, ImmutableArray<AnnotatedArticle> articles) => Find(points, articles, []);

    internal static ImmutableArray<Omission> Find(IEnumerable<Point> points, ImmutableArray<AnnotatedArticle> articles, ImmutableArray<SourcingRule> silenced)
    {
        var fewest = silenced.Contains(SourcingRule.ShortOmitsNothing) ? 0 : FewestWords;
        var omissions = ImmutableArray.CreateBuilder<Omission>();
        foreach (var point in points.Where(point => !point.Background))
        {
            var telling = point.Passages.Select(passage => passage.Evidence.Article).ToHashSet();
            if (telling.Count < 2 || telling.Count * 2 < articles.Length)
                continue;
            // The first to tell it: who wrote earlier could not know.
            var first = articles.Where(article => telling.Contains(article.Id) && article.Article.Published is not null)
                .Select(article => article.Article.Published!.Value.Utc).DefaultIfEmpty(DateTime.MinValue).Min();
            foreach (var article in articles)
            {
                if (!telling.Contains(article.Id) && article.Body.Tokens.Length >= fewest && (silenced.Contains(SourcingRule.EarlierOmitsNothing) || article.Article.Published is not { } published || published.Utc >= first))
                    omissions.Add(new Omission(point.Id, article.Id));
            }
        }

        return omissions.ToImmutable();
    }
}
