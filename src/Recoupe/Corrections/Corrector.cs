using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Corrections;

/// <summary>Applies a person's corrections, each where its stage has given its result. What a correction points at and is not there changes nothing.</summary>
public static class Corrector
{
    /// <summary>What a corrected article's outlet and time are told by.</summary>
    public const string ByCorrection = "correction";

    /// <summary>The article with its corrected outlet and time.</summary>
    public static Article Correct(Article article, CorrectionSet corrections)
    {
        foreach (var correction in corrections.All.OfType<ArticleCorrection>())
        {
            if (correction.Article != article.Id)
                continue;
            if (correction.Outlet is { } outlet)
                article = article with { Outlet = outlet, OutletFrom = ByCorrection };
            if (correction.Published is { } published)
                article = article with { Published = published, PublishedFrom = ByCorrection, DatedBy = [] };
        }

        return article;
    }

    /// <summary>The article with its re-attributed statements.</summary>
    public static AnnotatedArticle Correct(AnnotatedArticle article, CorrectionSet corrections)
    {
        var statements = article.Statements;
        foreach (var correction in corrections.All.OfType<SpeakerCorrection>())
        {
            if (correction.Place.Article != article.Id || Find(article.Body.Text, correction.Place.Words) is not { } span)
                continue;
            statements =
            [
                .. statements.Select(statement => !statement.InTitle && statement.Content.Any(content => content.Overlaps(span))
                    ? statement with { Speaker = new Speaker(statement.Speaker?.Mention, correction.Name, correction.Type), Corrected = true }
                    : statement),
            ];
        }

        return article with { Statements = statements };
    }

    /// <summary>The stories with merged and split ones; a story keeps its id as long as its first article is in it.</summary>
    public static ImmutableArray<Story> Correct(ImmutableArray<Story> stories, CorrectionSet corrections)
    {
        foreach (var correction in corrections.All.OfType<StoryCorrection>())
        {
            var group = correction.Articles.ToHashSet();
            stories = correction.Merges ? Merged(stories, group) : Split(stories, group);
        }

        return stories;
    }

    /// <summary>The points of a story with merged and split ones.</summary>
    /// <param name="points">As found.</param>
    /// <param name="articles">The articles of the story.</param>
    /// <param name="corrections">What a person corrected.</param>
    public static ImmutableArray<Point> Correct(ImmutableArray<Point> points, ImmutableArray<AnnotatedArticle> articles, CorrectionSet corrections)
    {
        var number = 0;
        foreach (var correction in corrections.All.OfType<PointCorrection>())
        {
            var spans = Places(correction.Passages, articles);
            number++;
            points = correction.Merges ? Merged(points, spans, articles, number) : Split(points, spans, number);
        }

        return points;
    }

    /// <summary>What a person ruled on origins, with the places that the words stand at.</summary>
    public static ImmutableArray<OriginRuling> RulingsOf(ImmutableArray<AnnotatedArticle> articles, CorrectionSet corrections) =>
    [
        .. corrections.All.OfType<OriginCorrection>()
            .Select(correction => new OriginRuling(correction.Merges, [.. Places(correction.Passages, articles)]))
            .Where(ruling => ruling.Places.Length > 1),
    ];

    /// <summary>Whether the words of <paramref name="place"/> stand in the article's text.</summary>
    public static bool Stands(QuotedPlace place, string text) => Find(text, place.Words) is not null;

    private static ImmutableArray<Story> Merged(ImmutableArray<Story> stories, HashSet<ArticleId> group)
    {
        var touched = stories.Where(story => story.Articles.Any(group.Contains)).ToImmutableArray();
        if (touched.Length < 2)
            return stories;
        var merged = touched[0] with { Articles = [.. touched.SelectMany(story => story.Articles)], Corrected = true };
        return [.. stories.Where(story => !touched.Skip(1).Contains(story)).Select(story => story == touched[0] ? merged : story)];
    }

    private static ImmutableArray<Story> Split(ImmutableArray<Story> stories, HashSet<ArticleId> group)
    {
        var taken = stories.SelectMany(story => story.Articles).Where(group.Contains).ToImmutableArray();
        if (taken.IsEmpty || stories.Any(story => story.Articles.Length == taken.Length && story.Articles.All(group.Contains)))
            return stories;
        var id = new StoryId("c-" + taken[0].Value);
        return
        [
            .. stories.Where(story => !story.Articles.All(group.Contains)).Select(story => Without(story, group)),
            new Story(id, id, taken) { Corrected = true },
        ];
    }

