using System.IO.Compression;

using ZstdSharp;

namespace Recoupe.Documents;

/// <summary>Unpacks gzip or zstd as far as it goes: a file that is damaged or cut off ends where its data ends, and says so.</summary>
/// <remarks>
/// The runtime's gzip ends without a word where its input does. A member of gzip closes with the length of its data (RFC 1952): the last four
/// bytes of a file that is cut off are data, and as a length are more than came out in all but one in 2³² / length of cases.
/// </remarks>
internal sealed class UnpackedStream : ForwardStream
{
    // A frame of zstd that holds no data, and the one in which web archives keep the dictionary of their records.
    private const uint DictionaryFrame = 0x184D2A5D;

    private const int MaxDictionary = 16 << 20;

    private readonly TailStream? _packed;
    private long _length;

    private UnpackedStream(Stream unpacked, TailStream? packed)
        : base(unpacked) => _packed = packed;

    /// <summary>Whether the data broke off before their end; known once the stream has ended.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Unpacks a stream that begins as packed data do; null where it does not.</summary>
    public static UnpackedStream? TryOpen(PeekStream stream)
    {
        var head = stream.Peek();
        if (head is [0x1F, 0x8B, ..])
        {
            var packed = new TailStream(stream);
            return new UnpackedStream(new GZipStream(packed, CompressionMode.Decompress), packed);
        }

        if (head is [0x28, 0xB5, 0x2F, 0xFD, ..])
            return new UnpackedStream(BodyEncoding.OpenZstd(stream, null), null);
        return head is [0x5D, 0x2A, 0x4D, 0x18, ..] ? new UnpackedStream(BodyEncoding.OpenZstd(stream, Dictionary(stream)), null) : null;
    }

    public override int Read(Span<byte> buffer)
    {
        if (IsBroken)
            return 0;
        try
        {
            var length = Inner.Read(buffer);
            _length += length;
            if (length == 0 && buffer.Length > 0)
                IsBroken = _packed?.Tail > _length;
            return length;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ZstdException)
        {
            IsBroken = true;
            return 0;
        }
    }

    // The dictionary may be packed itself.
    private static byte[] Dictionary(PeekStream stream)
    {
        Span<byte> head = stackalloc byte[8];
        stream.ReadExactly(head);
        if (System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head) != DictionaryFrame)
            throw new InvalidDataException();
        var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (length > MaxDictionary)
            throw new InvalidDataException();
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        if (bytes is not [0x28, 0xB5, 0x2F, 0xFD, ..])
            return bytes;
        using var unpacked = BodyEncoding.OpenZstd(new MemoryStream(bytes, writable: false), null);
        try
        {
            return DocumentReader.ReadToEnd(unpacked, MaxDictionary) ?? throw new InvalidDataException();
        }
        catch (ZstdException)
        {
            throw new InvalidDataException();
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
