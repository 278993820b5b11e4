using Microsoft.AspNetCore.Builder;

using Recoupe.Storage;
using Recoupe.Tests.Fetches;

namespace Recoupe.Web.Tests;

/// <summary>Tests of a service of their own, which starts when they say so, and of a web that it may fetch from and post to.</summary>
public abstract class LiveServiceTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-live-").FullName;

    private protected Archive Archive { get; private set; } = null!;

    private protected TestWeb Web { get; private set; } = null!;

    private protected WebApplication? App { get; private set; }

    private protected HttpClient? Client { get; private set; }

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        Archive = Archive.Open(new ArchiveLocation(_folder), create: true);
        Web = await TestWeb.StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (App is not null)
        {
            await App.StopAsync(CancellationToken.None);
            await App.DisposeAsync();
        }

        await Web.DisposeAsync();
        Archive.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected async Task StartAsync(WebServiceOptions options)
    {
        App = WebService.Build(Archive, options with { Port = 0, Fetches = Web.Options });
        await App.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient { BaseAddress = new Uri(App.Urls.First()) };
    }

    private protected static async Task UntilAsync(Func<bool> isSo)
    {
        for (var tries = 0; tries < 600 && !isSo(); tries++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.True(isSo());
    }
}
