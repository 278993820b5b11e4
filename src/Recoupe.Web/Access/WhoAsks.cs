namespace Recoupe.Web.Access;

/// <summary>Who asks, by the name under which it is written down.</summary>
internal static class WhoAsks
{
    /// <summary>Who works on the machine itself, where nobody signs in.</summary>
    public const string Local = "local";

    /// <summary>The name of the account; <see cref="Local"/> where there is none.</summary>
    public static string Of(HttpContext context) => context.User.Identity?.Name ?? Local;
}
