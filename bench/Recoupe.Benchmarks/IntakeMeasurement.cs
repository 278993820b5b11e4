using System.Globalization;
using System.Text;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Tests.Documents;

namespace Recoupe.Benchmarks;

/// <summary>The door: damaged inputs over all forms, and hostile ones in doubling sizes.</summary>
public sealed class IntakeMeasurement : IMeasurement
{
    private const int Seed = 20241120;
    private const double MostMillisecondsAMegabyte = 1000;

    // Below this the time is the start of an input's own, not its bytes'.
    private const int LeastBytes = 1 << 16;

    /// <inheritdoc/>
    public string Name => "intake";

    /// <inheritdoc/>
    public string Arguments => "[COUNT of damaged inputs, 20000] [largest hostile input in MB, 8]";

    /// <inheritdoc/>
    public int Run(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 20_000;
        var largest = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 8;
        var failures = Damaged(count);
        Hostile(largest);
        return failures == 0 ? 0 : 1;
    }

    private static int Damaged(int count)
    {
        int read = 0, told = 0, failures = 0;
        var slowest = 0.0;
        for (var number = 0; number < count; number++)
        {
            var bytes = MutatedInputs.At(number, Seed);
            var before = ThreadClock.Milliseconds;
            try
            {
                var outcomes = 0;
                foreach (var intake in Inputs.Read(bytes))
                {
                    outcomes++;
                    var unread = intake.Skipped?.Reason ?? ArticleReader.Read(intake.Document!, new ArticleId("a")).Unread;
                    _ = unread is null ? read++ : told++;
                }

                if (outcomes == 0)
                    Fail($"input {number} is lost without a word");
            }
#pragma warning disable CA1031 // What is looked for.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Fail($"input {number}: {exception}");
            }

            var time = ThreadClock.Milliseconds - before;
            slowest = Math.Max(slowest, time);
            if (time > MostMillisecondsAMegabyte * Math.Max(1, bytes.Length / 1048576.0))
                Fail($"input {number} of {bytes.Length} bytes takes {time:0} ms");
        }

        Console.WriteLine($"{count} damaged inputs of {MutatedInputs.Sound.Length} forms, seed {Seed}: {read} articles, {told} told, {failures} failures; the slowest took {slowest:0} ms");
        return failures;

