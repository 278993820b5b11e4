using System.IO.Compression;

namespace Recoupe.Documents;

/// <summary>Unpacks gzip as far as it goes: a file that is damaged or cut off ends where its data ends, and says so.</summary>
/// <remarks>
/// The runtime's stream ends without a word where its input does. A member of gzip closes with the length of its data (RFC 1952): the last four
/// bytes of a file that is cut off are data, and as a length are more than came out in all but one in 2³² / length of cases.
/// </remarks>
internal sealed class UnpackedStream : ForwardStream
{
    private readonly TailStream _packed;
    private long _length;

    public UnpackedStream(Stream packed)
        : this(new TailStream(packed))
    {
    }

    private UnpackedStream(TailStream packed)
        : base(new GZipStream(packed, CompressionMode.Decompress)) => _packed = packed;

    /// <summary>Whether the data broke off before their end; known once the stream has ended.</summary>
    public bool IsBroken { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        if (IsBroken)
            return 0;
        try
        {
            var length = Inner.Read(buffer);
            _length += length;
            if (length == 0 && buffer.Length > 0)
                IsBroken = _packed.Tail > _length;
            return length;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            IsBroken = true;
            return 0;
        }
    }

    /// <summary>Passes a stream on and keeps its last four bytes.</summary>
    private sealed class TailStream(Stream inner) : ForwardStream(inner)
    {
        /// <summary>The last four bytes that were read, the lowest first.</summary>
        public uint Tail { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var length = Inner.Read(buffer);
            foreach (var b in buffer[Math.Max(0, length - 4)..length])
                Tail = Tail >> 8 | (uint)b << 24;
            return length;
        }
    }
}
