using System.Globalization;
using System.Text;

namespace Recoupe.Documents;

/// <summary>What mail writes with letters alone: base64, quoted-printable, the words of headers.</summary>
internal static class MailEncoding
{
    /// <summary>A part's bytes.</summary>
    /// <param name="body">As the mail holds them.</param>
    /// <param name="encoding">Content-Transfer-Encoding, or null.</param>
    public static byte[] Unpack(ReadOnlySpan<byte> body, string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        "base64" => OfBase64(body),
        "quoted-printable" => OfQuoted(body, underscores: false),
        _ => body.ToArray(),
    };

    /// <summary>
    /// The text of a header with its words: "=?utf-8?Q?…?=" (RFC 2047). Words that follow one another are decoded together: writers cut inside a letter.
    /// </summary>
    public static string? Words(string? header)
    {
        if (header is null || !header.Contains("=?", StringComparison.Ordinal))
            return header;
        var result = new StringBuilder();
        using var bytes = new MemoryStream();
        string? charset = null;
        var i = 0;
        while (i < header.Length)
        {
            var start = header.IndexOf("=?", i, StringComparison.Ordinal);
            var word = start < 0 ? null : Word(header, start);
            if (start >= 0 && word is null)
            {
                Decode(result, bytes, ref charset);
                result.Append(header, i, start + 2 - i);
                i = start + 2;
                continue;
            }

            var between = header.AsSpan(i, (start < 0 ? header.Length : start) - i);
            // White space between two words is none.
            if (charset is null || !between.IsWhiteSpace() || word is null)
            {
                Decode(result, bytes, ref charset);
                result.Append(between);
            }

            if (word is null)
                break;
            if (charset is not null && !charset.Equals(word.Charset, StringComparison.OrdinalIgnoreCase))
                Decode(result, bytes, ref charset);
            charset = word.Charset;
            bytes.Write(word.Bytes);
            i = word.End;
        }

        Decode(result, bytes, ref charset);
        return result.ToString();
    }

    // A footer of a mailing list may stand behind the padding or the last line.
    private static byte[] OfBase64(ReadOnlySpan<byte> body)
    {
        var letters = new StringBuilder(body.Length);
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range].Trim(" \t\r"u8);
            if (line.IsEmpty)
                continue;
            if (letters.Length > 0 && (IsPadded(letters) || line.ContainsAnyExcept(Base64Letters)))
                break;
            foreach (var b in line)
            {
                if (Base64Letters.Contains(b))
                    letters.Append((char)b);
            }
        }

        while (letters.Length > 0 && letters[^1] == '=')
            letters.Length--;
        letters.Replace("=", "");
        if (letters.Length % 4 == 1)
            letters.Length--;
        letters.Append('=', (4 - letters.Length % 4) % 4);
        return Convert.FromBase64String(letters.ToString());
    }

    private static bool IsPadded(StringBuilder letters) => letters[^1] == '=';

    private static readonly System.Buffers.SearchValues<byte> Base64Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    private static byte[] OfQuoted(ReadOnlySpan<byte> body, bool underscores)
    {
        using var result = new MemoryStream(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            var rest = body[(i + 1)..];
            if (body[i] == (byte)'_' && underscores)
                result.WriteByte((byte)' ');
            else if (body[i] != (byte)'=')
                result.WriteByte(body[i]);
            else if (rest.Length >= 2 && char.IsAsciiHexDigit((char)rest[0]) && char.IsAsciiHexDigit((char)rest[1]))
            {
                result.WriteByte(byte.Parse(rest[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 2;
            }
            else if (rest is [(byte)'\n', ..])
                i++;
            else if (rest is [(byte)'\r', (byte)'\n', ..])
                i += 2;
            else
                result.WriteByte(body[i]);
        }

        return result.ToArray();
    }

    private sealed record EncodedWord(string Charset, byte[] Bytes, int End);

    private static EncodedWord? Word(string header, int start)
    {
        // RFC 2047 allows 75 characters; writers take more.
        const int MaxWord = 4096;
        var limit = Math.Min(header.Length, start + MaxWord);
        var charset = header.IndexOf('?', start + 2, limit - start - 2);
        if (charset < 0 || charset + 2 >= limit || header[charset + 2] != '?' || header[charset + 1] is not ('B' or 'b' or 'Q' or 'q'))
            return null;
        var text = charset + 3;
        var end = header.IndexOf("?=", text, limit - text, StringComparison.Ordinal);
        if (end < 0)
            return null;
        var bytes = Encoding.UTF8.GetBytes(header[text..end]);
        // "=?utf-8*fr?Q?…": the language is no part of the charset.
        return new EncodedWord(header[(start + 2)..charset].Split('*')[0], header[charset + 1] is 'B' or 'b' ? OfBase64(bytes) : OfQuoted(bytes, underscores: true), end + 2);
    }

    private static void Decode(StringBuilder result, MemoryStream bytes, ref string? charset)
    {
        if (charset is not null)
            result.Append(TextDecoder.Decode(bytes.ToArray(), charset, new List<string>()));
        bytes.SetLength(0);
        charset = null;
    }
}
