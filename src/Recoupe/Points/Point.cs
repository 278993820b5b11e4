using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>Names a point by its first passage: what other articles add, before or after in rank, changes nothing of it.</summary>
public readonly record struct PointId(string Value) : IComparable<PointId>
{
    private const int Digits = 10;

    /// <summary>Gives each point the name of its first passage; of points that begin with the same one the later are numbered.</summary>
    /// <param name="points">The points of a story.</param>
    /// <param name="articles">Its articles.</param>
    public static ImmutableArray<Point> Name(ImmutableArray<Point> points, ImmutableArray<AnnotatedArticle> articles)
    {
        var byId = articles.ToDictionary(article => article.Id);
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. points.Select(point =>
            {
                var first = point.Passages.IsEmpty ? point.Clearest.Evidence : point.Passages[0].Evidence;
                var name = "p" + ShortHash.Of(Digits, first.Article.Value, first.Span.Quote(byId[first.Article].TextOf(first.InTitle).Text));
                var before = taken[name] = taken.GetValueOrDefault(name) + 1;
                return point with { Id = new PointId(before == 1 ? name : $"{name}-{before}") };
            }),
        ];
    }

    /// <summary>By ordinal.</summary>
    public int CompareTo(PointId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>How a passage stands to its point.</summary>
public enum Stance
{
    Affirms,
    Denies,

    /// <summary>Doubts without the contrary: does not dispute.</summary>
    Doubts,
}

/// <summary>A sentence or a statement's content that tells a point.</summary>
/// <param name="Evidence">Where it stands.</param>
/// <param name="Statement">
/// The index of the statement that it is the content of, in its article's statements; null for a sentence that nobody is given for.
/// Where the content is the smaller part of its sentence ("She put the cost at 85 million"), the passage is the sentence.
/// </param>
/// <param name="Stance">How it stands to the point.</param>
/// <param name="Partial">Whether it tells the point only in part or takes it for granted.</param>
public sealed record Passage(Evidence Evidence, int? Statement, Stance Stance, bool Partial = false)
{
    /// <summary>How likely it is that it tells the point, 0 to 1, by <c>models/members.model</c>; null of a title, of the only passage and where a person decided.</summary>
    public double? Likelihood { get; init; }

    /// <summary>From here on a passage as good as certainly tells its point: nine in ten of them do (docs/accuracy/sourcing.md).</summary>
    internal const double Sure = 0.7;

    /// <summary>Below it one in two passages tells something else.</summary>
    internal const double Firm = 0.4;
}

/// <summary>One thing told: the passages of a story's articles that tell it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Clearest">The passage that tells it best: the point's text.</param>
/// <param name="Passages">All passages, by article in the story's order, then by place.</param>
/// <param name="Background">Whether it tells of older events, not of the news.</param>
/// <param name="Corrected">Whether a person's correction merged or split it.</param>
public sealed record Point(
    PointId Id, Passage Clearest, ImmutableArray<Passage> Passages, bool Background = false, bool Corrected = false);
