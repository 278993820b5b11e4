namespace Recoupe.Web;

/// <summary>Where people write to who runs the service: an address of mail or of the web.</summary>
/// <param name="Shown">As it is shown.</param>
/// <param name="Address">As it is linked.</param>
public sealed record Contact(string Shown, string Address)
{
    /// <summary>Reads <c>desk@example.org</c> or <c>https://example.org/contact</c>.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static Contact Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Uri.TryCreate(text, UriKind.Absolute, out var web) && web.Scheme is "http" or "https")
            return new Contact(text, web.AbsoluteUri);
        return Uri.TryCreate("mailto:" + text, UriKind.Absolute, out var mail) && mail is { UserInfo.Length: > 0, Host.Length: > 0 } && !text.Any(char.IsWhiteSpace)
            ? new Contact(text, mail.AbsoluteUri)
            : throw new ArgumentException($"{text} is neither an address of mail nor of the web");
    }
}
