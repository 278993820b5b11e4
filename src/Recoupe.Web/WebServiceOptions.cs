using System.Net;

namespace Recoupe.Web;

/// <summary>Where the service listens.</summary>
public sealed record WebServiceOptions
{
    /// <summary>The port that is taken where none is named.</summary>
    public const int DefaultPort = 8750;

    /// <summary>An address of this machine alone: the service has no accounts, and is opened to no network.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The address to listen on.</summary>
    /// <exception cref="ArgumentException">It is none of this machine alone.</exception>
    public IPAddress Loopback => (Address == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(Address, out var address) ? address : null) is { } known && IPAddress.IsLoopback(known)
        ? known
        : throw new ArgumentException($"{Address} is no address of this machine alone");
}
