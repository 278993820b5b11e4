using System.Globalization;

namespace Recoupe.Web.Desk;

/// <summary>A place of an article that an address asks for: <c>137-189</c>, <c>title:0-12</c>, in code points.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="InTitle">Whether it counts in the title.</param>
/// <param name="InDocument">Whether it counts in the document as it came in.</param>
public readonly record struct ShownPlace(int Start, int End, bool InTitle, bool InDocument)
{
    private const string Title = "title:";
    private const string Document = "document:";

    /// <summary>Reads it; null where it is none.</summary>
    public static ShownPlace? Parse(string? text)
    {
        if (text is null)
            return null;
        var (inTitle, inDocument) = (text.StartsWith(Title, StringComparison.Ordinal), text.StartsWith(Document, StringComparison.Ordinal));
        var parts = text[(inTitle ? Title.Length : inDocument ? Document.Length : 0)..].Split('-');
        return parts is [var first, var last]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && start < end
            ? new ShownPlace(start, end, inTitle, inDocument)
            : null;
    }
}
