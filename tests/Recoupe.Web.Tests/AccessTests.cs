using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

using Recoupe.Articles;
using Recoupe.Storage;
using Recoupe.Tests.Storage;
using Recoupe.Web.Access;

namespace Recoupe.Web.Tests;

/// <summary>The service where accounts are demanded.</summary>
public sealed class AccessTests : GuardedServiceTests
{
    /// <summary>Who may at least, for each route that asks for more than a reader or changes something. All else that is routed is read by readers, and changed by administrators.</summary>
    private static readonly Dictionary<string, AccountRole> Expected = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/articles"] = AccountRole.Editor,
        ["POST /api/v1/corrections"] = AccountRole.Analyst,
        ["DELETE /api/v1/corrections"] = AccountRole.Analyst,
        ["DELETE /api/v1/corrections/{number:long}"] = AccountRole.Analyst,
        ["POST /api/v1/feeds"] = AccountRole.Editor,
        ["DELETE /api/v1/feeds"] = AccountRole.Editor,
        ["GET /api/v1/accounts"] = AccountRole.Administrator,
        ["POST /api/v1/accounts"] = AccountRole.Administrator,
        ["PATCH /api/v1/accounts/{name}"] = AccountRole.Administrator,
        ["DELETE /api/v1/accounts/{name}"] = AccountRole.Administrator,
        ["POST /api/v1/tokens"] = AccountRole.Reader,
        ["DELETE /api/v1/tokens/{id}"] = AccountRole.Reader,
        ["GET /api/v1/audit"] = AccountRole.Administrator,
        ["GET /api/v1/erasures"] = AccountRole.Administrator,
        ["POST /api/v1/erasures"] = AccountRole.Administrator,
        ["GET /api/v1/retention"] = AccountRole.Administrator,
        ["POST /api/v1/retention"] = AccountRole.Administrator,
        ["DELETE /api/v1/retention"] = AccountRole.Administrator,
        ["POST /api/v1/retention/apply"] = AccountRole.Administrator,
        ["POST /mcp"] = AccountRole.Reader,
        ["GET /api/v1/watches"] = AccountRole.Analyst,
        ["POST /api/v1/watches"] = AccountRole.Analyst,
        ["DELETE /api/v1/watches/{id}"] = AccountRole.Analyst,
        ["GET /api/v1/watches/{id}/alerts"] = AccountRole.Analyst,
        ["POST /start/sample"] = AccountRole.Editor,
        ["POST /start/own"] = AccountRole.Editor,
        ["POST /start/feeds"] = AccountRole.Editor,
        ["POST /sources/remove"] = AccountRole.Editor,
        ["POST /sources/import"] = AccountRole.Editor,
        ["POST /corrections/preview"] = AccountRole.Analyst,
        ["POST /corrections"] = AccountRole.Analyst,
        ["POST /corrections/undo/preview"] = AccountRole.Analyst,
        ["POST /corrections/undo"] = AccountRole.Analyst,
        ["POST /settings"] = AccountRole.Reader,
        ["PUT /api/v1/watches/{id}"] = AccountRole.Analyst,
        ["GET /watches"] = AccountRole.Analyst,
        ["GET /watches.json"] = AccountRole.Analyst,
        ["GET /watches/new"] = AccountRole.Analyst,
        ["GET /watches/new.json"] = AccountRole.Analyst,
        ["POST /watches"] = AccountRole.Analyst,
        ["GET /watches/{id}"] = AccountRole.Analyst,
        ["GET /watches/{id}.json"] = AccountRole.Analyst,
        ["GET /watches/{id}/edit"] = AccountRole.Analyst,
        ["GET /watches/{id}/edit.json"] = AccountRole.Analyst,
        ["POST /watches/{id}"] = AccountRole.Analyst,
        ["POST /watches/{id}/remove"] = AccountRole.Analyst,
        ["GET /accounts"] = AccountRole.Administrator,
        ["GET /accounts.json"] = AccountRole.Administrator,
        ["POST /accounts"] = AccountRole.Administrator,
        ["POST /accounts/change"] = AccountRole.Administrator,
        ["POST /tokens"] = AccountRole.Reader,
        ["POST /tokens/revoke"] = AccountRole.Reader,
        ["GET /audit"] = AccountRole.Administrator,
        ["GET /audit.json"] = AccountRole.Administrator,
    };

    private static readonly string[] Open = ["/health", "/accessibility", "/accessibility.json", "/sign-in", "/sign-out", "/sign-in/service", "/feeds/{secret}.atom"];

    private protected override void Fill()
    {
        using var writer = Archive.Write();
        Assert.Equal(4, writer.Ingest(News.Documents(71, 4), TestContext.Current.CancellationToken).Count());
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Each_route_is_closed_to_whom_it_should_be_and_open_to_the_others()
    {
        var routes = App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (Method: method, Route: endpoint.RoutePattern.RawText!)))
            .Where(route => route.Method is not ("HEAD" or "OPTIONS")).Distinct().ToList();
        Assert.True(routes.Count > 30);
        Assert.Empty(Expected.Keys.Except(routes.Select(route => $"{route.Method} {Rooted(route.Route)}")));
        using var nobody = Client(null);
        var clients = Enum.GetValues<AccountRole>().ToDictionary(role => role, role => Client(Archive.Accounts.AddToken(Name(role), "test", AccountRole.Administrator, null, Now).Secret));
        foreach (var (method, route) in routes)
        {
            var path = Rooted(route);
            var isOpen = Open.Contains(path) || path.StartsWith("/assets/", StringComparison.Ordinal);
            var needed = Expected.GetValueOrDefault($"{method} {path}", method == "GET" ? AccountRole.Reader : AccountRole.Administrator);
            var unknown = await StatusOf(nobody, method, path);
            // Who is not known may ask ten times a second: on a fast machine the next one waits.
            for (var again = 0; again < 100 && unknown == HttpStatusCode.TooManyRequests; again++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(150), TestContext.Current.CancellationToken);
                unknown = await StatusOf(nobody, method, path);
            }

            Assert.True(isOpen == unknown is not (HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests), $"{method} {path} as nobody: {unknown}");
            foreach (var (role, client) in clients)
            {
                var status = await StatusOf(client, method, path);
                Assert.True(isOpen || role >= needed == status is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized), $"{method} {path} as {role}: {status}");
            }
        }

        foreach (var client in clients.Values)
            client.Dispose();
    }

    [Fact]
    public void Every_route_is_in_the_documentation()
    {
        var told = File.ReadAllText(Path.Combine(Recoupe.Tests.Repository.Root, "docs", "service.md"));
        var routes = App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => Rooted(endpoint.RoutePattern.RawText!))
            .Where(route => route.StartsWith("/api/", StringComparison.Ordinal)).Select(route => route.Replace(":long", "", StringComparison.Ordinal)).Distinct();
        Assert.All(routes, route => Assert.True(told.Contains($"{route}`", StringComparison.Ordinal) || told.Contains($"{route}?", StringComparison.Ordinal), route));
    }

    [Fact]
    public async Task A_person_signs_in_is_who_they_are_and_signs_out()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr-FR, en;q=0.5");
        using var sent = await browser.GetAsync("/api/v1/stories?limit=5", TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in?to=%2Fapi%2Fv1%2Fstories%3Flimit%3D5", sent.Headers.Location!.ToString());
        var page = await browser.GetStringAsync(sent.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Contains("Se connecter", page, StringComparison.Ordinal);
        Assert.Contains("value=\"/api/v1/stories?limit=5\"", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(browser, "not the password", "/")).StatusCode);
        using var signed = await SignInAsync(browser, Password, "/api/v1/me");

        Assert.Equal((HttpStatusCode.SeeOther, "/api/v1/me"), (signed.StatusCode, signed.Headers.Location!.ToString()));
        var cookie = signed.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        var me = await browser.GetFromJsonAsync<JsonElement>("/api/v1/me", TestContext.Current.CancellationToken);
        Assert.Equal(("editor", "editor"), (me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));
        using var forged = new HttpRequestMessage(HttpMethod.Post, "/api/v1/feeds") { Content = JsonContent.Create(new { address = "https://evil.example/rss" }) };
        forged.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(forged, TestContext.Current.CancellationToken)).StatusCode);
        await browser.PostAsync("/sign-out", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/api/v1/me", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/stories?x=1", "/stories?x=1")]
    [InlineData("", "/")]
    public void Nobody_is_sent_elsewhere_after_signing_in(string to, string expected) => Assert.Equal(expected, SignIn.Local(to));

    [Fact]
    public void Wrong_passwords_lock_an_account_for_a_while()
    {
        for (var i = 0; i < 5; i++)
            Assert.Null(Archive.Accounts.SignIn("editor", $"wrong password {i}", Now));

        Assert.Null(Archive.Accounts.SignIn("editor", Password, Now));
        Assert.NotNull(Archive.Accounts.SignIn("editor", Password, Now.AddMinutes(2)));
        Assert.NotNull(Archive.Accounts.SignIn("reader", Password, Now));
        Assert.Null(Archive.Accounts.SignIn("nobody", Password, Now));
    }

    [Fact]
    public async Task A_token_does_no_more_than_its_scope_and_ends_when_it_is_revoked_or_its_account_disabled()
    {
        var (token, secret) = Archive.Accounts.AddToken("administrator", "reads", AccountRole.Reader, null, Now);
        using var client = Client(secret);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(client, "GET", "/api/v1/articles"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(client, "GET", "/api/v1/audit"));
        using var more = await client.PostAsJsonAsync("/api/v1/tokens", new { title = "more", scope = "administrator" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, more.StatusCode);
        Assert.True(Archive.Accounts.RevokeToken(token.Id, null, Now));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(client, "GET", "/api/v1/articles"));

        using var other = Client(Archive.Accounts.AddToken("reader", "short", AccountRole.Reader, null, Now).Secret);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(other, "GET", "/api/v1/articles"));
        Archive.Accounts.SetDisabled("reader", true, Now);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(other, "GET", "/api/v1/articles"));
        Assert.Null(Archive.Accounts.OfToken(Archive.Accounts.AddToken("editor", "old", AccountRole.Reader, Now.AddDays(-1), Now).Secret, Now));
    }

    [Fact]
    public async Task What_was_seen_changed_and_exported_is_written_down_but_private_queries()
    {
        using var editor = Client(Archive.Accounts.AddToken("editor", "test", AccountRole.Editor, null, Now).Secret);
        var story = Archive.Stories(new StoryFilter(), 1).Items[0].Id;
        await editor.GetAsync($"/api/v1/stories/{story}/dossier", TestContext.Current.CancellationToken);
        await editor.GetAsync("/api/v1/exports/statements.csv", TestContext.Current.CancellationToken);
        await editor.GetAsync("/api/v1/search?q=whistleblower&private=true", TestContext.Current.CancellationToken);
        await editor.PostAsJsonAsync("/api/v1/feeds", new { address = "https://news.example/rss" }, TestContext.Current.CancellationToken);

        using var administrator = Client(Archive.Accounts.AddToken("administrator", "test", AccountRole.Administrator, null, Now).Secret);
        var told = (await administrator.GetFromJsonAsync<JsonElement>("/api/v1/audit?who=editor", TestContext.Current.CancellationToken)).GetProperty("items").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("action").GetString()} {entry.GetProperty("target").GetString()} {entry.GetProperty("outcome").GetInt32()}").ToList();

        Assert.Contains($"GET /api/v1/stories/{story}/dossier 200", told);
        Assert.Contains("GET /api/v1/exports/statements.csv 200", told);
        Assert.Contains("POST /api/v1/feeds 201", told);
        Assert.Contains("GET /api/v1/search?private=true 200", told);
        Assert.DoesNotContain(told, line => line.Contains("whistleblower", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_analyst_stars_and_undoes_their_own_and_corrects_nothing()
    {
        using var analyst = Client(Archive.Accounts.AddToken("analyst", "test", AccountRole.Editor, null, Now).Secret);
        var article = Archive.Articles(new ArticleFilter(), 1).Items[0].Id;
        async Task<HttpStatusCode> Post(object correction) => (await analyst.PostAsJsonAsync("/api/v1/corrections", correction, TestContext.Current.CancellationToken)).StatusCode;

        Assert.Equal(HttpStatusCode.Created, await Post(new { kind = "star", article = article.Value }));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(new { kind = "article", article = article.Value, outlet = "Other" }));
        var editors = Archive.Corrections.Add([new Recoupe.Corrections.Star(article)], "editor", null, TimeProvider.System)[0].Number;
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(analyst, "DELETE", $"/api/v1/corrections/{editors}"));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(analyst, "DELETE", "/api/v1/corrections/1"));
        Assert.Equal("analyst", Archive.Corrections.Find(1)!.Who);
    }

    [Fact]
    public void Somebody_is_always_left_to_administer()
    {
        Assert.Throws<ArchiveException>(() => Archive.Accounts.Remove("administrator"));
        Assert.Throws<ArchiveException>(() => Archive.Accounts.SetRole("administrator", AccountRole.Editor));
        Assert.Throws<ArchiveException>(() => Archive.Accounts.SetDisabled("administrator", true, Now));
        Assert.Equal(AccountRole.Administrator, Archive.Accounts.Find("administrator")!.Role);
        Assert.Throws<ArchiveException>(() => Archive.Accounts.Add("new", AccountRole.Reader, "short", null, Now));
        Assert.Throws<ArchiveException>(() => Archive.Accounts.Add("reader", AccountRole.Reader, Password, null, Now));
    }

    [Fact]
    public async Task Too_many_requests_of_nobody_are_refused()
    {
        using var nobody = Client(null);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 200; i++)
            statuses.Add(await StatusOf(nobody, "GET", "/api/v1/articles"));

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    private static string Name(AccountRole role) => AccountShelf.Written(role);

    private static string Rooted(string route) => "/" + route.Trim('/');

    private Uri Address => new(App.Urls.First());

    private HttpClient Client(string? token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<HttpStatusCode> StatusOf(HttpClient client, string method, string path)
    {
        var filled = System.Text.RegularExpressions.Regex.Replace(path, @"\{number[^}]*\}", "99", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        filled = System.Text.RegularExpressions.Regex.Replace(filled, @"\{[^}]*\}", "none", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        using var request = new HttpRequestMessage(new HttpMethod(method), filled);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string password, string to) => browser.PostAsync(
        "/sign-in", new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "editor", ["password"] = password, ["to"] = to }));
}
