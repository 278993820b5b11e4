using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Points;

namespace Recoupe.Origins;

/// <summary>What an origin is. A bare sentence has none.</summary>
public enum OriginType
{
    Person,
    Organisation,
    Document,
    Unnamed,
    Medium,

    /// <summary>The outlet's own reporting.</summary>
    Outlet,
}

/// <summary>How a passage reached its article: the outlet first, media next, the origin last.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Hops">Names from the article's outlet to the origin; only the outlet for a bare sentence.</param>
/// <param name="Type">The origin's type; null for a bare sentence.</param>
/// <param name="Stated">Whether the text states the whole chain; false where a hop is inferred.</param>
/// <param name="Evidence">The spans that the chain rests on.</param>
/// <param name="Rule">The number of the sourcing rule that gave it.</param>
public sealed record Chain(
    Passage Passage, ImmutableArray<string> Hops, OriginType? Type, bool Stated, ImmutableArray<Evidence> Evidence, int Rule);

/// <summary>The last hop of one or more chains.</summary>
/// <param name="Name">Its name or description; null for a bare sentence.</param>
/// <param name="Type">What it is; null for a bare sentence.</param>
/// <param name="Via">All media between an outlet and the origin, the article's own outlet left out.</param>
/// <param name="Stated">Whether the text states it.</param>
/// <param name="Evidence">The spans that it rests on.</param>
public sealed record Origin(string? Name, OriginType? Type, ImmutableArray<string> Via, bool Stated, ImmutableArray<Evidence> Evidence);

/// <summary>Two origins that are, or may be, one.</summary>
/// <param name="A">The one.</param>
/// <param name="B">The other.</param>
/// <param name="Rule">The number of the sourcing rule.</param>
/// <param name="Certain">Whether they are the same (8) or possibly the same (9).</param>
/// <param name="Why">The reason, in a few English words.</param>
public sealed record Merge(string? A, string? B, int Rule, bool Certain, string Why);

/// <summary>What stands behind a point.</summary>
/// <param name="Fewest">The count if all that is possibly the same is the same.</param>
/// <param name="Most">The count if none of it is.</param>
/// <param name="Origins">The origins of affirming passages.</param>
/// <param name="Against">The origins of denying and doubting passages.</param>
/// <param name="Loops">Chains that come back to a medium, by their media.</param>
/// <param name="Merged">Every merge.</param>
public sealed record OriginCount(
    int Fewest, int Most, ImmutableArray<Origin> Origins, ImmutableArray<Origin> Against, ImmutableArray<ImmutableArray<string>> Loops,
    ImmutableArray<Merge> Merged)
{
    /// <summary>Where <see cref="Fewest"/> is at least 2, two origins that cannot be one, each with the passage in which it tells the point itself; else empty.</summary>
    public ImmutableArray<OriginWords> RestsOn { get; init; } = [];
}

/// <summary>An origin with words in which it tells a point.</summary>
/// <param name="Name">The origin's name.</param>
/// <param name="Words">The passage.</param>
public sealed record OriginWords(string? Name, Evidence Words);
