using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Storage;

namespace Recoupe.Web.Api;

/// <summary>What the archive answers changes with its revision and the engine alone: they are the answer's tag, and who has it is told so.</summary>
internal sealed class RevisionTag(Archive archive) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!HttpMethods.IsGet(context.HttpContext.Request.Method))
            return await next(context);
        var tag = $"\"{archive.Revision()}-{EngineStamp.Current}\"";
        var headers = context.HttpContext.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ETag = tag;
        if (context.HttpContext.Request.Headers.IfNoneMatch.Any(known => Holds(known, tag)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var answer = await next(context);
        if (answer is INestedHttpResult nested)
            answer = nested.Result;
        if (answer is IStatusCodeHttpResult { StatusCode: >= 300 } or RedirectHttpResult)
            headers.ETag = default;
        return answer;
    }

    private static bool Holds(string? known, string tag) => known is not null && known.Split(',').Any(one => one.Trim() is var trimmed && (trimmed == tag || trimmed == "W/" + tag || trimmed == "*"));
}
