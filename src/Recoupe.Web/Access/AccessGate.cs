using System.Globalization;
using System.Threading.RateLimiting;

using Microsoft.AspNetCore.Http.Extensions;

using Recoupe.Storage;
using Recoupe.Web.Desk;

namespace Recoupe.Web.Access;

/// <summary>Where accounts are demanded: lets through who may, and tells the others why not.</summary>
internal sealed class AccessGate(Archive archive, AuditTrail trail) : IDisposable
{
    private const string Bearer = "Bearer ";

    private readonly PartitionedRateLimiter<string> _known = Limiter(burst: 400, perSecond: 100);
    private readonly PartitionedRateLimiter<string> _unknown = Limiter(burst: 60, perSecond: 10);

    /// <summary>Lets a request through, or answers it.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var account = AccountOf(context.Request);
        if (account is not null)
            context.User = WhoAsks.As(account);
        using var lease = account is null ? _unknown.AttemptAcquire(Place(context)) : _known.AttemptAcquire(account.Name);
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "1";
            await Refuse(context, StatusCodes.Status429TooManyRequests, "too many requests: ask more slowly");
            return;
        }

        var endpoint = context.GetEndpoint();
        if (AccessRules.IsPublic(endpoint))
            await next(context);
        else if (account is null)
            await Unknown(context);
        else if (endpoint is not null && account.Role < AccessRules.Needed(endpoint, context.Request.Method))
            await Refuse(context, StatusCodes.Status403Forbidden, $"this needs the role {AccountShelf.Written(AccessRules.Needed(endpoint, context.Request.Method))}");
        else
            await next(context);
        trail.Note(context);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _known.Dispose();
        _unknown.Dispose();
    }

    /// <summary>Where a request comes from.</summary>
    public static string Place(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static PartitionedRateLimiter<string> Limiter(int burst, int perSecond) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        }));

    private Account? AccountOf(HttpRequest request)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return archive.Accounts.OfToken(header[Bearer.Length..].Trim(), now);
        return request.Cookies[SignIn.Cookie] is { Length: > 0 } secret ? archive.Accounts.OfSession(secret, now) : null;
    }

    private static Task Unknown(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true))
        {
            context.Response.Redirect($"{SignIn.Path}?to={Uri.EscapeDataString(context.Request.GetEncodedPathAndQuery())}");
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Refuse(context, StatusCodes.Status401Unauthorized, "this needs an account: send a token as \"Authorization: Bearer …\", or sign in at /sign-in");
    }

    private static Task Refuse(HttpContext context, int status, string why) => DeskResults.WantsPage(context.Request)
        ? DeskResults.Wrong(context, status, "wrong.failed", DeskReader.Of(context).Texts.Why(why)).ExecuteAsync(context)
        : TypedResults.Problem(why, statusCode: status).ExecuteAsync(context);
}
