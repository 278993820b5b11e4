using System.Globalization;
using System.Text;

using Recoupe.Feeds;
using Recoupe.Storage;

namespace Recoupe.Web;

/// <summary>Figures in the form that Prometheus reads.</summary>
internal sealed class ServiceFigures
{
    private readonly long[] _followed = new long[Enum.GetValues<FollowEvent>().Length];
    private long _requests;

    public void Count() => Interlocked.Increment(ref _requests);

    public void Count(FollowNote note) => Interlocked.Increment(ref _followed[(int)note.Event]);

    public string Write(ArchiveFigures archive)
    {
        var text = new StringBuilder();
        void Add(string name, string type, string help, long value) =>
            text.Append(CultureInfo.InvariantCulture, $"# HELP recoupe_{name} {help}\n# TYPE recoupe_{name} {type}\nrecoupe_{name} {value}\n");
        long Followed(FollowEvent kind) => Interlocked.Read(ref _followed[(int)kind]);
        Add("articles", "gauge", "Articles in the archive, older versions included.", archive.Articles);
        Add("stories", "gauge", "Stories in the archive.", archive.Stories);
        Add("statements", "gauge", "Statements in the archive.", archive.Statements);
        Add("stale_articles", "gauge", "Articles that another version read: recoupe reread brings them up to date.", archive.Stale);
        Add("revision", "counter", "Changes of the archive.", archive.Revision);
        Add("feeds_read_total", "counter", "Feeds read since the service started.", Followed(FollowEvent.FeedRead));
        Add("feeds_failed_total", "counter", "Feeds that could not be read since the service started.", Followed(FollowEvent.FeedFailed));
        Add("pages_taken_total", "counter", "Pages of feeds taken in since the service started.", Followed(FollowEvent.PageTaken));
        Add("pages_failed_total", "counter", "Pages of feeds that could not be taken in since the service started.", Followed(FollowEvent.PageFailed));
        Add("pages_withdrawn_total", "counter", "Pages that were found withdrawn since the service started.", Followed(FollowEvent.PageWithdrawn));
        Add("http_requests_total", "counter", "Requests since the service started.", Interlocked.Read(ref _requests));
        Add("memory_bytes", "gauge", "Memory of the service.", Environment.WorkingSet);
        return text.ToString();
    }
}
