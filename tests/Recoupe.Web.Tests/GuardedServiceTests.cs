using Microsoft.AspNetCore.Builder;

using Recoupe.Storage;

namespace Recoupe.Web.Tests;

/// <summary>Tests of a service that demands accounts and has one of each role, named after it.</summary>
public abstract class GuardedServiceTests : IAsyncLifetime
{
    private protected const string Password = "seven grey herons wade";

    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-guarded-").FullName;

    private protected Archive Archive { get; private set; } = null!;

    private protected WebApplication App { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Archive = Archive.Open(new ArchiveLocation(_folder), create: true);
        Fill();
        foreach (var role in Enum.GetValues<AccountRole>())
            Archive.Accounts.Add(AccountShelf.Written(role), role, Password, null, TimeProvider.System.GetUtcNow());
        App = WebService.Build(Archive, new WebServiceOptions { Port = 0, Accounts = true });
        await App.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        Archive.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Puts into the archive what the tests ask for, before the service starts.</summary>
    private protected virtual void Fill()
    {
    }
}
