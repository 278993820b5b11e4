using System.Collections.Concurrent;

namespace Recoupe;

/// <summary>Works on a stream on several threads and gives the results in its order, each as soon as it and those before it are ready.</summary>
public static class OrderedWork
{
    // Items that each thread may run ahead of the slowest: bounds memory, whatever the length of the stream.
    private const int AheadPerThread = 8;

    /// <summary>The same with another number of items that may be ready before they are taken: as many as are worked on while who takes them is busy with those before.</summary>
    public static IEnumerable<TResult> Run<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, int? threads, int ahead, CancellationToken cancellationToken) =>
        threads == 0 ? Alone(items, work, cancellationToken) : Ahead(items, work, threads ?? Environment.ProcessorCount, ahead, cancellationToken);

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
        return Run(items, work, threads, (threads ?? Environment.ProcessorCount) * AheadPerThread, cancellationToken);
    }

    private static IEnumerable<TResult> Alone<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return work(item);
        }
    }

    // On threads of its own: where many wait for answers in the same process the pool's are theirs, and work would wait behind all of them.
    private static IEnumerable<TResult> Ahead<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int threads, int ahead, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Not disposed of: where the results are left before their end, an item may still be waited for.
        var results = new BlockingCollection<Task<TResult>>(ahead);
        var waiting = new BlockingCollection<(TItem Item, TaskCompletionSource<TResult> Result)>();
        var stopping = stop.Token;
        var producer = Begin(() => Produce(items, results, waiting, stopping));
        for (var thread = 0; thread < threads; thread++)
            _ = Begin(() => Work(waiting, work, stopping));
        try
        {
            foreach (var result in results.GetConsumingEnumerable(cancellationToken))
                yield return result.WaitAsync(cancellationToken).GetAwaiter().GetResult();
            producer.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
        }
    }

    private static void Produce<TItem, TResult>(
        IEnumerable<TItem> items, BlockingCollection<Task<TResult>> results, BlockingCollection<(TItem Item, TaskCompletionSource<TResult> Result)> waiting, CancellationToken stopping)
    {
        try
        {
            foreach (var item in items)
            {
                var result = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
                results.Add(result.Task, stopping);
                waiting.Add((item, result), stopping);
            }
        }
        finally
        {
            results.CompleteAdding();
            waiting.CompleteAdding();
        }
    }

    private static void Work<TItem, TResult>(
        BlockingCollection<(TItem Item, TaskCompletionSource<TResult> Result)> waiting, Func<TItem, TResult> work, CancellationToken stopping)
    {
        foreach (var (item, result) in waiting.GetConsumingEnumerable(stopping))
        {
            try
            {
                result.SetResult(work(item));
            }
            catch (Exception failure)
            {
                result.SetException(failure);
            }
        }
    }

    private static Task Begin(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
