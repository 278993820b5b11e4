namespace Recoupe.Documents;

/// <summary>A stream whose beginning can be looked at before it is read.</summary>
internal sealed class PeekStream(Stream inner, int window) : Stream
{
    private byte[] _head = [];
    private int _at;
    private bool _peeked;

    /// <summary>The first bytes, at most the window; fewer only if the stream ends before.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (!_peeked)
        {
            _peeked = true;
            var buffer = new byte[window];
            var length = inner.ReadAtLeast(buffer, window, throwOnEndOfStream: false);
            _head = length == window ? buffer : buffer[..length];
        }

        return _head.AsSpan(_at);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at >= _head.Length)
            return inner.Read(buffer);
        var count = Math.Min(buffer.Length, _head.Length - _at);
        _head.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
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
