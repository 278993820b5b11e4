using System.Security.Cryptography;
using System.Text;

namespace Recoupe.Text;

/// <summary>Names made from content: the same content gives the same name everywhere and always.</summary>
public static class ShortHash
{
    // Crockford's 32 digits, in lower case: none is taken for another, and no vowel but "a" and "e" makes a word.
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int BitsOfDigit = 5;

    /// <summary>The first <paramref name="digits"/> digits (at most 24) of the SHA-256 of <paramref name="parts"/>, each of which counts by itself.</summary>
    public static string Of(int digits, params ReadOnlySpan<string> parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(digits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 24);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }

        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        return string.Create(digits, Convert.ToHexString(whole), static (shown, hex) =>
        {
            var bits = UInt128.Parse(hex.AsSpan(0, 32), System.Globalization.NumberStyles.HexNumber);
            for (var i = 0; i < shown.Length; i++)
                shown[i] = Digits[(int)((bits >> (128 - (BitsOfDigit * (i + 1)))) & 31)];
        });
    }
}
