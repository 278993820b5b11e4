using System.Text;

namespace Recoupe.Documents;

/// <summary>Reads lines and counted bytes from one stream; what was read too far can be given back.</summary>
internal sealed class ArchiveStream(Stream stream)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _at;
    private int _end;

    /// <summary>How many bytes were given back so far: each is read twice.</summary>
    public long GivenBack { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public long Read { get; private set; }

    /// <summary>Whether the stream broke off: what came before is kept.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>A line without its end, or null at the end of the stream. What is longer than the limit is read past.</summary>
    public string? ReadLine(int limit)
    {
        using var line = new MemoryStream();
        var any = false;
        while (_at < _end || Fill())
        {
            any = true;
            var end = Array.IndexOf(_buffer, (byte)'\n', _at, _end - _at);
            var stop = end < 0 ? _end : end;
            line.Write(_buffer, _at, (int)Math.Min(stop - _at, Math.Max(0, limit - line.Length)));
            _at = end < 0 ? stop : stop + 1;
            if (end >= 0)
                break;
        }

        return any ? Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r') : null;
    }

    /// <summary>The next bytes, as many as there are up to <paramref name="count"/>.</summary>
    public byte[] ReadBytes(int count)
    {
        using var result = new MemoryStream(Math.Min(count, 1 << 20));
        while (result.Length < count && (_at < _end || Fill()))
        {
            var take = (int)Math.Min(count - result.Length, _end - _at);
            result.Write(_buffer, _at, take);
            _at += take;
        }

        return result.ToArray();
    }

    /// <summary>Passes over bytes; false where the stream ends before.</summary>
    public bool Skip(long count)
    {
        while (count > 0)
        {
            if (_at == _end && !Fill())
                return false;
            var take = (int)Math.Min(count, _end - _at);
            _at += take;
            count -= take;
        }

        return true;
    }

    /// <summary>Whether the next bytes are these; they stay unread.</summary>
    public bool IsNext(ReadOnlySpan<byte> bytes)
    {
        while (_end - _at < bytes.Length)
        {
            if (!FillMore())
                return false;
        }

        return _buffer.AsSpan(_at, bytes.Length).SequenceEqual(bytes);
    }

    /// <summary>Whether nothing is left.</summary>
    public bool IsAtEnd() => _at == _end && !Fill();

    /// <summary>Passes over line ends.</summary>
    public void SkipLineEnds()
    {
        while ((_at < _end || Fill()) && _buffer[_at] is (byte)'\r' or (byte)'\n')
            _at++;
    }

    /// <summary>Puts bytes before those that come next.</summary>
    public void GiveBack(ReadOnlySpan<byte> bytes)
    {
        GivenBack += bytes.Length;
        var rest = _end - _at;
        var buffer = bytes.Length + rest <= _buffer.Length ? _buffer : new byte[bytes.Length + rest];
        Buffer.BlockCopy(_buffer, _at, buffer, bytes.Length, rest);
        bytes.CopyTo(buffer);
        (_buffer, _at, _end) = (buffer, 0, bytes.Length + rest);
    }

    /// <summary>Reads up to the next place where <paramref name="mark"/> begins a line, or all of the rest. At most <paramref name="limit"/> bytes are kept.</summary>
    public byte[] ReadTo(ReadOnlySpan<byte> mark, int limit, out bool found)
    {
        using var passed = new MemoryStream();
        found = false;
        var lineStart = false;
        while (_at < _end || Fill())
        {
            if (lineStart && IsNext(mark))
            {
                found = true;
                break;
            }

            var end = Array.IndexOf(_buffer, (byte)'\n', _at, _end - _at);
            var stop = end < 0 ? _end : end + 1;
            lineStart = end >= 0;
            if (passed.Length + stop - _at <= limit)
                passed.Write(_buffer, _at, stop - _at);
            _at = stop;
        }

        return passed.ToArray();
    }

    private bool Fill()
    {
        _at = 0;
        _end = ReadMore(0);
        return _end > 0;
    }

    private bool FillMore()
    {
        var rest = _end - _at;
        Buffer.BlockCopy(_buffer, _at, _buffer, 0, rest);
        (_at, _end) = (0, rest);
        var more = ReadMore(rest);
        _end += more;
        return more > 0;
    }

    private int ReadMore(int at)
    {
        if (IsBroken)
            return 0;
        try
        {
            var length = stream.Read(_buffer, at, _buffer.Length - at);
            Read += length;
            return length;
        }
        catch (InvalidDataException)
        {
            // A damaged last member: what came out of it before is kept.
            IsBroken = true;
            return 0;
        }
    }
}
