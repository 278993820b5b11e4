namespace Recoupe.Web.Desk;

/// <summary>Refuses a form that another site sends through the reader's browser.</summary>
/// <remarks>
/// A browser says where a request comes from: by <c>Sec-Fetch-Site</c>, older ones by <c>Origin</c>. A client that says neither is no browser, and carries nobody's
/// rights but its own.
/// </remarks>
internal sealed class SameSite : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        HttpMethods.IsGet(context.HttpContext.Request.Method) || HttpMethods.IsHead(context.HttpContext.Request.Method) || IsOwn(context.HttpContext.Request)
            ? await next(context)
            : DeskResults.Wrong(context.HttpContext, StatusCodes.Status403Forbidden, "wrong.foreign");

    /// <summary>Whether a request comes from this site's own pages, or from no page at all.</summary>
    public static bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
