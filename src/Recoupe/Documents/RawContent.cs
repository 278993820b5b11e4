using System.Text;

namespace Recoupe.Documents;

/// <summary>The bytes that a document's content was decoded from.</summary>
/// <param name="Bytes">As they came, without what only packed them for the way.</param>
/// <param name="Type">Their type as it was stated, with its charset; empty where nothing was.</param>
public sealed record RawContent(ReadOnlyMemory<byte> Bytes, string Type)
{
    /// <summary>The bytes; null where they are the UTF-8 of the content, which then says all.</summary>
    public static RawContent? Of(byte[] bytes, string type, string content)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Encoding.UTF8.GetByteCount(content) == bytes.Length && Encoding.UTF8.GetBytes(content).AsSpan().SequenceEqual(bytes) ? null : new RawContent(bytes, type);
    }
}
