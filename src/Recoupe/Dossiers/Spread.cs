using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Points;

namespace Recoupe.Dossiers;

/// <summary>When an article told something.</summary>
/// <param name="Article">The article.</param>
/// <param name="At">Its time of publication; null where unknown.</param>
/// <param name="After">How long after the first; null where <paramref name="At"/> is.</param>
/// <param name="ToTheDay">Whether <paramref name="After"/> counts whole days, because one of the two gives no time of day.</param>
public sealed record Telling(ArticleId Article, Moment? At, TimeSpan? After, bool ToTheDay);

/// <summary>Who had something first, and how fast the others followed.</summary>
/// <param name="Tellings">The earliest first; those of unknown time last, in the story's order.</param>
/// <param name="FirstKnown">
/// Whether the first one is earlier than all others by their times; false where two share the earliest time, where it differs only by a time of day
/// that one of them does not give, or where one has no time at all.
/// </param>
public sealed record Spread(ImmutableArray<Telling> Tellings, bool FirstKnown)
{
    /// <summary>The spread of a point over the articles that affirm it.</summary>
    /// <param name="point">The point.</param>
    /// <param name="articles">The story's articles, in its order.</param>
    public static Spread Of(Point point, ImmutableArray<AnnotatedArticle> articles)
    {
        var tellers = point.Passages.Where(passage => passage.Stance == Stance.Affirms).Select(passage => passage.Evidence.Article).ToHashSet();
        return Of(articles.Where(article => tellers.Contains(article.Id)));
    }

    /// <summary>The spread over <paramref name="articles"/> as they were published.</summary>
    /// <param name="articles">In the story's order.</param>
    public static Spread Of(IEnumerable<AnnotatedArticle> articles)
    {
        var sorted = articles.OrderBy(article => article.Article.Published is null).ThenBy(article => article.Article.Published).ToList();
        if (sorted.Count == 0 || sorted[0].Article.Published is not { } first)
            return new Spread([.. sorted.Select(article => new Telling(article.Id, null, null, ToTheDay: false))], FirstKnown: false);

        var tellings = sorted.Select(article => Tell(article.Id, article.Article.Published, first)).ToImmutableArray();
        var known = tellings.Skip(1).All(telling => telling.After is { } after && after > TimeSpan.Zero);
        return new Spread(tellings, known);
    }

    private static Telling Tell(ArticleId article, Moment? published, Moment first)
    {
        if (published is not { } at)
            return new Telling(article, null, null, ToTheDay: false);
        return at.Time is not null && first.Time is not null
            ? new Telling(article, at, at.Utc - first.Utc, ToTheDay: false)
            : new Telling(article, at, TimeSpan.FromDays(Math.Max(0, at.Day.DayNumber - first.Day.DayNumber)), ToTheDay: true);
    }
}
