using System.Data.Common;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>Works out what corrections would change, beside what is there.</summary>
internal sealed class CorrectionPreviewer(Archive archive, DbConnection connection, CorrectionChange change)
{
    // Of more stories the dossiers are not made for a preview.
    private const int MostStories = 6;

    public CorrectionPreview Make(CancellationToken cancellationToken)
    {
        var moves = Moves();
        var (articles, statements) = Readings();
        return new CorrectionPreview(moves, articles, statements, Points(moves, cancellationToken), WithoutEffect(moves, articles, statements));
    }

    private List<MovedArticle> Moves()
    {
        var grouped = change.Grouped(connection, null).Select(story => story.Value).ToList();
        if (grouped.Count == 0)
            return [];
        var overlay = new StoryOverlay(connection, null, change.Undone.ToHashSet());
        var number = long.MaxValue - CorrectionShelf.MostInBatch;
        foreach (var correction in change.Added.OfType<StoryCorrection>())
            overlay.Add(number++, correction with { Articles = [.. correction.Articles.SelectMany(article => CorrectionRows.LaterVersions(connection, null, article))] });
        return overlay.Moves([], grouped);
    }

    private (List<ChangedArticle> Articles, List<ChangedSpeaker> Statements) Readings()
    {
        var (articles, statements) = (new List<ChangedArticle>(), new List<ChangedSpeaker>());
        foreach (var (id, annotated) in change.Readings(connection, null))
        {
            var (outlet, published) = connection.Query(
                "SELECT outlet, published FROM articles WHERE id = @id", row => (row.Text(0), row.Text(1)), ("id", id.Value))[0];
            if (outlet != annotated.Article.Outlet)
                articles.Add(new ChangedArticle(id, "outlet", outlet, annotated.Article.Outlet));
            if (published != annotated.Article.Published?.ToString())
                articles.Add(new ChangedArticle(id, "published", published, annotated.Article.Published?.ToString()));
            var before = connection.Query(
                "SELECT content, speaker FROM statements WHERE article = @id", row => (Content: row.GetString(0), Speaker: row.Text(1)), ("id", id.Value))
                .GroupBy(statement => statement.Content, StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => same.First().Speaker, StringComparer.Ordinal);
            foreach (var statement in annotated.Statements)
            {
                var content = PreparedArticle.Words(annotated, statement);
                if (before.TryGetValue(content, out var speaker) && speaker != statement.Speaker?.Name)
                    statements.Add(new ChangedSpeaker(id, content, speaker, statement.Speaker?.Name));
            }
        }

        return (articles, statements);
    }

    private List<ChangedPoint>? Points(List<MovedArticle> moves, CancellationToken cancellationToken)
    {
        var moved = moves.ToDictionary(move => move.Article, move => move.To);
        var shown = change.Shown(connection, null).Concat(moves.Select(move => move.From)).Distinct().ToList();
        var before = shown.Concat(moves.Select(move => move.To)).Distinct().Select(story => (Story: story, Articles: ArticlesOf(story))).Where(story => story.Articles.Count > 0).ToList();
        var after = before.SelectMany(story => story.Articles.Select(article => (article.Seq, article.Id, Story: moved.GetValueOrDefault(article.Id, story.Story))))
            .OrderBy(article => article.Seq).GroupBy(article => article.Story).ToList();
        if (before.Count > MostStories || after.Count > MostStories)
            return null;
        var was = before.SelectMany(story => PointsOf(archive.DossierJsonOf(story.Story, cancellationToken)!).Select(point => (story.Story, Point: point))).ToList();
        var now = after.SelectMany(story => PointsOf(archive.Shelf.JsonOf(story.Key, [.. story.Select(article => article.Id)], change, cancellationToken))
            .Select(point => (Story: story.Key, Point: point))).ToList();
        var (same, kept) = (SamePoints(was.ConvertAll(item => item.Point), now.ConvertAll(item => item.Point)), new HashSet<int>());
        var changed = new List<ChangedPoint>();
        for (var i = 0; i < now.Count; i++)
        {
            var (story, point) = now[i];
            var known = same.TryGetValue(i, out var place) ? was[place].Point.Footing : null;
            if (known is not null)
                kept.Add(place);
            if (known != point.Footing)
                changed.Add(new ChangedPoint(story, point.Id, point.Text, known, point.Footing));
        }

        changed.AddRange(was.Where((_, place) => !kept.Contains(place)).OrderBy(gone => gone.Point.Id, StringComparer.Ordinal)
            .Select(gone => new ChangedPoint(gone.Story, gone.Point.Id, gone.Point.Text, gone.Point.Footing, null)));
        return changed;
    }

