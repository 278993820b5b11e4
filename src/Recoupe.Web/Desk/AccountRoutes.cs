using System.Globalization;

using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Web.Access;
using Recoupe.Web.Api;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>Accounts, one's own tokens, and who did what.</summary>
internal static class AccountRoutes
{
    private const int AtOnce = 100;

    public static void MapAccountPages(this RouteGroupBuilder desk)
    {
        desk.MapGet("/accounts", (Archive archive, WebServiceOptions options, HttpContext context) => Accounts(archive, options, context, null)).Needs(AccountRole.Administrator);
        desk.MapGet("/accounts.json", (Archive archive) => TypedResults.Json(archive.Accounts.All().Select(AccountFacts.Of))).Needs(AccountRole.Administrator);
        desk.MapPost("/accounts", Add).Needs(AccountRole.Administrator);
        desk.MapPost("/accounts/change", Change).Needs(AccountRole.Administrator);
        desk.MapGet("/tokens", (Archive archive, HttpContext context) => Tokens(archive, context, null, null)).Needs(AccountRole.Reader);
        desk.MapGet("/tokens.json", (Archive archive, HttpContext context) => TypedResults.Json(archive.Accounts.Tokens(WhoAsks.Of(context)).Select(TokenFacts.Of))).Needs(AccountRole.Reader);
        desk.MapPost("/tokens", AddToken).Needs(AccountRole.Reader);
        desk.MapPost("/tokens/revoke", Revoke).Needs(AccountRole.Reader);
        desk.MapGet("/audit", (Archive archive, AuditTrail trail, HttpContext context) => DeskResults.Page<AuditPage>(context, Audit(archive, trail, context))).Needs(AccountRole.Administrator);
        desk.MapGet("/audit.json", (Archive archive, AuditTrail trail, HttpContext context) => TypedResults.Json(Audit(archive, trail, context))).Needs(AccountRole.Administrator);
    }

    private static RazorComponentResult Accounts(Archive archive, WebServiceOptions options, HttpContext context, string? wrong)
    {
        var texts = DeskReader.Of(context).Texts;
        var told = context.Request.Query["done"].ToString() is { Length: > 0 } done && texts.Keys.Contains("accounts.done." + done) ? texts["accounts.done." + done] : null;
        return DeskResults.Page<AccountsPage>(
            context, new AccountsModel(archive.Accounts.All(), options.DemandsAccounts, told, wrong), wrong is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Add(Archive archive, WebServiceOptions options, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        return Do(archive, options, context, "add", () => archive.Accounts.Add(
            form["name"].ToString(), AccountShelf.RoleOf(form["role"]) ?? AccountRole.Reader, Value(form, "password"), Value(form, "subject"), clock.GetUtcNow()));
    }

    private static async Task<IResult> Change(Archive archive, WebServiceOptions options, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        var (name, what) = (form["name"].ToString(), form["what"].ToString());
        return Do(archive, options, context, what, () =>
        {
            switch (what)
            {
                case "role":
                    archive.Accounts.SetRole(name, AccountShelf.RoleOf(form["role"]) ?? throw new BadHttpRequestException("no role is named"));
                    break;
                case "password":
                    archive.Accounts.SetPassword(name, form["password"].ToString());
                    break;
                case "disable" or "enable":
                    archive.Accounts.SetDisabled(name, what == "disable", clock.GetUtcNow());
                    break;
                case "remove":
                    archive.Accounts.Remove(name);
                    break;
                default:
                    throw new BadHttpRequestException("it is not said what is to change");
            }
        });
    }

    private static IResult Do(Archive archive, WebServiceOptions options, HttpContext context, string what, Action act)
    {
        try
        {
            act();
            return DeskResults.SeeOther(context, "/accounts?done=" + what);
        }
        catch (ArchiveException refused)
        {
            return Accounts(archive, options, context, DeskReader.Of(context).Texts.Why(refused.Message));
        }
    }

    private static RazorComponentResult Tokens(Archive archive, HttpContext context, string? secret, string? wrong)
    {
        var page = DeskResults.Page<TokensPage>(
            context, new TokensModel(archive.Accounts.Tokens(WhoAsks.Of(context)), secret, wrong), wrong is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
        if (secret is not null)
            context.Response.Headers.CacheControl = "no-store";
        return page;
    }

    // The secret is in the answer alone: an address that shows it again would keep it.
    private static async Task<RazorComponentResult> AddToken(Archive archive, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        int? days = Value(form, "days") is not { } written ? null : int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        try
        {
            var (_, secret) = TokenKeeping.Add(archive, context, new NewToken(Value(form, "title"), Value(form, "scope"), days), clock.GetUtcNow());
            return Tokens(archive, context, secret, null);
        }
        catch (Exception refused) when (refused is ArchiveException or BadHttpRequestException)
        {
            return Tokens(archive, context, null, DeskReader.Of(context).Texts.Why(refused.Message));
        }
    }

    private static async Task<IResult> Revoke(Archive archive, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        archive.Accounts.RevokeToken(form["id"].ToString(), WhoAsks.Of(context), clock.GetUtcNow());
        return DeskResults.SeeOther(context, "/tokens");
    }

    private static AuditModel Audit(Archive archive, AuditTrail trail, HttpContext context)
    {
        trail.Flush();
        var who = context.Request.Query["who"].ToString() is { Length: > 0 and <= 200 } name ? name : null;
        var page = archive.Audit.List(who, AtOnce, context.Request.Query["cursor"].ToString() is { Length: > 0 } cursor ? cursor : null);
        return new AuditModel(page.Items, who, page.Next);
    }

    private static string? Value(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } value ? value : null;
}

/// <summary>The accounts.</summary>
/// <param name="Accounts">All of them.</param>
/// <param name="AreDemanded">Whether who asks must have one.</param>
/// <param name="Told">What was done; null for nothing.</param>
/// <param name="Wrong">Why it was not done; null where it was.</param>
public sealed record AccountsModel(IReadOnlyList<Account> Accounts, bool AreDemanded, string? Told, string? Wrong);

/// <summary>Somebody's tokens.</summary>
/// <param name="Tokens">Those that were made.</param>
/// <param name="Secret">The secret of the one that was just made; null for none.</param>
/// <param name="Wrong">Why none was made; null where nothing was asked or it was done.</param>
public sealed record TokensModel(IReadOnlyList<ApiToken> Tokens, string? Secret, string? Wrong);

/// <summary>Who did what, the last first.</summary>
public sealed record AuditModel(IReadOnlyList<AuditEntry> Entries, string? Who, string? Next);

/// <summary>Signing in.</summary>
/// <param name="To">Where it leads.</param>
/// <param name="HasService">Whether one can sign in by a service of the organisation.</param>
/// <param name="Wrong">Why it failed; null where it was not tried.</param>
public sealed record SignInModel(string To, bool HasService, string? Wrong);
