using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>A calendar expression of an article and the time that it means.</summary>
/// <param name="Span">Its words.</param>
/// <param name="Value">
/// ISO 8601 as far as it goes (day, week, month, year, decade <c>199X</c>, quarter, season, weekend, range <c>a/b</c>),
/// or null where it cannot be resolved, such as "Tuesday" in an article of unknown date.
/// </param>
/// <param name="InTitle">Whether the span counts in the title.</param>
public sealed record DateMention(TextSpan Span, string? Value, bool InTitle = false);
