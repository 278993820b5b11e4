using System.Globalization;
using System.Text;

using Recoupe.Feeds;
using Recoupe.Storage;

namespace Recoupe.Web;

/// <summary>A figure of the service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsCounter">Whether it only rises.</param>
/// <param name="Help">What it tells.</param>
/// <param name="Value">As it is now.</param>
internal sealed record ServiceFigure(string Name, bool IsCounter, string Help, long Value);

/// <summary>What is counted of the service and its archive.</summary>
internal sealed class ServiceFigures(Archive archive)
{
    private readonly long[] _followed = new long[Enum.GetValues<FollowEvent>().Length];
    private long _requests;

    public void Count() => Interlocked.Increment(ref _requests);

    public void Count(FollowNote note) => Interlocked.Increment(ref _followed[(int)note.Event]);

    /// <summary>All figures, always the same ones in the same order.</summary>
    public IReadOnlyList<ServiceFigure> All()
    {
        var held = archive.Figures();
        long Followed(FollowEvent kind) => Interlocked.Read(ref _followed[(int)kind]);
        return
        [
            new("recoupe_articles", false, "Articles in the archive, older versions included.", held.Articles),
            new("recoupe_stories", false, "Stories in the archive.", held.Stories),
            new("recoupe_statements", false, "Statements in the archive.", held.Statements),
            new("recoupe_stale_articles", false, "Articles that another version read: recoupe reread brings them up to date.", held.Stale),
            new("recoupe_revision", true, "Changes of the archive.", held.Revision),
            new("recoupe_feeds_read_total", true, "Feeds read since the service started.", Followed(FollowEvent.FeedRead)),
            new("recoupe_feeds_failed_total", true, "Feeds that could not be read since the service started.", Followed(FollowEvent.FeedFailed)),
            new("recoupe_pages_taken_total", true, "Pages of feeds taken in since the service started.", Followed(FollowEvent.PageTaken)),
            new("recoupe_pages_failed_total", true, "Pages of feeds that could not be taken in since the service started.", Followed(FollowEvent.PageFailed)),
            new("recoupe_pages_withdrawn_total", true, "Pages that were found withdrawn since the service started.", Followed(FollowEvent.PageWithdrawn)),
            new("recoupe_http_requests_total", true, "Requests since the service started.", Interlocked.Read(ref _requests)),
            new("recoupe_memory_bytes", false, "Memory of the service.", Environment.WorkingSet),
        ];
    }

    /// <summary>In the form that Prometheus reads.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var (name, isCounter, help, value) in All())
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {(isCounter ? "counter" : "gauge")}\n{name} {value}\n");
        return text.ToString();
    }
}
