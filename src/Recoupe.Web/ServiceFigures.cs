using System.Globalization;
using System.Text;

using Recoupe.Storage;

namespace Recoupe.Web;

/// <summary>Figures in the form that Prometheus reads.</summary>
internal sealed class ServiceFigures
{
    private long _requests;

    public void Count() => Interlocked.Increment(ref _requests);

    public string Write(ArchiveFigures archive)
    {
        var text = new StringBuilder();
        void Add(string name, string type, string help, long value) =>
            text.Append(CultureInfo.InvariantCulture, $"# HELP recoupe_{name} {help}\n# TYPE recoupe_{name} {type}\nrecoupe_{name} {value}\n");
        Add("articles", "gauge", "Articles in the archive, older versions included.", archive.Articles);
        Add("stories", "gauge", "Stories in the archive.", archive.Stories);
        Add("statements", "gauge", "Statements in the archive.", archive.Statements);
        Add("stale_articles", "gauge", "Articles that another version read: recoupe reread brings them up to date.", archive.Stale);
        Add("revision", "counter", "Changes of the archive.", archive.Revision);
        Add("http_requests_total", "counter", "Requests since the service started.", Interlocked.Read(ref _requests));
        Add("memory_bytes", "gauge", "Memory of the service.", Environment.WorkingSet);
        return text.ToString();
    }
}
