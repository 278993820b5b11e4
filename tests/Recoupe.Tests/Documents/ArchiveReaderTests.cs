using System.IO.Compression;
using System.Text;

using Recoupe.Documents;

namespace Recoupe.Tests.Documents;

public sealed class ArchiveReaderTests
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(Inputs.Page);

    public static TheoryData<string, byte[]> Bodies() => new()
    {
        { "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", Page },
        { "Content-Type: text/html\r\nContent-Encoding: deflate\r\n", Page },
        { "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", Page },
        { "Content-Type: text/html\r\nContent-Encoding: UTF-8\r\n", Page },
        { "Content-Type: text/html\r\nContent-Encoding: none\r\n", Page },
        { "Content-Type: application/octet-stream\r\n", Page },
        { "Content-Type: text/html\r\nContent-Encoding: deflate\r\n", Inputs.Pack(Page, stream => new DeflateStream(stream, CompressionMode.Compress)) },
        { "Content-Type: text/html\r\nContent-Encoding: deflate\r\n", Inputs.Pack(Page, stream => new ZLibStream(stream, CompressionMode.Compress)) },
        { "Content-Type: text/html\r\nContent-Encoding: br\r\n", Inputs.Pack(Page, stream => new BrotliStream(stream, CompressionMode.Compress)) },
        { "Content-Type: text/html\r\nContent-Encoding: zstd\r\n", Inputs.Pack(Page, stream => new ZstdSharp.CompressionStream(stream)) },
        { "Content-Type: text/html\r\nContent-Encoding: gzip, br\r\n", Inputs.Pack(Inputs.Gzip(Page), stream => new BrotliStream(stream, CompressionMode.Compress)) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Headers_are_believed_as_far_as_they_fit_the_body(string headers, byte[] body) =>
        Assert.True(Inputs.Page == Assert.Single(Inputs.Documents(Inputs.Record("response", "https://l.example/1", Inputs.Http(headers, body)))).Content, headers);

    [Fact]
    public void An_encoding_that_nobody_knows_is_told() =>
        Assert.Contains("packed with lzma", Inputs.Read(Inputs.Record("response", "https://l.example/1", Inputs.Http("Content-Type: text/html\r\nContent-Encoding: lzma\r\n", [0, 1, 2, 3, 0, 0, 9, 8])))[0].Skipped!.Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(-40)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(60)]
    [InlineData(100_000)]
    public void A_length_that_does_not_fit_costs_no_page(int off)
    {
        byte[] Response(int number, int wrong) => Inputs.Record("response", $"https://l.example/{number}", Inputs.Http("Content-Type: text/html\r\n", Page), wrong);
        var documents = Inputs.Documents([.. Response(1, 0), .. Response(2, off), .. Response(3, 0)]);
        Assert.Equal(["https://l.example/1", "https://l.example/2", "https://l.example/3"], documents.Select(document => document.Url));
        Assert.All(documents, document => Assert.Contains("rallumé lundi", document.Content, StringComparison.Ordinal));
        Assert.All(documents, document => Assert.DoesNotContain("WARC-Type", document.Content, StringComparison.Ordinal));
    }

    [Fact]
    public void A_record_without_a_length_is_told_and_the_next_is_found()
    {
        var good = Inputs.Record("response", "https://l.example/2", Inputs.Http("Content-Type: text/html\r\n", Page));
        var intakes = Inputs.Read([.. Encoding.ASCII.GetBytes("WARC/1.0\r\nWARC-Type: response\r\n\r\nrubbish\r\n\r\n"), .. good]);
        Assert.Equal("https://l.example/2", Assert.Single(intakes, intake => intake.Document is not null).Document!.Url);
        Assert.NotNull(intakes[0].Skipped);
    }

    [Fact]
    public void What_a_crawler_made_of_a_page_and_its_frames_is_no_page()
    {
        byte[] Page(string url, string more) => Inputs.Record("response", url, Inputs.Http("Content-Type: text/html\r\n", Inputs.Page), more: more);
        var intakes = Inputs.Read(
        [
            .. Page("https://l.example/1", "WARC-Resource-Type: document\r\nWARC-Page-ID: p1\r\n"),
            .. Page("https://ads.example/frame", "WARC-Resource-Type: document\r\n"),
            .. Inputs.Record("resource", "urn:text:https://l.example/1", "Le phare d'Orvac a été rallumé lundi."u8.ToArray()),
        ]);
        Assert.Equal("https://l.example/1", Assert.Single(intakes, intake => intake.Document is not null).Document!.Url);
        Assert.True(intakes[^1].Skipped!.IsExpected);
        Assert.Contains("1 × frame", intakes[^1].Skipped!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_without_a_page_says_what_it_holds()
    {
        byte[] archive =
        [
            .. Inputs.Record("revisit", "https://l.example/1", "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray()),
            .. Inputs.Record("response", "https://l.example/2", "HTTP/1.1 404 Not Found\r\n\r\nno"u8.ToArray()),
            .. Inputs.Record("response", "https://l.example/rss", Inputs.Http("Content-Type: application/rss+xml\r\n", Inputs.Rss("<item><title>Un</title><description>A.</description></item>"))),
        ];
        var told = Assert.Single(Inputs.Read(archive)).Skipped!;
        Assert.Equal("holds no page: 1 × answer with status 404, 1 × feed, 1 × revisit", told.Reason);
        Assert.False(told.IsExpected);
    }

    [Fact]
    public void ARC_gives_a_document_a_capture()
    {
        string Capture(int number)
        {
            var body = Encoding.UTF8.GetString(Inputs.Http("Content-Type: text/html\r\n", Inputs.Page));
            return $"http://l.example/{number} 192.0.2.1 2003060708091{number} text/html {Encoding.UTF8.GetByteCount(body)}\n{body}\n";
        }

        const string Version = "1 0 test\nURL IP-address Archive-date Content-type Archive-length\n";
        var documents = Inputs.Documents($"filedesc://a.arc 0.0.0.0 20030607080910 text/plain {Version.Length}\n{Version}\n{Capture(1)}{Capture(2)}");
        Assert.Equal(["http://l.example/1", "http://l.example/2"], documents.Select(document => document.Url));
        Assert.Equal("2003-06-07T08:09:12Z", documents[1].Captured?.ToString());
    }

    [Fact]
    public void Zstd_is_unpacked_frame_by_frame_and_with_the_dictionary_before_them()
    {
        var record = Inputs.Record("response", "https://l.example/1", Inputs.Http("Content-Type: text/html\r\n", Page));
        byte[] Frame(byte[] bytes) => Inputs.Pack(bytes, stream => new ZstdSharp.CompressionStream(stream));
        Assert.Equal(2, Inputs.Documents([.. Frame(record), .. Frame(record)]).Count);

        using var compressor = new ZstdSharp.Compressor();
        compressor.LoadDictionary(record);
        var packed = compressor.Wrap(record).ToArray();
        var dictionary = Frame(record);
        byte[] file = [0x5D, 0x2A, 0x4D, 0x18, .. BitConverter.GetBytes(dictionary.Length), .. dictionary, .. packed, .. packed];
        Assert.Equal(2, Inputs.Documents(file).Count);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public void The_limit_of_unpacked_bytes_is_told_at_its_edge(string how)
    {
        var line = Encoding.UTF8.GetBytes("{\"text\":\"Le phare est rallumé.\"}\n");
        byte[] bytes = [.. Enumerable.Range(0, 4096).SelectMany(_ => line)];
        var packed = how == "gzip" ? Inputs.Gzip(bytes) : Inputs.Pack(bytes, stream => new ZstdSharp.CompressionStream(stream));
        Assert.DoesNotContain(Inputs.Read(packed, new DocumentOptions { MaxUnpackedBytes = bytes.Length }), intake => intake.Skipped is not null);
        var intakes = Inputs.Read(packed, new DocumentOptions { MaxUnpackedBytes = bytes.Length - 1 });
        Assert.Contains("unpacks to more", intakes[^1].Skipped!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_over_the_limit_is_told_and_the_next_read()
    {
        var page = Inputs.Record("response", "https://l.example/1", Inputs.Http("Content-Type: text/html\r\n", Page));
        var long_ = Inputs.Record("response", "https://l.example/2", Inputs.Http("Content-Type: text/html\r\n", Inputs.Page + new string(' ', 5000)));
        var intakes = Inputs.Read([.. long_, .. page], new DocumentOptions { MaxDocumentBytes = 4000 });
        Assert.Equal("https://l.example/1", Assert.Single(intakes, intake => intake.Document is not null).Document!.Url);
        Assert.NotNull(intakes[0].Skipped);
    }

    [Fact]
    public void Folded_headers_beyond_the_limit_are_read_past()
    {
        var folded = "X-Long: a\r\n" + string.Concat(Enumerable.Repeat(" folded\r\n", 5000));
        var bytes = Inputs.Record("response", "https://l.example/1", Inputs.Http("Content-Type: text/html\r\n" + folded, Page), more: folded);
        Assert.Equal(Inputs.Page, Assert.Single(Inputs.Documents(bytes)).Content);
    }
}
