using System.Diagnostics;
using System.IO.Compression;

using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Benchmarks;

/// <summary>Reading HTML pages with text, metadata and dates on one thread: pages and megabytes a second of processor time, allocation, the slowest page, hostile pages.</summary>
public sealed class PageMeasurement : IMeasurement
{
    private const int Passes = 9;
    private const double WarmUpSeconds = 3;

    public string Name => "pages";

    public string Arguments => "FOLDER (of .html and .html.gz files) [alone]";

    public int Run(string[] arguments)
    {
        var pages = Directory.EnumerateFiles(arguments[0], "*.html*").Order(StringComparer.Ordinal).Select(Load).ToList();
        var characters = pages.Sum(page => (long)page.Content.Length);
        WarmUp(pages);
        Passing(pages, characters);
        Slowest(pages);
        foreach (var (name, content) in arguments.Length > 1 ? [] : Hostile())
        {
            var start = ThreadClock.Milliseconds;
            var article = Read(new Document { Source = name, Form = DocumentForm.Html, Content = content });
            Console.WriteLine($"hostile: {name,-28} {ThreadClock.Milliseconds - start,8:0} ms   {(article.Notes.Length > 0 ? article.Notes[0] : "no note")}");
        }

        Console.WriteLine($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        return 0;
    }

    // Until the compiler has done with the hot methods: it waits for pauses.
    private static void WarmUp(List<Document> pages)
    {
        var start = ThreadClock.Milliseconds;
        do
        {
            foreach (var page in pages)
                Read(page);
            Thread.Sleep(50);
        }
        while (ThreadClock.Milliseconds - start < WarmUpSeconds * 1e3);
        Console.WriteLine($"peak memory of pages alone {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }

    private static void Passing(List<Document> pages, long characters)
    {
        var times = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var pass = 0; pass < Passes; pass++)
        {
            var start = ThreadClock.Milliseconds;
            foreach (var page in pages)
                Read(page);
            times.Add(ThreadClock.Milliseconds - start);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var median = times.Order().ElementAt(Passes / 2) / 1e3;
        Console.WriteLine($"{pages.Count} pages of {characters / pages.Count / 1000} thousand characters; median of {Passes} passes after {WarmUpSeconds} s, one thread, processor time");
        Console.WriteLine($"{pages.Count / median:0} pages/s   {characters / median / 1e6:0} MB/s   the best pass {pages.Count / times.Min() * 1e3:0}   {allocated / Passes / pages.Count / 1024} KiB allocated a page   peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }

    private static void Slowest(List<Document> pages)
    {
        var (page, time) = pages.Select(page =>
        {
            var start = ThreadClock.Milliseconds;
            Read(page);
            return (page, ThreadClock.Milliseconds - start);
        }).MaxBy(pair => pair.Item2);
        Console.WriteLine($"slowest page {time:0.0} ms ({page.Content.Length / 1000} thousand characters)");
    }

    private static IEnumerable<(string Name, string Content)> Hostile()
    {
        yield return ("200,000 nested tags", string.Concat(Enumerable.Repeat("<div>", 200_000)) + "deep");
        yield return ("one 50 MB text node", "<p>" + new string('a', 50_000_000));
        yield return ("one 50 MB text of words", "<p>" + string.Concat(Enumerable.Repeat("The word is told, and ", 2_300_000)));
        yield return ("a million attributes", "<p " + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"a{i}=1 ")) + ">text</p>");
        yield return ("10,000 open formatting tags", string.Concat(Enumerable.Repeat("<b>", 10_000)) + "bold");
        yield return ("30,000 linked headings", string.Concat(Enumerable.Repeat("<h2><a href=/x>The bridge of Sarlonne</a></h2>", 30_000)));
        yield return ("30,000 names in italics", "<div>" + string.Concat(Enumerable.Repeat("<p><em>Jeanne Martin</em></p>", 30_000)));
        yield return ("30,000 lines of one post", "<blockquote class=twitter-tweet>" + string.Concat(Enumerable.Repeat("<p>The bridge is closed.</p>", 30_000)));
        yield return ("10,000 timed entries", string.Concat(Enumerable.Repeat("<div><time datetime=2024-11-20T14:32>14:32</time><p>The council has closed the bridge, which the flood of last week had cracked.</p></div>", 10_000)));
        yield return ("100,000 short blocks", string.Concat(Enumerable.Repeat("<p>Read more on 20 November 2024", 100_000)));
    }

    private static Article Read(Document page) => ArticleReader.Read(page, new ArticleId("page"));

    private static Document Load(string file)
    {
        using var stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : (Stream)File.OpenRead(file);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new Document { Source = file, Form = DocumentForm.Html, Content = TextDecoder.Decode(bytes.ToArray(), null, new List<string>()) };
    }
}
