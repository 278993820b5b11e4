using System.Data.Common;

using Recoupe.Searches;
using Recoupe.Storage;

namespace Recoupe.Web;

/// <summary>Lets go of the texts whose time is over, as long as the service runs: when it starts, and every six hours.</summary>
internal sealed class Retaining(Archive archive, SharedIndex index) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (archive.Retention.Apply(isPreview: false, TimeProvider.System, stoppingToken).Count > 0)
                    index.Forget(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is ArchiveException or DbException or IOException or SearchException)
            {
                Console.Error.WriteLine($"recoupe: texts whose time is over are still kept: {failure.Message.TrimEnd('.')}. It is tried again in {Pause.TotalHours} hours");
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
