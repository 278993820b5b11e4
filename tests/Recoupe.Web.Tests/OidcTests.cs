using System.Net;
using System.Security.Claims;
using System.Text.Json;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using OpenIddict.Abstractions;
using OpenIddict.Server;

using Recoupe.Storage;
using Recoupe.Web.Access;

namespace Recoupe.Web.Tests;

/// <summary>Signing in by a real OpenID Connect server on loopback.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private const string Client = "recoupe-test";
    private const string Secret = "a secret of this test alone";

    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-oidc-").FullName;
    private Archive? _archive;
    private WebApplication? _server;
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        _archive = Archive.Open(new ArchiveLocation(_folder), create: true);
        _archive.Accounts.Add("root", AccountRole.Administrator, "correct horse battery", null, TimeProvider.System.GetUtcNow());
        _server = await StartServerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        await _server!.DisposeAsync();
        _archive!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_person_whom_the_service_knows_is_let_in_with_the_role_that_is_given()
    {
        await StartAsync(AccountRole.Analyst, Secret);

        using var answer = await SignInAsync("/api/v1/me");

        var me = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(("nadia", "analyst"), (me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));
        Assert.EndsWith(" 4711", _archive!.Accounts.Find("nadia")!.Subject, StringComparison.Ordinal);
        Assert.False(_archive.Accounts.Find("nadia")!.HasPassword);
        // Again it is the same account, with what an administrator made of it meanwhile.
        _archive.Accounts.SetRole("nadia", AccountRole.Editor);
        using var again = await SignInAsync("/api/v1/me");
        Assert.Contains("editor", await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(2, _archive.Accounts.All().Count);
    }

    [Fact]
    public async Task A_person_whom_nobody_here_knows_is_not_let_in_unless_it_is_said_so()
    {
        await StartAsync(newRole: null, Secret);

        using var answer = await SignInAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Single(_archive!.Accounts.All());
    }

    [Fact]
    public async Task Nobody_is_let_in_with_a_disabled_account_or_a_wrong_secret_of_the_service()
    {
        await StartAsync(AccountRole.Reader, Secret);
        using (await SignInAsync("/api/v1/me"))
            _archive!.Accounts.SetDisabled("nadia", true, TimeProvider.System.GetUtcNow());
        using var disabled = await SignInAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Forbidden, disabled.StatusCode);
        await _app!.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        await StartAsync(AccountRole.Reader, "another secret");

        using var wrong = await SignInAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    private async Task StartAsync(AccountRole? newRole, string secret)
    {
        _app = WebService.Build(_archive!, new WebServiceOptions { Port = 0, Accounts = true, Oidc = new OidcOptions(new Uri(_server!.Urls.First()), Client, secret, newRole) });
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    // As a browser does: cookies kept, redirects followed.
    private async Task<HttpResponseMessage> SignInAsync(string to)
    {
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        return await browser.GetAsync($"{_app!.Urls.First()}/sign-in/service?to={Uri.EscapeDataString(to)}");
    }

    private static async Task<WebApplication> StartServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.RegisterScopes(OpenIddictConstants.Scopes.Profile);
            server.EnableDegradedMode();
            server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || !context.RedirectUri!.EndsWith("/sign-in/service/callback", StringComparison.Ordinal))
                    context.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.ClientSecret != Secret)
                    context.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                var identity = new ClaimsIdentity("test");
                identity.AddClaim(new Claim(OpenIddictConstants.Claims.Subject, "4711").SetDestinations(OpenIddictConstants.Destinations.IdentityToken));
                identity.AddClaim(new Claim(OpenIddictConstants.Claims.PreferredUsername, "nadia").SetDestinations(OpenIddictConstants.Destinations.IdentityToken));
                context.Principal = new ClaimsPrincipal(identity).SetScopes(context.Request.GetScopes());
                context.SignIn(context.Principal);
                return default;
            }));
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
