using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using Recoupe.Articles;

namespace Recoupe.Dossiers;

/// <summary>
/// Writes dossiers with all that they rest on as one ZIP archive: the dossier in every format, the source texts, and the SHA-256 of each file, so that
/// what was shown can be checked later by others.
/// </summary>
public static class EvidencePackage
{
    // The earliest time that the format can hold: an archive of the same input is the same, whenever it is made.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the archive. Its files are stored as they are: how well they would be packed depends on the machine.</summary>
    public static void Write(Stream output, IReadOnlyList<Dossier> dossiers, InterfaceTexts texts, string version)
    {
        var sums = new StringBuilder();
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        void Add(string path, byte[] content)
        {
            var entry = archive.CreateEntry(path, CompressionLevel.NoCompression);
            entry.LastWriteTime = NoTime;
            using var stream = entry.Open();
            stream.Write(content);
            sums.Append(Convert.ToHexStringLower(SHA256.HashData(content))).Append("  ").Append(path).Append('\n');
        }

        Add("dossier.html", Text(writer => DossierHtml.Write(writer, dossiers, texts, version)));
        Add("dossier.json", Json(json => DossierJson.Write(json, dossiers, version)));
        Add("dossier.md", Text(writer => DossierMarkdown.Write(writer, dossiers, texts, version)));
        Add("dossier.docx", Bytes(stream => DossierDocx.Write(stream, dossiers, texts, version)));
        Add("passages.csv", Text(writer => DossierCsv.WritePassages(writer, dossiers)));
        Add("statements.csv", Text(writer => DossierCsv.WriteStatements(writer, dossiers)));

        var sources = new List<(Article Article, string Text, string? Document)>();
        foreach (var article in dossiers.SelectMany(dossier => dossier.Articles).Select(article => article.Article))
        {
            var name = $"sources/{sources.Count + 1:0000}-{FileName(article.Id.Value)}";
            var document = article.Document is null ? null : name + ".document.txt";
            sources.Add((article, name + ".txt", document));
            Add(name + ".txt", Encoding.UTF8.GetBytes(article.Text));
            if (document is not null)
                Add(document, Encoding.UTF8.GetBytes(article.Document!));
        }

        Add("sources.json", Json(json => WriteSources(json, sources, version)));
        Add("READ-ME.txt", Encoding.UTF8.GetBytes(texts["package"].Replace("\\n", "\n", StringComparison.Ordinal) + "\n"));
        var list = archive.CreateEntry("SHA256SUMS", CompressionLevel.NoCompression);
        list.LastWriteTime = NoTime;
        using var listed = list.Open();
        listed.Write(Encoding.UTF8.GetBytes(sums.ToString()));
    }

    private static void WriteSources(Utf8JsonWriter json, List<(Article Article, string Text, string? Document)> sources, string version)
    {
        json.WriteStartObject();
        json.WriteString("version", version);
        ArticleJson.WriteArray(json, "sources", sources, source =>
        {
            json.WriteStartObject();
            json.WriteString("id", source.Article.Id.Value);
            json.WriteString("source", source.Article.Source);
            json.WriteString("url", source.Article.Url);
            json.WriteString("outlet", source.Article.Outlet);
            json.WriteString("published", source.Article.Published?.ToString());
            json.WriteString("published_from", source.Article.PublishedFrom);
            json.WriteString("modified", source.Article.Modified?.ToString());
            json.WriteString("captured", source.Article.Captured?.ToString());
            json.WriteBoolean("partial", source.Article.Partial);
            json.WriteString("text", source.Text);
            json.WriteString("document", source.Document);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static byte[] Text(Action<TextWriter> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(writer);
        return Encoding.UTF8.GetBytes(writer.ToString());
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        return buffer.ToArray();
    }

    private static byte[] Json(Action<Utf8JsonWriter> write) => Bytes(stream =>
    {
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        stream.WriteByte((byte)'\n');
    });

    // An id may be anything, a path with dots too; a file's name may not.
    private static string FileName(string id)
    {
        var name = new string([.. id.Take(48).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        return name.Length > 0 ? name : "_";
    }
}
