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
        if (watch.Query is null == watch.Story is null || watch.Query is { Length: 0 or > LongestQuery })
            return "either a query or a story is watched";
        if (watch.Story is { } story && archive.Story(story) is null)
            return $"the archive has no story {story}";
        if (watch.Conditions.IsEmpty)
            return "conditions say what is waited for: one at least";
        if (watch.Conditions.Contains(WatchCondition.OutletJoins) && watch.Outlets.Length is 0 or > MostOutlets)
            return $"outlet-joins waits for outlets: name up to {MostOutlets}";
        return WrongWays(watch);
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
