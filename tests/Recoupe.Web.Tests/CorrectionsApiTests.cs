using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Storage;

namespace Recoupe.Web.Tests;

public class CorrectionsApiTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task Corrections_are_previewed_made_listed_and_undone()
    {
        var articles = service.Archive.Articles(new ArticleFilter(), 500).Items;
        var (ferry, other) = (articles[0], articles.First(article => article.Story != articles[0].Story));
        var asked = new { why = "same event", corrections = new object[] { new { kind = "merge-stories", articles = new[] { ferry.Id.Value, other.Id.Value } } } };

        var preview = await Send(HttpMethod.Post, "/api/v1/corrections?preview=true", HttpStatusCode.OK, asked);
        var from = preview.GetProperty("moves")[0].GetProperty("from").GetString();
        Assert.Equal(ferry.Story, service.Archive.Article(ferry.Id)!.Story);
        var made = (await Send(HttpMethod.Post, "/api/v1/corrections", HttpStatusCode.Created, asked)).GetProperty("items")[0];
        Assert.Equal(("local", "same event"), (made.GetProperty("who").GetString(), made.GetProperty("why").GetString()));
        var number = made.GetProperty("number").GetInt64();
        Assert.Equal(service.Archive.Article(other.Id)!.Story, service.Archive.Article(ferry.Id)!.Story);
        using (var moved = await service.Client.GetAsync($"/api/v1/stories/{from}", TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.TemporaryRedirect, moved.StatusCode);

        var listed = await service.Get($"/api/v1/corrections?article={ferry.Id}&undone=false");
        Assert.Equal(number, listed.GetProperty("items")[0].GetProperty("number").GetInt64());
        var undoing = await Send(HttpMethod.Delete, $"/api/v1/corrections/{number}?preview=true", HttpStatusCode.OK);
        Assert.Equal(preview.GetProperty("moves").GetArrayLength(), undoing.GetProperty("moves").GetArrayLength());
        var undone = (await Send(HttpMethod.Delete, $"/api/v1/corrections?number={number}", HttpStatusCode.OK)).GetProperty("items")[0];
        Assert.Equal("local", undone.GetProperty("undone_by").GetString());
        Assert.Equal((ferry.Story, other.Story), (service.Archive.Article(ferry.Id)!.Story, service.Archive.Article(other.Id)!.Story));
        await Send(HttpMethod.Delete, $"/api/v1/corrections/{number}", HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("""{"kind":"star","article":"none"}""", "the archive has no article none")]
    [InlineData("""{"kind":"rename"}""", "is none of merge-stories")]
    [InlineData("""{"kind":""", "no JSON")]
    public async Task What_cannot_be_corrected_is_told(string body, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/corrections") { Content = new StringContent(body, null, "application/json") };
        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    public async Task Nothing_is_changed_for_a_page_of_another_site(string header, string value, bool isOurs)
    {
        foreach (var (method, address) in new[] { (HttpMethod.Delete, "/api/v1/corrections/999"), (HttpMethod.Post, "/mcp") })
        {
            using var request = new HttpRequestMessage(method, address);
            request.Headers.Add(header, value);
            using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(isOurs, answer.StatusCode != HttpStatusCode.Forbidden);
        }
    }

    private async Task<JsonElement> Send(HttpMethod method, string address, HttpStatusCode expected, object? body = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await service.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{address}: {answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
