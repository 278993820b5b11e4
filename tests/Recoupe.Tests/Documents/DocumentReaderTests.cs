using System.IO.Compression;
using System.Text;

using Recoupe.Documents;

namespace Recoupe.Tests.Documents;

public sealed class DocumentReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-documents").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, byte[]> Encodings() => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes("L’été à Sarlonne, dit-elle.") },
        { "UTF-8 with a mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("L’été à Sarlonne, dit-elle.")] },
        { "UTF-16 with a mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("L’été à Sarlonne, dit-elle.")] },
        { "UTF-16 big-endian with a mark", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("L’été à Sarlonne, dit-elle.")] },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes("L’été à Sarlonne, dit-elle.") },
        { "Windows-1252", TextDecoder.Windows1252.GetBytes("L’été à Sarlonne, dit-elle.") },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Text_in_any_usual_encoding_is_decoded(string name, byte[] bytes) =>
        Assert.True(Only(Read(bytes)).Content == "L’été à Sarlonne, dit-elle.", name);

    [Fact]
    public void A_declared_charset_is_followed() =>
        Assert.Contains("Привіт", Only(Read([.. "<html><head><meta charset=windows-1251></head><body><p>"u8, 0xCF, 0xF0, 0xE8, 0xE2, 0xB3, 0xF2, .. "</p></body></html>"u8])).Content, StringComparison.Ordinal);

    [Fact]
    public void Stray_bytes_in_UTF8_are_kept_and_noted()
    {
        var document = Only(Read([.. Encoding.UTF8.GetBytes("été été été été été "), 0xE9, .. " fin"u8]));
        Assert.EndsWith("é fin", document.Content, StringComparison.Ordinal);
        Assert.Single(document.Notes);
    }

    public static TheoryData<string, string> Forms() => new()
    {
        { "<!DOCTYPE html><p>x", "Html" },
        { "<!-- long --><html><body>x", "Html" },
        { "<p>Un.</p><p>Deux.</p><div>Trois.</div>", "Html" },
        { "Le pont est fermé.\nEncore.", "PlainText" },
        { "{\"text\":\"x\"}\n", "CleanText" },
        { "{\"html\":\"<p>x\"}\n", "Html" },
        { "[{\"text\":\"x\"}]", "CleanText" },
        { "{\n \"text\": \"x\"\n}\n", "CleanText" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_form_is_told_by_the_content(string content, string form) =>
        Assert.Equal(form, Only(Read(Encoding.UTF8.GetBytes(content))).Form.ToString());

    [Theory]
    [InlineData("%PDF-1.7 …", "out of scope")]
    [InlineData("", "empty")]
    [InlineData("PK\u0003\u0004zip", "ZIP")]
    [InlineData("\u0001\u0002\u0003\0\0\u0007", "binary")]
    public void What_cannot_be_read_is_named_with_its_reason(string content, string reason)
    {
        var skipped = Assert.Single(Read(Encoding.UTF8.GetBytes(content))).Skipped;
        Assert.Contains(reason, skipped!.Reason, StringComparison.Ordinal);
        Assert.Equal("input", skipped.Source);
    }

    [Fact]
    public void A_bad_line_does_not_lose_the_others()
    {
        var intakes = Read("{\"id\":\"a\",\"text\":\"x\"}\n{bad\n[1]\n{\"id\":\"b\"}\n{\"id\":\"c\",\"text\":\"\\ud800\"}\n{\"id\":7,\"text\":\"y\"}"u8.ToArray());
        Assert.Equal(["a", "7"], intakes.Where(intake => intake.Document is not null).Select(intake => intake.Document!.Id));
        Assert.Equal(["input:2", "input:3", "input:4", "input:5"], intakes.Where(intake => intake.Skipped is not null).Select(intake => intake.Skipped!.Source));
    }

    [Fact]
    public void A_line_over_the_limit_is_skipped_alone()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"text\":\"x\"}\n{\"text\":\"" + new string('a', 5000) + "\"}\n{\"text\":\"y\"}\n");
        var intakes = DocumentReader.Read(new MemoryStream(bytes), "input", new DocumentOptions { MaxDocumentBytes = 1000 }).ToList();
        Assert.Equal(["x", null, "y"], intakes.Select(intake => intake.Document?.Content));
    }

    [Fact]
    public void Gzip_of_several_members_is_read_through() =>
        Assert.Equal("Premier. Second.", Only(Read([.. Gzip("Premier. "u8.ToArray()), .. Gzip("Second."u8.ToArray())])).Content);

    [Fact]
    public void Files_that_share_a_name_are_told_apart_by_the_shortest_path()
    {
        foreach (var path in new[] { "a/one.txt", "b/one.txt", "b/two.html.gz" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, path))!);
            File.WriteAllText(Path.Combine(_folder, path), "Texte.");
        }

        var names = DocumentReader.Read([_folder], TestContext.Current.CancellationToken).Select(intake => intake.Document!.Name);
        Assert.Equal(["a/one", "b/one", "two"], names);
    }

    [Fact]
    public void A_missing_file_is_named_and_the_rest_goes_on()
    {
        var file = Path.Combine(_folder, "there.txt");
        File.WriteAllText(file, "Texte.");
        var intakes = DocumentReader.Read([Path.Combine(_folder, "gone.txt"), file], TestContext.Current.CancellationToken).ToList();
        Assert.Contains("not there", intakes[0].Skipped!.Reason, StringComparison.Ordinal);
        Assert.Equal("Texte.", intakes[1].Document!.Content);
    }

    [Fact]
    public void RSS_gives_its_entries_with_content_or_summary()
    {
        var documents = Read("""
            <?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel><title>Le Littoral</title><language>fr</language>
            <item><title>Un pont</title><link>https://littoral.example/1</link><guid>g1</guid><pubDate>Wed, 20 Nov 2024 14:32:00 +0100</pubDate>
            <dc:creator>Jeanne Martin</dc:creator><description>Court.</description><content:encoded><![CDATA[<p>Le texte entier.</p>]]></content:encoded></item>
            <item><title>Deux</title><link>https://littoral.example/2</link><description>Un résumé.</description></item></channel></rss>
            """u8.ToArray()).Select(intake => intake.Document!).ToList();
        Assert.Equal(["https://littoral.example/1", "https://littoral.example/2"], documents.Select(document => document.Key));
        Assert.Equal("<p>Le texte entier.</p>", documents[0].Content);
        Assert.Equal("2024-11-20T14:32:00+01:00", documents[0].Published?.ToString());
        Assert.Equal("Le Littoral", documents[0].Outlet);
        Assert.Equal(["Jeanne Martin"], documents[0].Byline);
        Assert.Equal("Un pont", documents[0].Title);
        Assert.True(documents[1].Partial);
    }

    [Fact]
    public void Atom_and_RSS_1_and_JSON_Feed_are_feeds_too()
    {
        var atom = Only(Read("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>F</title><entry><id>e1</id><title>T</title><link href=\"https://a.example/1\"/><updated>2024-11-20T10:00:00Z</updated><content type=\"html\">&lt;p&gt;Texte.&lt;/p&gt;</content></entry></feed>"u8.ToArray()));
        Assert.Equal(("https://a.example/1", "<p>Texte.</p>", "https://a.example/1"), (atom.Key, atom.Content, atom.Url));
        var rdf = Only(Read("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>C</title></channel><item><title>T</title><link>https://r.example/1</link><description>Texte.</description><dc:date>2024-11-20</dc:date></item></rdf:RDF>"u8.ToArray()));
        Assert.Equal(("T", "2024-11-20", "C"), (rdf.Title, rdf.Published?.ToString(), rdf.Outlet));
        var json = Only(Read("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\",\"items\":[{\"id\":\"j1\",\"content_html\":\"<p>Texte.</p>\",\"date_published\":\"2024-11-20T10:00:00Z\"}]}"u8.ToArray()));
        Assert.Equal((null, "J", DocumentForm.Fragment), (json.Key, json.Outlet, json.Form));
    }

    [Fact]
    public void A_damaged_feed_gives_the_entries_before_the_damage()
    {
        var intakes = Read("<rss><channel><title>C</title><item><guid>1</guid><description>Texte.</description></item><item><guid>2</wrong>"u8.ToArray());
        Assert.Equal("Texte.", intakes[0].Document!.Content);
        Assert.Contains("damaged", intakes[1].Skipped!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void WARC_gives_pages_unchunked_and_unpacked_and_passes_over_revisits()
    {
        var page = "<!doctype html><html><body><p>Le pont est fermé.</p></body></html>";
        var packed = Gzip(Encoding.UTF8.GetBytes(page));
        byte[] chunked = [.. Encoding.ASCII.GetBytes($"{packed.Length:x}\r\n"), .. packed, .. "\r\n0\r\n\r\n"u8];
        var archive = new List<byte>();
        archive.AddRange(Gzip(Record("warcinfo", "x", "info"u8.ToArray())));
        archive.AddRange(Gzip(Record("response", "https://littoral.example/1", [.. "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"u8, .. chunked])));
        archive.AddRange(Gzip(Record("revisit", "https://littoral.example/1", "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray())));
        archive.AddRange(Gzip(Record("response", "https://littoral.example/2", "HTTP/1.1 404 Not Found\r\n\r\n<html><p>no</html>"u8.ToArray())));
        var intakes = Read([.. archive]);
        Assert.Contains("1 × answer with status 404, 1 × revisit", intakes[^1].Skipped!.Reason, StringComparison.Ordinal);
        Assert.True(intakes[^1].Skipped!.IsExpected);
        var document = Only(intakes[..^1]);
        Assert.Equal(page, document.Content);
        Assert.Equal("https://littoral.example/1", document.Url);
        Assert.Equal("2024-11-20T10:00:00Z", document.Captured?.ToString());
    }

    [Fact]
    public void A_cut_off_last_record_is_told_and_the_first_kept()
    {
        byte[] whole = Record("response", "https://littoral.example/1", [.. "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"u8, .. "<html><body><p>Le pont.</p></body></html>"u8]);
        var intakes = Read([.. whole, .. whole[..^20]]);
        Assert.False(intakes[0].Document!.Partial);
        Assert.True(intakes[1].Document!.Partial);
    }

    [Theory]
    [InlineData("<!doctype html><html><body><p>Le pont est fermé.</p>")]
    [InlineData("Le pont est fermé.\n\n")]
    public void A_packed_page_that_is_cut_off_gives_what_can_be_unpacked(string start)
    {
        var random = new Random(20241120);
        var content = start + string.Concat(Enumerable.Range(0, 20_000).Select(_ => (char)('a' + random.Next(26))));
        var document = Only(Read(Gzip(Encoding.UTF8.GetBytes(content))[..^6000]));
        Assert.StartsWith(start.TrimEnd(), document.Content, StringComparison.Ordinal);
        Assert.True(document.Partial);
        Assert.Contains(document.Notes, note => note.Contains("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public void Packed_lines_that_are_cut_off_give_the_whole_ones_and_say_so()
    {
        var random = new Random(20241120);
        var lines = string.Concat(Enumerable.Range(0, 500).Select(i => $$"""{"id":"a{{i}}","text":"Le pont {{random.Next()}} est fermé."}""" + "\n"));
        var intakes = Read(Gzip(Encoding.UTF8.GetBytes(lines))[..^2000]);
        Assert.True(intakes.Count(intake => intake.Document is not null) > 200);
        Assert.All(intakes.Where(intake => intake.Document is not null), intake => Assert.EndsWith("est fermé.", intake.Document!.Content, StringComparison.Ordinal));
        Assert.NotNull(intakes[^1].Skipped);
    }

    [Fact]
    public void Mail_gives_the_HTML_part_decoded()
    {
        var mail = "From: =?utf-8?Q?Le_Littoral_=C3=A9dition?= <news@littoral.example>\r\nTo: you@example.org\r\nSubject: =?utf-8?B?w4AgbGEgdW5l?=\r\nDate: Wed, 20 Nov 2024 07:00:00 +0100\r\nMessage-ID: <m1@littoral.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTexte\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>L=C3=A9gende=\r\n suite</p>\r\n--b--\r\n";
        var document = Only(Read(Encoding.ASCII.GetBytes(mail)));
        Assert.Equal("<p>Légende suite</p>", document.Content.Trim());
        Assert.Equal(("À la une", "Le Littoral édition", "m1@littoral.example"), (document.Title, document.Outlet, document.Key));
        var box = Read(Encoding.ASCII.GetBytes($"From a@b Wed Nov 20\r\n{mail}\r\nFrom a@b Thu Nov 21\r\n{mail.Replace("m1@", "m2@", StringComparison.Ordinal)}"));
        Assert.Equal(["m1@littoral.example", "m2@littoral.example"], box.Select(intake => intake.Document!.Key));
    }

    [Fact]
    public void A_thousand_mutated_inputs_never_throw()
    {
        var random = new Random(31);
        byte[][] seeds =
        [
            "{\"id\":\"a\",\"text\":\"été\"}\n{\"id\":\"b\",\"html\":\"<p>x</p>\"}\n"u8.ToArray(),
            "<rss><channel><item><guid>1</guid><description>Texte.</description></item></channel></rss>"u8.ToArray(),
            Record("response", "https://littoral.example/1", [.. "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"u8]),
            "From: a <a@b.example>\r\nTo: c\r\nSubject: =?utf-8?B?w4A=?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\nw4A=\r\n--b--"u8.ToArray(),
            Gzip("Le pont est fermé."u8.ToArray()),
        ];
        for (var i = 0; i < 1000; i++)
        {
            var bytes = seeds[i % seeds.Length].ToList();
            for (var n = random.Next(1, 8); n > 0 && bytes.Count > 1; n--)
            {
                var at = random.Next(bytes.Count);
                if (random.Next(3) == 0)
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 20)));
                else if (random.Next(2) == 0)
                    bytes[at] = (byte)random.Next(256);
                else
                    bytes.Insert(at, (byte)random.Next(256));
            }

            Assert.All(Read([.. bytes]), intake => Assert.True(intake.Document is null != intake.Skipped is null));
        }
    }

    private static List<Intake> Read(byte[] bytes) => [.. DocumentReader.Read(new MemoryStream(bytes), "input", new DocumentOptions())];

    private static Document Only(List<Intake> intakes) => Assert.Single(intakes).Document!;

    private static byte[] Gzip(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionMode.Compress))
            gzip.Write(bytes);
        return result.ToArray();
    }

    private static byte[] Record(string type, string url, byte[] body) =>
    [
        .. Encoding.UTF8.GetBytes($"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-11-20T10:00:00Z\r\nContent-Type: {(type == "warcinfo" ? "text/plain" : "application/http; msgtype=response")}\r\nContent-Length: {body.Length}\r\n\r\n"),
        .. body,
        .. "\r\n\r\n"u8,
    ];
}
