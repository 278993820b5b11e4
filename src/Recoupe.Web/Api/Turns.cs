namespace Recoupe.Web.Api;

/// <summary>So many are answered from the archive at once, each by a processor; the others wait in order without holding a thread.</summary>
/// <remarks>
/// What is asked for comes in faster than it is answered now and then. Were all of it worked on at once, articles that come in, and those that watch, would have a small share of the processors.
/// </remarks>
internal sealed class Turns : IEndpointFilter
{
    // One waits for the disk while another works.
    private static readonly SemaphoreSlim Free = new(2 * Environment.ProcessorCount);

    /// <summary>Whether somebody waits for a turn, or is about to: what nobody waits for is left for later.</summary>
    public static bool AreTaken => Free.CurrentCount <= Environment.ProcessorCount;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // Points are searched in dossiers, which may have to be made first.
        if (context.HttpContext.Request.Query["in"] == "points")
            return await next(context);
        await Free.WaitAsync(context.HttpContext.RequestAborted);
        try
        {
            return await next(context);
        }
        finally
        {
            Free.Release();
        }
    }
}

/// <summary>Dossiers are given one or two at a time: one that has to be made first takes all processors, and who waits for it holds no thread.</summary>
internal static class DossierTurns
{
    private static readonly SemaphoreSlim Free = new(2);

    /// <summary>Makes something when it is its turn.</summary>
    public static async Task<T> RunAsync<T>(Func<T> make, CancellationToken cancellationToken)
    {
        await Free.WaitAsync(cancellationToken);
        try
        {
            // Off the threads that answer, which are as many as there are processors.
            return await Task.Factory.StartNew(make, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            Free.Release();
        }
    }
}

/// <summary>Who changes something finds it with their next search: they wait for the index, and nobody else does.</summary>
internal sealed class CaughtUp(SharedIndex index) : IEndpointFilter
{
    // Where it takes longer they are answered, and find it a moment later.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (!HttpMethods.IsGet(context.HttpContext.Request.Method))
            await Task.WhenAny(index.CaughtUpAsync(), Task.Delay(Patience, context.HttpContext.RequestAborted));
        return answer;
    }
}
