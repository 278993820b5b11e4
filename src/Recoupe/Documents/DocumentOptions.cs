namespace Recoupe.Documents;

/// <summary>What the intake may take, and from where. Each limit that is met is told, and costs no more than what lies beyond it.</summary>
public sealed record DocumentOptions
{
    /// <summary>The most bytes of one document, after decompression: a longer file, line, entry or record is skipped with its reason.</summary>
    public int MaxDocumentBytes { get; init; } = 64 << 20;

    /// <summary>
    /// The most bytes that one input file may unpack to; what comes after is told as skipped. Archives are streamed, so this bounds time, not memory.
    /// 8 GiB: an archive of news that is packed in 1 GB unpacks to about 5.
    /// </summary>
    public long MaxUnpackedBytes { get; init; } = 8L << 30;

    /// <summary>The most entries of one feed; what comes after is told as skipped.</summary>
    public int MaxEntries { get; init; } = 100_000;

    /// <summary>The most bytes of the header of one mail, archive record or answer: what comes after is read past and noted.</summary>
    public int MaxHeaderBytes { get; init; } = 1 << 20;

    /// <summary>The most parts of one mail: what comes after is left out and noted.</summary>
    public int MaxParts { get; init; } = 200;

    /// <summary>How deep the parts of a mail may lie in one another: what lies deeper is left out and noted.</summary>
    public int MaxPartDepth { get; init; } = 8;

    /// <summary>The day on which the input is read, as the host knows it: what states a later time of publication is doubted. Null doubts none for that.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>Opens what <c>-</c> stands for; null where the host has no standard input.</summary>
    public Func<Stream>? StandardInput { get; init; }
}
