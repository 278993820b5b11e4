using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>What the desk answers with.</summary>
internal static class DeskResults
{
    /// <summary>A page.</summary>
    public static RazorComponentResult Page<TPage>(HttpContext context, object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        DeskReader.KeepAsked(context);
        Guard(context.Response.Headers);
        return new RazorComponentResult(typeof(TPage), new Dictionary<string, object?> { ["Reader"] = DeskReader.Of(context), ["Model"] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
    }

    /// <summary>A page that says what went wrong.</summary>
    public static RazorComponentResult Wrong(HttpContext context, int status, string title, string? what = null)
    {
        var texts = DeskReader.Of(context).Texts;
        return Page<WrongPage>(context, new WrongModel(texts[title], what ?? (texts.Keys.Contains(title + ".what") ? texts[title + ".what"] : "")), status);
    }

    /// <summary>The form that was sent.</summary>
    /// <exception cref="BadHttpRequestException">What was sent is none.</exception>
    public static Task<IFormCollection> FormAsync(this HttpContext context, CancellationToken cancellationToken) => context.Request.HasFormContentType
        ? context.Request.ReadFormAsync(cancellationToken)
        : throw new BadHttpRequestException("a form is expected here");

    /// <summary>Leads on after an action, to a page that can be loaded again without doing it twice.</summary>
    public static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>Whether a page is wanted, rather than data.</summary>
    public static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/mcp") && request.Headers.Accept.Any(accepted => accepted?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    // Nothing runs, styles or loads but what this program serves; no other page may hold this one.
    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        headers.CacheControl = "no-cache, private";
        headers.Vary = "Cookie, Accept-Language";
    }
}
