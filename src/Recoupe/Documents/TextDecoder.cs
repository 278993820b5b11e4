using System.Buffers;
using System.Text;

namespace Recoupe.Documents;

/// <summary>Turns bytes into text: a byte order mark, else valid UTF-8, else what is declared, else what the bytes look like.</summary>
/// <remarks>Nothing is lost: stray bytes inside UTF-8 are read as Windows-1252, and the note says how many.</remarks>
public static class TextDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<byte> Declarations = SearchValues.Create("cC"u8);

    // How far into a document a charset declaration is looked for. HTML asks for the first 1,024 bytes; pages break that.
    private const int DeclarationWindow = 8192;

    /// <summary>The text of <paramref name="bytes"/> without a byte order mark.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="declared">The charset that a header outside the bytes declares, or null.</param>
    /// <param name="notes">Receives what a reader should know: replaced bytes, a declaration that does not hold.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? declared, ICollection<string> notes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            return DecodeUtf8(bytes[3..], notes);
        if (bytes.Length >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE)
            return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.Length >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF)
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (Utf16Order(bytes) is { } order)
            return (order == ByteOrder.Little ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes);
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return StrictUtf8.GetString(bytes);

        declared ??= DeclaredIn(bytes);
        var named = Find(declared);
        if (named is not null and not UTF8Encoding && !LooksUtf8(bytes))
            return named.GetString(bytes);
        if (LooksUtf8(bytes))
            return DecodeUtf8(bytes, notes);
        if (declared is not null && named is null or UTF8Encoding)
            notes.Add($"declared as {declared}, which it is not: read as windows-1252");
        return Windows1252.GetString(bytes);
    }

    /// <summary>The charset that the beginning of <paramref name="bytes"/> declares (<c>charset=</c>, <c>encoding=</c>), or null.</summary>
    public static string? DeclaredIn(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, DeclarationWindow)];
        if (head.StartsWith("<?xml"u8))
        {
            var declaration = head[..Math.Min(head.Length, 256)];
            var end = declaration.IndexOf("?>"u8);
            var at = declaration.IndexOf("encoding"u8);
            if (at > 0 && at < end && ValueAfter(declaration[(at + 8)..]) is { } encoding)
                return encoding;
        }

        for (var i = 0; i < head.Length;)
        {
            var next = head[i..].IndexOfAny(Declarations);
            if (next < 0)
                return null;
            i += next;
            if (Ascii.EqualsIgnoreCase(head[i..Math.Min(head.Length, i + 7)], "charset"u8) && ValueAfter(head[(i + 7)..]) is { } name)
                return name;
            i++;
        }

        return null;
    }

    /// <summary>Windows-1252, which every ISO-8859-1 on the web is.</summary>
    public static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Whether the bytes are text in some encoding: few control characters, zero bytes only as UTF-16 has them.</summary>
    public static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8) || bytes.Length >= 2 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF) || Utf16Order(bytes) is not null)
            return true;
        var head = bytes[..Math.Min(bytes.Length, DeclarationWindow)];
        var controls = 0;
        foreach (var b in head)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B or 0x0B) || b == 0x7F)
                controls++;
        }

        return controls * 50 <= head.Length;
    }

    private enum ByteOrder
    {
        Little,
        Big,
    }

    // UTF-16 without a mark: text in Latin script has a zero in every other byte.
    private static ByteOrder? Utf16Order(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length & ~1, 2048)];
        if (head.Length < 8)
            return null;
        int even = 0, odd = 0;
        for (var i = 0; i < head.Length; i += 2)
        {
            if (head[i] == 0)
                even++;
            if (head[i + 1] == 0)
                odd++;
        }

        var pairs = head.Length / 2;
        if (odd * 10 > pairs * 7 && even * 20 < pairs)
            return ByteOrder.Little;
        return even * 10 > pairs * 7 && odd * 20 < pairs ? ByteOrder.Big : null;
    }

    private static string? ValueAfter(ReadOnlySpan<byte> bytes)
    {
        var i = 0;
        while (i < bytes.Length && bytes[i] is (byte)' ' or (byte)'=' or (byte)'"' or (byte)'\'')
            i++;
        if (i == 0 || bytes[..i].IndexOf((byte)'=') < 0)
            return null;
        var start = i;
        while (i < bytes.Length && i - start < 40 && (char.IsAsciiLetterOrDigit((char)bytes[i]) || bytes[i] is (byte)'-' or (byte)'_' or (byte)':' or (byte)'.'))
            i++;
        return i > start ? Encoding.ASCII.GetString(bytes[start..i]) : null;
    }

    private static Encoding? Find(string? name)
    {
        if (name is null)
            return null;
        var lower = name.ToLowerInvariant();
        if (lower is "utf-8" or "utf8" or "unicode-1-1-utf-8")
            return Encoding.UTF8;
        if (lower is "iso-8859-1" or "latin1" or "latin-1" or "iso8859-1" or "us-ascii" or "ascii" or "cp1252" or "windows-1252" or "x-cp1252")
            return Windows1252;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(lower);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Most multi-byte sequences are whole: the bytes are UTF-8 with some damage.
    private static bool LooksUtf8(ReadOnlySpan<byte> bytes)
    {
        int whole = 0, broken = 0;
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i] < 0x80)
            {
                var ascii = bytes[i..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                i = ascii < 0 ? bytes.Length : i + ascii;
                continue;
            }

            var status = Rune.DecodeFromUtf8(bytes[i..], out _, out var consumed);
            if (status == OperationStatus.Done)
                whole++;
            else
                broken++;
            i += Math.Max(1, consumed);
        }

        return whole > 4 * broken || broken == 1 && whole > 0;
    }

    private static string DecodeUtf8(ReadOnlySpan<byte> bytes, ICollection<string> notes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return StrictUtf8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        var strays = 0;
        var buffer = ArrayPool<char>.Shared.Rent(4096);
        for (var i = 0; i < bytes.Length;)
        {
            var status = System.Text.Unicode.Utf8.ToUtf16(bytes[i..], buffer, out var read, out var written, replaceInvalidSequences: false);
            text.Append(buffer, 0, written);
            i += read;
            if (status is OperationStatus.Done or OperationStatus.DestinationTooSmall)
                continue;
            text.Append(Windows1252.GetString(bytes.Slice(i, 1)));
            strays++;
            i++;
        }

        ArrayPool<char>.Shared.Return(buffer);
        notes.Add($"{strays} stray bytes are no UTF-8: read as windows-1252");
        return text.ToString();
    }
}
