using System.Data.Common;
using System.Threading.Channels;

using Recoupe.Storage;

namespace Recoupe.Web.Access;

/// <summary>Writes down who saw, changed and exported what: changes at once, the rest a second later at most.</summary>
internal sealed class AuditTrail(Archive archive) : BackgroundService
{
    private const int MostWaiting = 10_000;
    private const int LongestTarget = 500;

    private readonly Channel<AuditEntry> _seen = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Writes down what a request was and how it was answered.</summary>
    public void Note(HttpContext context)
    {
        var (request, who) = (context.Request, context.User.Identity is { IsAuthenticated: true } ? WhoAsks.Of(context) : "");
        var entry = Entry(who, request.Method, Target(request), context.Response.StatusCode);
        var isChange = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && request.Path != "/mcp";
        if (!isChange && who.Length == 0)
            return;
        // Where so much waits that nothing more can, it is written at once: nothing goes untold.
        if (isChange || !_seen.Writer.TryWrite(entry))
            Write([entry]);
    }

    /// <summary>Writes down something else that was done.</summary>
    public void Note(string who, string action, string target, int outcome) => Write([Entry(who, action, target, outcome)]);

    /// <summary>Writes down what waits.</summary>
    public void Flush()
    {
        var entries = new List<AuditEntry>();
        while (_seen.Reader.TryRead(out var entry))
            entries.Add(entry);
        Write(entries);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Flush();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Flush();
        }
    }

    // What is asked for in private is not written down: that it was asked is.
    private static string Target(HttpRequest request)
    {
        var isPrivate = request.Query["private"] is ["true"];
        var target = request.Path + (isPrivate ? "?private=true" : request.QueryString.Value);
        return target.Length <= LongestTarget ? target : target[..LongestTarget];
    }

    private static AuditEntry Entry(string who, string action, string target, int outcome) =>
        new(0, FeedShelf.Written(TimeProvider.System.GetUtcNow()), who, action, target, outcome);

    private void Write(List<AuditEntry> entries)
    {
        try
        {
            archive.Audit.Add(entries);
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            Console.Error.WriteLine($"recoupe: {entries.Count} entries of the audit log could not be written: {failure.Message}");
        }
    }
}
