using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

using Microsoft.AspNetCore.Builder;

using Recoupe.Storage;
using Recoupe.Tests.Storage;

namespace Recoupe.Web.Tests;

/// <summary>Watches, accounts, tokens and the audit log as pages.</summary>
public sealed class DeskWatchTests(RunningService service) : IClassFixture<RunningService>
{
    private static readonly (string, string)[] Ferries = [("title", "Ferries <b>"), ("query", "ferry"), ("condition", "denial"), ("condition", "second-origin")];

    [Fact]
    public async Task A_watch_is_made_shown_changed_and_removed()
    {
        using var made = await Post("/watches", Ferries);
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        var address = made.Headers.Location!.ToString().Split('?')[0];
        var page = await Page(address + "?kept=1");
        Assert.Contains("The watch is kept", page, StringComparison.Ordinal);
        Assert.Contains("Ferries &lt;b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Ferries &lt;b&gt;", await Page("/watches"), StringComparison.Ordinal);
        var known = (await service.Get(address + ".json")).GetProperty("watch");

        using var changed = await Post(address, [("title", "Ferries aground"), ("query", "ferry"), ("condition", "denial"), ("cap", "5"), ("quiet", "22:00-07:00"), ("zone", "Europe/Paris")]);

        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        var now = (await service.Get(address + ".json")).GetProperty("watch");
        Assert.Equal(("Ferries aground", 5, "22:00-07:00"), (now.GetProperty("title").GetString(), now.GetProperty("cap").GetInt32(), now.GetProperty("quiet").GetString()));
        Assert.Equal(known.GetProperty("feed").GetString(), now.GetProperty("feed").GetString());
        Assert.Equal(["denial"], now.GetProperty("conditions").EnumerateArray().Select(condition => condition.GetString()!));
        Assert.Contains("value=\"Ferries aground\"", await Page(address + "/edit"), StringComparison.Ordinal);

        using var removed = await Post(address + "/remove", []);
        Assert.Equal("/watches?removed=1", removed.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_watched_is_told_on_the_form_in_the_readers_language_and_nothing_written_is_lost()
    {
        foreach (var (form, told) in new ((string, string)[], string)[]
        {
            ([("title", "Bac"), ("query", "ferry"), ("webhook", "nowhere"), ("condition", "denial")], "nowhere n’est pas une adresse web"),
            ([("title", "Bac"), ("query", "(ferry"), ("condition", "denial")], "une parenthèse ouverte n’est pas fermée"),
            ([("title", "Bac"), ("query", "ferry")], "cochez au moins une chose"),
            ([("title", "Bac"), ("query", "ferry"), ("condition", "denial"), ("cap", "5000")], "de 1 à 1000 messages"),
        })
        {
            using var answer = await Post("/watches?interface=fr", form);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(told, page, StringComparison.Ordinal);
            Assert.Contains("value=\"Bac\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_front_page_shows_the_stories_of_a_watch()
    {
        using var made = await Post("/watches", Ferries);
        var id = made.Headers.Location!.ToString().Split('?')[0].Split('/')[^1];

        var stories = (await service.Get($"/index.json?least=1&watch={id}")).GetProperty("stories").EnumerateArray().ToList();

        Assert.NotEmpty(stories);
        Assert.All(stories, story => Assert.Contains("ferry", story.GetProperty("story").GetProperty("title").GetString(), StringComparison.OrdinalIgnoreCase));
        Assert.Empty((await service.Get("/index.json?least=1&watch=none")).GetProperty("stories").EnumerateArray());
        Assert.Contains($"<option value=\"{id}\" selected", await Page($"/?watch={id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_and_a_search_lead_to_a_watch_of_them()
    {
        var story = service.Archive.Stories(new StoryFilter(2), 1).Items[0];
        await RunningService.MadeAsync(service.Client, $"/stories/{story.Id}");
        Assert.Contains($"/watches/new?story={story.Id}", await Page($"/stories/{story.Id}"), StringComparison.Ordinal);
        Assert.Contains("/watches/new?query=council", await Page("/search?q=council"), StringComparison.Ordinal);
        Assert.Contains($"name=\"story\" value=\"{story.Id}\"", await Page($"/watches/new?story={story.Id}"), StringComparison.Ordinal);
        Assert.Contains("name=\"query\" value=\"council\"", await Page("/watches/new?query=council"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_that_was_checked_leads_to_a_watch_of_it_and_what_it_tells_leads_back()
    {
        const string Claim = "Forty <b>barrels</b> of tar were stolen at Quillmere.";
        var asked = Uri.EscapeDataString(Claim);
        Assert.Contains($"/watches/new?claim={asked}", await Page($"/check?claim={asked}"), StringComparison.Ordinal);
        var form = WebUtility.HtmlDecode(await Page($"/watches/new?claim={asked}"));
        Assert.Contains($"name=\"claim\" value=\"{Claim}\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"quotation-changed\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"query\"", form, StringComparison.Ordinal);

        using var made = await Post("/watches", [("title", "Tar"), ("claim", Claim), ("condition", "outlet-joins"), ("condition", "first-article")]);
        var address = made.Headers.Location!.ToString().Split('?')[0];
        Assert.Equal(Claim, (await service.Get(address + ".json")).GetProperty("watch").GetProperty("claim").GetString());
        service.Ingest([News.Document("Forty barrels of tar were stolen at Quillmere on Friday, the police said. The yard was closed.", "tar", "Tar stolen at Quillmere", "Evening Lamp", "https://lamp.example/tar", new DateTime(2025, 5, 2))]);
        var page = await Eventually(() => Page(address), found => found.Contains("Evening Lamp tells it", StringComparison.Ordinal));

        Assert.Contains($"href=\"/check?claim={asked}\"", page, StringComparison.Ordinal);
        Assert.Contains("Now told", page, StringComparison.Ordinal);
        Assert.NotEmpty((await service.Get($"/index.json?least=1&watch={address.Split('/')[^1]}")).GetProperty("stories").EnumerateArray());
        using var refused = await Post("/watches?interface=fr", [("title", "Goudron"), ("claim", "…"), ("condition", "denial")]);
        Assert.Contains("ne contient aucun mot", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_that_watches_something_else_begins_there_and_keeps_its_feed()
    {
        using var made = await Post("/watches", Ferries);
        var id = made.Headers.Location!.ToString().Split('?')[0].Split('/')[^1];
        var before = service.Archive.Watches.Find(id)!;
        service.Ingest([News.Document("The tramway of Bolune stood still on Friday, the council said.", "tram", "Tramway stands still", "Evening Lamp", "https://lamp.example/tram", new DateTime(2025, 5, 2))]);

        using var changed = await Post("/watches/" + id, [("title", "Trams"), ("query", "tramway"), ("condition", "first-article")]);

        var after = service.Archive.Watches.Find(id)!;
        Assert.Equal((before.Feed, before.Secret, before.Made, "tramway"), (after.Feed, after.Secret, after.Made, after.Query));
        Assert.True(after.Opened > before.Opened);
        Assert.Empty(service.Archive.Watches.Alerts(id, 10).Items);
    }

    // What comes in is looked at a moment later.
    private static async Task<string> Eventually(Func<Task<string>> read, Predicate<string> isThere)
    {
        for (var tries = 0; ; tries++)
        {
            var found = await read();
            if (isThere(found) || tries == 300)
                return found;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task<string> Page(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> Post(string path, IEnumerable<(string Name, string Value)> form) =>
        service.Client.PostAsync(path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), TestContext.Current.CancellationToken);
}

/// <summary>The desk where accounts are demanded.</summary>
public sealed partial class DeskAccountTests : GuardedServiceTests
{
    [Fact]
    public async Task Signing_in_is_a_page_of_the_desk_whose_style_nobody_needs_an_account_for()
    {
        using var browser = Browser();
        var page = await browser.GetStringAsync("/sign-in?to=%2Fwatches", TestContext.Current.CancellationToken);
        Assert.Contains("<h1>Sign in</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/corrections\"", page, StringComparison.Ordinal);
        foreach (var asset in page.Split('"').Where(part => part.StartsWith("/assets/", StringComparison.Ordinal)).Distinct())
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(asset, TestContext.Current.CancellationToken)).StatusCode);

        using var wrong = await SignInAsync(browser, "reader", "not it at all");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Contains("role=\"alert\"", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var signed = await SignInAsync(browser, "reader", Password);
        Assert.Equal("/watches", signed.Headers.Location!.ToString());

        var front = await browser.GetStringAsync("/", TestContext.Current.CancellationToken);
        Assert.Contains("Signed in as reader, reader", front, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/watches\"", front, StringComparison.Ordinal);
        using var closed = await browser.GetAsync("/watches?interface=fr", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Forbidden, "text/html"), (closed.StatusCode, closed.Content.Headers.ContentType!.MediaType));
        Assert.Contains("il faut pour cela le r", await closed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_keeps_accounts_and_reads_who_did_what()
    {
        using var browser = Browser();
        await SignInAsync(browser, "administrator", Password);
        using var added = await Post(browser, "/accounts", ("name", "nova"), ("role", "analyst"), ("password", "twelve letters long"));
        Assert.Equal("/accounts?done=add", added.Headers.Location!.ToString());
        Assert.Contains(">nova</h2>", await browser.GetStringAsync("/accounts", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await Post(browser, "/accounts/change", ("name", "nova"), ("what", "role"), ("role", "editor"));
        await Post(browser, "/accounts/change", ("name", "nova"), ("what", "disable"));
        var account = Archive.Accounts.Find("nova")!;
        Assert.Equal((AccountRole.Editor, true), (account.Role, account.Disabled is not null));
        await Post(browser, "/accounts/change", ("name", "nova"), ("what", "remove"));
        Assert.Null(Archive.Accounts.Find("nova"));

        using var last = await Post(browser, "/accounts/change", ("name", "administrator"), ("what", "remove"));
        Assert.Equal(HttpStatusCode.Conflict, last.StatusCode);
        Assert.Contains("nobody would be left to administer", await last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.NotNull(Archive.Accounts.Find("administrator"));

        var audit = await browser.GetStringAsync("/audit?who=administrator", TestContext.Current.CancellationToken);
        Assert.Contains("/accounts/change", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("twelve letters long", audit, StringComparison.Ordinal);
        Assert.Contains("/accounts/change", await browser.GetStringAsync("/audit.json", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_shown_once_works_and_is_revoked()
    {
        using var browser = Browser();
        await SignInAsync(browser, "analyst", Password);
        using var made = await Post(browser, "/tokens", ("title", "nightly"), ("scope", "reader"), ("days", "30"));
        Assert.Equal("no-store", made.Headers.CacheControl!.ToString());
        var secret = Code().Match(await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups["secret"].Value;
        using var program = Browser();
        program.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/articles", TestContext.Current.CancellationToken)).StatusCode);

        var list = await browser.GetStringAsync("/tokens", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(secret, list, StringComparison.Ordinal);
        using var tokens = JsonDocument.Parse(await browser.GetStringAsync("/tokens.json", TestContext.Current.CancellationToken));
        await Post(browser, "/tokens/revoke", ("id", tokens.RootElement[0].GetProperty("id").GetString()!));
        program.DefaultRequestHeaders.Accept.Clear();
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/articles", TestContext.Current.CancellationToken)).StatusCode);

        using var more = await Post(browser, "/tokens", ("title", "all"), ("scope", "administrator"));
        Assert.Equal(HttpStatusCode.BadRequest, more.StatusCode);
        Assert.Single(Archive.Accounts.Tokens("analyst"));
    }

    private HttpClient Browser()
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(App.Urls.First()) };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string name, string password) =>
        Post(browser, "/sign-in", ("name", name), ("password", password), ("to", "/watches"));

    private static Task<HttpResponseMessage> Post(HttpClient client, string path, params (string Name, string Value)[] form) =>
        client.PostAsync(path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), TestContext.Current.CancellationToken);

    [GeneratedRegex("<p><code>(?<secret>[^<]+)</code>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
