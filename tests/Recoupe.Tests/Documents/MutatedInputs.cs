using System.Text;

namespace Recoupe.Tests.Documents;

/// <summary>Inputs of every form, sound and then damaged in every way that files are, always the same for a seed.</summary>
internal static class MutatedInputs
{
    // What has a meaning in one form or another: put where it does not belong.
    private static readonly string[] Tokens =
    [
        "<![CDATA[", "]]>", "<!--", "-->", "<item>", "</item>", "</entry>", "<entry>", "&", "&ecirc;", "<", ">", "\"", "'", "\0", "\u0001", "\r\n\r\n", "\n", "\n\n", "=?utf-8?Q?=C3?=", "=?utf-8?B?4", "--b", "--b--",
        "Content-Length: 99999999\r\n", "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n", "Content-Encoding: br\r\n", "Content-Encoding: zstd\r\n", "WARC/1.0\r\n", "WARC-Type: response\r\n", "HTTP/1.1 200 OK\r\n",
        "From a@b.example Wed Nov 20 07:00:00 2024\n", "{", "}", "[", "]", "\\ud800", "{\"text\":", "\"html\":\"", "<title>", "</title>", "<script>", "<!doctype", "xmlns:a=\"b\"", " folded\r\n", "ffffffff\r\n", "filedesc://a 0 0 0 1\n",
    ];

    /// <summary>Sound inputs, one of each form and way of packing.</summary>
    public static byte[][] Sound { get; } = [.. Texts().Select(Encoding.UTF8.GetBytes), .. Binaries()];

    /// <summary>The damaged input of a number.</summary>
    /// <param name="number">From 0.</param>
    /// <param name="seed">Other seeds give other inputs.</param>
    public static byte[] At(int number, int seed)
    {
        var random = new Random(HashOf(number, seed));
        var bytes = Sound[number % Sound.Length].ToList();
        for (var n = random.Next(1, 9); n > 0 && bytes.Count > 0; n--)
            Damage(bytes, random);
        return [.. bytes];
    }

    private static int HashOf(int number, int seed) => unchecked((number * 486187739) ^ (seed * 16777619));

    private static void Damage(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(8))
        {
            case 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 60)));
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 400))));
                break;
            case 4 or 5:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                break;
            case 6:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(1, 200)))));
                break;
            default:
                var other = Sound[random.Next(Sound.Length)];
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 600))]);
                break;
        }
    }

    private static IEnumerable<string> Texts()
    {
        const string Text = "Le phare d'Orvac a été rallumé lundi, a annoncé le port.\n\nThe lighthouse of Orvac was lit again, the harbour board said.";
        var item = $"<item><title>Le phare &amp; le port</title><link>https://l.example/1</link><guid>1</guid><pubDate>Wed, 20 Nov 2024 07:00:00 +0100</pubDate><description><![CDATA[<p>{Text}</p>]]></description></item>";
        var entry = $"<entry><title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">Lit <em>again</em></div></title><id>urn:1</id><link href=\"https://h.example/1\"/><updated>2024-11-20T08:00:00Z</updated><author><name>Ann Lee</name></author><content type=\"html\">&lt;p&gt;{Text}&lt;/p&gt;</content></entry>";
        yield return Inputs.Rss(item + item);
        yield return Inputs.Atom(entry + entry);
        yield return $"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><channel><title>C</title></channel>{item}</rdf:RDF>";
        yield return $"{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\",\"items\":[{{\"id\":\"1\",\"url\":\"https://j.example/1\",\"title\":\"T\",\"content_html\":\"<p>Texte.</p>\"}},{{\"id\":2,\"content_text\":\"Text.\"}}]}}";
        yield return "{\"id\":\"a\",\"title\":\"T\",\"text\":\"Le phare est rallumé.\"}\n{\"id\":\"b\",\"html\":\"<p>The lighthouse is lit.</p>\",\"published\":\"2024-11-20\"}\n";
        yield return "[{\"text\":\"Le phare.\"},\n{\"html\":\"<p>The lighthouse.\"}]";
        yield return Text;
        yield return Inputs.Page;
        yield return $"<!doctype html><html><head><title>Phare</title><script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"Phare\",\"datePublished\":\"2024-11-20\"}}</script></head><body><div id=\"didomi-host\"><p>Nous utilisons des cookies.</p></div>{Inputs.Page}</body></html>";
        yield return Inputs.Mail(Text, subject: "=?utf-8?Q?La_une_=C3=A0?=\n =?utf-8?B?w4AgbGEgdW5l?=");
        yield return Inputs.Mail($"--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nLe phare=20=C3=A9teint=\n.\n--b\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\nPHA+TGUgcGhhcmU8L3A+\n--b--\n", "Content-Type: multipart/alternative; boundary=b\n");
        yield return Inputs.Mail($"--b\nContent-Type: text/plain\n\nCi-joint.\n--b\nContent-Type: message/rfc822\n\n{Inputs.Mail(Text)}\n--b--\n", "Content-Type: multipart/mixed; boundary=b\n");
        yield return Inputs.Mail($"À lire.\n\n-----Original Message-----\nFrom: Lettre <l@orvac.example>\nSent: Monday, November 18, 2024 06:30\nTo: P <p@desk.example>\nSubject: Phare\n\n{Text}");
        yield return $"From a@b.example Wed Nov 20 07:00:00 2024\n{Inputs.Mail(Text)}\n\nFrom a@b.example Wed Nov 20 07:00:00 2024\n{Inputs.Mail(Text)}";
        var http = Encoding.UTF8.GetString(Inputs.Http("Content-Type: text/html\r\n", Inputs.Page));
        yield return $"filedesc://a.arc 0.0.0.0 20030607080910 text/plain 4\n1 0\n\nhttp://l.example/1 192.0.2.1 20030607080911 text/html {Encoding.UTF8.GetByteCount(http)}\n{http}\n";
    }

    private static IEnumerable<byte[]> Binaries()
    {
        var packed = Inputs.Gzip(Encoding.UTF8.GetBytes(Inputs.Page));
        byte[] archive =
        [
            .. Inputs.Record("response", "https://l.example/1", Inputs.Http("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", packed)),
            .. Inputs.Record("response", "https://l.example/2", Inputs.Http("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", "5\r\n<html\r\n12\r\n><p>Le phare.</p>\r\n0\r\n\r\n")),
            .. Inputs.Record("revisit", "https://l.example/2", "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray()),
            .. Inputs.Record("resource", "https://l.example/3", "Le phare d'Orvac est rallumé."u8.ToArray()),
        ];
        yield return archive;
        yield return Inputs.Gzip(archive);
        yield return Inputs.Pack(archive, stream => new ZstdSharp.CompressionStream(stream));
        yield return Inputs.Gzip(Encoding.UTF8.GetBytes(Inputs.Rss("<item><title>Un</title><description>Le phare.</description></item>")));
        yield return Encoding.Unicode.GetBytes("\uFEFFLe phare d'Orvac est rallumé.");
        yield return Encoding.Latin1.GetBytes(Inputs.Mail("Le phare est rallumé."));
    }
}
