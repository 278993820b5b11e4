namespace Recoupe.Searches;

/// <summary>What is searched for.</summary>
public enum SearchKind
{
    /// <summary>Articles.</summary>
    Articles,

    /// <summary>Statements.</summary>
    Statements,

    /// <summary>Points of dossiers.</summary>
    Points,
}

/// <summary>In what order what is found is given.</summary>
public enum SearchOrder
{
    /// <summary>What fits best first.</summary>
    Rank,

    /// <summary>The latest first.</summary>
    Time,
}

/// <summary>One thing found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The article or, for a point, the story.</param>
/// <param name="Part">The statement's number or the point's id; null for an article.</param>
/// <param name="Score">How well it fits: comparable within one answer only.</param>
public sealed record SearchHit(SearchKind Kind, string Id, string? Part, float Score);

/// <summary>What was found.</summary>
/// <param name="Total">How much in all.</param>
/// <param name="Hits">This part of it.</param>
/// <param name="Next">What to ask for the next part with; null at the end.</param>
public sealed record SearchAnswer(int Total, IReadOnlyList<SearchHit> Hits, string? Next)
{
    /// <summary>Of points: of how many stories they are not searched yet, for want of a dossier.</summary>
    public int Missing { get; init; }
}
