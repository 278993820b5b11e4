namespace Recoupe.Documents;

/// <summary>Cuts an mbox file into mails, without ever holding more than one.</summary>
internal static class MailBox
{
    // What tells a separating line stands in it; a longer line is text.
    private const int MaxSeparator = 512;

    /// <summary>The mails in order; null for one that is longer than the limit.</summary>
    public static IEnumerable<byte[]?> Mails(Stream stream, int limit)
    {
        var mail = new MemoryStream();
        var tooLong = false;
        var any = false;
        var afterEmpty = true;
        var startsLine = true;
        foreach (var piece in Pieces(stream))
        {
            var endsLine = piece.Span[^1] == (byte)'\n';
            if (startsLine && afterEmpty && endsLine && IsSeparator(piece.Span))
            {
                if (any && (mail.Length > 0 || tooLong))
                    yield return tooLong ? null : mail.ToArray();
                mail.SetLength(0);
                (any, tooLong, afterEmpty) = (true, false, false);
                continue;
            }

            any = true;
            // ">From " was quoted by the writer of the file.
            var text = startsLine && piece.Span.StartsWith(">From "u8) ? piece[1..] : piece;
            tooLong |= mail.Length + text.Length > limit;
            if (!tooLong)
                mail.Write(text.Span);
            afterEmpty = startsLine && piece.Span.Trim("\r\n"u8).IsEmpty;
            startsLine = endsLine;
        }

        if (any && (mail.Length > 0 || tooLong))
            yield return tooLong ? null : mail.ToArray();
    }

    // "From desk@example.org Tue Apr 28 06:30:00 2026": a time and a year, which a sentence that begins with the word does not have.
    private static bool IsSeparator(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("From "u8) || line.Length > MaxSeparator)
            return false;
        line = line[5..].Trim(" \t\r\n"u8);
        bool time = false, year = false;
        var words = 0;
        foreach (var range in line.Split((byte)' '))
        {
            var word = line[range];
            if (word.IsEmpty)
                continue;
            words++;
            time |= word.Length is 5 or 8 && word[2] == (byte)':' && char.IsAsciiDigit((char)word[0]) && char.IsAsciiDigit((char)word[^1]);
            year |= word.Length == 4 && word[0] is (byte)'1' or (byte)'2' && !word.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        }

        return words <= 2 ? IsAddress(line) : time && year || words <= 5 && IsAddress(line[..line.IndexOf((byte)' ')]);
    }

    private static bool IsAddress(ReadOnlySpan<byte> word) => word.IndexOf((byte)'@') > 0;

    // Lines with their ends; a long one in several pieces.
    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(Stream stream)
    {
        var buffer = new byte[1 << 16];
        var kept = 0;
        int length;
        while ((length = stream.Read(buffer, kept, buffer.Length - kept)) > 0)
        {
            var end = kept + length;
            var at = 0;
            while (Array.IndexOf(buffer, (byte)'\n', at, end - at) is >= 0 and var line)
            {
                yield return buffer.AsMemory(at, line + 1 - at);
                at = line + 1;
            }

            if (at == 0 && end == buffer.Length)
            {
                yield return buffer.AsMemory(0, end);
                at = end;
            }

            kept = end - at;
            Buffer.BlockCopy(buffer, at, buffer, 0, kept);
        }

        if (kept > 0)
            yield return buffer.AsMemory(0, kept);
    }
}
