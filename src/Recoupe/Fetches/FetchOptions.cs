using System.Collections.Immutable;
using System.Net;

namespace Recoupe.Fetches;

/// <summary>What a fetch may cost, how politely it asks, and what it may reach.</summary>
public sealed record FetchOptions
{
    /// <summary>The name that is sent, and whose first part is looked for in robots.txt.</summary>
    public string Agent { get; init; } = $"Recoupe/{typeof(FetchOptions).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>The most bytes that are taken over the network for one answer.</summary>
    public int MostBytes { get; init; } = 4 << 20;

    /// <summary>The most bytes that one answer may unpack to. The mean of 181 real news pages is 174 KB.</summary>
    public int MostUnpackedBytes { get; init; } = 8 << 20;

    /// <summary>The most bytes of an answer's header, in units of 1,024.</summary>
    public int MostHeaderKilobytes { get; init; } = 64;

    /// <summary>The most redirects of one fetch.</summary>
    public int MostRedirects { get; init; } = 5;

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take to begin.</summary>
    public TimeSpan FirstByteTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an answer may pause.</summary>
    public TimeSpan SilentTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a request may take to its last byte: who sends a byte a second is cut off by it. Waiting for one's turn does not count.</summary>
    public TimeSpan WholeTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long is waited between two requests to one host; its robots.txt may ask for more.</summary>
    public TimeSpan LeastDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where a host asks to wait longer than this, the fetch is put off instead.</summary>
    public TimeSpan MostDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What may be reached although it is not the web's. Nothing, unless a person names it.</summary>
    public ImmutableArray<AllowedAddress> Allowed { get; init; } = [];

    /// <summary>The clock of all limits of time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How a host's name becomes addresses. Each of these is checked before it is connected to, and no other is.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;
}
