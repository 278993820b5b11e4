using System.IO.Compression;

namespace Recoupe.Storage;

/// <summary>Bytes as they are kept: compressed by Brotli, whose fastest level packs pages about four times at more than 100 MB a second.</summary>
internal static class Packed
{
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>So many bytes of the beginning, or all where there are fewer.</summary>
    public static byte[] UnpackStart(byte[] packed, int most)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var bytes = new byte[most];
        var read = brotli.ReadAtLeast(bytes, most, throwOnEndOfStream: false);
        return bytes[..read];
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        brotli.CopyTo(bytes);
        return bytes.ToArray();
    }
}
