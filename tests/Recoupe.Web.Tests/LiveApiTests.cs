using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Feeds;
using Recoupe.Storage;
using Recoupe.Tests.Feeds;
using Recoupe.Tests.Fetches;
using Recoupe.Tests.Storage;

namespace Recoupe.Web.Tests;

/// <summary>What comes in over HTTP, and what is told of it as it happens.</summary>
public sealed class LiveApiTests : LiveServiceTests
{

    [Fact]
    public async Task A_text_is_taken_in_and_those_who_listen_are_told()
    {
        await StartAsync(follows: false);
        using var stream = await Client!.GetStreamAsync("/api/v1/events", TestContext.Current.CancellationToken);
        using var events = new StreamReader(stream);
        Assert.Equal("ready", (await NextAsync(events)).Event);

        using var answer = await Client!.PostAsJsonAsync(
            "/api/v1/articles", new { text = "The pier of Vell was closed on Monday, the coastguard said.", title = "Pier closed", outlet = "Quay News", published = "2026-02-03" });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var taken = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0];
        Assert.Equal("new", taken.GetProperty("outcome").GetString());
        var (name, data) = await NextAsync(events);
        Assert.Equal("change", name);
        Assert.Equal(taken.GetProperty("id").GetString(), data.GetProperty("articles")[0].GetProperty("id").GetString());
        Assert.Equal("Pier closed", data.GetProperty("stories")[0].GetProperty("story").GetProperty("title").GetString());
        var again = await Client!.PostAsJsonAsync(
            "/api/v1/articles", new { text = "The pier of Vell was closed on Monday, the coastguard said.", title = "Pier closed", outlet = "Quay News", published = "2026-02-03" });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using var later = await Client!.GetStreamAsync("/api/v1/events?since=0", TestContext.Current.CancellationToken);
        using var missed = new StreamReader(later);
        Assert.Equal("ready", (await NextAsync(missed)).Event);
        Assert.Single((await NextAsync(missed)).Data.GetProperty("articles").EnumerateArray());
    }

    [Fact]
    public async Task An_address_is_fetched_and_what_cannot_be_is_told()
    {
        await StartAsync(follows: false);
        new Paper(Web).Write("/a", "The council of Arvel voted on the bridge on Tuesday.");

        var taken = await TakeAsync(new[] { new { url = Web.Address("/a") }, new { url = Web.Address("/none") }, new { url = "http://10.0.0.1/" } });

        Assert.Equal(["unread", "unread", "new"], taken.Select(item => item.GetProperty("outcome").GetString()));
        Assert.Contains("404", taken[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, Archive.Figures().Articles);
        using var empty = await Client!.PostAsync("/api/v1/articles", new StringContent(""), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var plain = await Client!.PostAsync(
            "/api/v1/articles", new StringContent("Harbour of Bolune dredged\n\nThe harbour of Bolune was dredged on Friday, the port authority said.\n"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, plain.StatusCode);
    }

    [Fact]
    public async Task The_service_follows_feeds_and_others_add_meanwhile()
    {
        var paper = new Paper(Web);
        paper.Write("/a", "The council of Arvel voted on the bridge on Tuesday.");
        Archive.Feeds.Add(Web.Address("/feed"), null, TimeProvider.System.GetUtcNow());
        await StartAsync(follows: true);

        await UntilAsync(() => Archive.Figures().Articles == 1);
        var taken = await TakeAsync(new { text = "The aquarium of Quarn opened its doors on Monday.", title = "Aquarium opens" });

        Assert.Equal("new", taken[0].GetProperty("outcome").GetString());
        var feeds = await Client!.GetFromJsonAsync<JsonElement>("/api/v1/feeds", TestContext.Current.CancellationToken);
        Assert.Equal("The paper", feeds[0].GetProperty("title").GetString());
        Assert.Contains("recoupe_pages_taken_total 1\n", await Client!.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await App!.StopAsync(TestContext.Current.CancellationToken);
        // The state is saved and the archive free.
        using var writer = Archive.Write();
        Assert.Equal(2, Archive.Figures().Articles);
    }

    [Fact]
    public async Task An_article_stands_in_its_story_within_five_seconds_of_being_fetched()
    {
        const int Pages = 12;
        var paper = new Paper(Web);
        for (var page = 0; page < Pages; page++)
            paper.Write($"/{page}", $"The council of Arvel voted on bridge number {page} on Tuesday.");
        Archive.Feeds.Add(Web.Address("/feed"), null, TimeProvider.System.GetUtcNow());
        await StartAsync(follows: true);

        await UntilAsync(() => Archive.Figures().Articles == Pages);

        Assert.All(Archive.Articles(new ArticleFilter(), Pages).Items, article =>
        {
            var fetched = DateTimeOffset.Parse(Archive.Document(article.Id)!.Captured!.Value.ToString(), CultureInfo.InvariantCulture);
            var placed = DateTimeOffset.Parse(article.Ingested, CultureInfo.InvariantCulture);
            // Both are told in whole seconds.
            Assert.InRange((placed - fetched).TotalSeconds, -1, 5);
            Assert.Contains(article.Id, Archive.Articles(new ArticleFilter(Story: article.Story), Pages).Items.Select(other => other.Id));
        });
    }

    [Fact]
    public async Task Feeds_are_added_and_removed()
    {
        await StartAsync(follows: false);
        async Task<HttpStatusCode> Add(string address) =>
            (await Client!.PostAsJsonAsync("/api/v1/feeds", new { address, title = "Paper" }, TestContext.Current.CancellationToken)).StatusCode;

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.NoContent, HttpStatusCode.BadRequest],
            [await Add("https://news.example/rss"), await Add("https://news.example/rss"), await Add("ftp://news.example/rss")]);
        Assert.Equal("Paper", Assert.Single(Archive.Feeds.All()).Title);
        using var removed = await Client!.DeleteAsync("/api/v1/feeds?address=https%3A%2F%2Fnews.example%2Frss", TestContext.Current.CancellationToken);
        using var again = await Client!.DeleteAsync("/api/v1/feeds?address=https%3A%2F%2Fnews.example%2Frss", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task Where_another_process_writes_it_is_told()
    {
        await StartAsync(follows: false);
        using var writer = Archive.Write();

        using var answer = await Client!.PostAsJsonAsync("/api/v1/articles", new { text = "The ferry is late." }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("is being written by another process", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Task StartAsync(bool follows) => StartAsync(new WebServiceOptions { Follow = follows ? new FollowOptions { Fetches = Web.Options } : null });

    private async Task<List<JsonElement>> TakeAsync(object body)
    {
        using var answer = await Client!.PostAsJsonAsync("/api/v1/articles", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray()];
    }

    private static async Task<(string Event, JsonElement Data)> NextAsync(StreamReader events)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var name = "";
        while (await events.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                return (name, JsonDocument.Parse(line[6..]).RootElement);
        }

        throw new EndOfStreamException("the events have ended");
    }
}
