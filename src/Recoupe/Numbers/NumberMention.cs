using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>How a number bounds the amount that it speaks of.</summary>
public enum NumberBounds
{
    /// <summary>The amount itself.</summary>
    Exact,

    /// <summary>"about", "une centaine".</summary>
    About,

    /// <summary>"at least", "au moins".</summary>
    AtLeast,

    /// <summary>"at most", "up to", "jusqu'à".</summary>
    AtMost,

    /// <summary>"more than", "plus de".</summary>
    MoreThan,

    /// <summary>"less than", "nearly", "près de".</summary>
    LessThan,
}

/// <summary>An amount that an article tells.</summary>
/// <param name="Span">Its words, unit and approximation included.</param>
/// <param name="Value">The amount in <paramref name="Unit"/>, magnitudes multiplied out.</param>
/// <param name="Unit">Currency (ISO 4217), "%", a unit's symbol, or the lemma of what is counted; null where nothing is told.</param>
/// <param name="Bounds">What an approximation says.</param>
/// <param name="InTitle">Whether the span counts in the title.</param>
/// <param name="Per">What the amount is per: d, wk, mo, y, person …; null where it is a total or nothing is told. Amounts with another <c>Per</c> count on another base.</param>
/// <remarks>
/// A share of something, also one told as a fraction ("un tiers des électeurs", "one in three"), is in %. Time is in s, min, h, d, wk, mo, y.
/// A range is two mentions: its low end <see cref="NumberBounds.AtLeast"/>, its high end <see cref="NumberBounds.AtMost"/>.
/// </remarks>
public sealed record NumberMention(TextSpan Span, double Value, string? Unit, NumberBounds Bounds, bool InTitle = false, string? Per = null)
{
    /// <summary>Whether it may be more than is told: "at least", "more than".</summary>
    internal bool IsLeast => Bounds is NumberBounds.AtLeast or NumberBounds.MoreThan;

    /// <summary>The lemma of what is counted, in small letters; <c>person</c> where only what befell them is told. Of a measure or share, of what it is one (<i>45 minutes de retard</i>). Null where nothing is told.</summary>
    public string? Counted { get; init; }

    /// <summary>What befell those counted, by a name that is the same in every language (list <c>happenings</c>): dead, injured, missing, arrested …; null where nothing is told.</summary>
    public string? Happened { get; init; }
}
