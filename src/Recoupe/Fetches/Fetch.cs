using System.Net;

namespace Recoupe.Fetches;

/// <summary>What became of a fetch.</summary>
public enum FetchOutcome
{
    /// <summary>There is a body.</summary>
    Fetched,

    /// <summary>It is what was fetched before.</summary>
    NotModified,

    /// <summary>The host says that there is nothing there, or nothing any more.</summary>
    Gone,

    /// <summary>The host, or its network, failed.</summary>
    Failed,

    /// <summary>The address is not one of the web, or leads to one that is not.</summary>
    Refused,

    /// <summary>The host's robots.txt asks not to fetch it.</summary>
    Disallowed,

    /// <summary>The host asks to wait for longer than a fetch waits.</summary>
    PutOff,
}

/// <summary>What is asked for, and what is known of it already.</summary>
/// <param name="Address">The address.</param>
/// <param name="ETag">The <c>ETag</c> of the last answer; null for none.</param>
/// <param name="LastModified">The <c>Last-Modified</c> of the last answer; null for none.</param>
public sealed record FetchRequest(string Address, string? ETag = null, string? LastModified = null);

/// <summary>What came of asking for an address.</summary>
public sealed record Fetch
{
    /// <summary>What was asked for.</summary>
    public required string Address { get; init; }

    /// <summary>What became of it.</summary>
    public required FetchOutcome Outcome { get; init; }

    /// <summary>Why there is no body, in words for a person; empty where there is one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The address that answered, behind all redirects.</summary>
    public required string FinalAddress { get; init; }

    /// <summary>Where the page has moved for good; null where it has not.</summary>
    public string? MovedTo { get; init; }

    /// <summary>The answer's status; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The body, unpacked.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body's type as the answer states it, with its charset; empty where it does not.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>To be sent with the next request, or null.</summary>
    public string? ETag { get; init; }

    /// <summary>To be sent with the next request, or null.</summary>
    public string? LastModified { get; init; }

    /// <summary>By what the publisher reserves the rights of text mining on it; null where nothing does.</summary>
    public string? Reservation { get; init; }

    /// <summary>When the host may be asked again, where it said so or has failed often.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What a reader should know of the body: damage that was read past.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
