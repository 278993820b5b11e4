using System.Net;
using System.Text;

using Recoupe.Tests.Fetches;

namespace Recoupe.Tests.Feeds;

/// <summary>A well-behaved paper: pages, and a feed at <c>/feed</c> that names them in the order of writing.</summary>
internal sealed class Paper(TestWeb web, string host = "news.example")
{
    private readonly List<string> _paths = [];

    public void Write(string path, string text, string head = "")
    {
        if (!_paths.Contains(path))
            _paths.Add(path);
        web.Page(
            path,
            $"<!doctype html><html lang=\"en\"><head><title>News of {host}</title>{head}</head><body><article><h1>News from the valley {path}</h1>"
            + $"<p>{WebUtility.HtmlEncode(text)}</p><p>More is to be decided at the next meeting, which the mayor, Ada Lowe, has called for the end of the month. "
            + "“Everybody will be heard before anything is built,” said Ada Lowe.</p></article></body></html>",
            host: host);
        var items = new StringBuilder();
        foreach (var page in _paths)
            items.Append($"<item><title>News</title><link>{web.Address(page, host)}</link></item>");
        web.Page("/feed", $"<rss version=\"2.0\"><channel><title>The paper</title>{items}</channel></rss>", "application/rss+xml", host);
    }
}
