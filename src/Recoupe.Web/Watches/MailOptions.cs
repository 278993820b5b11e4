using System.Globalization;

namespace Recoupe.Web.Watches;

/// <summary>How mail is sent.</summary>
/// <param name="Host">The mail server.</param>
/// <param name="Port">Its port.</param>
/// <param name="From">Whose mail it is.</param>
/// <param name="User">The name to sign in with there; null for none.</param>
/// <param name="Password">The password; null for none.</param>
public sealed record MailOptions(string Host, int Port, string From, string? User, string? Password)
{
    private const int Submission = 587;

    /// <summary>Reads <c>HOST</c> or <c>HOST:PORT</c>.</summary>
    public static MailOptions Parse(string server, string from, string? user, string? password)
    {
        ArgumentNullException.ThrowIfNull(server);
        var colon = server.LastIndexOf(':');
        return colon > 0 && int.TryParse(server.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new MailOptions(server[..colon], port, from, user, password)
            : new MailOptions(server, Submission, from, user, password);
    }
}
