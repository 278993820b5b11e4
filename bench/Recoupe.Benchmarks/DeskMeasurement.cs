using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recoupe.Benchmarks;

/// <summary>When the first byte of each page of the desk comes, and what the page and its scripts weigh, as a browser asks for them.</summary>
/// <remarks>The story is the largest of the archive; its page is made once before. Printed are the first time, which opens what was not opened yet, and those that follow.</remarks>
public sealed partial class DeskMeasurement : IMeasurement
{
    private const int Times = 40;

    private static readonly string[] Words = ["police", "president", "school", "court", "water", "election", "market", "hospital"];

    public string Name => "desk";

    public string Arguments => "PROGRAM (recoupe-cli.dll) ARCHIVE";

    public int Run(string[] arguments)
    {
        using var service = new ServedArchive(arguments[0], arguments[1]);
        service.Client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        MeasureAsync(service.Client).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task MeasureAsync(HttpClient client)
    {
        var stories = await ItemsAsync(client, "/api/v1/stories?least=100&limit=500");
        var story = stories.MaxBy(item => item.GetProperty("articles").GetInt32());
        var id = story.GetProperty("id").GetString();
        var watch = Stopwatch.StartNew();
        while ((await client.GetAsync($"/stories/{id}")).StatusCode == HttpStatusCode.Accepted)
            await Task.Delay(1000);
        StoryFigures.Print($"the page of a story of {story.GetProperty("articles").GetInt32()} articles was there after {watch.Elapsed.TotalSeconds:0.0} s");
        var article = (await ItemsAsync(client, $"/api/v1/articles?story={id}&limit=1"))[0].GetProperty("id").GetString();
        var outlet = Uri.EscapeDataString((await ItemsAsync(client, "/api/v1/outlets?limit=1"))[0].GetProperty("name").GetString()!);
        var speaker = Uri.EscapeDataString((await ItemsAsync(client, "/api/v1/speakers?limit=1"))[0].GetProperty("name").GetString()!);
        Func<int, string>[] pages =
        [
            _ => "/", _ => $"/stories/{id}", number => $"/search?q={Words[number % Words.Length]}", number => $"/search?q={Words[number % Words.Length]}&in=statements&order=time",
            _ => $"/articles/{article}", _ => "/outlets", _ => $"/outlets/{outlet}", _ => "/speakers", _ => $"/speakers/{speaker}", _ => "/speakers?name=er%2099", _ => "/?time=week&language=fr",
            _ => $"/?outlet={outlet}&least=1", _ => "/?grade=disputed", _ => "/sources", _ => "/corrections", _ => "/settings", _ => "/metrics", _ => "/api/v1/outlets", _ => "/api/v1/speakers",
            _ => "/api/v1/articles?language=fr", _ => "/api/v1/stories?language=fr",
        ];
        foreach (var page in pages)
            await PageAsync(client, page);
    }

    private static async Task PageAsync(HttpClient client, Func<int, string> page)
    {
        var (times, first, weight, scripts) = (new List<double>(), 0.0, 0, 0);
        for (var number = 0; number <= Times; number++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(page(number), HttpCompletionOption.ResponseHeadersRead);
            var stream = await answer.Content.ReadAsStreamAsync();
            var begun = stream.ReadByte() >= 0 ? 1 : 0;
            var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            using var rest = new MemoryStream();
            await stream.CopyToAsync(rest);
            weight = Math.Max(weight, (int)rest.Length + begun);
            if (!answer.IsSuccessStatusCode)
                throw new HttpRequestException($"{page(number)}: {answer.StatusCode}");
            if (number == 0)
                (first, scripts) = (time, await ScriptsAsync(client, page(0)));
            else
                times.Add(time);
        }

        var sorted = times.Order().ToArray();
        StoryFigures.Print(
            $"    {page(0)[..Math.Min(48, page(0).Length)],-48} first byte {first,7:0.0} ms, then p50 {sorted[sorted.Length / 2],7:0.0} p99 {sorted[^1],7:0.0}   {weight / 1e3,6:0.0} kB, scripts {scripts / 1e3,5:0.0} kB");
    }

    private static async Task<int> ScriptsAsync(HttpClient client, string page)
    {
        using var plain = new HttpRequestMessage(HttpMethod.Get, page);
        plain.Headers.AcceptEncoding.ParseAdd("identity");
        using var answer = await client.SendAsync(plain);
        if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            return 0;
        var bytes = 0;
        foreach (Match script in ScriptTag().Matches(await answer.Content.ReadAsStringAsync()))
            bytes += (await client.GetByteArrayAsync(script.Groups["address"].Value)).Length;
        return bytes;
    }

    private static async Task<List<JsonElement>> ItemsAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd("identity");
        using var answer = await client.SendAsync(request);
        return [.. JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("items").EnumerateArray()];
    }

    [GeneratedRegex("<script[^>]* src=\"(?<address>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex ScriptTag();
}
