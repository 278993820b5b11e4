using System.Net;
using System.Net.Sockets;

namespace Recoupe.Endpoints;

/// <summary>Where vectors are asked for: an OpenAI-compatible server that the user names. It may be local.</summary>
/// <param name="Address">What requests go to.</param>
public sealed record EmbeddingEndpoint(Uri Address)
{
    /// <summary>The environment variable that hosts take the key from; none has an option for it, since others may see a command line.</summary>
    public const string KeyVariable = "RECOUPE_EMBEDDINGS_KEY";

    private const string Versioned = "/v1";
    private const string Resource = "/embeddings";
    private static readonly string[] PrivateEndings = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];

    /// <summary>Names the endpoint in messages: scheme, host, port and path.</summary>
    public string Name => Address.AbsoluteUri;

    /// <summary>Whether the host is this machine or stands in a private network, as far as its name or number tells; no name is looked up.</summary>
    public bool IsPrivate => IPAddress.TryParse(Address.DnsSafeHost, out var number)
        ? IsPrivateNumber(number)
        : !Address.Host.Contains('.', StringComparison.Ordinal)
            || PrivateEndings.Any(ending => Address.Host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether texts go over a public network for all to read.</summary>
    public bool IsOpen => Address.Scheme == Uri.UriSchemeHttp && !IsPrivate;

    /// <summary>The endpoint of a base as users write it, with or without <c>/v1</c>, <c>/embeddings</c> and a slash at the end; null with the reason where it is none.</summary>
    public static EmbeddingEndpoint? Parse(string text, out string? wrong)
    {
        wrong = !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0
            ? "is no address: write it like http://localhost:11434 or https://host/v1"
            : address.UserInfo.Length > 0 ? $"must hold no user or password: put a key into {KeyVariable}"
            : address.Query.Length > 0 || address.Fragment.Length > 0 ? "must end with its path, without ? and #"
            : null;
        if (wrong is not null)
            return null;
        var path = address!.AbsolutePath.TrimEnd('/');
        if (!path.EndsWith(Resource, StringComparison.Ordinal))
            path += path.EndsWith(Versioned, StringComparison.Ordinal) ? Resource : Versioned + Resource;
        return new EmbeddingEndpoint(new Uri(address.GetLeftPart(UriPartial.Authority) + path));
    }

    private static bool IsPrivateNumber(IPAddress number)
    {
        if (number.IsIPv4MappedToIPv6)
            number = number.MapToIPv4();
        if (IPAddress.IsLoopback(number))
            return true;
        if (number.AddressFamily == AddressFamily.InterNetworkV6)
            return number.IsIPv6LinkLocal || number.IsIPv6UniqueLocal;
        var bytes = number.GetAddressBytes();
        return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168)
            || (bytes[0] == 169 && bytes[1] == 254) || (bytes[0] == 100 && bytes[1] is >= 64 and < 128);
    }
}
