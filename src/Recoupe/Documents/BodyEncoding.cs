using System.IO.Compression;

using ZstdSharp;

namespace Recoupe.Documents;

/// <summary>Unpacks the bodies of captured answers.</summary>
internal static class BodyEncoding
{
    // 2^27 = 128 MiB, what the format's own tools take without being asked.
    private const int MaxWindowLog = 27;

    /// <summary>Unpacks a body as its header says, as far as the header fits it; false where it cannot be read.</summary>
    /// <param name="encoding">The header's value, or null.</param>
    /// <param name="body">The body; on return, the unpacked one.</param>
    /// <param name="options">Limits.</param>
    /// <param name="notes">Receives damage.</param>
    /// <param name="reason">Why it cannot be read.</param>
    public static bool TryDecode(string? encoding, ref byte[] body, DocumentOptions options, List<string> notes, out string reason)
    {
        reason = "";
        foreach (var name in (encoding ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            // Some archivers keep the header and unpack the body; some servers name what is no encoding.
            if (IsText(body))
                continue;
            using var unpacked = Open(name.ToLowerInvariant(), body);
            if (unpacked is null)
            {
                reason = $"is packed with {name}, which cannot be read";
                return false;
            }

            if (ReadAll(unpacked, options.MaxDocumentBytes, out var isBroken) is not { } bytes)
            {
                reason = $"unpacks to more than {options.MaxDocumentBytes >> 20} MiB";
                return false;
            }

            if (isBroken && bytes.Length == 0)
            {
                reason = $"is packed with {name} and damaged";
                return false;
            }

            if (isBroken)
                notes.Add("the packed body is damaged: what could be unpacked was read");
            body = bytes;
        }

        return true;
    }

    /// <summary>Opens zstd: frames one behind the other, with the dictionary that web archives put before them.</summary>
    public static Stream OpenZstd(Stream packed, byte[]? dictionary)
    {
        var decompressor = new Decompressor();
        decompressor.SetParameter(ZstdSharp.Unsafe.ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
        if (dictionary is not null)
            decompressor.LoadDictionary(dictionary);
        return new DecompressionStream(packed, decompressor, leaveOpen: false, preserveDecompressor: false);
    }

    private static bool IsText(byte[] body) =>
        FileForms.Of(body.AsSpan(0, Math.Min(body.Length, 4096))) is FileForm.Html or FileForm.PlainText or FileForm.Json or FileForm.Feed or FileForm.Empty;

    private static Stream? Open(string name, byte[] body)
    {
        var packed = new MemoryStream(body, writable: false);
        return name switch
        {
            _ when body is [0x1F, 0x8B, ..] => new GZipStream(packed, CompressionMode.Decompress),
            _ when body is [0x28, 0xB5, 0x2F, 0xFD, ..] => OpenZstd(packed, null),
            "deflate" => body is [0x78, ..] ? new ZLibStream(packed, CompressionMode.Decompress) : new DeflateStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            _ => null,
        };
    }

    private static byte[]? ReadAll(Stream unpacked, int limit, out bool isBroken)
    {
        using var result = new MemoryStream();
        var chunk = new byte[1 << 16];
        isBroken = false;
        try
        {
            int length;
            while ((length = unpacked.Read(chunk, 0, chunk.Length)) > 0)
            {
                result.Write(chunk, 0, length);
                if (result.Length > limit)
                    return null;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or InvalidOperationException or ZstdException)
        {
            isBroken = true;
        }

        return result.ToArray();
    }
}
