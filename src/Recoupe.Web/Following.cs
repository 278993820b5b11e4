using System.Data.Common;

using Recoupe.Feeds;
using Recoupe.Storage;

namespace Recoupe.Web;

/// <summary>Follows the feeds of the archive as long as the service runs. What fails of the world is told, and tried again.</summary>
internal sealed class Following(Archive archive, ServiceWriter writer, WebServiceOptions options, ServiceFigures figures) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is ArchiveException or DbException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"recoupe: feeds are not followed: {failure.Message.TrimEnd('.')}. It is tried again in {Rest.TotalSeconds} s");
                await Task.Delay(Rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var shared = writer.BeginFollowing();
        try
        {
            using var follower = new Follower(archive, shared, options.Follow!, figures.Count);
            await follower.FollowAsync(stoppingToken);
        }
        finally
        {
            writer.EndFollowing();
        }
    }
}