        void Fail(string what)
        {
            failures++;
            Console.WriteLine(what);
        }
    }

    private static void Hostile(int largest)
    {
        var sizes = new List<int>();
        for (var size = 1; size <= largest; size *= 2)
            sizes.Add(size);
        Console.WriteLine($"| input, ms of a processor at | {string.Join(" | ", sizes.Select(size => $"{size} MB"))} |");
        Console.WriteLine($"| --- |{string.Concat(sizes.Select(_ => " ---: |"))}");
        foreach (var (name, make) in Shapes())
        {
            Measure(make(LeastBytes)); // compiled
            Console.WriteLine($"| {name} | {string.Join(" | ", sizes.Select(size => Measure(make(size << 20)).ToString("0", CultureInfo.InvariantCulture)))} |");
        }
    }

    private static double Measure(byte[] bytes)
    {
        var before = ThreadClock.Milliseconds;
        foreach (var intake in Inputs.Read(bytes))
            _ = intake.Document?.Content.Length;
        return ThreadClock.Milliseconds - before;
    }

    private static IEnumerable<(string Name, Func<int, byte[]> Make)> Shapes()
    {
        yield return ("feed of entries", size => Around("<rss><channel>", "<item><title>Un</title><description>&lt;p&gt;Le phare.&lt;/p&gt;</description></item>", "</channel></rss>", size));
        yield return ("feed of bare ampersands", size => Around("<rss><channel><item><description>", "& ", "</description></item></channel></rss>", size));
        yield return ("feed of open elements", size => Around("<rss><channel><item><description>", "<b><i>", "", size));
        yield return ("feed of open entries", size => Around("<rss><channel>", "<item><title>", "", size));
        yield return ("feed of open sections", size => Around("<rss><channel><item><description>", "<![CDATA[<!--", "", size));
        yield return ("feed of open quotation marks", size => Around("<rss><channel><item>", "<a b=\"'", "", size));
        yield return ("JSON lines", size => Around("", "{\"text\":\"Le phare.\"}\n", "", size));
        yield return ("JSON of brackets", size => Around("[", "[", "", size));
        yield return ("WARC of pages", size => Repeat(Inputs.Record("response", "https://l.example/1", Inputs.Http("Content-Type: text/html\r\n", Inputs.Page)), size));
        yield return ("WARC, folded header", size => Around("WARC/1.0\r\nX: a\r\n", " folded\r\n", "\r\n", size));
        yield return ("WARC, folded header of an answer", size => Inputs.Record("response", "https://l.example/1", Inputs.Http("X: a\r\n" + new StringBuilder().Insert(0, " folded\r\n", size / 9), "x")));
        yield return ("WARC of lengths too long", size => Repeat(Inputs.Record("response", "https://l.example/1", Inputs.Http("Content-Type: text/html\r\n", Inputs.Page), off: 1 << 25), size));
        yield return ("WARC of lengths too short", size => Repeat(Inputs.Record("response", "https://l.example/1", Inputs.Http("Content-Type: text/html\r\n", Inputs.Page), off: -60), size));
        yield return ("WARC without lengths", size => Around("", "WARC/1.0\r\n\r\n", "", size));
        yield return ("ARC of captures", size => Around("filedesc://a 0 20030101000000 text/plain 0\n", "\nhttp://l.example/1 192.0.2.1 20030101000000 text/html 26\nHTTP/1.1 200 OK\r\n\r\n<p>Oui.", "", size));
        yield return ("mail, folded header", size => Around("From: a@b.example\nTo: c\nDate: x\nSubject: a\n", " folded\n", "\nText.\n", size));
        yield return ("mail, words of a header", size => Around("From: a@b.example\nTo: c\nDate: x\nSubject: a\n", " =?utf-8?Q?=C3?=\n", "\nText.\n", size));
        yield return ("mail of parts", size => Around("From: a@b.example\nTo: c\nDate: x\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\n\nText.\n", "", size));
        yield return ("mail of nested parts", size => Around("From: a@b.example\nTo: c\nDate: x\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\nContent-Type: multipart/mixed; boundary=b\n\n", "", size));
        yield return ("mail of base64", size => Around("From: a@b.example\nTo: c\nDate: x\nContent-Transfer-Encoding: base64\n\n", "TGUgcGhhcmU=\n", "", size));
        yield return ("mailbox, one line", size => Around("From a@b.example Wed Nov 20 07:00:00 2024\nFrom: a@b.example\n\n", "x", "", size));
        yield return ("mailbox of mails", size => Around("", "From a@b.example Wed Nov 20 07:00:00 2024\nFrom: a@b.example\n\nText.\n\n", "", size));
        yield return ("zeros in gzip (unpacked size)", size => Inputs.Gzip(new byte[size]));
        yield return ("text", size => Around("", "Le phare d'Orvac est rallumé. ", "", size));
        yield return ("stray bytes", size => Repeat([0xE9, 0x20, 0xC3, 0xA9, 0xC3, 0xA9, 0xC3, 0xA9, 0xC3, 0xA9, 0xC3, 0xA9], size));
    }

    private static byte[] Around(string start, string middle, string end, int size) => [.. Encoding.UTF8.GetBytes(start), .. Repeat(Encoding.UTF8.GetBytes(middle), size), .. Encoding.UTF8.GetBytes(end)];

    private static byte[] Repeat(byte[] bytes, int size)
    {
        var result = new byte[Math.Max(1, size / bytes.Length) * bytes.Length];
        for (var at = 0; at < result.Length; at += bytes.Length)
            bytes.CopyTo(result, at);
        return result;
    }
}
