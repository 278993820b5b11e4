using Recoupe.Documents;

namespace Recoupe.Fetches;

/// <summary>Finds where a publisher reserves text mining, or asks machines to stay away: in the answer's header, or in the page's.</summary>
internal static class Reservations
{
    private const string Protocol = "tdm-reservation";
    private const string Robots = "robots";

    // A page's own header stands before its body; one that is longer is none.
    private const int LongestHead = 1 << 17;

    /// <summary>What reserves it, in words; null where nothing does.</summary>
    /// <param name="header">The first value of a field of the answer's header, or null.</param>
    /// <param name="content">The page.</param>
    public static string? Find(Func<string, string?> header, string content)
    {
        if (header(Protocol)?.Trim() == "1")
            return "its header reserves text mining (tdm-reservation)";
        if (header("x-robots-tag") is { } tag && NamesLearning(tag))
            return "its header asks machines to stay away (X-Robots-Tag: noai)";
        return InPage(content);
    }

    private static string? InPage(string content)
    {
        var head = content.Length > LongestHead ? content[..LongestHead] : content;
        var scanner = new MarkupScanner(head);
        while (scanner.Next(out var token))
        {
            var name = head.AsSpan()[token.Name];
            if (token.Kind == MarkupKind.Start && name.Equals("body", StringComparison.OrdinalIgnoreCase))
                break;
            if (token.Kind is not (MarkupKind.Start or MarkupKind.Empty) || !name.Equals("meta", StringComparison.OrdinalIgnoreCase))
                continue;
            var (about, value) = Meta(head, token);
            if (about.Equals(Protocol, StringComparison.OrdinalIgnoreCase) && value.Trim() == "1")
                return "the page reserves text mining (tdm-reservation)";
            if (about.Equals(Robots, StringComparison.OrdinalIgnoreCase) && NamesLearning(value))
                return "the page asks machines to stay away (robots: noai)";
        }

        return null;
    }

    private static (string About, string Value) Meta(string head, MarkupToken tag)
    {
        var (about, value) = ("", "");
        foreach (var (name, written) in MarkupScanner.Attributes(head, tag))
        {
            if (head.AsSpan()[name].Equals("name", StringComparison.OrdinalIgnoreCase))
                about = head[written].Trim();
            else if (head.AsSpan()[name].Equals("content", StringComparison.OrdinalIgnoreCase))
                value = head[written];
        }

        return (about, value);
    }

    private static bool NamesLearning(string value) =>
        value.Split([',', ' ', ':'], StringSplitOptions.RemoveEmptyEntries).Contains("noai", StringComparer.OrdinalIgnoreCase);
}
