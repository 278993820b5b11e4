using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.Builder;

using Recoupe.Storage;
using Recoupe.Web;

namespace Recoupe.Browser.Tests;

/// <summary>A desk on a free port.</summary>
public sealed class RunningDesk : IAsyncDisposable
{
    /// <summary>Who may do everything on one that demands accounts.</summary>
    public const string Account = "nova";

    /// <summary>Their password.</summary>
    public const string Password = "seven grey herons";

    private readonly string _folder;
    private readonly Archive _archive;
    private readonly WebApplication _app;

    private RunningDesk(string folder, Archive archive, WebApplication app) => (_folder, _archive, _app) = (folder, archive, app);

    /// <summary>Asks it without a browser.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>Where it is.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Starts an empty one.</summary>
    /// <param name="accounts">Whether it demands accounts.</param>
    public static async Task<RunningDesk> Start(bool accounts = false)
    {
        var folder = Directory.CreateTempSubdirectory("recoupe-desk-").FullName;
        var archive = Archive.Open(new ArchiveLocation(folder), create: true);
        if (accounts)
            archive.Accounts.Add(Account, AccountRole.Administrator, Password, null, TimeProvider.System.GetUtcNow());
        var app = WebService.Build(archive, new WebServiceOptions { Port = 0, Accounts = accounts });
        await app.StartAsync();
        return new RunningDesk(folder, archive, app);
    }

    /// <summary>Takes in the sample event, and waits until its dossier is made.</summary>
    /// <returns>The name of its story.</returns>
    public async Task<string> TakeInSample()
    {
        (await Client.PostAsync(Address + "/start/sample", null)).EnsureSuccessStatusCode();
        for (var tries = 0; tries < 200; tries++)
        {
            using var front = JsonDocument.Parse(await Client.GetStringAsync(Address + "/index.json"));
            var story = front.RootElement.GetProperty("stories")[0];
            if (story.GetProperty("fresh").GetBoolean())
                return story.GetProperty("story").GetProperty("id").GetString()!;
            await Task.Delay(100);
        }

        throw new InvalidOperationException("the dossier of the sample is not made");
    }

    /// <summary>Takes in articles, and waits until the dossiers of all stories that several tell are made.</summary>
    public async Task TakeIn(IEnumerable<object> articles)
    {
        using var lines = new StringContent(string.Join('\n', articles.Select(article => JsonSerializer.Serialize(article))), Encoding.UTF8, "application/jsonl");
        (await Client.PostAsync(Address + "/api/v1/articles", lines)).EnsureSuccessStatusCode();
        for (var tries = 0; tries < 300; tries++)
        {
            using var front = JsonDocument.Parse(await Client.GetStringAsync(Address + "/index.json"));
            var told = front.RootElement.GetProperty("stories").EnumerateArray().Where(story => story.GetProperty("story").GetProperty("articles").GetInt32() > 1);
            if (told.All(story => story.GetProperty("fresh").GetBoolean()))
                return;
            await Task.Delay(100);
        }

        throw new InvalidOperationException("some dossiers are not made");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _archive.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A desk that holds the sample, and its pages; for tests that change nothing that another one sees.</summary>
public sealed class SampleDesk : IAsyncLifetime
{
    private RunningDesk? _desk;

    /// <summary>The desk.</summary>
    public RunningDesk Desk => _desk!;

    /// <summary>The address of the story.</summary>
    public string Story { get; private set; } = "";

    /// <summary>The address of an article.</summary>
    public string Article { get; private set; } = "";

    /// <summary>The address of a point.</summary>
    public string Point { get; private set; } = "";

    /// <summary>The address of a watch.</summary>
    public string Watch { get; private set; } = "";

    /// <summary>The address of every page, with something on it.</summary>
    public IReadOnlyList<string> Pages { get; private set; } = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _desk = await RunningDesk.Start();
        var story = await _desk.TakeInSample();
        var id = (await Get($"/api/v1/articles?story={story}")).GetProperty("items").EnumerateArray()
            .First(article => article.GetProperty("outlet").GetString() == "Le Courrier de Valenne").GetProperty("id").GetString();
        (Story, Article) = ($"/stories/{story}", $"/articles/{id}");
        Point = $"{Story}/points/{(await Get($"/api/v1/stories/{story}/points"))[0].GetProperty("id").GetString()}";
        await Post("/start/feeds", ("feeds", "https://paper.example/feed\nhttps://gazette.example/feed"));
        await Post("/corrections", ("batch", $"[{{\"kind\":\"note\",\"article\":\"{id}\",\"text\":\"Asked the prefecture on Monday.\"}}]"));
        Watch = (await Post("/watches", ("title", "Factory"), ("query", "usine OR plant"), ("condition", "denial"))).Split('?')[0];
        await TakeIn("Nine boats lay in the harbour of Vell on Monday, pilot Mara Lind said.");
        var changed = await TakeIn("Eleven boats lay in the harbour of Vell on Monday, pilot Mara Lind said.");
        await Post("/accounts", ("name", "nova"), ("role", "analyst"), ("password", "seven grey herons"));
        Pages =
        [
            "/", "/?grade=disputed", "/?language=fr&grade=single", "/add", Story, Story + "/sections/graph", Point, Story + "/beside", Article, Article + "?at=115-265", "/search",
            "/search?q=usine", "/search?q=fissure&in=statements", "/search?q=turbine&in=points", "/search?q=%28", "/speakers", "/speakers/Claire%20Mazeret", "/outlets",
            "/outlets/The%20Harbour%20Post", "/sources", "/corrections", "/settings", "/keys", "/accessibility", "/nothing",
            $"/articles/{changed}/changes", "/watches", Watch, Watch + "/edit", "/watches/new", "/accounts", "/tokens", "/audit",
        ];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _desk!.DisposeAsync();

    private async Task<JsonElement> Get(string path) => JsonDocument.Parse(await Desk.Client.GetStringAsync(Desk.Address + path)).RootElement;

    // A page as it is now; what it was before is an earlier version.
    private async Task<string> TakeIn(string text)
    {
        using var content = new StringContent(
            JsonSerializer.Serialize(new { url = "https://vell.example/boats", outlet = "The Vell Log", title = "Boats in the harbour", text, language = "en" }), Encoding.UTF8, "application/json");
        using var answer = await Desk.Client.PostAsync(Desk.Address + "/api/v1/articles", content);
        using var taken = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return taken.RootElement.GetProperty("items")[0].GetProperty("id").GetString()!;
    }

    // Where it leads on to.
    private async Task<string> Post(string path, params (string Name, string Value)[] form)
    {
        using var answer = await Desk.Client.PostAsync(Desk.Address + path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        return answer.EnsureSuccessStatusCode().RequestMessage!.RequestUri!.PathAndQuery;
    }
}
