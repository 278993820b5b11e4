using System.Globalization;

using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Watches;

/// <summary>Tells what of a story a watch waits for has come about.</summary>
public static class WatchJudge
{
    /// <summary>The alerts, each with a name that is the same for the same thing.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="story">The story.</param>
    /// <param name="before">What the watch knew of it; null where the watch has not met it, and it is new.</param>
    /// <param name="now">What is known of it now.</param>
    public static IEnumerable<(string Name, WatchCondition Condition, AlertBody Body)> Find(Watch watch, StoryId story, StoryFooting? before, StoryFooting now)
    {
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(now);
        var known = before ?? StoryFooting.Nothing;
        AlertBody Body(WatchCondition condition, string? point, string? text, string? was, string? became, IEnumerable<WatchedWords> spans) =>
            new(ArticleJson.Name(condition), story.Value, now.Title, point, text, was, became, [.. spans.Where(span => span.Article.Length > 0)], watch.Claim);
        (string Name, WatchCondition Condition, AlertBody Body) Told(string name, WatchCondition condition, AlertBody body) =>
            ($"{ArticleJson.Name(condition)} {(watch.Claim is { } claim ? $"claim {TextHash.Of(claim):x16}" : story)} {name}", condition, body);

        foreach (var condition in watch.Conditions)
        {
            // What may tell something else is no news yet.
            if (now.IsDoubtful && condition is not (WatchCondition.NumberRevised or WatchCondition.Denial))
                continue;
            switch (condition)
            {
                case WatchCondition.FirstArticle when watch.Claim is null ? before is null : now.IsTold && !known.IsTold:
                    yield return Told("", condition, Body(condition, null, now.Title, null, null, now.Points.Values.SelectMany(point => point.Passages).Take(1)));
                    break;
                case WatchCondition.SecondOrigin:
                    foreach (var (id, point) in now.Points.Where(pair => pair.Value.Fewest > 1 && (known.Points.GetValueOrDefault(pair.Key)?.Fewest ?? 0) < 2))
                        yield return Told(id, condition, Body(condition, id, point.Text, Count(known.Points.GetValueOrDefault(id)?.Fewest ?? 0), Count(point.Fewest), point.Passages));
                    break;
                case WatchCondition.NumberRevised:
                    foreach (var number in now.Numbers.Where(number => !known.Numbers.Any(other => IsSame(other, number))))
                        yield return Told(
                            $"{number.Before.Article} {number.Before.Words} {number.After.Article} {number.After.Words}", condition,
                            Body(condition, number.Point, now.Points.GetValueOrDefault(number.Point)?.Text, number.Before.Words, number.After.Words, [number.Before, number.After]));
                    break;
                case WatchCondition.Denial:
                    foreach (var (id, point) in now.Points)
                    {
                        foreach (var who in point.Against.Except(known.Points.GetValueOrDefault(id)?.Against ?? [], StringComparer.Ordinal))
                            yield return Told($"{id} {who}", condition, Body(condition, id, point.Text, null, who, point.Denials is { } denials ? [denials[who]] : point.Passages));
                    }

                    break;
                case WatchCondition.OutletJoins:
                    foreach (var outlet in now.Outlets.Except(known.Outlets, StringComparer.Ordinal).Where(outlet => watch.Outlets.IsEmpty || watch.Outlets.Contains(outlet, StringComparer.OrdinalIgnoreCase)))
                        yield return Told(outlet, condition, Body(condition, null, outlet, null, outlet, now.Points.Values.SelectMany(point => point.Passages).Where(words => words.Outlet == outlet)));
                    break;
            }
        }
    }

    private static bool IsSame(WatchedNumber a, WatchedNumber b) =>
        a.Before.Article == b.Before.Article && a.After.Article == b.After.Article && a.Before.Words == b.Before.Words && a.After.Words == b.After.Words;

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
