using System.Buffers.Text;
using System.Text;

namespace Recoupe.Storage;

/// <summary>Where the next part of a list begins, as an opaque word that can stand in an address.</summary>
internal static class Cursor
{
    private const char Between = '\n';

    public static string Write(params ReadOnlySpan<string> parts) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Between, parts!)));

    /// <summary>The parts; null where the word is no cursor.</summary>
    public static string[]? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor) || !Base64Url.IsValid(cursor))
            return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Between);
    }
}
