using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;

using Microsoft.AspNetCore.Http;

using Recoupe.Tests.Fetches;

namespace Recoupe.Web.Tests;

/// <summary>What is sent to a collector: a real one on loopback that keeps what comes.</summary>
public sealed class TelemetryTests : LiveServiceTests
{
    private const string Host = "127.0.0.1";
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _sent = [];

    [Fact]
    public async Task Figures_and_a_span_a_request_reach_the_collector_and_no_words_do()
    {
        foreach (var path in new[] { "/v1/traces", "/v1/metrics" })
            Web.Page(path, context => KeepAsync(context, path), Host);
        await StartAsync(new WebServiceOptions { Collector = new Uri($"http://{Host}:{Web.Port}") });
        using var taken = await Client!.PostAsJsonAsync("/api/v1/articles", new { text = "The pier of Vell was closed on Monday.", title = "Pier closed" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stories/sunknownstory");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        (await Client!.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        (await Client!.GetAsync("/api/v1/search?q=pier+ofsecrets", TestContext.Current.CancellationToken)).Dispose();

        await App!.StopAsync(TestContext.Current.CancellationToken);

        var spans = Sent("/v1/traces").SelectMany(body => Fields(body, 1, 2, 2)).Select(SpanOf).ToList();
        Assert.Equal(["GET /api/v1/search", "GET /api/v1/stories/{id}", "POST /api/v1/articles"], spans.Select(span => span.Name).Order(StringComparer.Ordinal));
        Assert.Equal("0AF7651916CD43DD8448EB211C80319C", spans.Single(span => span.Name == "GET /api/v1/stories/{id}").Trace);
        var figures = LastFigures();
        Assert.Equal((1, 1, 3), (figures["recoupe_articles"], figures["recoupe_stories"], figures["recoupe_http_requests_total"]));
        Assert.Contains("http.server.request.duration", figures.Keys);
        var all = string.Concat(_sent.Select(sent => Encoding.UTF8.GetString(sent.Body)));
        Assert.DoesNotContain("ofsecrets", all, StringComparison.Ordinal);
        Assert.DoesNotContain("sunknownstory", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Pier", all, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_collector_that_never_answers_slows_no_request()
    {
        Web.Page("/v1/traces", context => Task.Delay(Timeout.Infinite, context.RequestAborted), Host);
        Web.Page("/v1/metrics", context => Task.Delay(Timeout.Infinite, context.RequestAborted), Host);
        await StartAsync(new WebServiceOptions { Collector = new Uri($"http://{Host}:{Web.Port}") });

        // More than one sending holds, so that the first is under way and never ends.
        for (var i = 0; i < 700; i++)
            Assert.True((await Client!.GetAsync("/health", TestContext.Current.CancellationToken)).IsSuccessStatusCode);

        await UntilAsync(() => Web.Asked.Contains($"{Host}/v1/traces"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        Assert.True((await Client!.GetAsync("/health", limit.Token)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("http://collector:4318", "http://other:4318", "http://collector:4318/")]
    [InlineData(null, "http://other:4318", "http://other:4318/")]
    [InlineData(null, null, null)]
    public void The_collector_is_that_of_the_option_else_of_the_environment(string? option, string? environment, string? expected)
    {
        string[] arguments = ["127.0.0.1", "0", .. option is null ? Array.Empty<string>() : ["--otlp", option]];

        Assert.Equal(expected, WebServiceOptions.Parse(arguments, name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? environment : null).Collector?.AbsoluteUri);
    }

    [Fact]
    public void An_address_that_is_none_is_told() =>
        Assert.Contains("must be an address of the web", Assert.Throws<ArgumentException>(() => WebServiceOptions.Parse(["127.0.0.1", "0"], _ => "collector")).Message, StringComparison.Ordinal);

    private async Task KeepAsync(HttpContext context, string path)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _sent.Enqueue((path, body.ToArray()));
    }

    private IEnumerable<byte[]> Sent(string path) => _sent.Where(sent => sent.Path == path).Select(sent => sent.Body);

    // Figures are sent again and again while the service runs, each time as totals: those of the last sending count.
    private Dictionary<string, long> LastFigures()
    {
        var figures = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var metric in Sent("/v1/metrics").SelectMany(body => Fields(body, 1, 2, 2)))
            figures[NameOf(metric)] = ValueOf(metric);
        return figures;
    }

    private static (string Trace, string Name) SpanOf(byte[] span) => (Convert.ToHexString(Fields(span, 1).Single()), Encoding.UTF8.GetString(Fields(span, 5).Single()));

    private static string NameOf(byte[] metric) => Encoding.UTF8.GetString(Fields(metric, 1).Single());

    // The whole number of its first point, of a gauge or a sum; 0 for what is neither.
    private static long ValueOf(byte[] metric) =>
        Fields(metric, 5, 1, 6).Concat(Fields(metric, 7, 1, 6)).Select(value => BinaryPrimitives.ReadInt64LittleEndian(value)).FirstOrDefault();

    // The values of a field of a message of protocol buffers, inside messages that a path of fields leads to.
    private static IEnumerable<byte[]> Fields(byte[] message, params int[] path)
    {
        var found = Fields(message).Where(field => field.Number == path[0]).Select(field => field.Value);
        return path.Length == 1 ? found : found.SelectMany(inner => Fields(inner, path[1..]));
    }

    private static List<(int Number, byte[] Value)> Fields(byte[] message)
    {
        var (fields, at) = (new List<(int, byte[])>(), 0);
        ulong Varint()
        {
            var (value, shift) = (0UL, 0);
            while (true)
            {
                var part = message[at++];
                value |= (ulong)(part & 127) << shift;
                if (part < 128)
                    return value;
                shift += 7;
            }
        }

        while (at < message.Length)
        {
            var tag = Varint();
            var value = (tag & 7) switch
            {
                0 => BitConverter.GetBytes(Varint()),
                1 => message[at..(at += 8)],
                2 when (int)Varint() is var length => message[at..(at += length)],
                _ => message[at..(at += 4)],
            };
            fields.Add(((int)(tag >> 3), value));
        }

        return fields;
    }
}
