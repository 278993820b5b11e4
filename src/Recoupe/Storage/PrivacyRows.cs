using System.Data.Common;
using System.Security.Cryptography;

namespace Recoupe.Storage;

/// <summary>How erased names lie in their tables.</summary>
internal static class PrivacyRows
{
    private const string SaltName = "erasure_salt";

    /// <summary>The number of the last erasure; 0 where nobody was erased.</summary>
    public static long Last(DbConnection connection, DbTransaction? transaction) =>
        connection.Query(transaction, "SELECT COALESCE(MAX(number), 0) FROM erasures", row => row.GetInt64(0))[0];

    /// <summary>Erases all names that were ever asked to go, the last word on each being that of the last erasure.</summary>
    public static NameEraser Eraser(DbConnection connection, DbTransaction? transaction) => new(
        Salt(connection, transaction) ?? [],
        connection.Query(
            transaction, "SELECT hash, words, last, replacement FROM erased_names JOIN erasures ON number = erasure ORDER BY number, hash",
            row => new ErasedName(row.GetString(0), (int)row.GetInt64(1), row.GetString(2), row.GetString(3))));

    /// <summary>The salt of the archive's hashes; null where none was made.</summary>
    public static byte[]? Salt(DbConnection connection, DbTransaction? transaction) =>
        connection.Query(transaction, "SELECT value FROM meta WHERE name = @name", row => Convert.FromHexString(row.GetString(0)), ("name", SaltName)).FirstOrDefault();

    /// <summary>Makes the salt.</summary>
    public static byte[] MakeSalt(DbConnection connection, DbTransaction transaction)
    {
        var salt = RandomNumberGenerator.GetBytes(32);
        connection.Execute(transaction, "INSERT INTO meta (name, value) VALUES (@name, @value)", ("name", SaltName), ("value", Convert.ToHexStringLower(salt)));
        return salt;
    }
}
