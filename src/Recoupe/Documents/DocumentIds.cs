using Recoupe.Text;

namespace Recoupe.Documents;

/// <summary>Gives each document of a run the id of its article: its own, else its key, else its file's name.</summary>
/// <remarks>
/// An id that the input gives on purpose stands for one article: who repeats it is told so. A key is what the world gives (an address, a message id):
/// the same key with the same content is the same article, with other content it is another, and its id says so. Nothing is lost for a clash.
/// </remarks>
public sealed class DocumentIds
{
    private static readonly string[] Trackers = ["utm_", "at_", "mtm_", "pk_", "fbclid", "gclid", "msclkid", "xtor", "mc_cid", "mc_eid", "ns_campaign", "ns_mchannel", "ns_source", "cmpid"];

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong> _contents = new(StringComparer.Ordinal);

    /// <summary>The document's id, or null where it is no article of its own.</summary>
    /// <param name="document">In the order of arrival.</param>
    /// <param name="reason">Where there is no id: why.</param>
    public string? Of(Document document, out string reason)
    {
        reason = "";
        if (document.Id is { } own)
        {
            if (_ids.Add(own))
                return own;
            reason = $"the id {own} stands for an earlier article already: the first is kept; give this one another id";
            return null;
        }

        if (document.Key is { } key)
            return OfKey(key, document, out reason);
        var id = document.Name ?? document.Source;
        if (_ids.Contains(id))
            id = document.Source;
        for (var n = 2; !_ids.Add(id); n++)
            id = $"{document.Source}#{n}";
        return id;
    }

    /// <summary>An address without what only tells how a reader came to it; null where it is no address of the web.</summary>
    public static string? Canonical(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return null;
        if (uri.Query.Length == 0)
            return address;
        var kept = uri.Query[1..].Split('&').Where(part => !Array.Exists(Trackers, tracker => part.StartsWith(tracker, StringComparison.OrdinalIgnoreCase)));
        var query = string.Join('&', kept);
        return uri.GetLeftPart(UriPartial.Path) + (query.Length > 0 ? "?" + query : "") + uri.Fragment;
    }

    private string? OfKey(string key, Document document, out string reason)
    {
        reason = "";
        var content = TextHash.Combine(TextHash.Of(document.Content), TextHash.Of(document.Title ?? ""));
        for (var id = key; ; id = $"{key}#{content:x16}")
        {
            if (_ids.Add(id))
            {
                _contents[id] = content;
                return id;
            }

            if (_contents.TryGetValue(id, out var earlier) && earlier == content)
            {
                reason = $"is the same as {id}, which was read before";
                return null;
            }

            if (id != key)
            {
                reason = $"the id {id} stands for an earlier article already";
                return null;
            }
        }
    }
}
