using System.Globalization;
using System.Net;

using Recoupe.Feeds;
using Recoupe.Fetches;
using Recoupe.Storage;
using Recoupe.Web.Access;
using Recoupe.Web.Watches;

namespace Recoupe.Web;

/// <summary>Where the service listens.</summary>
public sealed record WebServiceOptions
{
    /// <summary>The port that is taken where none is named.</summary>
    public const int DefaultPort = 8750;

    /// <summary>Where it listens: on any other address than this machine's own, accounts are demanded.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>How its feeds are followed meanwhile; null where they are not.</summary>
    public FollowOptions? Follow { get; init; }

    /// <summary>How it is fetched what somebody asks for.</summary>
    public FetchOptions Fetches { get; init; } = new();

    /// <summary>Whether accounts are demanded on this machine too: behind a proxy, say.</summary>
    public bool Accounts { get; init; }

    /// <summary>The address by which others reach it, behind a proxy; null where it is the one that it listens on.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The sign-in service of the organisation; null for none.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>How mail is sent; null where none is.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>Where people write to who runs it; null where that is not said.</summary>
    public Contact? Contact { get; init; }

    /// <summary>Where figures and spans are sent (OTLP over HTTP); null where they are not.</summary>
    public Uri? Collector { get; init; }

    /// <summary>Whether who asks must have an account.</summary>
    public bool DemandsAccounts => Accounts || !IPAddress.IsLoopback(Listen);

    /// <summary>The address to listen on.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public IPAddress Listen => Address == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(Address, out var address) ? address
        : throw new ArgumentException($"{Address} is no address");

    /// <summary>What the command line hands over: <c>ADDRESS PORT</c>, then options.</summary>
    /// <param name="arguments">These.</param>
    /// <param name="secret">What the environment holds by its name, secrets among it; null for nothing.</param>
    /// <exception cref="ArgumentException">Something cannot be meant.</exception>
    public static WebServiceOptions Parse(ReadOnlySpan<string> arguments, Func<string, string?> secret)
    {
        var read = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var i = 2; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (!read.TryGetValue(name, out var values))
                read[name] = values = [];
            if (name is not ("--follow" or "--accounts"))
                values.Add(++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{name} lacks its value"));
        }

        string? Value(string name) => read.GetValueOrDefault(name)?[0];
        var fetches = new FetchOptions { Allowed = [.. (read.GetValueOrDefault("--allow") ?? []).Select(AllowedAddress.Parse).OfType<AllowedAddress>()] };
        return new WebServiceOptions
        {
            Address = arguments[0],
            Port = int.Parse(arguments[1], CultureInfo.InvariantCulture),
            Fetches = fetches,
            Follow = read.ContainsKey("--follow") ? new FollowOptions { Fetches = fetches } : null,
            Accounts = read.ContainsKey("--accounts"),
            PublicUrl = Value("--url") is { } url ? new Uri(url) : null,
            Contact = Value("--contact") is { } contact ? Contact.Parse(contact) : null,
            Collector = (Value("--otlp") ?? secret("OTEL_EXPORTER_OTLP_ENDPOINT")) is { Length: > 0 } collector ? CollectorOf(collector) : null,
            Oidc = Value("--oidc-authority") is { } authority
                ? new OidcOptions(new Uri(authority), Value("--oidc-client") ?? "recoupe", secret("RECOUPE_OIDC_SECRET") ?? "", AccountShelf.RoleOf(Value("--oidc-role")))
                : null,
            Mail = Value("--smtp") is { } server
                ? MailOptions.Parse(server, Value("--mail-from") ?? "recoupe@localhost", secret("RECOUPE_SMTP_USER"), secret("RECOUPE_SMTP_PASSWORD"))
                : null,
        };
    }

    private static Uri CollectorOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https"
        ? collector
        : throw new ArgumentException($"the collector {address} must be an address of the web (http://…)");
}
