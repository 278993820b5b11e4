using Microsoft.Net.Http.Headers;

using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Web.Access;

namespace Recoupe.Web.Desk;

/// <summary>Who reads a page, as the request tells: language and appearance of the interface, and where they are.</summary>
/// <param name="Texts">The words of the interface.</param>
/// <param name="Theme">light, dark, or null for as the system.</param>
/// <param name="Keys">Whether single keys work.</param>
/// <param name="Path">The page.</param>
/// <param name="Query">What the page was asked with, with its question mark; empty for nothing.</param>
public sealed record DeskReader(InterfaceTexts Texts, string? Theme, bool Keys, string Path, string Query)
{
    /// <summary>The cookie that keeps the interface's language.</summary>
    public const string InterfaceCookie = "recoupe-interface";

    /// <summary>The cookie that keeps the appearance.</summary>
    public const string ThemeCookie = "recoupe-theme";

    /// <summary>The cookie that keeps whether single keys work.</summary>
    public const string KeysCookie = "recoupe-keys";

    /// <summary>The appearances that may be asked for.</summary>
    public static IReadOnlyList<string> Themes { get; } = ["auto", "light", "dark"];

    /// <summary>Who is signed in; null where nobody signs in.</summary>
    public string? Who { get; init; }

    /// <summary>What they may do; null where they have not signed in yet.</summary>
    public AccountRole? Role { get; init; }

    /// <summary>Whether they may do what needs a role.</summary>
    public bool May(AccountRole needed) => Role >= needed;

    /// <summary>The address of the same page as data.</summary>
    public string DataAddress => (Path == "/" ? "/index" : Path) + ".json" + Query;

    /// <summary>The address of the same page in another language of the interface.</summary>
    public string AddressIn(string code)
    {
        var parts = Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith("interface=", StringComparison.Ordinal));
        return $"{Path}?{string.Join('&', parts.Append("interface=" + code))}";
    }

    /// <summary>Reads it from a request: what the address asks for, else what was kept, else what the browser prefers.</summary>
    public static DeskReader Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        var theme = request.Cookies[ThemeCookie];
        var isKnown = context.User.Identity is { IsAuthenticated: true };
        var asks = context.RequestServices.GetRequiredService<WebServiceOptions>().DemandsAccounts;
        return new DeskReader(
            InterfaceTexts.Of(Asked(request) ?? Kept(request) ?? Preferred(request) ?? InterfaceTexts.Codes[0]),
            theme is "light" or "dark" ? theme : null, request.Cookies[KeysCookie] != "off", request.Path, request.QueryString.Value ?? "")
        {
            Who = isKnown ? WhoAsks.Of(context) : null,
            Role = isKnown || !asks ? WhoAsks.Role(context) : null,
        };
    }

    /// <summary>Keeps the language that an address asks for.</summary>
    public static void KeepAsked(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Asked(context.Request) is { } asked && asked != context.Request.Cookies[InterfaceCookie])
            Keep(context, InterfaceCookie, asked);
    }

    /// <summary>Keeps a choice in the browser.</summary>
    public static void Keep(HttpContext context, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Append(name, value, new CookieOptions { Path = "/", SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, HttpOnly = true, MaxAge = TimeSpan.FromDays(400) });
    }

    private static string? Asked(HttpRequest request) => Known(request.Query["interface"]);

    private static string? Kept(HttpRequest request) => Known(request.Cookies[InterfaceCookie]);

    private static string? Preferred(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted)
            ? accepted.OrderByDescending(language => language.Quality ?? 1).Select(language => Known(language.Value.Value?.Split('-')[0].ToLowerInvariant())).FirstOrDefault(code => code is not null)
            : null;

    private static string? Known(string? code) => code is not null && InterfaceTexts.Codes.Contains(code) ? code : null;
}
