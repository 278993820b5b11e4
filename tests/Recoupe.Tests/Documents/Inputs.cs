using System.IO.Compression;
using System.Text;

using Recoupe.Documents;

namespace Recoupe.Tests.Documents;

/// <summary>Inputs of every form, written for the tests, and what the intake makes of them.</summary>
internal static class Inputs
{
    public static List<Intake> Read(string text, DocumentOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static List<Intake> Read(byte[] bytes, DocumentOptions? options = null) => [.. DocumentReader.Read(new MemoryStream(bytes), "input", options ?? new DocumentOptions())];

    public static List<Document> Documents(string text, DocumentOptions? options = null) => Documents(Encoding.UTF8.GetBytes(text), options);

    public static List<Document> Documents(byte[] bytes, DocumentOptions? options = null) => [.. Read(bytes, options).Select(intake => intake.Document).OfType<Document>()];

    public static string Rss(string items, string channel = "<title>Le Littoral</title>") => $"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>{channel}{items}</channel></rss>";

    public static string Atom(string entries) => $"<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Harbour Post</title>{entries}</feed>";

    public const string Page = "<!doctype html><html><body><article><h1>Le phare d'Orvac rallumé</h1><p>Le phare d'Orvac a été rallumé lundi, a annoncé le port.</p></article></body></html>";

    public static byte[] Http(string headers, byte[] body) => [.. Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\n{headers}\r\n"), .. body];

    public static byte[] Http(string headers, string body) => Http(headers, Encoding.UTF8.GetBytes(body));

    /// <summary>A record of a web archive.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="url">Its address.</param>
    /// <param name="body">Its content.</param>
    /// <param name="off">How far the length that it states is off.</param>
    /// <param name="more">More fields, each with its line end.</param>
    public static byte[] Record(string type, string url, byte[] body, int off = 0, string more = "") =>
    [
        .. Encoding.UTF8.GetBytes(
            $"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-11-20T10:00:00Z\r\n{more}Content-Type: {(type == "resource" ? "text/plain" : "application/http; msgtype=response")}\r\nContent-Length: {body.Length + off}\r\n\r\n"),
        .. body,
        .. "\r\n\r\n"u8,
    ];

    public static string Mail(string body, string headers = "Content-Type: text/plain; charset=utf-8\n", string subject = "La lettre", string from = "La Lettre d'Orvac <lettre@orvac.example>") =>
        $"From: {from}\nTo: desk@example.org\nSubject: {subject}\nDate: Wed, 20 Nov 2024 07:00:00 +0100\nMessage-ID: <n1@orvac.example>\nMIME-Version: 1.0\n{headers}\n{body}";

    public static byte[] Gzip(byte[] bytes) => Pack(bytes, stream => new GZipStream(stream, CompressionLevel.Fastest));

    public static byte[] Pack(byte[] bytes, Func<Stream, Stream> open)
    {
        using var result = new MemoryStream();
        using (var packed = open(result))
            packed.Write(bytes);
        return result.ToArray();
    }
}
