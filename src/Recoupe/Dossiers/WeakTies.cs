using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Points;

namespace Recoupe.Dossiers;

/// <summary>Where a verdict hangs on articles that may tell something else than the point.</summary>
public static class WeakTies
{
    /// <summary>
    /// The articles on which it hangs that several tell the point, or that an origin more stands behind it, and which are put with it on weak grounds; in the order of its passages, empty where
    /// the verdict stands without them.
    /// </summary>
    public static ImmutableArray<ArticleId> Of(SourcedPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        var articles = point.Point.Passages.Where(passage => !passage.Evidence.InTitle).GroupBy(passage => passage.Evidence.Article)
            .Select(article => (Id: article.Key, IsWeak: article.All(passage => passage.Likelihood < Passage.Firm))).ToList();
        ImmutableArray<ArticleId> weak = [.. articles.Where(article => article.IsWeak).Select(article => article.Id)];
        if (point.Point.Corrected || weak.IsEmpty || articles.Count < 2)
            return [];
        var firm = articles.Where(article => !article.IsWeak).Select(article => article.Id).ToHashSet();
        if (firm.Count < 2)
            return weak;
        if (point.Origins.Most < 2)
            return [];
        var only = point.Origins.Origins.Select(origin => origin.Evidence.Select(evidence => evidence.Article).ToList())
            .Where(behind => !behind.Exists(firm.Contains)).SelectMany(behind => behind).ToHashSet();
        return [.. weak.Where(only.Contains)];
    }
}
