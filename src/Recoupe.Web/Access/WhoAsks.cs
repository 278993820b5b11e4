using System.Security.Claims;

using Recoupe.Storage;

namespace Recoupe.Web.Access;

/// <summary>Who asks, by the name under which it is written down, and what they may do.</summary>
internal static class WhoAsks
{
    /// <summary>Who works on the machine itself, where nobody signs in.</summary>
    public const string Local = "local";

    private const string Kind = "recoupe";

    /// <summary>The name of the account; <see cref="Local"/> where nobody signs in.</summary>
    public static string Of(HttpContext context) => context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : Local;

    /// <summary>What they may do: everything where nobody signs in.</summary>
    public static AccountRole Role(HttpContext context) => context.User.Identity is { IsAuthenticated: true }
        ? AccountShelf.RoleOf(context.User.FindFirstValue(ClaimTypes.Role)) ?? AccountRole.Reader
        : context.RequestServices.GetRequiredService<WebServiceOptions>().DemandsAccounts ? AccountRole.Reader : AccountRole.Administrator;

    /// <summary>The account as who asks.</summary>
    public static ClaimsPrincipal As(Account account) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, account.Name), new Claim(ClaimTypes.Role, AccountShelf.Written(account.Role))], Kind));
}
