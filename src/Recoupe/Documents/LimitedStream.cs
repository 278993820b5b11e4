namespace Recoupe.Documents;

/// <summary>Stops a stream that unpacks to more than it may.</summary>
internal sealed class LimitedStream(Stream inner, long limit) : ForwardStream(inner)
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        var length = Inner.Read(buffer);
        _read += length;
        return _read <= limit ? length : throw new IOException($"unpacks to more than {limit >> 20} MiB");
    }
}
