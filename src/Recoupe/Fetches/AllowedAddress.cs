using System.Globalization;
using System.Net;

namespace Recoupe.Fetches;

/// <summary>An address or a network that may be fetched from although it is not the web's, as a person named it.</summary>
/// <param name="Network">The addresses.</param>
/// <param name="Port">The one port; null for all.</param>
public readonly record struct AllowedAddress(IPNetwork Network, int? Port = null)
{
    /// <summary>Reads <c>127.0.0.1</c>, <c>127.0.0.1:8080</c>, <c>10.1.0.0/16</c>, <c>::1</c> or <c>[::1]:8080</c>.</summary>
    /// <returns>Null for anything else: a name can mean another address tomorrow.</returns>
    public static AllowedAddress? Parse(string? text)
    {
        text = text?.Trim() ?? "";
        if (text.Contains('/', StringComparison.Ordinal))
            return IPNetwork.TryParse(text, out var network) ? new AllowedAddress(network) : null;
        if (IPAddress.TryParse(text, out var address) && !text.StartsWith('['))
            return Of(address, null);
        var colon = text.LastIndexOf(':');
        return colon > 0 && IPAddress.TryParse(text[..colon], out address)
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
                ? Of(address, port)
                : null;
    }

    /// <summary>Whether it names this place.</summary>
    public bool Covers(IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(address);
        return (Port is null || Port == port) && Network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    private static AllowedAddress Of(IPAddress address, int? port) =>
        new(new IPNetwork(address, address.GetAddressBytes().Length * 8), port);
}
