using System.Net;
using System.Net.Sockets;

namespace Recoupe.Fetches;

/// <summary>Which addresses are the web's: open to everybody, and nobody's own machine or network.</summary>
public static class PublicAddresses
{
    // The special-purpose registry of IPv4, without what is reachable from everywhere.
    private static readonly IPNetwork[] Closed4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    // Inside of 2000::/3: protocol assignments, documentation, 6to4. Teredo and 6to4 among them carry an IPv4 address that nobody checks.
    private static readonly IPNetwork[] Closed6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    // Where a network without IPv4 maps the web's IPv4 addresses to: what counts is the address inside.
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether <paramref name="address"/> is the web's, in whichever form it is written.</summary>
    public static bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !Array.Exists(Closed4, network => network.Contains(address));
        if (Embedded(address) is { } inner)
            return Contains(inner);
        return Global6.Contains(address) && !Array.Exists(Closed6, network => network.Contains(address));
    }

    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        return Translated.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12)) : null;
    }

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
