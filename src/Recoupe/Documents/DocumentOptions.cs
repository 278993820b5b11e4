namespace Recoupe.Documents;

/// <summary>What the intake may take, and from where.</summary>
public sealed record DocumentOptions
{
    /// <summary>The most bytes of one document, after decompression: a longer file, line, entry or record is skipped with its reason.</summary>
    public int MaxDocumentBytes { get; init; } = 64 << 20;

    /// <summary>The most bytes that one input file may unpack to; what comes after is told as skipped. Archives are streamed, so this bounds time, not memory.</summary>
    public long MaxUnpackedBytes { get; init; } = 1L << 40;

    /// <summary>Opens what <c>-</c> stands for; null where the host has no standard input.</summary>
    public Func<Stream>? StandardInput { get; init; }
}
