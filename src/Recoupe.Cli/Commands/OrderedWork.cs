using System.Collections.Concurrent;

namespace Recoupe.Cli.Commands;

/// <summary>Works on a stream on all cores and gives the results in its order, each as soon as it and those before it are ready.</summary>
internal static class OrderedWork
{
    // Items that each core may run ahead of the slowest: bounds memory, whatever the length of the stream.
    private const int AheadPerThread = 4;

    /// <summary>The results of <paramref name="work"/> on each of <paramref name="items"/>, which are asked for on a thread of their own.</summary>
    public static IEnumerable<TResult> Run<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, CancellationToken cancellationToken)
    {
        using var tasks = new BlockingCollection<Task<TResult>>(Environment.ProcessorCount * AheadPerThread);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var producer = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    foreach (var item in items)
                        tasks.Add(Task.Run(() => work(item), stop.Token), stop.Token);
                }
                finally
                {
                    tasks.CompleteAdding();
                }
            },
            stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var task in tasks.GetConsumingEnumerable(cancellationToken))
                yield return task.GetAwaiter().GetResult();
            producer.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
        }
    }
}