    // A point is the one with which it has most passages in common: its id goes with its first passage, which a correction may take away.
    private static Dictionary<int, int> SamePoints(List<FoundPoint> was, List<FoundPoint> now)
    {
        var holders = was.SelectMany((point, place) => point.Passages.Select(passage => (Passage: passage, Place: place))).ToLookup(pair => pair.Passage, pair => pair.Place);
        var pairs = now.SelectMany((point, place) => point.Passages.SelectMany(passage => holders[passage]).CountBy(before => before)
            .Select(common => (Now: place, Was: common.Key, Common: common.Value, SameId: point.Id == was[common.Key].Id)));
        var (same, taken) = (new Dictionary<int, int>(), new HashSet<int>());
        foreach (var pair in pairs.OrderByDescending(pair => pair.Common).ThenByDescending(pair => pair.SameId).ThenBy(pair => pair.Now).ThenBy(pair => pair.Was))
        {
            if (!same.ContainsKey(pair.Now) && taken.Add(pair.Was))
                same.Add(pair.Now, pair.Was);
        }

        return same;
    }

    private List<(long Seq, ArticleId Id)> ArticlesOf(StoryId story) => connection.Query(
        "SELECT seq, id FROM articles WHERE story = @story AND superseded_by IS NULL ORDER BY seq",
        row => (row.GetInt64(0), new ArticleId(row.GetString(1))), ("story", story.Value));

    private static List<FoundPoint> PointsOf(byte[] dossier)
    {
        using var json = JsonDocument.Parse(dossier);
        return
        [
            .. json.RootElement.GetProperty("stories")[0].GetProperty("points").EnumerateArray().Select(point => new FoundPoint(
                point.GetProperty("id").GetString()!, point.GetProperty("text").GetString()!,
                new PointFooting(
                    point.GetProperty("grade").GetString()!, point.GetProperty("origins").GetProperty("fewest").GetInt32(),
                    point.GetProperty("origins").GetProperty("most").GetInt32(), point.GetProperty("passages").GetArrayLength()),
                [.. point.GetProperty("passages").EnumerateArray().Select(PlaceOf).Distinct(StringComparer.Ordinal)])),
        ];
    }

    private static string PlaceOf(JsonElement passage) =>
        $"{passage.GetProperty("article").GetString()} {passage.GetProperty("span").GetRawText()} {(passage.TryGetProperty("in", out var part) ? part.GetString() : "")}";

    // Of a point's corrections it is not told which of the points they changed.
    private List<(int At, string Why)> WithoutEffect(List<MovedArticle> moves, List<ChangedArticle> articles, List<ChangedSpeaker> statements)
    {
        var without = new List<(int, string)>();
        for (var i = 0; i < change.Added.Count; i++)
        {
            var concerned = change.Added[i].Concerns.SelectMany(article => CorrectionRows.LaterVersions(connection, null, article)).ToHashSet();
            var why = change.Added[i] switch
            {
                StoryCorrection story when moves.Count == 0 => story.Merges ? "these articles are one story already" : "these articles are a story of their own already",
                ArticleCorrection when !articles.Exists(article => concerned.Contains(article.Article)) => "the article has these already",
                SpeakerCorrection when !statements.Exists(statement => concerned.Contains(statement.Article)) =>
                    "no statement holds these words that is not this speaker's already",
                _ => null,
            };
            if (why is not null)
                without.Add((i, why));
        }

        return without;
    }

    private sealed record FoundPoint(string Id, string Text, PointFooting Footing, IReadOnlyList<string> Passages);
}
