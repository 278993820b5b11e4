using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Storage;
using Recoupe.Web.Access;

namespace Recoupe.Web.Api;

/// <summary>Accounts, tokens, and who did what.</summary>
internal static class AccountsApi
{
    public static void MapAccounts(this RouteGroupBuilder api)
    {
        api.MapGet("/me", (HttpContext context) => new Me(WhoAsks.Of(context), AccountShelf.Written(WhoAsks.Role(context)))).WithTags("accounts").WithSummary("Who asks, and what they may do");
        api.MapGet("/accounts", (Archive archive) => archive.Accounts.All().Select(AccountFacts.Of)).Needs(AccountRole.Administrator).WithTags("accounts").WithSummary("All accounts");
        api.MapPost("/accounts", Add).Needs(AccountRole.Administrator).WithTags("accounts").WithSummary("Adds an account");
        api.MapPatch("/accounts/{name}", Change).Needs(AccountRole.Administrator).WithTags("accounts").WithSummary("Changes an account's role or password, disables or enables it");
        api.MapDelete("/accounts/{name}", Remove).Needs(AccountRole.Administrator).WithTags("accounts").WithSummary("Removes an account with its tokens; what it did stays written down");
        api.MapGet("/tokens", Tokens).WithTags("accounts").WithSummary("One's own tokens; an administrator's view of all with all=true");
        api.MapPost("/tokens", AddToken).Needs(AccountRole.Reader).WithTags("accounts").WithSummary("Makes a token in one's own name; its secret is given this once");
        api.MapDelete("/tokens/{id}", Revoke).Needs(AccountRole.Reader).WithTags("accounts").WithSummary("Ends one's own token, or anybody's for an administrator");
        api.MapGet("/audit", Audit).Needs(AccountRole.Administrator).WithTags("accounts").WithSummary("Who saw, changed and exported what, the last first");
    }

    private static Created<AccountFacts> Add(Archive archive, NewAccount account)
    {
        var added = archive.Accounts.Add(account.Name ?? "", RoleOf(account.Role), account.Password, account.Subject, TimeProvider.System.GetUtcNow());
        return TypedResults.Created($"/api/v1/accounts/{Uri.EscapeDataString(added.Name)}", AccountFacts.Of(added));
    }

    private static Results<Ok<AccountFacts>, ProblemHttpResult> Change(Archive archive, string name, AccountChange change)
    {
        if (archive.Accounts.Find(name) is null)
            return NotThere(name);
        if (change.Role is { } role)
            archive.Accounts.SetRole(name, RoleOf(role));
        if (change.Password is { } password)
            archive.Accounts.SetPassword(name, password);
        if (change.Disabled is { } disabled)
            archive.Accounts.SetDisabled(name, disabled, TimeProvider.System.GetUtcNow());
        return TypedResults.Ok(AccountFacts.Of(archive.Accounts.Find(name)!));
    }

    private static Results<NoContent, ProblemHttpResult> Remove(Archive archive, string name)
    {
        if (archive.Accounts.Find(name) is null)
            return NotThere(name);
        archive.Accounts.Remove(name);
        return TypedResults.NoContent();
    }

    private static IEnumerable<TokenFacts> Tokens(Archive archive, HttpContext context, bool? all) =>
        archive.Accounts.Tokens((all ?? false) && WhoAsks.Role(context) == AccountRole.Administrator ? null : WhoAsks.Of(context)).Select(TokenFacts.Of);

    private static Created<NewSecret> AddToken(Archive archive, HttpContext context, NewToken token)
    {
        var (made, secret) = TokenKeeping.Add(archive, context, token, TimeProvider.System.GetUtcNow());
        return TypedResults.Created($"/api/v1/tokens/{made.Id}", new NewSecret(TokenFacts.Of(made), secret));
    }

    private static Results<NoContent, ProblemHttpResult> Revoke(Archive archive, HttpContext context, string id) =>
        archive.Accounts.RevokeToken(id, WhoAsks.Role(context) == AccountRole.Administrator ? null : WhoAsks.Of(context), TimeProvider.System.GetUtcNow())
            ? TypedResults.NoContent()
            : TypedResults.Problem($"there is no token {id} that holds", statusCode: StatusCodes.Status404NotFound);

    private static Part<AuditEntry> Audit(Archive archive, AuditTrail trail, string? who, int? limit, string? cursor)
    {
        trail.Flush();
        var page = archive.Audit.List(who, Limits.Of(limit), cursor);
        return new Part<AuditEntry>(page.Items, page.Next);
    }

    internal static AccountRole RoleOf(string? text) => AccountShelf.RoleOf(text)
        ?? throw new BadHttpRequestException($"{text} is none of {string.Join(", ", Enum.GetValues<AccountRole>().Select(AccountShelf.Written))}");

    private static ProblemHttpResult NotThere(string name) => TypedResults.Problem($"there is no account {name}", statusCode: StatusCodes.Status404NotFound);
}

/// <summary>Who asks.</summary>
public sealed record Me(string Name, string Role);

/// <summary>An account.</summary>
public sealed record AccountFacts(string Name, string Role, bool HasPassword, string? Subject, string Added, string? Disabled)
{
    internal static AccountFacts Of(Account account) =>
        new(account.Name, AccountShelf.Written(account.Role), account.HasPassword, account.Subject, account.Added, account.Disabled);
}

/// <summary>An account to add.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">reader, analyst, editor or administrator.</param>
/// <param name="Password">Null where it signs in by a service.</param>
/// <param name="Subject">The issuer and the name by which it knows the person, with a space between; null where it signs in with a password.</param>
public sealed record NewAccount(string? Name, string? Role, string? Password, string? Subject);

/// <summary>What is to change of an account; null leaves it.</summary>
public sealed record AccountChange(string? Role, string? Password, bool? Disabled);

/// <summary>A token, without its secret.</summary>
public sealed record TokenFacts(string Id, string Account, string Title, string Scope, string Made, string? Expires, string? Revoked)
{
    internal static TokenFacts Of(ApiToken token) =>
        new(token.Id, token.Account, token.Title, AccountShelf.Written(token.Scope), token.Made, token.Expires, token.Revoked);
}

/// <summary>A token to make.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="Scope">What it may do at most, as a role.</param>
/// <param name="Days">How long it holds; null for ever.</param>
public sealed record NewToken(string? Title, string? Scope, int? Days);

/// <summary>A token that was made, with its secret.</summary>
public sealed record NewSecret(TokenFacts Token, string Secret);
