namespace Recoupe.Origins;

/// <summary>How a candidate for the origin of a passage is tied to it.</summary>
internal enum OriginLink
{
    /// <summary>The speaker of the statement that the passage is the content of.</summary>
    Own,

    /// <summary>A medium or document cited in its sentence.</summary>
    Cited,

    /// <summary>The speaker of another statement in its sentence.</summary>
    Beside,

    /// <summary>Who spoke last before it.</summary>
    Before,

    /// <summary>Who is given for the same point elsewhere in the article.</summary>
    Elsewhere,

    /// <summary>Who speaks next.</summary>
    After,

    /// <summary>Who does what its sentence tells.</summary>
    Doer,
}

/// <summary>Somebody a passage may go back to.</summary>
/// <param name="Link">How it is tied to the passage.</param>
/// <param name="Trace">The passage's chain if it does.</param>
/// <param name="Features">What the decision is made on; see <see cref="OriginCandidates"/>.</param>
/// <param name="Key">By which the passages of other articles are found that give them too.</param>
internal sealed record OriginCandidate(OriginLink Link, Trace Trace, float[] Features, string Key)
{
    /// <summary>The log-odds that the passage goes back to them, once they were judged.</summary>
    public float Odds { get; set; }

    /// <summary>Whether the passage's own words give it.</summary>
    public bool IsStated => Link is OriginLink.Own or OriginLink.Cited;
}
