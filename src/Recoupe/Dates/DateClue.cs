using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>A date as a text tells it, unresolved: what an undated article can be dated from.</summary>
/// <param name="Span">Its words.</param>
/// <param name="Year">The year, or null where it is not told.</param>
/// <param name="Month">The month, or null.</param>
/// <param name="Day">The day of the month, or null.</param>
/// <param name="Weekday">The weekday (1 is Monday), or null.</param>
/// <param name="IsThis">Whether the text calls it the present one ("ce mercredi 20 novembre").</param>
public readonly record struct DateClue(TextSpan Span, int? Year, int? Month, int? Day, int? Weekday, bool IsThis);
