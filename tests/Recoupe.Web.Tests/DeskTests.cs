using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Storage;
using Recoupe.Tests.Storage;

namespace Recoupe.Web.Tests;

public class DeskTests(RunningService service) : IClassFixture<RunningService>
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}\u202eevil";

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Every_page_is_shown_in_the_language_that_is_asked_for_and_may_run_nothing_but_the_desks_own(string language)
    {
        foreach (var path in await Pages())
        {
            using var answer = await service.Client.GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}interface={language}");
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
            Assert.Single(page.Split("<h1").Skip(1));
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
            Assert.DoesNotMatch("<script(?! src=\"/assets/)", page);
        }
    }

    [Fact]
    public async Task The_language_is_the_one_that_the_browser_prefers_until_another_is_chosen_and_kept()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/settings");
        request.Headers.AcceptLanguage.ParseAdd("de, fr;q=0.8, en;q=0.5");
        using var preferred = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains("<html lang=\"fr\"", await preferred.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var kept = await Post("/settings", ("interface", "en"), ("theme", "dark"), ("keys", "off"));
        Assert.Equal(HttpStatusCode.SeeOther, kept.StatusCode);
        var cookies = string.Join("; ", kept.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/settings");
        again.Headers.AcceptLanguage.ParseAdd("fr");
        again.Headers.Add("Cookie", cookies);
        using var answer = await service.Client.SendAsync(again, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<html lang=\"en\" data-theme=\"dark\"", page, StringComparison.Ordinal);
        Assert.Contains("data-keys=\"off\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_the_archive_is_data_at_the_same_address()
    {
        foreach (var path in (await Pages()).Where(path => path != "/" && !path.Contains('?')))
        {
            using var answer = await service.Client.GetAsync(path + ".json");
            Assert.True(answer.IsSuccessStatusCode, $"{path}.json: {answer.StatusCode}");
            Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.NotEmpty((await service.Get("/index.json")).GetProperty("stories").EnumerateArray());
        var search = await service.Get("/search.json?q=council");
        Assert.True(search.GetProperty("total").GetInt32() > 0);
        var passage = search.GetProperty("lines")[0].GetProperty("passage");
        Assert.Contains(passage.GetProperty("parts").EnumerateArray(), part => part.GetProperty("found").GetBoolean() && part.GetProperty("words").GetString() == "council");
        Assert.Contains("<mark>council</mark>", await service.Client.GetStringAsync("/search?q=council"), StringComparison.Ordinal);
        Assert.Contains("id=\"at\"", await service.Client.GetStringAsync(passage.GetProperty("address").GetString()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "The night ferry to Skarholm ran aground near Point Vell.", "Told by", "Who says so?")]
    [InlineData("fr", "Le ferry de nuit pour Skarholm s'est échoué près de Point Vell.", "Dit par", "Qui le dit\u00a0?")]
    public async Task A_claim_is_checked_on_the_desk(string language, string claim, string told, string ask)
    {
        var address = "/check?claim=" + Uri.EscapeDataString(claim);
        var page = WebUtility.HtmlDecode(await service.Client.GetStringAsync($"{address}&interface={language}", TestContext.Current.CancellationToken));
        var data = await service.Get("/check.json?claim=" + Uri.EscapeDataString(claim));

        Assert.All((string[])[claim, told, ask, "The Coast Post"], words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Contains("verdict", data.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("key").GetString()));
        Assert.Contains(ask, WebUtility.HtmlDecode(await service.Client.GetStringAsync($"/check?interface={language}", TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_front_page_is_filtered_and_ordered_by_its_address()
    {
        var all = (await service.Get("/index.json?order=latest")).GetProperty("stories").EnumerateArray().Select(Latest).ToList();
        Assert.Equal(all.OrderDescending(StringComparer.Ordinal), all);
        Assert.Empty((await service.Get("/index.json?language=fr")).GetProperty("stories").EnumerateArray());
        var outlet = (await service.Get("/index.json?outlet=The+Coast+Post&least=1")).GetProperty("stories").EnumerateArray().ToList();
        Assert.NotEmpty(outlet);
        Assert.All(outlet, story => Assert.Contains(
            service.Archive.Articles(new ArticleFilter(Story: new(IdOf(story))), 50).Items, article => article.Outlet == "The Coast Post"));
        var day = (await service.Get("/index.json?time=day&least=1")).GetProperty("stories").EnumerateArray().Select(Latest).ToList();
        Assert.NotEmpty(day);
        Assert.All(day, latest => Assert.True(DateTime.Parse(day.Max()!) - DateTime.Parse(latest) <= TimeSpan.FromDays(1)));

        static string Latest(JsonElement story) => story.GetProperty("story").GetProperty("latest").GetString()!;
        static string IdOf(JsonElement story) => story.GetProperty("story").GetProperty("id").GetString()!;
    }

    [Fact]
    public async Task A_link_of_a_dossier_opens_the_article_with_its_words_marked()
    {
        var story = service.Archive.Stories(new StoryFilter(2), 1).Items[0];
        await RunningService.MadeAsync(service.Client, $"/stories/{story.Id}");
        var page = await service.Client.GetStringAsync($"/stories/{story.Id}", TestContext.Current.CancellationToken);
        var link = page.Split("href=\"/articles/").Skip(1).Select(part => "/articles/" + part.Split('"')[0]).First(address => address.Contains("?at=", StringComparison.Ordinal));

        var article = await service.Client.GetStringAsync(WebUtility.HtmlDecode(link), TestContext.Current.CancellationToken);

        Assert.Contains("id=\"at\"", article, StringComparison.Ordinal);
        Assert.Contains("The words that were asked for are marked", article, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("at=5-9", true)]
    [InlineData("at=title:0-3", true)]
    [InlineData("at=999998-999999", false)]
    [InlineData("at=9-5", null)]
    [InlineData("at=-1-5", null)]
    [InlineData("at=<script>", null)]
    public async Task A_permalink_marks_what_is_there_and_says_what_is_not(string query, bool? found)
    {
        var article = service.Archive.Articles(new ArticleFilter(), 1).Items[0];
        var page = await service.Client.GetStringAsync($"/articles/{article.Id}?{query}", TestContext.Current.CancellationToken);
        Assert.Equal(found == true, page.Contains("id=\"at\"", StringComparison.Ordinal));
        Assert.Equal(found == false, page.Contains("is not in this text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_of_others_never_become_markup()
    {
        const string text = "The weir of Olmet <b>broke</b> & \"fell\" on Monday, mayor <script>alert(3)</script> Ada Brandt said. "
            + "\"No <i>homes</i> are flooded,\" Ada Brandt said at the weir of Olmet.";
        service.Ingest([.. new[] { "one", "two" }.Select(name =>
            News.Document(text + " It is the report of " + name + ".", name + Hostile, "Olmet " + Hostile, "Outlet " + Hostile, $"https://news.example/{name}?<\"'>"))]);
        service.Archive.Feeds.Add("https://news.example/?" + Hostile, "Feed " + Hostile, DateTimeOffset.UnixEpoch);
        var article = service.Archive.Articles(new ArticleFilter(), 1).Items[0];
        var outlet = Uri.EscapeDataString(article.Outlet!);
        string[] paths =
        [
            "/?least=1", $"/?outlet={outlet}", $"/stories/{article.Story}", $"/stories/{article.Story}/beside", $"/articles/{article.Id}", "/search?q=Olmet", "/search?q=Olmet&in=statements",
            "/search?q=" + Uri.EscapeDataString(Hostile), "/check?claim=" + Uri.EscapeDataString(Hostile + " ferry"), "/speakers", "/speakers?name=" + Uri.EscapeDataString(Hostile), "/speakers/" + Uri.EscapeDataString(Hostile), "/outlets",
            $"/outlets/{outlet}", "/sources", "/nothing/" + Uri.EscapeDataString(Hostile), "/stories/" + Uri.EscapeDataString(Hostile),
        ];
        foreach (var path in paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Accept.ParseAdd("text/html");
            using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
            Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<b>broke", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<i>homes", page, StringComparison.Ordinal);
            Assert.DoesNotMatch("href=\"(?:javascript|data):", page);
            // What turns a line round is shown, never done.
            Assert.DoesNotContain('\u202e', WebUtility.HtmlDecode(Regex.Replace(page, " value=\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(1))));
        }
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_a_page_to_a_browser()
    {
        foreach (var path in new[] { "/stories/none", "/stories/none/points/p", "/stories/none/beside", "/articles/none", "/nothing" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Accept.ParseAdd("text/html");
            using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        }
    }

    [Theory]
    [InlineData("/start/sample")]
    [InlineData("/start/own")]
    [InlineData("/start/feeds")]
    [InlineData("/sources/remove")]
    [InlineData("/sources/import")]
    [InlineData("/settings")]
    [InlineData("/corrections")]
    [InlineData("/corrections/preview")]
    [InlineData("/corrections/undo")]
    [InlineData("/watches")]
    [InlineData("/accounts")]
    [InlineData("/accounts/change")]
    [InlineData("/tokens")]
    public async Task Another_site_can_do_nothing_through_the_readers_browser(string path)
    {
        foreach (var (name, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"), ("Origin", "null") })
        {
            var before = service.Archive.Revision();
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new("box", "A text."), new("feeds", "https://evil.example/feed")]) };
            request.Headers.Add(name, value);
            using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal(before, service.Archive.Revision());
            Assert.DoesNotContain(service.Archive.Feeds.All(), feed => feed.Address.Contains("evil.example/feed", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/start/own")]
    [InlineData("/corrections")]
    [InlineData("/corrections/preview")]
    [InlineData("/corrections/undo/preview")]
    public async Task What_is_no_form_or_marks_nothing_is_told_to_be_wrong(string path)
    {
        using var nothing = await service.Client.PostAsync(path, null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        using var empty = await Post(path, ("kind", "split-point"), ("batch", "{"), ("passage", "none|1|2"));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    [Fact]
    public async Task A_pasted_text_is_taken_in_once()
    {
        (string, string)[] form = [("box", "The lock of Vireux was closed on Tuesday, harbour master Lena Hoek said."), ("title", "Lock of Vireux closed"), ("outlet", "The Lock"), ("published", "2025-03-08")];
        using var first = await Post("/start/own", form);
        using var second = await Post("/start/own", form);

        Assert.Equal((HttpStatusCode.SeeOther, "/?taken=1&known=0"), (first.StatusCode, first.Headers.Location!.ToString()));
        Assert.Equal("/?taken=0&known=1", second.Headers.Location!.ToString());
        var article = service.Archive.Articles(new ArticleFilter("The Lock"), 2).Items.Single();
        Assert.Equal(("Lock of Vireux closed", "2025-03-08"), (article.Title, article.Published));
    }

    [Fact]
    public async Task An_address_that_nobody_may_ask_for_is_told_with_the_reason()
    {
        using var answer = await Post("/start/own", ("box", "http://127.0.0.1:9/secret"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("http://127.0.0.1:9/secret", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feeds_are_followed_taken_away_as_a_list_and_let_go()
    {
        using var wrong = await Post("/start/feeds", ("feeds", "https://a.example/feed\nnot an address"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.DoesNotContain(service.Archive.Feeds.All(), feed => feed.Address == "https://a.example/feed");

        using var added = await Post("/start/feeds", ("feeds", "https://a.example/feed\r\nhttps://b.example/feed\r\n"));
        Assert.Equal("/sources?added=2", added.Headers.Location!.ToString());
        var list = await service.Client.GetStringAsync("/sources.opml", TestContext.Current.CancellationToken);
        using var removed = await Post("/sources/remove", ("address", "https://a.example/feed"));
        Assert.DoesNotContain(service.Archive.Feeds.All(), feed => feed.Address == "https://a.example/feed");
        using var back = await Post("/sources/import", ("opml", list));
        Assert.Contains(service.Archive.Feeds.All(), feed => feed.Address == "https://a.example/feed");
    }

    [Fact]
    public async Task Two_versions_of_a_page_are_shown_with_what_changed_between_them()
    {
        foreach (var trucks in new[] { "Nine", "Twelve" })
        {
            service.Ingest([News.Document(
                $"The quarry of Talme burned for two days. {trucks} trucks were lost <b>there</b>, foreman Ida Brock said.", "quarry", "Quarry of Talme burns", "The Talme Sheet",
                "https://news.example/quarry", new DateTime(2025, 3, 9, 8, 0, 0))]);
        }

        var later = service.Archive.Articles(new ArticleFilter("The Talme Sheet"), 10).Items.Single(article => article.SupersededBy is null);

        var change = (await service.Get($"/articles/{later.Id}/changes.json")).GetProperty("changes").EnumerateArray().Single();
        Assert.Equal(("number", "Nine", "Twelve"), (change.GetProperty("grade").GetString(), change.GetProperty("before").GetString(), change.GetProperty("after").GetString()));
        var page = await service.Client.GetStringAsync($"/articles/{later.Id}/changes?interface=en", TestContext.Current.CancellationToken);
        Assert.Contains("<del class=\"c-number\">Nine</del> <ins class=\"c-number\">Twelve</ins>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;there&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains($"/articles/{later.Id}/changes", await service.Client.GetStringAsync($"/articles/{later.Id}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var first = service.Archive.Versions(later.Id)[0];
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.GetAsync($"/articles/{first.Id}/changes", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("package", "application/zip")]
    public async Task A_dossier_is_taken_away_as_a_word_document_and_as_a_package_of_evidence(string format, string type)
    {
        var story = service.Archive.Stories(new StoryFilter(2), 1).Items[0];
        await RunningService.MadeAsync(service.Client, $"/stories/{story.Id}");
        var page = await service.Client.GetStringAsync($"/stories/{story.Id}", TestContext.Current.CancellationToken);
        var link = WebUtility.HtmlDecode(page.Split('"').Single(part => part.Contains("format=" + format, StringComparison.Ordinal)));
        using var answer = await service.Client.GetAsync(link, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var files = new System.IO.Compression.ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Contains(files.Entries, file => file.FullName == (format == "docx" ? "word/document.xml" : "SHA256SUMS"));
    }

    [Fact]
    public async Task Styles_and_scripts_are_kept_for_good_under_addresses_of_their_content()
    {
        var page = await service.Client.GetStringAsync("/settings", TestContext.Current.CancellationToken);
        var addresses = page.Split('"').Where(part => part.StartsWith("/assets/", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Equal(4, addresses.Count);
        foreach (var address in addresses)
        {
            using var answer = await service.Client.GetAsync(address);
            Assert.Contains("immutable", answer.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
            if (address.EndsWith(".js", StringComparison.Ordinal))
                Assert.True((await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length <= 60_000);
        }
    }

    private async Task<List<string>> Pages()
    {
        var story = service.Archive.Stories(new StoryFilter(2), 1).Items[0];
        var article = service.Archive.Articles(new ArticleFilter(Story: story.Id), 1).Items[0];
        var point = (await service.Get($"/api/v1/stories/{story.Id}/points?fresh=true"))[0].GetProperty("id").GetString();
        var speaker = service.Archive.Desk.Speakers(null, 1).Items[0].Name;
        return
        [
            "/", "/add", $"/stories/{story.Id}", $"/stories/{story.Id}/points/{point}", $"/stories/{story.Id}/beside", $"/articles/{article.Id}", "/search", "/search?q=council",
            "/search?q=council&in=statements", "/search?q=council&in=points", "/check", "/check?claim=The+ferry+ran+aground+near+Point+Vell", "/speakers", "/speakers/" + Uri.EscapeDataString(speaker), "/outlets",
            "/outlets/" + Uri.EscapeDataString(article.Outlet!), "/sources", "/settings", "/keys", "/accessibility", "/watches", "/watches/new",
            "/accounts", "/tokens", "/audit",
        ];
    }

    private Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] form) =>
        service.Client.PostAsync(path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), TestContext.Current.CancellationToken);
}
