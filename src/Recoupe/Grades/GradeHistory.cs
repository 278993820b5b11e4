using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Discrepancies;
using Recoupe.Origins;
using Recoupe.Points;

namespace Recoupe.Grades;

/// <summary>What a point's origins amounted to from some time on, by the articles that had told it until then.</summary>
/// <param name="At">From when on.</param>
/// <param name="Article">The article that came out then; the first of the story where several did.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Fewest">Its origins, at least.</param>
/// <param name="Most">Its origins, at most.</param>
public sealed record GradeStep(Moment At, ArticleId Article, Grade Grade, int Fewest, int Most);

/// <summary>Tells how a point came by its grade: what stood behind it when each article came out. A step for each time at which grade or range became another.</summary>
internal sealed class GradeHistory(StoryText story, OriginFinder origins)
{
    // A point of a large story is told at more times than anybody reads, and its grade settles early.
    private const int MostTimes = 16;

    // When each article came out, by its place.
    private readonly DateTime?[] _times = [.. story.Articles.Select(article => article.Article.Published?.Utc)];

    /// <summary>The steps, the earliest first; empty where the times of fewer than two articles that tell the point are known, or one's is not.</summary>
    /// <param name="point">The point.</param>
    /// <param name="now">What stands behind it when all of them are out.</param>
    /// <param name="discrepancies">The discrepancies of the story.</param>
    public ImmutableArray<GradeStep> Of(Point point, Sourcing now, ImmutableArray<Discrepancy> discrepancies)
    {
        var told = point.Passages.Select(passage => passage.Evidence.Article).Distinct().Select(story.PlaceOf).Order()
            .Select(place => (Place: place, At: story.Articles[place].Article.Published)).ToList();
        if (told.Exists(article => article.At is null))
            return [];
        var times = told.Select(article => article.At!.Value).Distinct().Order().ToList();
        if (times.Count < 2)
            return [];
        var steps = ImmutableArray.CreateBuilder<GradeStep>();
        foreach (var time in times.Count > MostTimes ? [.. times.Take(MostTimes - 1), times[^1]] : times)
        {
            var step = StepAt(point, now.Candidates!, time.CompareTo(times[^1]) == 0 ? now : null, time, told.First(article => article.At!.Value.CompareTo(time) == 0).Place, discrepancies);
            if (steps.Count == 0 || (steps[^1].Grade, steps[^1].Fewest, steps[^1].Most) != (step.Grade, step.Fewest, step.Most))
                steps.Add(step);
        }

        return steps.ToImmutable();
    }

    private GradeStep StepAt(Point point, PointCandidates candidates, Sourcing? known, Moment time, int place, ImmutableArray<Discrepancy> discrepancies)
    {
        var now = time.Utc;
        bool IsOut(int article) => _times[article] <= now;
        var sourcing = known ?? origins.Of(point, candidates, IsOut);
        var grade = Grader.Of(story, sourcing, discrepancies.Where(discrepancy => IsOut(story.PlaceOf(discrepancy.A.Article)) && IsOut(story.PlaceOf(discrepancy.B.Article))));
        return new GradeStep(time, story.Articles[place].Id, grade, sourcing.Count.Fewest, sourcing.Count.Most);
    }
}
