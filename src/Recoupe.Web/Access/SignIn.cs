using System.Threading.RateLimiting;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Storage;
using Recoupe.Web.Desk;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Access;

/// <summary>How often signing in may be tried from one place.</summary>
internal sealed class SignInTries : IDisposable
{
    private const int TriesAMinute = 10;

    private readonly PartitionedRateLimiter<string> _tries = PartitionedRateLimiter.Create<string, string>(place =>
        RateLimitPartition.GetFixedWindowLimiter(place, _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesAMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Takes one try, where one is left.</summary>
    public RateLimitLease Take(string place) => _tries.AttemptAcquire(place);

    /// <inheritdoc/>
    public void Dispose() => _tries.Dispose();
}

/// <summary>Signing in with a password, and out.</summary>
internal static class SignIn
{
    public const string Path = "/sign-in";
    public const string OutPath = "/sign-out";
    public const string Cookie = "recoupe-session";

    private const int LongestForm = 4096;

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet(Path, (HttpContext context, WebServiceOptions options, string? to) => Page(context, options, to, null)).ExcludeFromDescription();
        app.MapPost(Path, PostAsync).ExcludeFromDescription();
        app.MapPost(OutPath, (HttpContext context, Archive archive) =>
        {
            if (context.Request.Cookies[Cookie] is { } secret)
                archive.Accounts.CloseSession(secret);
            context.Response.Cookies.Delete(Cookie);
            return SeeOther(context, Path);
        }).ExcludeFromDescription();
    }

    /// <summary>Opens a session, and sends the browser on.</summary>
    public static IResult Open(HttpContext context, Archive archive, WebServiceOptions options, Account account, string? to)
    {
        var now = TimeProvider.System.GetUtcNow();
        context.Response.Cookies.Append(Cookie, archive.Accounts.OpenSession(account.Name, now), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps || options.PublicUrl?.Scheme == Uri.UriSchemeHttps,
            Expires = now + AccountShelf.SessionTime,
            Path = "/",
        });
        return SeeOther(context, Local(to));
    }

    /// <summary>A place of this service; its beginning where it is none.</summary>
    public static string Local(string? to) =>
        to is { Length: > 0 } && to[0] == '/' && (to.Length == 1 || to[1] is not ('/' or '\\')) && !to.Any(char.IsControl) ? to : "/";

    private static async Task<IResult> PostAsync(HttpContext context, Archive archive, WebServiceOptions options, AuditTrail trail, SignInTries tries)
    {
        using var lease = tries.Take(AccessGate.Place(context));
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "60";
            return Page(context, options, null, "signin.often", StatusCodes.Status429TooManyRequests);
        }

        if (!context.Request.HasFormContentType || context.Request.ContentLength is null or > LongestForm)
            return Page(context, options, null, "signin.nothing", StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, to) = (form["name"].ToString(), form["to"].ToString());
        var account = archive.Accounts.SignIn(name, form["password"].ToString(), TimeProvider.System.GetUtcNow());
        trail.Note(account?.Name ?? "", "sign-in", name.Length > 100 ? name[..100] : name, account is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
        return account is null ? Page(context, options, to, "signin.failed", StatusCodes.Status401Unauthorized) : Open(context, archive, options, account, to);
    }

    private static StatusCodeHttpResult SeeOther(HttpContext context, string to)
    {
        context.Response.Headers.Location = to;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static RazorComponentResult Page(HttpContext context, WebServiceOptions options, string? to, string? wrong, int status = StatusCodes.Status200OK)
    {
        var page = DeskResults.Page<SignInPage>(context, new SignInModel(Local(to), options.Oidc is not null, wrong is null ? null : DeskReader.Of(context).Texts[wrong]), status);
        context.Response.Headers.CacheControl = "no-store";
        return page;
    }
}
