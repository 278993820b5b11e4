using System.Net;
using System.Text;
using System.Threading.RateLimiting;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Dossiers;
using Recoupe.Storage;

namespace Recoupe.Web.Access;

/// <summary>Signing in with a password, and out.</summary>
internal static class SignIn
{
    public const string Path = "/sign-in";
    public const string OutPath = "/sign-out";
    public const string Cookie = "recoupe-session";

    private const int LongestForm = 4096;
    private const int TriesAMinute = 10;

    private static readonly PartitionedRateLimiter<string> Tries = PartitionedRateLimiter.Create<string, string>(place =>
        RateLimitPartition.GetFixedWindowLimiter(place, _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesAMinute, Window = TimeSpan.FromMinutes(1) }));

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet(Path, (HttpContext context, WebServiceOptions options, string? to) => Page(context, options, to, failed: false)).ExcludeFromDescription();
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

    private static async Task<IResult> PostAsync(HttpContext context, Archive archive, WebServiceOptions options, AuditTrail trail)
    {
        using var lease = Tries.AttemptAcquire(AccessGate.Place(context));
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "60";
            return TypedResults.Problem("too many tries: wait a minute", statusCode: StatusCodes.Status429TooManyRequests);
        }

        if (!context.Request.HasFormContentType || context.Request.ContentLength is null or > LongestForm)
            return TypedResults.Problem("a name and a password are asked for", statusCode: StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, to) = (form["name"].ToString(), form["to"].ToString());
        var account = archive.Accounts.SignIn(name, form["password"].ToString(), TimeProvider.System.GetUtcNow());
        trail.Note(account?.Name ?? "", "sign-in", name.Length > 100 ? name[..100] : name, account is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
        return account is null ? Page(context, options, to, failed: true) : Open(context, archive, options, account, to);
    }

    private static StatusCodeHttpResult SeeOther(HttpContext context, string to)
    {
        context.Response.Headers.Location = to;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static ContentHttpResult Page(HttpContext context, WebServiceOptions options, string? to, bool failed)
    {
        var texts = TextsFor(context.Request);
        var (title, back) = (Encoded(texts["signin"]), Encoded(Local(to)));
        var page = new StringBuilder($"<!doctype html>\n<html lang=\"{texts.Code}\"><head><meta charset=\"utf-8\"><title>{title} · Recoupe</title>")
            .Append("<meta name=\"viewport\" content=\"width=device-width\"><style>")
            .Append(":root{color-scheme:light dark}body{font:1.1rem/1.5 Georgia,serif;max-width:22rem;margin:15vh auto 0;padding:0 1rem}")
            .Append("label{display:block;margin:1rem 0}input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.4rem}button{font:inherit;padding:.4rem 1rem}</style></head><body><main>")
            .Append($"<h1>{title}</h1>");
        if (failed)
            page.Append($"<p role=\"alert\">{Encoded(texts["signin.failed"])}</p>");
        page.Append($"<form method=\"post\" action=\"{Path}\"><input type=\"hidden\" name=\"to\" value=\"{back}\">")
            .Append($"<label>{Encoded(texts["signin.name"])} <input name=\"name\" autocomplete=\"username\" required autofocus></label>")
            .Append($"<label>{Encoded(texts["signin.password"])} <input name=\"password\" type=\"password\" autocomplete=\"current-password\" required></label>")
            .Append($"<button>{title}</button></form>");
        if (options.Oidc is not null)
            page.Append($"<p><a href=\"{OidcSignIn.Path}?to={Encoded(Uri.EscapeDataString(Local(to)))}\">{Encoded(texts["signin.service"])}</a></p>");
        page.Append("</main></body></html>\n");
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(page.ToString(), "text/html", Encoding.UTF8, failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
    }

    private static InterfaceTexts TextsFor(HttpRequest request)
    {
        var asked = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant());
        return InterfaceTexts.Of(asked.FirstOrDefault(code => InterfaceTexts.Codes.Contains(code)) ?? InterfaceTexts.Codes[0]);
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
