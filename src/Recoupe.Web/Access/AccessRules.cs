using Recoupe.Storage;

namespace Recoupe.Web.Access;

/// <summary>What an endpoint asks of who calls it.</summary>
internal sealed record NeededRole(AccountRole Role);

/// <summary>An endpoint that asks for no account: what it serves holds nothing of the archive.</summary>
internal sealed record OpenToAll;

/// <summary>What is open to whom. Everything is closed that is not named here or says itself what it needs.</summary>
internal static class AccessRules
{
    /// <summary>The routes that ask for no account.</summary>
    public static readonly IReadOnlySet<string> Public = new HashSet<string>(StringComparer.Ordinal)
    {
        "/health", Desk.SettingsRoutes.AccessibilityPath, SignIn.Path, SignIn.OutPath, OidcSignIn.Path, Watches.WatchesApi.FeedPath,
    };

    /// <summary>Says what an endpoint needs.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, AccountRole role)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededRole(role));

    /// <summary>What an endpoint needs: what it says, else a reader's role to read, and an administrator's to change anything.</summary>
    public static AccountRole Needed(Endpoint? endpoint, string method) => endpoint?.Metadata.GetMetadata<NeededRole>()?.Role
        ?? (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? AccountRole.Reader : AccountRole.Administrator);

    /// <summary>Whether an endpoint asks for no account.</summary>
    public static bool IsPublic(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } route } && (Public.Contains(route) || endpoint.Metadata.GetMetadata<OpenToAll>() is not null);
}
