using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>Puts what is told to have happened in the order of its dates.</summary>
/// <remarks>The time of the event alone: when something was said or published is not when it happened, and stays out.</remarks>
public static class TimelineMaker
{
    /// <summary>One entry per told date, the earliest first; of two that begin together the longer one first.</summary>
    /// <param name="articles">The story's articles, in its order.</param>
    /// <param name="points">Its points: a date inside one of their passages is shown by that passage, any other by its sentence.</param>
    public static ImmutableArray<TimelineEntry> Make(ImmutableArray<AnnotatedArticle> articles, IEnumerable<Point> points)
    {
        var passages = points.SelectMany(point => point.Passages).Select(passage => passage.Evidence)
            .GroupBy(evidence => evidence.Article)
            .ToDictionary(group => group.Key, group => group.Order(Comparer<Evidence>.Create((a, b) => a.Span.CompareTo(b.Span))).ToList());
        var told = new Dictionary<string, List<Evidence>>(StringComparer.Ordinal);
        foreach (var article in articles)
        {
            var own = passages.GetValueOrDefault(article.Id) ?? [];
            var reported = new ReportTimes(article);
            foreach (var date in article.Dates)
            {
                var text = article.TextOf(date.InTitle);
                if (date.Value is null || reported.Holds(date) || IsInName(article, date) || DatedEvents.NamesOnly(text, date))
                    continue;
                var evidence = Around(article, date, own);
                if (DatedEvents.ClauseOf(text, date.Span) is { } clause && evidence.Span.Contains(clause) && clause.Length < evidence.Span.Length)
                    evidence = evidence with { Span = clause };
                if (!told.TryGetValue(date.Value, out var places))
                    told.Add(date.Value, places = []);
                Add(places, evidence);
            }
        }

        return [.. told.Select(pair => (Time: Bounds(pair.Key), Entry: new TimelineEntry(pair.Key, [.. pair.Value])))
            .OrderBy(item => item.Time.First).ThenByDescending(item => item.Time.Last).ThenBy(item => item.Entry.Date, StringComparer.Ordinal)
            .Select(item => item.Entry)];
    }

    /// <summary>The first and the last day that an ISO 8601 value of a date mention covers; the far future where it cannot be told.</summary>
    public static (DateOnly First, DateOnly Last) Bounds(string value)
    {
        if (value.IndexOf('/', StringComparison.Ordinal) is var slash && slash > 0)
            return (Bounds(value[..slash]).First, Bounds(value[(slash + 1)..]).Last);
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (day, day);
        var parts = value.Split('-');
        if (parts[0].Length != 4 || !int.TryParse(parts[0].Replace('X', '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year < 1)
            return (DateOnly.MaxValue, DateOnly.MaxValue);
        return parts switch
        {
            [var name] => Months(year, 1, 12 * (name.EndsWith("XX", StringComparison.Ordinal) ? 100 : name.EndsWith('X') ? 10 : 1)),
            [_, ['W', .. var number], ..] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var week) && week is >= 1 and <= 53 =>
                Week(year, week, parts.Length > 2),
            [_, ['Q', var quarter]] when quarter is >= '1' and <= '4' => Months(year, ((quarter - '1') * 3) + 1, 3),
            [_, ['H', var half]] when half is '1' or '2' => Months(year, ((half - '1') * 6) + 1, 6),
            [_, "SP"] => Months(year, 3, 3),
            [_, "SU"] => Months(year, 6, 3),
            [_, "AU" or "FA"] => Months(year, 9, 3),
            [_, "WI"] => Months(year, 12, 3),
            [_, var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12 =>
                Months(year, month, 1),
            _ => (DateOnly.MaxValue, DateOnly.MaxValue),
        };
    }

    private static (DateOnly First, DateOnly Last) Months(int year, int month, int count)
    {
        var first = new DateOnly(year, month, 1);
        return year + ((month + count) / 12) > 9998 ? (first, DateOnly.MaxValue) : (first, first.AddMonths(count).AddDays(-1));
    }

    private static (DateOnly First, DateOnly Last) Week(int year, int week, bool weekend)
    {
        if (year > 9998)
            return (DateOnly.MaxValue, DateOnly.MaxValue);
        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        return (monday.AddDays(weekend ? 5 : 0), monday.AddDays(6));
    }

    // "Saturday Night Live", « Tour 2016 »: a date in a name tells when nothing happened.
    private static bool IsInName(AnnotatedArticle article, DateMention date)
    {
        // The names of the title come first, each part in the order of its spans.
        var names = article.Entities.AsSpan();
        var inTitle = Sorted.First(names, 1, static name => name.InTitle ? 0 : 1);
        names = date.InTitle ? names[..inTitle] : names[inTitle..];
        var at = Sorted.First(names, date.Span.Start + 1, static name => name.Span.Start) - 1;
        return at >= 0 && names[at].Span.Contains(date.Span) && names[at].Span.Length > date.Span.Length;
    }

    // Of two places in one article that overlap, a passage of a point in its sentence, the shorter one tells it.
    private static void Add(List<Evidence> places, Evidence evidence)
    {
        for (var i = places.Count - 1; i >= 0 && places[i].Article == evidence.Article; i--)
        {
            if (places[i].InTitle != evidence.InTitle || !places[i].Span.Overlaps(evidence.Span))
                continue;
            if (evidence.Span.Length < places[i].Span.Length)
                places[i] = evidence;
            return;
        }

        places.Add(evidence);
    }

    /// <summary>The shortest of an article's passages that holds a place of it; null where none does.</summary>
    internal static Evidence? ShortestAround(IEnumerable<Evidence> passages, Evidence place)
    {
        Evidence? shortest = null;
        foreach (var passage in passages)
        {
            if (passage.InTitle == place.InTitle && passage.Span.Contains(place.Span) && (shortest is null || passage.Span.Length < shortest.Value.Span.Length))
                shortest = passage;
        }

        return shortest;
    }

    private static Evidence Around(AnnotatedArticle article, DateMention date, List<Evidence> passages)
    {
        if (ShortestAround(passages, new Evidence(article.Id, date.Span, date.InTitle)) is { } found)
            return found;
        var text = article.TextOf(date.InTitle);
        var sentence = text.SentenceAt(date.Span.Start);
        return new Evidence(article.Id, sentence < 0 ? date.Span : text.Sentences[sentence].Union(date.Span), date.InTitle);
    }

    // The dates of an article that tell when something was said, not when something happened.
    private sealed class ReportTimes
    {
        private readonly AnnotatedArticle _article;
        private readonly HashSet<(bool InTitle, int Sentence)> _attributing = [];

        public ReportTimes(AnnotatedArticle article)
        {
            _article = article;
            foreach (var statement in article.Statements)
            {
                if (statement.Voiced && statement.Cue is { } cue)
                    _attributing.Add((statement.InTitle, article.TextOf(statement.InTitle).SentenceAt(cue.Start)));
            }
        }

        // In a sentence that attributes, a date outside all that is said belongs to the saying.
        public bool Holds(DateMention date) =>
            _attributing.Contains((date.InTitle, _article.TextOf(date.InTitle).SentenceAt(date.Span.Start)))
            && !_article.Statements.Any(statement =>
                statement.InTitle == date.InTitle && statement.Content.Any(span => span.Contains(date.Span)));
    }
}
