using System.Collections.Immutable;

using Recoupe.Corrections;
using Recoupe.Discrepancies;
using Recoupe.Grades;
using Recoupe.Omissions;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Sayings;
using Recoupe.Stories;

namespace Recoupe.Dossiers;

/// <summary>Takes a story through points, origins, discrepancies, grades and omissions to its dossier.</summary>
public static class DossierMaker
{
    /// <summary>The dossier of <paramref name="story"/>.</summary>
    /// <param name="story">The story.</param>
    /// <param name="articles">Its articles in its order, dated where they could be.</param>
    /// <param name="options">What makes a point, and what a person corrected.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Dossier Make(Story story, ImmutableArray<AnnotatedArticle> articles, PipelineOptions options, CancellationToken cancellationToken)
    {
        articles = SpeakerNames.Resolve(articles, options.Silenced);
        var reuses = ReuseFinder.Find(articles, cancellationToken);
        var text = new StoryText(articles, cancellationToken) { Silenced = options.Silenced, Threads = options.Threads };
        var points = PointId.Name(Corrector.Correct(PointFinder.Find(text, options.Points with { Threads = options.Threads }, cancellationToken), articles, options.Corrections), articles);
        var origins = new OriginFinder(text, reuses, rulings: Corrector.RulingsOf(articles, options.Corrections));
        var sourced = origins.Find(points, cancellationToken);
        var discrepancies = DiscrepancyFinder.Find(text, sourced, options.Points.Judge, cancellationToken);
        var history = new GradeHistory(text, origins);
        var graded = text.ForEach(
            sourced.Count,
            i => new SourcedPoint(sourced[i].Point, Grader.Of(text, sourced[i], discrepancies), Alone(sourced[i].Point, articles), sourced[i].Count, sourced[i].Chains)
            {
                History = history.Of(points[i], sourced[i], discrepancies),
            },
            cancellationToken).ToImmutableArray();
        var omissions = OmissionFinder.Find(graded.Select(point => point.Point), articles, options.Silenced);
        var timeline = TimelineMaker.Make(articles, graded.Select(point => point.Point));
        return new Dossier(story, articles, graded, discrepancies, omissions, reuses, SayingFinder.Find(text, cancellationToken), timeline);
    }

    /// <summary>The only outlet that has a point; null where several do or one is unknown.</summary>
    internal static string? Alone(Point point, ImmutableArray<AnnotatedArticle> articles)
    {
        var telling = point.Passages.Select(passage => passage.Evidence.Article).ToHashSet();
        var outlets = articles.Where(article => telling.Contains(article.Id)).Select(article => article.Article.Outlet).Distinct().ToList();
        return outlets is [{ } outlet] ? outlet : null;
    }
}
