using Recoupe.Checks;
using Recoupe.Searches;
using Recoupe.Storage;

namespace Recoupe.Watches;

/// <summary>What a watch must be to be kept, whoever makes it.</summary>
public static class WatchRules
{
    private const int LongestTitle = 200;
    private const int LongestQuery = 1000;
    private const int MostOutlets = 100;
    private const int MostMessages = 1000;

    /// <summary>Why a watch cannot be kept, in words; null where it can, if its query can be read and its mail address is one.</summary>
    public static string? Wrong(Archive archive, Watch watch)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(watch);
        if (string.IsNullOrWhiteSpace(watch.Title) || watch.Title.Length > LongestTitle)
            return $"title says what the watch is for, in {LongestTitle} characters at most";
        if ((watch.Query is null ? 0 : 1) + (watch.Story is null ? 0 : 1) + (watch.Claim is null ? 0 : 1) != 1 || watch.Query is { Length: 0 or > LongestQuery })
            return "either a query, a story or a claim is watched";
        if (watch.Claim is { } claim && WrongClaim(claim) is { } wrong)
            return wrong;
        if (watch.Story is { } story && archive.Story(story) is null)
            return $"the archive has no story {story}";
        if (watch.Conditions.IsEmpty)
            return "conditions say what is waited for: one at least";
        if (watch.Conditions.Contains(WatchCondition.OutletJoins) && (watch.Outlets.Length > MostOutlets || (watch.Outlets.IsEmpty && watch.Claim is null)))
            return $"outlet-joins waits for outlets: name up to {MostOutlets}";
        if (watch.Claim is not null && watch.Conditions.Contains(WatchCondition.QuotationChanged))
            return "quotation-changed waits for later versions of pages: watch a story or a query for it";
        return WrongWays(watch);
    }

    private static string? WrongClaim(string claim)
    {
        try
        {
            ClaimChecker.Require(claim, null);
            ClaimSearch.QueryOf(claim);
            return null;
        }
        catch (Exception wrong) when (wrong is ClaimException or SearchException)
        {
            return wrong.Message;
        }
    }

    private static string? WrongWays(Watch watch)
    {
        if (watch.Webhook is { } webhook && FeedShelf.AddressOf(webhook) is null)
            return $"{webhook} is no address of the web";
        if (watch.Quiet is not null && QuietHours.Parse(watch.Quiet, watch.Zone) is null)
            return "quiet is hours as 22:00-07:00, in the time zone zone (Europe/Paris) or UTC";
        return watch.Cap is < 1 or > MostMessages ? $"cap is how many messages a day are sent: from 1 to {MostMessages}" : null;
    }
}
