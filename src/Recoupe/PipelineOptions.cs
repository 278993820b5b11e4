namespace Recoupe;

/// <summary>The options of every stage.</summary>
public sealed record PipelineOptions
{
    /// <summary>How many threads work; the result is the same for any number. At least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
