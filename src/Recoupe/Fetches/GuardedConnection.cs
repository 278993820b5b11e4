using System.Net;
using System.Net.Sockets;

namespace Recoupe.Fetches;

/// <summary>Connects to the web only.</summary>
/// <remarks>What a name means is looked up once, and what was checked is what is connected to: a name that changes its meaning gains nothing.</remarks>
internal static class GuardedConnection
{
    private const int FirstFreePort = 1024;

    /// <summary>A connection to a host of the web, or to one that a person allowed.</summary>
    /// <exception cref="FetchFailure">There is no address of the web behind it.</exception>
    public static async ValueTask<Stream> OpenAsync(DnsEndPoint endpoint, FetchOptions options, CancellationToken cancellationToken)
    {
        var host = endpoint.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await options.Resolve(host, cancellationToken).ConfigureAwait(false);
        var open = Array.FindAll(addresses, address => IsOpen(address, endpoint.Port, options));
        if (open.Length == 0)
            throw Refusal(host, addresses, endpoint.Port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, endpoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsOpen(IPAddress address, int port, FetchOptions options) =>
        options.Allowed.Any(allowed => allowed.Covers(address, port))
        || port is 80 or 443 or >= FirstFreePort && PublicAddresses.Contains(address);

    private static FetchFailure Refusal(string host, IPAddress[] addresses, int port)
    {
        if (addresses.Length == 0)
            return new FetchFailure(FetchOutcome.Failed, "its host is not known: check the address, or the network");
        return new FetchFailure(
            FetchOutcome.Refused,
            Array.Exists(addresses, PublicAddresses.Contains)
                ? $"port {port} is none of the web's"
                : $"{host} is an address of a private network ({addresses[0]}): --allow {addresses[0]} takes it in");
    }
}
