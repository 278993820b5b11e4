namespace Recoupe.Documents;

/// <summary>A stream whose beginning can be looked at before it is read.</summary>
internal sealed class PeekStream(Stream inner, int window) : ForwardStream(inner)
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
            var length = Inner.ReadAtLeast(buffer, window, throwOnEndOfStream: false);
            _head = length == window ? buffer : buffer[..length];
        }

        return _head.AsSpan(_at);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at >= _head.Length)
            return Inner.Read(buffer);
        var count = Math.Min(buffer.Length, _head.Length - _at);
        _head.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
