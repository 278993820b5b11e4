using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Fetches;
using Recoupe.Storage;
using Recoupe.Tests.Fetches;
using Recoupe.Tests.Storage;
using Recoupe.Web.Watches;

namespace Recoupe.Web.Tests;

/// <summary>Watches, from what comes in to what arrives.</summary>
public sealed class WatchTests : LiveServiceTests
{
    private readonly ConcurrentQueue<(string Id, string Time, string Signature, string Body)> _posted = new();
    private int _failing;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Web.Page("/hook", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (Interlocked.Decrement(ref _failing) >= 0)
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            }

            string Header(string name) => context.Request.Headers[name].ToString();
            _posted.Enqueue((Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body));
        });
    }

    [Fact]
    public async Task A_query_tells_of_a_new_story_by_feed_and_signed_post()
    {
        await StartAsync();
        Ingest(Ferry("old", 1, "The ferry to Skarholm was late on Monday, the harbour said."));
        var watch = await AddAsync(new { title = "Ferries", query = "ferry", conditions = new[] { "first-article" }, webhook = Web.Address("/hook") });

        Ingest(News.Document("The tramway of Bolune stood still on Friday, the council said.", "tram", "Tramway stands still", "Evening Lamp", "https://lamp.example/tram", new DateTime(2025, 5, 2)));
        Ingest(Ferry("new", 40, "A ferry to Quarn lost its rudder off Point Vell, Mara Lind, the harbour pilot, said. Two tugs brought it home."));

        await UntilAsync(() => !_posted.IsEmpty);
        var (id, time, signature, body) = Assert.Single(_posted);
        Assert.Equal(Poster.Signature(watch.GetProperty("secret").GetString()!, id, time, body), signature);
        using var json = JsonDocument.Parse(body);
        Assert.Equal("watch.first-article", json.RootElement.GetProperty("type").GetString());
        Assert.Contains("News new", json.RootElement.GetProperty("data").GetProperty("headline").GetString(), StringComparison.Ordinal);
        var feed = XDocument.Parse(await Client!.GetStringAsync(watch.GetProperty("feed").GetString(), TestContext.Current.CancellationToken));
        var entry = Assert.Single(feed.Root!.Elements(), element => element.Name.LocalName == "entry");
        Assert.Contains("New story: News new", entry.Value, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Client!.GetAsync("/feeds/guess.atom", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task What_did_not_arrive_is_tried_again_and_what_arrived_is_not_sent_twice()
    {
        _failing = 1;
        var watch = Watch(Archive.Watches, WatchCondition.FirstArticle) with { Webhook = Web.Address("/hook") };
        watch = Archive.Watches.Add(watch, Now);
        Tell(watch, "one");
        using var poster = new Poster(Web.Options);
        var deliverer = new Deliverer(Archive, poster, new WebServiceOptions(), new Uri("https://desk.example/"));

        await deliverer.RunAsync(Now, TestContext.Current.CancellationToken);
        Assert.Empty(_posted);
        await deliverer.RunAsync(Now.AddSeconds(30), TestContext.Current.CancellationToken);
        Assert.Empty(_posted);
        await deliverer.RunAsync(Now.AddMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal($"{watch.Id}-1", Assert.Single(_posted).Id);
        Tell(watch, "one", "two");
        await deliverer.RunAsync(Now.AddMinutes(3), TestContext.Current.CancellationToken);
        await deliverer.RunAsync(Now.AddDays(3), TestContext.Current.CancellationToken);

        Assert.Equal([$"{watch.Id}-1", $"{watch.Id}-2"], _posted.Select(post => post.Id));
    }

    [Fact]
    public async Task Nothing_is_sent_in_quiet_hours_or_beyond_the_cap_and_nothing_is_lost()
    {
        var watch = Archive.Watches.Add(
            Watch(Archive.Watches, WatchCondition.FirstArticle) with { Webhook = Web.Address("/hook"), Quiet = "22:00-07:00", Zone = "Europe/Paris", Cap = 2 }, Now);
        using var poster = new Poster(Web.Options);
        var deliverer = new Deliverer(Archive, poster, new WebServiceOptions(), new Uri("https://desk.example/"));
        var night = new DateTimeOffset(2026, 3, 1, 22, 30, 0, TimeSpan.Zero); // 23:30 there
        Tell(watch, "a", "b", "c");

        await deliverer.RunAsync(night, TestContext.Current.CancellationToken);
        await deliverer.RunAsync(night.AddHours(7), TestContext.Current.CancellationToken);
        Assert.Empty(_posted);
        await deliverer.RunAsync(night.AddHours(8), TestContext.Current.CancellationToken);
        Assert.Equal(2, _posted.Count);
        await deliverer.RunAsync(night.AddHours(9), TestContext.Current.CancellationToken);
        Assert.Equal(2, _posted.Count);
        await deliverer.RunAsync(night.AddHours(33), TestContext.Current.CancellationToken);
        Assert.Equal(3, _posted.Select(post => post.Id).Distinct().Count());
    }

    [Fact]
    public async Task Mail_says_what_changed_and_where()
    {
        await using var server = new MailServer();
        var watch = Archive.Watches.Add(Watch(Archive.Watches, WatchCondition.FirstArticle) with { Mail = "ines@desk.example" }, Now);
        using var poster = new Poster(Web.Options);
        var deliverer = new Deliverer(
            Archive, poster, new WebServiceOptions { Mail = new MailOptions("127.0.0.1", server.Port, "recoupe@desk.example", null, null) }, new Uri("https://desk.example/"));
        Tell(watch, "one", "two");

        await deliverer.RunAsync(Now, TestContext.Current.CancellationToken);
        await deliverer.RunAsync(Now.AddHours(1), TestContext.Current.CancellationToken);

        var mail = Assert.Single(server.Received);
        Assert.Contains("RCPT TO:<ines@desk.example>", mail, StringComparison.Ordinal);
        var data = mail[(mail.IndexOf("DATA\n", StringComparison.Ordinal) + 5)..mail.LastIndexOf("\n.\n", StringComparison.Ordinal)];
        using var message = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(data)), TestContext.Current.CancellationToken);
        Assert.Equal("Watch: 2 changes", message.Subject);
        Assert.Contains("https://desk.example/articles/a1?at=3-9", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("New story: two", message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_address_is_not_posted_to()
    {
        using var poster = new Poster(new FetchOptions());

        Assert.NotNull(await poster.PostAsync(Web.Address("/hook", "127.0.0.1"), "1", "{}", "whsec_AAAA", TestContext.Current.CancellationToken));

        Assert.Empty(_posted);
    }

    [Theory]
    [InlineData("""{"title":"x","query":"ferry"}""", "conditions")]
    [InlineData("""{"title":"x","query":"(","conditions":["denial"]}""", "")]
    [InlineData("""{"title":"x","query":"ferry","story":"s1","conditions":["denial"]}""", "either a query, a story or a claim")]
    [InlineData("""{"title":"x","story":"none","conditions":["denial"]}""", "no story none")]
    [InlineData("""{"title":"x","query":"ferry","conditions":["rumour"]}""", "none of first-article")]
    [InlineData("""{"title":"x","query":"ferry","conditions":["outlet-joins"]}""", "name up to 100")]
    [InlineData("""{"title":"x","query":"ferry","conditions":["denial"],"webhook":"ftp://a"}""", "no address of the web")]
    [InlineData("""{"title":"x","query":"ferry","conditions":["denial"],"mail":"nobody"}""", "no mail address")]
    [InlineData("""{"title":"x","query":"ferry","conditions":["denial"],"quiet":"late"}""", "22:00-07:00")]
    public async Task What_cannot_be_watched_is_told(string body, string expected)
    {
        await StartAsync();
        using var answer = await Client!.PostAsync("/api/v1/watches", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static Watch Watch(WatchShelf _, WatchCondition condition) => new() { Id = "", Owner = "local", Title = "Watch", Query = "ferry", Conditions = [condition] };

    private void Tell(Watch watch, params string[] names) => Archive.Watches.Save(
        watch, 1, [],
        names.Select(name => new Alert(
            0, watch.Id, name, WatchCondition.FirstArticle, new Stories.StoryId("s1"),
            $$"""{"condition":"first-article","story":"s1","title":"{{name}}","spans":[{"article":"a1","start":3,"end":9,"words":"ferry"}]}""", FeedShelf.Written(Now))));

    private static Document Ferry(string name, int day, string text) =>
        News.Document(text, name, $"News {name}", "The Coast Post", $"https://news.example/{name}", new DateTime(2025, 3, 1, 9, 0, 0).AddDays(day));

    private void Ingest(Document document)
    {
        using var writer = Archive.Write();
        Assert.Equal(IngestOutcome.New, Assert.Single(writer.Ingest([document], TestContext.Current.CancellationToken)).Outcome);
        writer.Save();
    }

    private async Task<JsonElement> AddAsync(object watch)
    {
        using var answer = await Client!.PostAsJsonAsync("/api/v1/watches", watch);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private Task StartAsync() => StartAsync(new WebServiceOptions());

    /// <summary>Takes mail, and keeps what it was told.</summary>
    private sealed class MailServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public MailServer()
        {
            _listener.Start();
            _serving = ServeAsync();
        }

        public ConcurrentQueue<string> Received { get; } = new();

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _listener.Dispose();
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream());
                await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
                await writer.WriteLineAsync("220 test");
                var (told, inData) = (new StringBuilder(), false);
                while (await reader.ReadLineAsync() is { } line)
                {
                    told.Append(line).Append('\n');
                    if (inData && line != ".")
                        continue;
                    if (line == "QUIT")
                        break;
                    inData = line == "DATA";
                    await writer.WriteLineAsync(inData ? "354 go on" : "250 ok");
                }

                Received.Enqueue(told.ToString());
                await writer.WriteLineAsync("221 bye");
            }
        }
    }
}
