using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recoupe.Benchmarks;

/// <summary>Two hundred requests a second for a minute to <c>recoupe serve</c>, as they fall due and not as they are answered, while articles are posted to it one batch after the other.</summary>
/// <remarks>What is asked for is drawn with a fixed seed: lists, stories, articles, readings, searches, pages of the desk, dossiers. Articles are added to the archive that is named.</remarks>
public sealed class ServiceMeasurement : IMeasurement
{
    private const int PerSecond = 200;
    private const int Seconds = 60;
    private const int PerPost = 20;

    private static readonly string[] Words = ["police", "president", "school", "court", "water", "election", "market", "hospital"];
    private readonly ConcurrentBag<(string Kind, double Milliseconds, string? Error)> _answers = [];

    public string Name => "service";

    public string Arguments => "PROGRAM (recoupe-cli.dll) FILE.jsonl ARCHIVE";

    public int Run(string[] arguments)
    {
        using var service = new ServedArchive(arguments[0], arguments[2], "--follow");
        return MeasureAsync(service.Client, service.Process, File.ReadLines(arguments[1]).ToList()).GetAwaiter().GetResult();
    }

    private async Task<int> MeasureAsync(HttpClient client, Process service, List<string> lines)
    {
        var stories = await IdsAsync(client, "/api/v1/stories?limit=200");
        var articles = await IdsAsync(client, "/api/v1/articles?limit=200");
        foreach (var address in Enumerable.Range(0, 100).Select(number => Address(new Random(number), stories, articles).Address))
            (await client.GetAsync(address)).Dispose();

        using var stop = new CancellationTokenSource();
        var posting = PostAsync(client, lines, stop.Token);
        service.Refresh();
        var (before, clock, random, under) = (service.TotalProcessorTime, Stopwatch.StartNew(), new Random(15), new List<Task>());
        for (var sent = 0; sent < PerSecond * Seconds; sent++)
        {
            if (TimeSpan.FromSeconds((double)sent / PerSecond) - clock.Elapsed is { Ticks: > 0 } early)
                await Task.Delay(early);
            var (kind, address) = Address(random, stories, articles);
            under.Add(AskAsync(client, kind, address));
        }

        var asking = clock.Elapsed;
        await stop.CancelAsync();
        await Task.WhenAll(under);
        var taken = await posting;
        service.Refresh();
        StoryFigures.Print($"{_answers.Count} requests in {asking.TotalSeconds:0.0} s, the last answered after {clock.Elapsed.TotalSeconds:0.0} s; {taken} articles taken in meanwhile");
        StoryFigures.Print($"service: {(service.TotalProcessorTime - before).TotalSeconds:0.0} s of processors, peak memory {service.PeakWorkingSet64 / 1e6:0} MB");
        foreach (var group in _answers.GroupBy(answer => answer.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).Append(_answers.GroupBy(_ => "all").Single()))
        {
            var times = group.Select(answer => answer.Milliseconds).Order().ToArray();
            StoryFigures.Print($"    {group.Key,-18} {times.Length,6}   p50 {times[times.Length / 2],8:0.0} ms   p99 {times[times.Length * 99 / 100],8:0.0} ms   max {times[^1],8:0.0} ms   errors {group.Count(answer => answer.Error is not null)}");
        }

        foreach (var error in _answers.Where(answer => answer.Error is not null).GroupBy(answer => (answer.Kind, answer.Error)).Take(10))
            StoryFigures.Print($"    {error.Count()} times: {error.Key.Kind}: {error.Key.Error}");
        return _answers.Any(answer => answer.Error is not null) ? 1 : 0;
    }

    private static (string Kind, string Address) Address(Random random, List<string> stories, List<string> articles)
    {
        var (story, article) = (stories[random.Next(stories.Count)], articles[random.Next(articles.Count)]);
        return random.Next(100) switch
        {
            < 15 => ("stories", "/api/v1/stories?limit=20"),
            < 40 => ("story", $"/api/v1/stories/{story}"),
            < 55 => ("story's articles", $"/api/v1/articles?story={story}"),
            < 70 => ("article", $"/api/v1/articles/{article}"),
            < 80 => ("reading", $"/api/v1/articles/{article}/reading"),
            < 94 => ("search", $"/api/v1/search?q={Words[random.Next(Words.Length)]}"),
            < 98 => ("front page", "/index.json"),
            // A few stories that many look at: their dossiers are kept until they change.
            _ => ("dossier", $"/api/v1/stories/{stories[random.Next(Math.Min(20, stories.Count))]}/dossier"),
        };
    }

    private static async Task<List<string>> IdsAsync(HttpClient client, string address)
    {
        using var json = JsonDocument.Parse(await client.GetStringAsync(address));
        return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }

    private async Task AskAsync(HttpClient client, string kind, string address)
    {
        var start = Stopwatch.GetTimestamp();
        string? error = null;
        try
        {
            using var answer = await client.GetAsync(address);
            await answer.Content.ReadAsByteArrayAsync();
            // A story that was merged meanwhile is sent on.
            if (!answer.IsSuccessStatusCode && answer.StatusCode != System.Net.HttpStatusCode.TemporaryRedirect)
                error = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            error = failure.Message;
        }

        _answers.Add((kind, Stopwatch.GetElapsedTime(start).TotalMilliseconds, error));
    }

    private async Task<int> PostAsync(HttpClient client, List<string> lines, CancellationToken stop)
    {
        var taken = 0;
        foreach (var batch in lines.Chunk(PerPost))
        {
            if (stop.IsCancellationRequested)
                break;
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync("/api/v1/articles", new StringContent(string.Join('\n', batch), Encoding.UTF8, "application/jsonl"), CancellationToken.None);
            var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            taken += answer.IsSuccessStatusCode ? batch.Length : 0;
            _answers.Add(("articles posted", Stopwatch.GetElapsedTime(start).TotalMilliseconds, answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {text}"));
        }

        return taken;
    }
}
