namespace Recoupe.Web.Access;

/// <summary>Nothing is changed for a page of another site: what a browser says of where a request comes from is believed, and it cannot be made to lie.</summary>
internal static class SameOrigin
{
    /// <summary>Refuses what would change something and comes from elsewhere.</summary>
    public static void UseSameOrigin(this WebApplication app) => app.Use((context, next) => IsOurs(context.Request)
        ? next(context)
        : TypedResults.Problem("this comes from a page of another site: nothing is changed for it", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context));

    // Programs send neither header; browsers of today send the first, older ones the second.
    private static bool IsOurs(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return true;
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
            return site is ["same-origin"] or ["none"];
        var origin = request.Headers.Origin;
        return origin.Count == 0
            || (origin is [{ } one] && Uri.TryCreate(one, UriKind.Absolute, out var from)
                && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
                && string.Equals(from.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase));
    }
}
