#:package SmartReader@0.11.1
#:property PublishAot=false
// SmartReader: pages a second of processor time, peak memory, the slowest page; the texts as JSON lines.
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

var names = Directory.GetFiles(args[0]).Where(file => file.EndsWith(".html") || file.EndsWith(".html.gz")).Order(StringComparer.Ordinal).ToArray();
var pages = names.Select(file =>
{
    using Stream stream = file.EndsWith(".gz") ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : File.OpenRead(file);
    using var reader = new StreamReader(stream, Encoding.UTF8);
    return reader.ReadToEnd();
}).ToArray();
var failed = 0;
string Read(string html)
{
    try
    {
        return new SmartReader.Reader("https://page.example/article", html).GetArticle().TextContent ?? "";
    }
    catch (Exception)
    {
        failed++;
        return "";
    }
}

var process = Process.GetCurrentProcess();
TimeSpan Used()
{
    process.Refresh();
    return process.TotalProcessorTime;
}

foreach (var page in pages)
    Read(page);
failed = 0;
var slowest = TimeSpan.Zero;
var texts = new List<string>();
var start = Used();
foreach (var page in pages)
{
    var before = Used();
    texts.Add(Read(page));
    slowest = Used() - before > slowest ? Used() - before : slowest;
}

var took = Used() - start;
if (args.Length > 1)
{
    var options = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    File.WriteAllLines(args[1], names.Select((name, i) => new JsonObject { ["source"] = Path.GetFileName(name), ["text"] = texts[i] }.ToJsonString(options)));
}

Console.WriteLine($"SmartReader {typeof(SmartReader.Reader).Assembly.GetName().Version}, .NET {Environment.Version}");
Console.WriteLine($"{pages.Length / took.TotalSeconds:0} pages/s   {pages.Length} pages, {failed} failed   slowest page {slowest.TotalMilliseconds:0} ms   peak memory {process.PeakWorkingSet64 >> 20} MB");
