using System.Net;
using System.Text.Json;

using Microsoft.AspNetCore.Builder;

using Recoupe.Documents;
using Recoupe.Storage;
using Recoupe.Tests.Storage;

namespace Recoupe.Web.Tests;

/// <summary>The service on a free port, over an archive of invented news.</summary>
public class RunningService : IAsyncLifetime
{
    private readonly string _engine;
    private Stores? _stores;
    private Archive? _archive;
    private WebApplication? _app;

    public const int Articles = 30;

    public RunningService()
        : this(Stores.Sqlite)
    {
    }

    protected RunningService(string engine) => _engine = engine;

    internal Archive Archive => _archive!;

    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (_engine == Stores.Postgres && !Stores.HasPostgres)
            return;
        _stores = new Stores(_engine);
        _archive = _stores.Open();
        // Council votes of one mould may be one story or several; the ferry is another one whatever they are.
        const string ferry = "The night ferry to Skarholm ran aground off Point Vell early on Friday with 214 people aboard. Lifeboats took all passengers to the pier of Vell, the coastguard said.";
        Ingest([.. News.Documents(51, Articles - 1), News.Document(ferry, "ferry", "Night ferry runs aground off Point Vell", "The Coast Post", "https://news.example/ferry", new DateTime(2025, 3, 7, 9, 0, 0))]);
        _app = WebService.Build(_archive, new WebServiceOptions { Port = 0 });
        await _app.StartAsync();
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_stores is null)
            return;
        Client.Dispose();
        await _app!.DisposeAsync();
        _archive!.Dispose();
        _stores.Dispose();
    }

    internal List<Ingested> Ingest(IEnumerable<Document> documents)
    {
        using var writer = _archive!.Write();
        var ingested = writer.Ingest(documents, CancellationToken.None).ToList();
        writer.End(CancellationToken.None);
        return ingested;
    }

    /// <summary>Asks for a page of a story until it is made, however busy the machine is.</summary>
    internal static async Task MadeAsync(HttpClient client, string path)
    {
        while ((await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.Accepted)
            await Task.Delay(200, TestContext.Current.CancellationToken);
    }

    internal async Task<JsonElement> Get(string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Client.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{address}: {answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}

/// <summary>The same over PostgreSQL; where that is not installed it does not start, and its tests are skipped.</summary>
public sealed class RunningPostgresService() : RunningService(Stores.Postgres);
