using System.Net;
using System.Net.Sockets;

namespace Recoupe.Fetches;

/// <summary>A fetch that ends without a body, with the words for it.</summary>
internal sealed class FetchFailure(FetchOutcome outcome, string reason) : Exception(reason)
{
    public FetchOutcome Outcome => outcome;

    public HttpStatusCode? Status { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What the network's own failure means.</summary>
    public static FetchFailure Of(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is FetchFailure own)
                return own;
        }

        return new FetchFailure(FetchOutcome.Failed, failure is HttpRequestException request ? Words(request) : "the connection broke off");
    }

    private static string Words(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its host is not known: check the address, or the network",
        HttpRequestError.SecureConnectionError => "no secure connection: its certificate is not valid, or it speaks no TLS",
        HttpRequestError.ConfigurationLimitExceeded => "its header is too long",
        HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError => "the answer broke off",
        HttpRequestError.InvalidResponse => "the answer is no HTTP",
        _ when failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            "the host refuses the connection",
        _ => "the host cannot be reached",
    };
}
