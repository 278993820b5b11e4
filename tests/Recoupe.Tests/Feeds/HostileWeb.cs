using System.Text;

using Recoupe.Tests.Fetches;

namespace Recoupe.Tests.Feeds;

/// <summary>Hosts that each go wrong in a way of their own.</summary>
/// <param name="web">Where they are.</param>
/// <param name="insidePort">What must not be reached.</param>
/// <param name="pause">What those that never come to an end wait for again and again; null for a twentieth of a second.</param>
internal sealed class HostileWeb(TestWeb web, int insidePort, Func<CancellationToken, Task>? pause = null)
{
    private const int Kinds = 14;

    private static readonly Lazy<byte[]> Bomb = new(() => TestWeb.Bomb(100));

    private readonly Func<CancellationToken, Task> _pause = pause ?? (token => Task.Delay(50, token));

    /// <summary>Makes <paramref name="host"/> one of them.</summary>
    public void Add(string host, int kind)
    {
        switch (kind % Kinds)
        {
            case 0:
                web.Redirect("/feed", "/feed2", host: host);
                web.Redirect("/feed2", "/feed", host: host);
                break;
            case 1:
                web.Redirect("/feed", $"http://127.0.0.1:{insidePort}/secret", host: host);
                break;
            case 2:
                web.Page("/feed", TestWeb.Endless("application/rss+xml", "<item><title>More</title></item>"u8.ToArray()), host);
                break;
            case 3:
                web.Page("/feed", TestWeb.Endless("application/rss+xml", "<"u8.ToArray(), _pause), host);
                break;
            case 4:
                web.Page("/feed", context =>
                {
                    context.Response.Headers.ContentEncoding = "gzip";
                    return TestWeb.WriteAsync(context, Bomb.Value, "application/rss+xml");
                }, host);
                break;
            case 5:
                web.Page("/feed", Feed($"http://169.254.169.254/latest/{host}"), "application/rss+xml; charset=utf-16", host);
                break;
            case 6:
                web.Page("/feed", context => TestWeb.WriteAsync(context, Huge(), "application/rss+xml"), host);
                break;
            case 7:
                web.Page("/feed", "<!DOCTYPE r [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><rss><channel><item><title>&b;", "application/rss+xml", host);
                web.Page("/robots.txt", "User-agent: *\nDisallow: /", "text/plain", host);
                break;
            case 8:
                web.Page("/feed", TestWeb.Mute(_pause), host);
                break;
            case 9:
                web.Page("/feed", context =>
                {
                    context.Abort();
                    return Task.CompletedTask;
                }, host);
                break;
            case 10:
                web.Status("/feed", 503, host, ("Retry-After", "99999999999999999999"));
                break;
            case 11:
                web.Page("/feed", Feed(web.Address("/page", host)), "application/rss+xml", host);
                web.Page("/page", TestWeb.Endless("text/html", Encoding.UTF8.GetBytes(new string('<', 4096))), host);
                break;
            case 12:
                web.Page("/robots.txt", TestWeb.Endless("text/plain", "User-agent: *\n"u8.ToArray()), host);
                break;
            default:
                web.Page("/feed", "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":" + new string('[', 100_000), "application/json", host);
                break;
        }
    }

    private static string Feed(string page) => $"<rss><channel><item><link>{page}</link></item></channel></rss>";

    private static byte[] Huge()
    {
        var item = "<item><link>https://post.example/a</link><description>" + new string('a', 4000) + "</description></item>";
        return Encoding.UTF8.GetBytes("<rss><channel>" + string.Concat(Enumerable.Repeat(item, 2000)) + "</channel></rss>");
    }
}
