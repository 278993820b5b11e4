using System.Globalization;

using Recoupe.Storage;

namespace Recoupe.Web.Desk;

/// <summary>How much a story weighs on the front page: what an editor would look at first.</summary>
public static class FrontWeight
{
    // A story of a day ago weighs half of one of now.
    private const double HalfLifeHours = 24;

    /// <summary>
    /// Its outlets, its independent origins (as many as are sure) and its articles an hour, each by its logarithm, so that the tenth counts less than the second;
    /// all of it halved for each day between its latest article and the archive's.
    /// </summary>
    /// <param name="story">The story.</param>
    /// <param name="newest">The time of the archive's latest article.</param>
    public static double Of(FrontStory story, DateTime newest)
    {
        ArgumentNullException.ThrowIfNull(story);
        var (began, latest) = (Time(story.Story.Began), Time(story.Story.Latest));
        var hours = Math.Max(1, (latest - began).TotalHours);
        var mass = Math.Log2(1 + story.Story.Outlets) + Math.Log2(1 + (story.Summary?.Fewest ?? 0)) + Math.Log2(1 + (story.Story.Articles / hours));
        return mass * Math.Pow(2, -Math.Max(0, (newest - latest).TotalHours) / HalfLifeHours);
    }

    /// <summary>A time as an archive keeps it.</summary>
    public static DateTime Time(string iso) =>
        DateTime.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : DateTime.MinValue;
}
