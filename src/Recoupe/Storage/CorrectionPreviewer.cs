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
        var was = new Dictionary<string, (StoryId Story, string Text, PointFooting Footing)>(StringComparer.Ordinal);
        foreach (var (story, _) in before)
        {
            foreach (var (point, text, footing) in PointsOf(archive.DossierJsonOf(story, cancellationToken)!))
                was[point] = (story, text, footing);
        }

        var changed = new List<ChangedPoint>();
        foreach (var story in after)
        {
            var json = archive.Shelf.JsonOf(story.Key, [.. story.Select(article => article.Id)], change, cancellationToken);
            foreach (var (point, text, footing) in PointsOf(json))
            {
                if (!was.Remove(point, out var known))
                    changed.Add(new ChangedPoint(story.Key, point, text, null, footing));
                else if (known.Footing != footing)
                    changed.Add(new ChangedPoint(story.Key, point, text, known.Footing, footing));
            }
        }

        changed.AddRange(was.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new ChangedPoint(
            pair.Value.Story, pair.Key, pair.Value.Text, pair.Value.Footing, null)));
        return changed;
    }

    private List<(long Seq, ArticleId Id)> ArticlesOf(StoryId story) => connection.Query(
        "SELECT seq, id FROM articles WHERE story = @story AND superseded_by IS NULL ORDER BY seq",
        row => (row.GetInt64(0), new ArticleId(row.GetString(1))), ("story", story.Value));

    private static List<(string Point, string Text, PointFooting Footing)> PointsOf(byte[] dossier)
    {
        using var json = JsonDocument.Parse(dossier);
        return
        [
            .. json.RootElement.GetProperty("stories")[0].GetProperty("points").EnumerateArray().Select(point => (
                point.GetProperty("id").GetString()!, point.GetProperty("text").GetString()!,
                new PointFooting(
                    point.GetProperty("grade").GetString()!, point.GetProperty("origins").GetProperty("fewest").GetInt32(),
                    point.GetProperty("origins").GetProperty("most").GetInt32(), point.GetProperty("passages").GetArrayLength()))),
        ];
    }

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
}
