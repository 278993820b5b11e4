using System.Collections.Immutable;

using Recoupe.Points;
using Recoupe.Reuses;

namespace Recoupe.Origins;

/// <summary>What stands behind a point: its chains, its origins, and what grading asks of them.</summary>
/// <param name="Point">The point, with a passage for each chain.</param>
/// <param name="Chains">The chain of each passage, in their order.</param>
/// <param name="Count">The origins.</param>
/// <param name="Groups">The origins of affirming passages, those that are certainly the same joined.</param>
internal sealed record Sourcing(Point Point, ImmutableArray<Chain> Chains, OriginCount Count, IReadOnlyList<OriginGroup> Groups)
{
    private Dictionary<Passage, int>? _groups;

    /// <summary>Whom its passages may go back to; null where that was not kept.</summary>
    public PointCandidates? Candidates { get; init; }

    /// <summary>The index of the group that a chain's passage goes back to; -1 if it affirms nothing or has no origin.</summary>
    public int GroupOf(Chain chain)
    {
        if (_groups is null)
        {
            _groups = [];
            for (var i = 0; i < Groups.Count; i++)
            {
                foreach (var trace in Groups[i].Traces)
                    _groups.TryAdd(trace.Passage, i);
            }
        }

        return _groups.GetValueOrDefault(chain.Passage, -1);
    }
}

/// <summary>Follows the passages of points back to their origins and counts these (sourcing rules 1 to 10).</summary>
/// <param name="story">The story.</param>
/// <param name="reuses">What its articles share.</param>
/// <param name="model">What judges candidates; null for the engine's own.</param>
/// <param name="rulings">What a person ruled on origins; null for nothing.</param>
internal sealed class OriginFinder(StoryText story, ImmutableArray<Reuse> reuses, OriginModel? model = null, ImmutableArray<OriginRuling>? rulings = null)
{
    private readonly ChainTracer _tracer = new(story, reuses, model);
    private readonly OriginCounter _counter = new(story, reuses, rulings ?? []);

    /// <summary>The sourcing of each point, in order.</summary>
    /// <param name="points">Points of the story.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public List<Sourcing> Find(ImmutableArray<Point> points, CancellationToken cancellationToken) =>
        [.. story.ForEach(points.Length, i => Of(points[i]), cancellationToken)];

    /// <summary>The sourcing of a point.</summary>
    public Sourcing Of(Point point) => Of(point, _tracer.Read(point));

    /// <summary>The sourcing of a point as far as the articles that tell it are out.</summary>
    /// <param name="point">The point.</param>
    /// <param name="candidates">Whom its passages may go back to.</param>
    /// <param name="isOut">Whether the article at a place is out; null for all.</param>
    public Sourcing Of(Point point, PointCandidates candidates, Func<int, bool>? isOut = null)
    {
        var traces = _tracer.Follow(candidates, isOut);
        var (count, groups) = _counter.Count(traces);
        var chains = traces.Select(trace => trace.ToChain(_tracer.Media.OutletOf(trace.Place))).ToImmutableArray();
        return new Sourcing(point with { Passages = [.. traces.Select(trace => trace.Passage)] }, chains, count, groups) { Candidates = candidates };
    }
}
