using System.IO.Compression;

namespace Recoupe.Documents;

/// <summary>Unpacks gzip as far as it goes: a file that is damaged or cut off ends where its data ends, and says so.</summary>
/// <remarks>
/// The runtime's stream ends without a word where its input does. A member of gzip closes with the length of its data (RFC 1952): the last four
/// bytes of a file that is cut off are data, and as a length are more than came out in all but one in 2³² / length of cases.
/// </remarks>
internal sealed class UnpackedStream : Stream
{
    private readonly TailStream _packed;
    private readonly GZipStream _inner;
    private long _length;

    public UnpackedStream(Stream packed)
    {
        _packed = new TailStream(packed);
        _inner = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <summary>Whether the data broke off before their end; known once the stream has ended.</summary>
    public bool IsBroken { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        if (IsBroken)
            return 0;
        try
        {
            var length = _inner.Read(buffer);
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

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Passes a stream on and keeps its last four bytes.</summary>
    private sealed class TailStream(Stream inner) : Stream
    {
        /// <summary>The last four bytes that were read, the lowest first.</summary>
        public uint Tail { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var length = inner.Read(buffer);
            foreach (var b in buffer[Math.Max(0, length - 4)..length])
                Tail = Tail >> 8 | (uint)b << 24;
            return length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
