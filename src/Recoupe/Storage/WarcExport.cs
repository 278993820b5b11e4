using System.Globalization;
using System.IO.Compression;
using System.Text;

using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Storage;

/// <summary>All that came in, as a web archive (WARC 1.1): each document as a record of its own, and beside it what the input stated about it.</summary>
public static class WarcExport
{
    private const int AtOnce = 100;
    private const string LineEnd = "\r\n";

    /// <summary>The parts of the file in order, each packed by itself: put together they are the file.</summary>
    /// <param name="archive">The archive; older versions are among its documents.</param>
    /// <exception cref="ArchiveException">A capture is no longer what came in.</exception>
    public static IEnumerable<byte[]> Parts(Archive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        yield return Packed(Record("warcinfo", Name("info"), null, null, "application/warc-fields", Encoding.UTF8.GetBytes(
            $"software: Recoupe/{typeof(WarcExport).Assembly.GetName().Version!.ToString(3)}{LineEnd}format: WARC File Format 1.1{LineEnd}")));
        long after = 0;
        while (true)
        {
            using var connection = archive.Database.Connect();
            var part = connection.Query(
                "SELECT document, c.content, c.hash, id, seq, ingested, r.content, r.hash, raw_type FROM articles JOIN captures c ON c.hash = capture LEFT JOIN captures r ON r.hash = raw "
                + "WHERE seq > @after ORDER BY seq LIMIT @most",
                row => (Document: ReadDocument(row), Facts: row.Bytes(0), Id: row.GetString(3), Seq: row.GetInt64(4), Ingested: row.GetString(5)),
                ("after", after), ("most", AtOnce));
            if (part.Count == 0)
                yield break;
            foreach (var (document, facts, id, seq, ingested) in part)
            {
                yield return Of(document, facts, id, ingested);
                after = seq;
            }
        }
    }

    private static Document ReadDocument(System.Data.Common.DbDataReader row)
    {
        var id = new ArticleId(row.GetString(3));
        return Archive.ReadDocument(row, id) with { Raw = row.IsDBNull(6) ? null : new RawContent(Archive.Whole(row.Bytes(6), row.GetString(7), id), row.Text(8) ?? "") };
    }

    private static byte[] Of(Document document, byte[] facts, string id, string ingested)
    {
        var date = document.Captured?.Utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? ingested;
        var address = document.Url is { Length: > 0 } url && !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? url : $"recoupe:{id}";
        var media = document.Form is DocumentForm.Html or DocumentForm.Fragment ? "text/html" : "text/plain";
        // Bytes whose type was not stated are read by what they hold.
        var type = document.Raw is not { } raw ? media + "; charset=utf-8" : raw.Type is { Length: > 0 } stated && !stated.Any(char.IsControl) ? stated : media;
        return
        [
            .. Packed(Record("resource", Name(id), address, date, type, document.Raw is { } bytes ? bytes.Bytes.ToArray() : Encoding.UTF8.GetBytes(document.Content))),
            .. Packed(Record("metadata", Name(id + " facts"), address, date, "application/json", facts, Name(id))),
        ];
    }

    private static byte[] Record(string type, string name, string? address, string? date, string contentType, byte[] content, string? about = null)
    {
        var header = new StringBuilder("WARC/1.1").Append(LineEnd);
        void Add(string field, string? value)
        {
            if (value is not null)
                header.Append(CultureInfo.InvariantCulture, $"{field}: {value}{LineEnd}");
        }

        Add("WARC-Type", type);
        Add("WARC-Record-ID", name);
        Add("WARC-Date", date ?? "1970-01-01T00:00:00Z");
        Add("WARC-Target-URI", address);
        Add("WARC-Concurrent-To", about);
        Add("WARC-Block-Digest", $"sha256:{StoredDocument.Hash(content)}");
        Add("Content-Type", contentType);
        Add("Content-Length", content.Length.ToString(CultureInfo.InvariantCulture));
        return [.. Encoding.UTF8.GetBytes(header.Append(LineEnd).ToString()), .. content, .. "\r\n\r\n"u8];
    }

    // The same archive gives the same file: names come from what they name.
    private static string Name(string id) => $"<urn:uuid:{new Guid(Convert.FromHexString(StoredDocument.Hash(Encoding.UTF8.GetBytes(id))[..32]))}>";

    private static byte[] Packed(byte[] record)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(record);
        return packed.ToArray();
    }
}
