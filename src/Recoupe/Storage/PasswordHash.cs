using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recoupe.Storage;

/// <summary>Passwords as they are kept: PBKDF2 with HMAC-SHA-512, a salt of their own, and as many rounds as OWASP asks for (2023).</summary>
internal static class PasswordHash
{
    public const int LeastLength = 12;
    public const int MostLength = 256;

    private const string Form = "pbkdf2-sha512";
    private const int Rounds = 210_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // What an unknown name is checked against, so that the answer takes as long.
    private static readonly string Nobody = Of(Convert.ToHexString(RandomNumberGenerator.GetBytes(SaltBytes)));

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Form}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Rounds))}");
    }

    /// <summary>Whether it is the password; always false, after as long, where there is none.</summary>
    public static bool Fits(string password, string? hash)
    {
        if ((hash ?? Nobody).Split('$') is not [Form, var rounds, var salt, var kept])
            return false;
        var derived = Derive(password, Convert.FromBase64String(salt), int.Parse(rounds, CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(kept)) && hash is not null;
    }

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA512, HashBytes);
}
