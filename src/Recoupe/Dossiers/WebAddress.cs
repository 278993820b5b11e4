namespace Recoupe.Dossiers;

/// <summary>Tells addresses that may be linked from those that may not.</summary>
internal static class WebAddress
{
    private const int Longest = 2048;

    /// <summary>The address in its canonical spelling if it is one of the web (http or https, with a host and without a password); else null.</summary>
    public static string? Safe(string? url) =>
        url is { Length: > 0 and <= Longest } && Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0 && uri.UserInfo.Length == 0
            ? uri.AbsoluteUri
            : null;
}
