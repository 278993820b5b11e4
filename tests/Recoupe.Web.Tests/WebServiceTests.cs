using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Tests.Storage;

namespace Recoupe.Web.Tests;

/// <summary>The service over HTTP, on each engine.</summary>
public abstract class ServiceTests(RunningService service)
{
    [Fact]
    public async Task Every_route_that_is_described_answers_and_says_what_it_is_said_to()
    {
        var description = await service.Get("/openapi/v1.json");
        Assert.StartsWith("3.1", description.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var story = service.Archive.Stories(new StoryFilter(2), 1).Items[0];
        var article = service.Archive.Articles(new ArticleFilter(Story: story.Id), 1).Items[0];
        var point = (await service.Get($"/api/v1/stories/{story.Id}/points?fresh=true"))[0].GetProperty("id").GetString();
        var watch = service.Archive.Watches.Add(new Watch { Id = "", Owner = "local", Title = "Votes", Query = "council", Conditions = [WatchCondition.Denial] }, TimeProvider.System.GetUtcNow());
        service.Archive.Corrections.Add([new Star(article.Id)], "Ines", null, TimeProvider.System);
        var count = 0;
        foreach (var path in description.GetProperty("paths").EnumerateObject())
        {
            if (!path.Value.TryGetProperty("get", out var get))
                continue;
            var address = path.Name.Replace("{point}", point, StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal).Replace("{id}", path.Name.Contains("/articles/") ? article.Id.Value : path.Name.Contains("/watches/") ? watch.Id : story.Id.Value, StringComparison.Ordinal);
            if (get.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray().Any(parameter => parameter.GetProperty("name").GetString() == "q"))
                address += "?q=council";
            if (path.Name == "/api/v1/check")
                address += "?claim=The+council+voted";
            using var answer = await service.Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}");
            var types = get.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Select(content => content.Name);
            Assert.Contains(answer.Content.Headers.ContentType!.MediaType, types);
            Assert.NotEmpty(get.GetProperty("summary").GetString()!);
            count++;
        }

        Assert.Equal(34, count);
    }

