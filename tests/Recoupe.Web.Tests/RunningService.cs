using System.Net;
using System.Text.Json;

using Microsoft.AspNetCore.Builder;

using Recoupe.Documents;
using Recoupe.Storage;
using Recoupe.Tests.Storage;

namespace Recoupe.Web.Tests;

/// <summary>The service on a free port, over an archive of invented news.</summary>
public sealed class RunningService : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-web-").FullName;
    private Archive? _archive;
    private WebApplication? _app;

    public const int Articles = 30;

    internal Archive Archive => _archive!;

    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _archive = Archive.Open(new ArchiveLocation(_folder), create: true);
        Ingest(News.Documents(51, Articles));
        _app = WebService.Build(_archive, new WebServiceOptions { Port = 0 });
        await _app.StartAsync();
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app!.DisposeAsync();
        _archive!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal List<Ingested> Ingest(IEnumerable<Document> documents)
    {
        using var writer = _archive!.Write();
        var ingested = writer.Ingest(documents, CancellationToken.None).ToList();
        writer.End(CancellationToken.None);
        return ingested;
    }

    internal async Task<JsonElement> Get(string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Client.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{address}: {answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
