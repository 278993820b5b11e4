using Recoupe.Storage;
using Recoupe.Web.Access;

namespace Recoupe.Web.Api;

/// <summary>Makes tokens: for programs and for the desk alike.</summary>
internal static class TokenKeeping
{
    private const int LongestTitle = 100;
    private const int MostDays = 3650;

    /// <summary>Makes a token in the name of who asks, with its secret.</summary>
    /// <exception cref="BadHttpRequestException">It cannot be.</exception>
    public static (ApiToken Token, string Secret) Add(Archive archive, HttpContext context, NewToken token, DateTimeOffset now)
    {
        var scope = AccountsApi.RoleOf(token.Scope);
        if (string.IsNullOrWhiteSpace(token.Title) || token.Title.Length > LongestTitle)
            throw new BadHttpRequestException($"title says what the token is for, in {LongestTitle} characters at most");
        if (token.Days is <= 0 or > MostDays)
            throw new BadHttpRequestException($"days is how long the token holds: from 1 to {MostDays}");
        if (scope > WhoAsks.Role(context))
            throw new BadHttpRequestException("a token may do no more than who makes it", StatusCodes.Status403Forbidden);
        return archive.Accounts.AddToken(WhoAsks.Of(context), token.Title, scope, token.Days is { } days ? now.AddDays(days) : null, now);
    }
}
