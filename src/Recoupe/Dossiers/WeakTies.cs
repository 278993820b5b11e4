using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Points;

namespace Recoupe.Dossiers;

/// <summary>Where a verdict hangs on articles that may tell something else than the point.</summary>
public static class WeakTies
{
    // Of articles whose likeliest passage is below it one in two tells the point, of those above nine in ten (docs/accuracy/sourcing.md).
    private const double Firm = 0.4;

    /// <summary>
    /// The articles on which it hangs that several tell the point, or that an origin more stands behind it, and which are put with it on weak grounds; in the order of its passages, empty where
    /// the verdict stands without them.
    /// </summary>
    public static ImmutableArray<ArticleId> Of(SourcedPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        var weak = point.Point.Passages.Where(passage => !passage.Evidence.InTitle).GroupBy(passage => passage.Evidence.Article).ToDictionary(
            article => article.Key, article => article.All(passage => passage.Likelihood < Firm));
        var loose = weak.Where(article => article.Value).Select(article => article.Key).ToImmutableArray();
        if (point.Point.Corrected || loose.IsEmpty || weak.Count < 2)
            return [];
        if (weak.Count - loose.Length < 2)
            return loose;
        if (point.Origins.Most < 2)
            return [];
        var only = point.Origins.Origins.Select(origin => origin.Evidence.Select(evidence => evidence.Article).Where(weak.ContainsKey).Distinct().ToList())
            .Where(articles => articles.Count > 0 && articles.TrueForAll(article => weak[article])).SelectMany(articles => articles).ToHashSet();
        return [.. loose.Where(only.Contains)];
    }
}
