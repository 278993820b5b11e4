namespace Recoupe.Endpoints;

/// <summary>How long is waited for an endpoint and how much is taken from it.</summary>
public sealed record EmbeddingLimits
{
    /// <summary>The longest wait for one answer: a model that is loaded first may take a minute.</summary>
    public TimeSpan PerRequest { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>All waiting of a run together is at most so many times <see cref="PerRequest"/>.</summary>
    public int RequestsInAll { get; init; } = 60;

    /// <summary>How often one request is sent at most, while the server says that it is busy or broken.</summary>
    public int Tries { get; init; } = 4;

    /// <summary>The wait before the second try where the server names none; it doubles from try to try.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A server that asks to wait longer than this is given up.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An answer of more bytes is not read to the end: 32 vectors of 16,384 numbers written out take about 12 million.</summary>
    public int MostBytes { get; init; } = 32 << 20;

    /// <summary>Texts of one request at most.</summary>
    public int MostTexts { get; init; } = 32;
}