    private static Story Without(Story story, HashSet<ArticleId> group) => story.Articles.Any(group.Contains)
        ? story with { Articles = [.. story.Articles.Where(article => !group.Contains(article))], Corrected = true }
        : story;

    private static ImmutableArray<Point> Merged(
        ImmutableArray<Point> points, List<Evidence> spans, ImmutableArray<AnnotatedArticle> articles, int number)
    {
        var touched = points.Where(point => point.Passages.Any(passage => Holds(spans, passage))).ToImmutableArray();
        var untold = spans.Where(span => !touched.Any(point => point.Passages.Any(passage => Holds([span], passage))))
            .Select(span => PassageAt(span, articles)).ToImmutableArray();
        if (touched.Length + untold.Length < 2)
            return points;
        var passages = Ordered(touched.SelectMany(point => point.Passages).Concat(untold), articles);
        var first = touched.FirstOrDefault() ?? new Point(new PointId($"m{number}"), untold[0], []);
        var merged = first with { Passages = passages, Corrected = true };
        points = [.. points.Where(point => !touched.Skip(1).Contains(point)).Select(point => point == first ? merged : point)];
        return touched.IsEmpty ? points.Add(merged) : points;
    }

    private static ImmutableArray<Point> Split(ImmutableArray<Point> points, List<Evidence> spans, int number)
    {
        var whole = points.FirstOrDefault(point =>
            point.Passages.Any(passage => Holds(spans, passage)) && !point.Passages.All(passage => Holds(spans, passage)));
        if (whole is null)
            return points;
        var taken = whole.Passages.Where(passage => Holds(spans, passage)).ToImmutableArray();
        var left = whole.Passages.RemoveRange(taken);
        var clearest = left.Contains(whole.Clearest) ? whole.Clearest : left[0];
        return
        [
            .. points.Select(point => point == whole ? whole with { Passages = left, Clearest = clearest, Corrected = true } : point),
            new Point(new PointId($"{whole.Id}-c{number}"), taken[0], taken, whole.Background, Corrected: true),
        ];
    }

    private static List<Evidence> Places(ImmutableArray<QuotedPlace> group, ImmutableArray<AnnotatedArticle> articles)
    {
        var places = new List<Evidence>();
        foreach (var place in group)
        {
            if (articles.FirstOrDefault(article => article.Id == place.Article) is { } article && Find(article.Body.Text, place.Words) is { } span)
                places.Add(new Evidence(article.Id, span));
        }

        return places;
    }

    // What no point tells is told once a person says where it belongs: its sentence, as what its statement says if it is one.
    private static Passage PassageAt(Evidence place, ImmutableArray<AnnotatedArticle> articles)
    {
        var article = articles.First(article => article.Id == place.Article);
        var sentence = article.Body.SentenceAt(place.Span.Start);
        var span = sentence < 0 ? place.Span : article.Body.Sentences[sentence].Union(place.Span);
        var said = article.Statements.Select((statement, index) => (statement, index))
            .Where(pair => !pair.statement.InTitle && pair.statement.Voiced && pair.statement.Content.Any(content => content.Overlaps(place.Span)))
            .Select(pair => (int?)pair.index).FirstOrDefault();
        return new Passage(new Evidence(place.Article, span), said, Stance.Affirms);
    }

    private static bool Holds(List<Evidence> places, Passage passage) => places.Exists(place =>
        !passage.Evidence.InTitle && place.Article == passage.Evidence.Article && place.Span.Overlaps(passage.Evidence.Span));

    private static ImmutableArray<Passage> Ordered(IEnumerable<Passage> passages, ImmutableArray<AnnotatedArticle> articles) =>
        [.. passages.Distinct().OrderBy(passage => articles.Select(article => article.Id).ToList().IndexOf(passage.Evidence.Article)).ThenBy(passage => passage.Evidence.Span)];

    private static TextSpan? Find(string text, string words)
    {
        var at = text.IndexOf(words, StringComparison.Ordinal);
        return at < 0 ? null : TextSpan.Of(at, words.Length);
    }
}
