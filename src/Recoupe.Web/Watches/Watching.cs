using System.Data.Common;

using Recoupe.Fetches;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Watches;

namespace Recoupe.Web.Watches;

/// <summary>Looks at what changes for all who watch, and sends what they wait for, as long as the service runs.</summary>
internal sealed class Watching(Archive archive, SharedIndex index, ArchiveEvents events, Poster poster, WebServiceOptions options, Microsoft.AspNetCore.Hosting.Server.IServer server)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The address that links lead to.</summary>
    public static Uri Service(WebServiceOptions options, Microsoft.AspNetCore.Hosting.Server.IServer server) => options.PublicUrl
        ?? new Uri(server.Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1/");

    /// <summary>What looks at changes, with the service's own index: all that was changed is to be found in it, for it is looked at once.</summary>
    public static WatchRound Round(Archive archive, SharedIndex index) => new(archive, (query, order, most, token) =>
    {
        index.CatchUp(token);
        return index.Find(query, SearchKind.Articles, order, most, null, token).Hits;
    });

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var round = Round(archive, index);
        long seen = -1;
        while (!stoppingToken.IsCancellationRequested)
        {
            // What cannot be looked at keeps nothing from being sent.
            await AttemptAsync(
                () =>
                {
                    if (events.Revision() is var revision && revision != seen)
                    {
                        round.Run(TimeProvider.System.GetUtcNow(), stoppingToken, (watch, failure) => Console.Error.WriteLine($"recoupe: the watch {watch.Id} could not be looked after: {failure.Message}"));
                        seen = revision;
                    }

                    return Task.CompletedTask;
                },
                stoppingToken);
            await AttemptAsync(() => new Deliverer(archive, poster, options, Service(options, server)).RunAsync(TimeProvider.System.GetUtcNow(), stoppingToken), stoppingToken);
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task AttemptAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends.
        }
        catch (Exception failure) when (failure is ArchiveException or DbException or IOException or SearchException or InvalidOperationException)
        {
            Console.Error.WriteLine($"recoupe: watches could not be looked after: {failure.Message}");
        }
    }
}