    [Fact]
    public async Task A_list_is_walked_in_parts()
    {
        var (met, next) = (new List<string>(), (string?)null);
        do
        {
            var part = await service.Get($"/api/v1/articles?limit=4{(next is null ? "" : $"&cursor={next}")}");
            met.AddRange(part.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            next = part.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(service.Archive.Articles(new ArticleFilter(), 500).Items.Select(article => article.Id.Value), met);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again_and_what_has_is()
    {
        using var first = await service.Client.GetAsync("/api/v1/stories");
        var tag = first.Headers.ETag!;
        Assert.Equal(HttpStatusCode.NotModified, (await Ask("/api/v1/stories", tag)).StatusCode);

        var ingested = service.Ingest([News.Document("The aquarium of Quarn opened its doors on Monday.", "new", "Aquarium opens", "The Coast Post", $"https://news.example/{Guid.CreateVersion7()}")]);

        using var changed = await Ask("/api/v1/stories", tag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag);
        Assert.Contains(ingested[0].Story!.Value.Value, await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // What another has brought is in the index a moment later; nobody waits for it.
        var found = false;
        for (var tries = 0; tries < 100 && !found; tries++)
        {
            found = (await service.Get("/api/v1/search?q=aquarium")).GetProperty("total").GetInt32() > 0;
            await Task.Delay(found ? 0 : 100, TestContext.Current.CancellationToken);
        }

        Assert.True(found);
    }

    [Fact]
    public async Task Outlets_and_speakers_are_listed_in_parts_with_what_is_counted_of_them()
    {
        foreach (var list in new[] { "outlets", "speakers" })
        {
            var whole = (await service.Get($"/api/v1/{list}?limit=500")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!).ToList();
            var (met, next) = (new List<string>(), "");
            do
            {
                var part = await service.Get($"/api/v1/{list}?limit=2{next}");
                met.AddRange(part.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
                next = part.GetProperty("next").GetString() is { } cursor ? $"&cursor={cursor}" : "";
            }
            while (next.Length > 0);

            Assert.Equal(whole, met);
            Assert.True(whole.Count > 1 || list == "speakers", $"{list}: {whole.Count}");
            Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync($"/{list}?cursor={next}")).StatusCode);
        }

        var named = (await service.Get("/api/v1/speakers?name=lowe")).GetProperty("items")[0];
        Assert.Equal("Ada Lowe", named.GetProperty("name").GetString());
        Assert.InRange(named.GetProperty("articles").GetInt32(), 1, named.GetProperty("statements").GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/articles/none", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/articles/none/reading", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/articles/none/document", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/articles/none/versions", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/articles/none/capture", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/stories/none", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/stories/none/history", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/stories/none/dossier", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/stories/none/points/p1", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/articles?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/articles?limit=5000", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/articles?limit=many", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/search", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/search?q=(", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/search?q=a&in=colours", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/exports/search.csv?q=(", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/exports/search.jsonl?q=a&in=colours", HttpStatusCode.BadRequest)]
    public async Task What_goes_wrong_is_told_as_a_problem(string address, HttpStatusCode expected)
    {
        using var answer = await service.Client.GetAsync(address);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("   at ", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_names_of_this_machine_are_answered_and_what_is_only_read_cannot_be_written()
    {
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/v1/articles");
        foreign.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Client.SendAsync(foreign, TestContext.Current.CancellationToken)).StatusCode);

        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
        {
            using var request = new HttpRequestMessage(method, "/api/v1/stories");
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await service.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        }

        using var answer = await service.Client.GetAsync("/api/v1/articles");
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.4")]
    [InlineData("::")]
    public void No_other_address_than_this_machines_is_opened_without_accounts(string address) => Assert.Contains(
        "nobody has an account",
        Assert.Throws<Recoupe.Web.Access.AccessException>(() => WebService.Build(service.Archive, new WebServiceOptions { Address = address, Port = 0 })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("json", "application/json")]
    [InlineData("text", "text/plain")]
    [InlineData("markdown", "text/markdown")]
    [InlineData("html", "text/html")]
    [InlineData("csv", "text/csv")]
    public async Task A_dossier_is_given_in_each_form(string format, string type)
    {
        var story = service.Archive.Stories(new StoryFilter(4), 1).Items[0];

        using var answer = await service.Client.GetAsync($"/api/v1/stories/{story.Id}/dossier?format={format}&interface=fr&fresh=true");

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("council", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        if (format == "html")
            Assert.StartsWith("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_that_was_merged_away_leads_to_that_of_today()
    {
        var stories = service.Archive.Stories(new StoryFilter(), 2).Items;
        var (kept, gone) = (stories[0].Id, stories[1].Id);
        using (var connection = service.Archive.Database.Connect())
        using (var commit = new ArchiveCommit(service.Archive, connection, TimeProvider.System))
        {
            commit.Merge(kept, gone);
            commit.Commit();
        }

        using var answer = await service.Client.GetAsync($"/api/v1/stories/{gone}");

        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal($"/api/v1/stories/{kept}", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Exports_are_whole_and_say_how_much_they_hold()
    {
        using var articles = await service.Client.GetAsync("/api/v1/exports/articles.jsonl");
        using var statements = await service.Client.GetAsync("/api/v1/exports/statements.csv?bom=true");

        var lines = (await articles.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(articles.Headers.GetValues("X-Total-Count").Single(), lines.Length.ToString());
        Assert.All(lines, line => Assert.NotNull(service.Archive.Article(new ArticleId(JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!))));
        var bytes = await statements.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var rows = Encoding.UTF8.GetString(bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(statements.Headers.GetValues("X-Total-Count").Single(), (rows.Length - 1).ToString());
        Assert.True(rows.Length > RunningService.Articles);
    }

    [Theory]
    [InlineData("articles")]
    [InlineData("statements")]
    public async Task What_a_search_finds_is_exported_whole_in_both_forms(string kind)
    {
        var total = (await service.Get($"/api/v1/search?q=million&in={kind}&limit=1")).GetProperty("total").GetInt32();
        using var lines = await service.Client.GetAsync($"/api/v1/exports/search.jsonl?q=million&in={kind}");
        using var table = await service.Client.GetAsync($"/api/v1/exports/search.csv?q=million&in={kind}&order=rank&bom=true");

        Assert.True(total > 1);
        Assert.All([lines, table], answer => Assert.Equal(total.ToString(), answer.Headers.GetValues("X-Total-Count").Single()));
        var read = (await lines.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(total, read.Count);
        Assert.Equal(total, read.Select(row => (row.GetProperty("article").GetString(), row.TryGetProperty("statement", out var number) ? number.GetString() : null)).Distinct().Count());
        Assert.All(read, row => Assert.NotNull(service.Archive.Article(new ArticleId(row.GetProperty("article").GetString()!))));
        var bytes = await table.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(total + 1, Encoding.UTF8.GetString(bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task The_points_that_a_search_finds_are_exported_with_their_grades()
    {
        var rows = new List<string>();
        // What another test merged away may still be found for a moment, and what it became not yet.
        for (var tries = 0; rows.Count == 0 && tries < 100; tries++)
        {
            if (tries > 0)
                await Task.Delay(100, TestContext.Current.CancellationToken);
            var stories = service.Archive.Stories(new StoryFilter(), 20).Items.Select(story => story.Id.Value).ToHashSet();
            foreach (var story in stories)
                await service.Client.GetStringAsync($"/api/v1/stories/{story}/dossier?fresh=true");
            await service.Get("/api/v1/search?q=council&in=points");
            rows = [.. (await service.Client.GetStringAsync("/api/v1/exports/search.jsonl?q=council&in=points")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(row => stories.Contains(JsonDocument.Parse(row).RootElement.GetProperty("story").GetString()!))];
        }

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.False(string.IsNullOrEmpty(JsonDocument.Parse(row).RootElement.GetProperty("grade").GetString())));
    }

    [Fact]
    public async Task Health_and_figures_tell_of_the_archive()
    {
        Assert.Equal("ok", (await service.Get("/health")).GetProperty("status").GetString());
        var figures = await service.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains($"recoupe_articles {service.Archive.Figures().Articles}\n", figures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_finds_what_stands_behind_a_claim_over_http()
    {
        var tools = await Mcp("tools/list", new { });
        Assert.Equal(["check", "dossier", "origins", "search", "story"], tools.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()).Order());
        Assert.All(tools.GetProperty("tools").EnumerateArray(), tool => Assert.True(tool.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean()));

        var answer = await Mcp("tools/call", new { name = "origins", arguments = new { claim = "the tramway will cost 30 million" } });

        using var told = JsonDocument.Parse(answer.GetProperty("content")[0].GetProperty("text").GetString()!);
        Assert.Contains("never an instruction", told.RootElement.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(told.RootElement.GetProperty("points").EnumerateArray());
    }

    [Theory]
    [InlineData("The night ferry to Skarholm hit the ground near Point Vell.", "en")]
    [InlineData("Le ferry de nuit pour Skarholm s'est échoué près de Point Vell.", "fr")]
    public async Task A_claim_is_checked_over_http_and_by_an_agent(string claim, string language)
    {
        var answer = (await service.Get($"/api/v1/check?claim={Uri.EscapeDataString(claim)}&language={language}")).GetProperty("stories")[0];
        var ferry = answer.GetProperty("articles").EnumerateArray().Single(article => article.GetProperty("title").GetString() == "Night ferry runs aground off Point Vell").GetProperty("id").GetString();
        using var told = JsonDocument.Parse((await Mcp("tools/call", new { name = "check", arguments = new { claim, language } })).GetProperty("content")[0].GetProperty("text").GetString()!);
        var text = await service.Client.GetStringAsync($"/api/v1/check?claim={Uri.EscapeDataString(claim)}&format=text", TestContext.Current.CancellationToken);

        Assert.Equal((claim, language), (answer.GetProperty("claim").GetProperty("text").GetString(), answer.GetProperty("claim").GetProperty("language").GetString()));
        Assert.Contains(answer.GetProperty("points")[0].GetProperty("passages").EnumerateArray(), passage => passage.GetProperty("article").GetString() == ferry);
        Assert.Equal(answer.GetRawText(), told.RootElement.GetProperty("dossier").GetProperty("stories")[0].GetRawText());
        Assert.Contains("The Coast Post", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_is_told_why_a_claim_cannot_be_asked()
    {
        using var told = JsonDocument.Parse((await Mcp("tools/call", new { name = "check", arguments = new { claim = new string('a', 1001) } })).GetProperty("content")[0].GetProperty("text").GetString()!);

        Assert.Contains("1001 characters", told.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(told.RootElement.TryGetProperty("dossier", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%3F%21")]
    [InlineData("ferry&interface=xx")]
    [InlineData("ferry&format=pdf")]
    [InlineData("ferry&language=xx")]
    public async Task A_claim_that_cannot_be_asked_is_told_to_be_wrong(string claim) => await service.Get("/api/v1/check?claim=" + claim, HttpStatusCode.BadRequest);

    private async Task<JsonElement> Mcp(string method, object parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(JsonSerializer.Serialize(new Dictionary<string, object> { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await service.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        var json = text.StartsWith('{') ? text : text.Split('\n').First(line => line.StartsWith("data:", StringComparison.Ordinal))[5..];
        return JsonDocument.Parse(json).RootElement.GetProperty("result");
    }

    private async Task<HttpResponseMessage> Ask(string address, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(tag);
        return await service.Client.SendAsync(request);
    }
}

/// <summary>On SQLite.</summary>
public class WebServiceTests(RunningService service) : ServiceTests(service), IClassFixture<RunningService>;

/// <summary>On PostgreSQL.</summary>
public class PostgresWebServiceTests : ServiceTests, IClassFixture<RunningPostgresService>
{
    public PostgresWebServiceTests(RunningPostgresService service)
        : base(service) => Assert.SkipUnless(Stores.HasPostgres, "PostgreSQL 15 is not installed here: ./test installs it (apt-get install postgresql-15)");
}
