using Recoupe.Languages;

namespace Recoupe.Articles;

/// <summary>Tells a text that breaks off: it ends in an ellipsis, and what stands behind it offers the rest ("… Lire la suite", "Subscribe to read more").</summary>
internal static class BreakingOff
{
    // An offer of the rest is short; a sentence that begins like one is text.
    private const int MaxOffer = 120;

    private const string Marks = " \u00A0>›»→+[](){}.:-–—";

    private static readonly string[] Offers =
    [
        .. Language.All.SelectMany(language => language.Lines("continues")).Concat(Language.SharedLines("continues.txt")).Select(Folded),
    ];

    /// <summary>Whether the text ends in an ellipsis, or in one and an offer of the rest.</summary>
    public static bool EndsOpen(ReadOnlySpan<char> text)
    {
        text = text.TrimEnd(" \u00A0»”\"'");
        return text.EndsWith("…") || text.EndsWith("...") || text.EndsWith("[…]") || text.EndsWith("[...]") || text.EndsWith("(…)") || text.EndsWith("(...)");
    }

    /// <summary>Whether the line is such an offer and nothing more: as common in boxes of other articles.</summary>
    public static bool IsBareOffer(ReadOnlySpan<char> line) => line.Length <= MaxOffer && Array.IndexOf(Offers, Folded(line.Trim(Marks).ToString())) >= 0;

    /// <summary>Whether the line offers the rest of a text.</summary>
    public static bool IsOffer(ReadOnlySpan<char> line)
    {
        line = line.Trim(Marks);
        if (line.Length is 0 or > MaxOffer)
            return false;
        var folded = Folded(line.ToString());
        foreach (var offer in Offers)
        {
            if (folded.StartsWith(offer, StringComparison.Ordinal) && (folded.Length == offer.Length || !char.IsLetterOrDigit(folded[offer.Length])))
                return true;
        }

        return false;
    }

    /// <summary>Whether the text itself holds both: "… Read more".</summary>
    public static bool EndsInOffer(ReadOnlySpan<char> text)
    {
        var at = Math.Max(text.LastIndexOf('…'), text.LastIndexOf("...", StringComparison.Ordinal));
        return at >= 0 && text.Length - at <= MaxOffer && IsOffer(text[at..].TrimStart("….)] \u00A0"));
    }

    private static string Folded(string text) => Folding.Fold(text).Replace('’', '\'').Replace('-', ' ');
}
