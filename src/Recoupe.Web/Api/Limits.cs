using Recoupe.Searches;

namespace Recoupe.Web.Api;

/// <summary>How much is given at once.</summary>
internal static class Limits
{
    public const int Usual = 50;
    public const int Most = 500;

    /// <summary>A number that was asked for, or the usual one.</summary>
    /// <exception cref="BadHttpRequestException">It is out of bounds.</exception>
    public static int Of(int? limit) => limit is null or (>= 1 and <= Most)
        ? limit ?? Usual
        : throw new BadHttpRequestException($"limit is {limit}: from 1 to {Most} are given at once");
}
