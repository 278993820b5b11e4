using System.CommandLine;

using Recoupe.Feeds;
using Recoupe.Fetches;

namespace Recoupe.Cli.Commands;

/// <summary>How a person asks to fetch.</summary>
/// <param name="Options">How it is fetched.</param>
/// <param name="TakesReserved">Whether pages are taken in whose publisher reserves text mining.</param>
internal sealed record FetchArguments(FetchOptions Options, bool TakesReserved)
{
    /// <summary>Whether an input is an address of the web.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>What of a private network is reached.</summary>
    public static Option<string[]> AllowOption()
    {
        var allow = new Option<string[]>("--allow")
        {
            Description = "Also fetches from this address of a private network: 127.0.0.1, 127.0.0.1:8080, 10.1.0.0/16. May be given again",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => [],
        };
        allow.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => AllowedAddress.Parse(token.Value) is null))
                result.AddError($"--allow {token.Value}: must be an address (127.0.0.1, [::1]:80) or a network (10.1.0.0/16), not a name");
        });
        return allow;
    }

    /// <summary>Whether reserved pages are taken in.</summary>
    public static Option<bool> ReservedOption() => new("--take-reserved")
    {
        Description = "Also takes pages in whose publisher reserves text mining; check that you may",
    };

    /// <summary>The addresses that <paramref name="allow"/> names.</summary>
    public static FetchOptions Allowing(IEnumerable<string> allow) => new() { Allowed = [.. allow.Select(AllowedAddress.Parse).OfType<AllowedAddress>()] };
}
