using System.Collections.Concurrent;

namespace Recoupe;

/// <summary>Works on a stream on several threads and gives the results in its order, each as soon as it and those before it are ready.</summary>
public static class OrderedWork
{
    // Items that each thread may run ahead of the slowest: bounds memory, whatever the length of the stream.
    private const int AheadPerThread = 8;

    /// <summary>The results of <paramref name="work"/> on each of <paramref name="items"/>.</summary>
    /// <param name="items">Asked for on a thread of their own, a bounded number ahead.</param>
    /// <param name="work">Called by several threads at once.</param>
    /// <param name="threads">How many threads work beside the one that takes the results; null for one for each processor; 0 if the one that takes them does all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static IEnumerable<TResult> Run<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, int? threads, CancellationToken cancellationToken)
    {
        if (threads is < 0)
            throw new ArgumentOutOfRangeException(nameof(threads));
        return threads == 0 ? Alone(items, work, cancellationToken) : Ahead(items, work, threads ?? Environment.ProcessorCount, cancellationToken);
    }

    private static IEnumerable<TResult> Alone<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return work(item);
        }
    }

    private static IEnumerable<TResult> Ahead<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int threads, CancellationToken cancellationToken)
    {
        using var tasks = new BlockingCollection<Task<TResult>>(threads * AheadPerThread);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler;
        var producer = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    foreach (var item in items)
                        tasks.Add(Task.Factory.StartNew(() => work(item), stop.Token, TaskCreationOptions.None, scheduler), stop.Token);
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
