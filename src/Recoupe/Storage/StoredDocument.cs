using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using Recoupe.Dates;
using Recoupe.Documents;

namespace Recoupe.Storage;

/// <summary>A document as an archive keeps it, so that it can be read again: its content by hash, and what the input states about it as JSON.</summary>
internal static class StoredDocument
{
    /// <summary>How JSON is written here: text as it is.</summary>
    public static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The content as bytes: every document comes out of them as it went in, half pairs too.</summary>
    public static byte[] Content(Document document) => IsWhole(document.Content) ? Encoding.UTF8.GetBytes(document.Content) : [0xFF, 0xFE, .. MemoryMarshal.AsBytes(document.Content.AsSpan())];

    /// <summary>The SHA-256 of <paramref name="content"/>, in hexadecimal.</summary>
    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>All but the content.</summary>
    public static byte[] Facts(Document document)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("source", document.Source);
            json.WriteString("form", document.Form.ToString());
            foreach (var (name, value) in Texts(document))
            {
                if (value is not null)
                    json.WriteString(name, value);
            }

            if (document.Partial)
                json.WriteBoolean("partial", true);
            WriteList(json, "byline", document.Byline);
            WriteList(json, "notes", document.Notes);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>The document again.</summary>
    public static Document Read(byte[] facts, byte[] content)
    {
        using var json = JsonDocument.Parse(facts);
        var root = json.RootElement;
        string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
        string[] List(string name) => root.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [];
        return new Document
        {
            Source = Text("source")!,
            Form = Enum.Parse<DocumentForm>(Text("form")!),
            Content = content is [0xFF, 0xFE, ..] ? new string(MemoryMarshal.Cast<byte, char>(content.AsSpan(2))) : Encoding.UTF8.GetString(content),
            Id = Text("id"),
            Key = Text("key"),
            Name = Text("name"),
            Url = Text("url"),
            BaseUrl = Text("base_url"),
            Title = Text("title"),
            Outlet = Text("outlet"),
            Language = Text("language"),
            Published = Moment.Parse(Text("published")),
            Modified = Moment.Parse(Text("modified")),
            Captured = Moment.Parse(Text("captured")),
            Partial = root.TryGetProperty("partial", out _),
            Byline = List("byline"),
            Notes = List("notes"),
        };
    }

    private static (string Name, string? Value)[] Texts(Document document) =>
    [
        ("id", document.Id), ("key", document.Key), ("name", document.Name), ("url", document.Url), ("base_url", document.BaseUrl), ("title", document.Title),
        ("outlet", document.Outlet), ("language", document.Language), ("published", document.Published?.ToString()), ("modified", document.Modified?.ToString()),
        ("captured", document.Captured?.ToString()),
    ];

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var item in items)
            json.WriteStringValue(item);
        json.WriteEndArray();
    }

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || ++i == text.Length || !char.IsLowSurrogate(text[i]))
                return false;
        }

        return true;
    }
}
