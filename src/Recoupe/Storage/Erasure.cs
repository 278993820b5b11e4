namespace Recoupe.Storage;

/// <summary>What erasing a person has done, in numbers.</summary>
/// <param name="Articles">Articles, older versions among them, that named the person.</param>
/// <param name="Places">Places in their documents that gave way.</param>
/// <param name="Statements">Statements of these articles whose speaker, channel or words are others now.</param>
/// <param name="Stories">Stories whose dossiers, pages and titles are made anew.</param>
/// <param name="Corrections">Corrections that named the person.</param>
/// <param name="Watches">Watches and what they told, likewise.</param>
/// <param name="Pages">Pages and feeds that are followed, likewise.</param>
/// <param name="Audit">Entries of the audit log, likewise.</param>
/// <param name="Left">Articles whose text still names the person, written in a way that is not seen: to be looked at by hand.</param>
public sealed record ErasureReport(int Articles, int Places, int Statements, int Stories, int Corrections, int Watches, int Pages, int Audit, IReadOnlyList<string> Left);

/// <summary>An erasure that was made. Whom it was about is not kept.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Who">Who made it.</param>
/// <param name="Why">Why; null where nothing was said.</param>
/// <param name="Replacement">What stands in the place of the name.</param>
/// <param name="Report">What it did.</param>
public sealed record KeptErasure(long Number, string At, string Who, string? Why, string Replacement, ErasureReport Report);

/// <summary>How long the text of a source's articles is kept.</summary>
/// <param name="Source">An outlet, or the host of an address with what lies beneath it (<c>news.example</c>).</param>
/// <param name="Days">So many days after it was taken in.</param>
/// <param name="Who">Who said so.</param>
/// <param name="Made">When, UTC.</param>
public sealed record RetentionRule(string Source, int Days, string Who, string Made);

/// <summary>What letting go of texts has done.</summary>
/// <param name="Source">The rule's source.</param>
/// <param name="Articles">So many articles whose text is no longer kept.</param>
public sealed record Expired(string Source, int Articles);
