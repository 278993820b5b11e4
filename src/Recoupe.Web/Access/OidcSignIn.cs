using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

using Recoupe.Storage;
using Recoupe.Web.Desk;

namespace Recoupe.Web.Access;

/// <summary>The sign-in service of an organisation (OpenID Connect).</summary>
/// <param name="Authority">Its address.</param>
/// <param name="Client">The name by which it knows this service.</param>
/// <param name="Secret">What it knows this service by.</param>
/// <param name="NewRole">The role of people whom it knows and this service does not; null where they are not let in.</param>
public sealed record OidcOptions(Uri Authority, string Client, string Secret, AccountRole? NewRole);

/// <summary>Signing in by a service: authorization code with PKCE; accounts are known by issuer and subject, never by a name or an address.</summary>
internal static class OidcSignIn
{
    public const string Path = "/sign-in/service";

    private const string Scheme = "oidc";

    // Asked for by the handler, and never signed in with: sessions are the archive's own.
    private const string Unused = "unused";
    private const string Callback = Path + "/callback";

    public static void AddOidc(this IServiceCollection services, OidcOptions oidc)
    {
        // What is under way when the service ends is begun anew: no keys are kept.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication().AddCookie(Unused).AddOpenIdConnect(Scheme, options =>
        {
            options.Authority = oidc.Authority.ToString();
            options.RequireHttpsMetadata = !oidc.Authority.IsLoopback;
            (options.ClientId, options.ClientSecret) = (oidc.Client, oidc.Secret);
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.CallbackPath = Callback;
            options.SignInScheme = Unused;
            options.MapInboundClaims = false;
            options.SaveTokens = false;
            options.GetClaimsFromUserInfoEndpoint = false;
            foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
                (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
            options.Events = new OpenIdConnectEvents { OnTicketReceived = Received, OnRemoteFailure = Failed, OnRedirectToIdentityProvider = Redirecting };
        });
    }

    public static void MapOidc(this WebApplication app)
    {
        app.UseAuthentication();
        app.MapGet(Path, (string? to) => TypedResults.Challenge(new AuthenticationProperties { RedirectUri = SignIn.Local(to) }, [Scheme])).ExcludeFromDescription();
    }

    private static Task Redirecting(RedirectContext context)
    {
        if (context.HttpContext.RequestServices.GetRequiredService<WebServiceOptions>().PublicUrl is { } url)
            context.ProtocolMessage.RedirectUri = new Uri(url, Callback).ToString();
        return Task.CompletedTask;
    }

    private static async Task Received(TicketReceivedContext context)
    {
        context.HandleResponse();
        var services = context.HttpContext.RequestServices;
        var (archive, options, trail) = (services.GetRequiredService<Archive>(), services.GetRequiredService<WebServiceOptions>(), services.GetRequiredService<AuditTrail>());
        string? Claim(string name) => context.Principal?.FindFirst(name)?.Value;
        var subject = $"{Claim("iss")} {Claim("sub")}";
        var account = archive.Accounts.OfSubject(subject) ?? Known(archive, options.Oidc!, subject, Claim("preferred_username") ?? Claim("name") ?? Claim("sub")!);
        trail.Note(account?.Name ?? "", "sign-in", subject, account is null ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK);
        await (account is null
            ? Wrong(context.HttpContext, StatusCodes.Status403Forbidden, $"nobody here has an account for {subject}: ask an administrator")
            : SignIn.Open(context.HttpContext, archive, options, account, context.ReturnUri)).ExecuteAsync(context.HttpContext);
    }

    // A name that another has already says nothing about who this is: it is told apart.
    private static Account? Known(Archive archive, OidcOptions oidc, string subject, string called)
    {
        if (oidc.NewRole is not { } role || archive.Accounts.All().Any(account => account.Subject == subject))
            return null;
        var name = new string([.. called.Where(c => !char.IsControl(c) && !char.IsWhiteSpace(c))]);
        name = name.Length is 0 ? "account" : name[..Math.Min(name.Length, 40)];
        var free = Enumerable.Range(1, 1000).Select(number => number == 1 ? name : $"{name}-{number}").First(candidate => archive.Accounts.Find(candidate) is null);
        return archive.Accounts.Add(free, role, null, subject, TimeProvider.System.GetUtcNow());
    }

    private static IResult Wrong(HttpContext context, int status, string why) => DeskResults.WantsPage(context.Request)
        ? DeskResults.Wrong(context, status, "wrong.failed", DeskReader.Of(context).Texts.Why(why))
        : TypedResults.Problem(why, statusCode: status);

    private static Task Failed(RemoteFailureContext context)
    {
        context.HandleResponse();
        return Wrong(context.HttpContext, StatusCodes.Status400BadRequest, "signing in by the service has failed: begin again at /sign-in").ExecuteAsync(context.HttpContext);
    }
}
