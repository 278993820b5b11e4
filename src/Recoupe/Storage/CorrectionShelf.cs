using System.Data.Common;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>What people corrected in an archive: kept with who and when, applied by every later run, undone without a trace in what is shown.</summary>
/// <remarks>A batch is one transaction, and needs no <see cref="ArchiveWriter"/>: corrections are made while articles come in.</remarks>
public sealed class CorrectionShelf
{
    /// <summary>So many are made or undone together at most.</summary>
    public const int MostInBatch = 500;

    private readonly Archive _archive;

    internal CorrectionShelf(Archive archive) => _archive = archive;

    /// <summary>Corrections, the last first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="most">How many at once.</param>
    /// <param name="after">What an earlier part gave as <see cref="Page{T}.Next"/>; null for the first.</param>
    public Page<KeptCorrection> List(CorrectionFilter filter, int most, string? after = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var connection = _archive.Database.Connect();
        var before = Cursor.Read(after) is [var text] && long.TryParse(text, out var number) ? number : long.MaxValue;
        var found = connection.Query(
            $"SELECT {CorrectionRows.Columns} FROM corrections WHERE number < @before"
            + (filter.Undone is { } undone ? undone ? " AND undone IS NOT NULL" : " AND undone IS NULL" : "")
            + (filter.Article is null ? "" : " AND number IN (SELECT correction FROM correction_articles WHERE article = @article)")
            + (filter.Story is null ? "" : " AND number IN (SELECT correction FROM correction_articles ca JOIN articles ON id = ca.article WHERE story = @story)")
            + " ORDER BY number DESC LIMIT @most",
            CorrectionRows.Read,
            ("before", before), ("article", filter.Article?.Value),
            ("story", filter.Story is { } story ? Archive.Resolve(connection, story).Value : null), ("most", most + 1));
        return Archive.PageOf(found, most, last => Cursor.Write(last.Number.ToString()));
    }

    /// <summary>The correction of that number; null where there is none.</summary>
    public KeptCorrection? Find(long number)
    {
        using var connection = _archive.Database.Connect();
        return connection.Query($"SELECT {CorrectionRows.Columns} FROM corrections WHERE number = @number", CorrectionRows.Read, ("number", number)).FirstOrDefault();
    }

    /// <summary>The corrections that hold, in the order in which they are applied: as <c>read --corrections</c> takes them.</summary>
    public IReadOnlyList<KeptCorrection> Holding()
    {
        using var connection = _archive.Database.Connect();
        return connection.Query($"SELECT {CorrectionRows.Columns} FROM corrections WHERE undone IS NULL ORDER BY number", CorrectionRows.Read);
    }

    /// <summary>Makes corrections: all of them or none.</summary>
    /// <param name="corrections">In the order in which they are applied.</param>
    /// <param name="who">Who makes them.</param>
    /// <param name="why">Their reason, or null.</param>
    /// <param name="clock">Tells when.</param>
    /// <returns>As they are kept.</returns>
    /// <exception cref="CorrectionException">One names an article that the archive does not have, or words that do not stand in its text.</exception>
    public IReadOnlyList<KeptCorrection> Add(IReadOnlyList<Correction> corrections, string who, string? why, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        return Change(new CorrectionChange(corrections, []), clock, (connection, commit) =>
        {
            var first = connection.Query(commit.Transaction, "SELECT COALESCE(MAX(number), 0) FROM corrections", row => row.GetInt64(0))[0] + 1;
            commit.Correction = first;
            var numbers = new List<long>();
            foreach (var correction in corrections)
            {
                var number = first + numbers.Count;
                numbers.Add(number);
                connection.Execute(
                    commit.Transaction,
                    "INSERT INTO corrections (number, batch, kind, body, who, why, made) VALUES (@number, @batch, @kind, @body, @who, @why, @made)",
                    ("number", number), ("batch", first), ("kind", CorrectionWriter.KindOf(correction)), ("body", CorrectionWriter.Text(correction)),
                    ("who", who), ("why", why), ("made", FeedShelf.Written(clock.GetUtcNow())));
                foreach (var article in correction.Concerns.SelectMany(id => CorrectionRows.LaterVersions(connection, commit.Transaction, id)).Distinct())
                {
                    connection.Execute(
                        commit.Transaction, "INSERT INTO correction_articles (article, correction) VALUES (@article, @correction)",
                        ("article", article.Value), ("correction", number));
                }
            }

            return numbers;
        });
    }

    /// <summary>Undoes corrections that hold: what they changed is as if they had never been made. All of them or none.</summary>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="who">Who undoes them.</param>
    /// <param name="clock">Tells when.</param>
    /// <returns>As they are kept.</returns>
    /// <exception cref="CorrectionException">There is none of that number, or it was undone before.</exception>
    public IReadOnlyList<KeptCorrection> Undo(IReadOnlyList<long> numbers, string who, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        return Change(new CorrectionChange([], numbers), clock, (connection, commit) =>
        {
            commit.Correction = numbers[0];
            foreach (var number in numbers)
            {
                connection.Execute(
                    commit.Transaction, "UPDATE corrections SET undone = @undone, undone_by = @who WHERE number = @number",
                    ("undone", FeedShelf.Written(clock.GetUtcNow())), ("who", who), ("number", number));
            }

            return numbers;
        });
    }

    /// <summary>Says exactly what making <paramref name="corrections"/> would change, and changes nothing.</summary>
    /// <exception cref="CorrectionException">As for <see cref="Add"/>.</exception>
    public CorrectionPreview Preview(IReadOnlyList<Correction> corrections, CancellationToken cancellationToken) =>
        Preview(new CorrectionChange(corrections, []), cancellationToken);

    /// <summary>Says exactly what undoing would change, and changes nothing.</summary>
    /// <exception cref="CorrectionException">As for <see cref="Undo"/>.</exception>
    public CorrectionPreview PreviewUndo(IReadOnlyList<long> numbers, CancellationToken cancellationToken) =>
        Preview(new CorrectionChange([], numbers), cancellationToken);

    private CorrectionPreview Preview(CorrectionChange change, CancellationToken cancellationToken)
    {
        using var connection = _archive.Database.Connect();
        change.Check(connection, null);
        return new CorrectionPreviewer(_archive, connection, change).Make(cancellationToken);
    }

    // What is read anew takes a moment: it is done before others have to wait, and again only where something came in between.
    private List<KeptCorrection> Change(CorrectionChange change, TimeProvider clock, Func<DbConnection, ArchiveCommit, IReadOnlyList<long>> write)
    {
        using var connection = _archive.Database.Connect();
        change.Check(connection, null);
        var before = CorrectionRows.State(connection, null);
        var readings = change.Readings(connection, null);
        using var commit = new ArchiveCommit(_archive, connection, clock);
        change.Check(connection, commit.Transaction);
        var isSame = CorrectionRows.State(connection, commit.Transaction) == before;
        foreach (var story in change.Grouped(connection, commit.Transaction))
            commit.Correct(story);
        var again = change.ReadAnew(connection, commit.Transaction);
        if (!isSame || !again.SetEquals(readings.Keys))
            readings = change.Readings(connection, commit.Transaction);
        var numbers = write(connection, commit);
        foreach (var (id, annotated) in readings)
            commit.Reread(id, annotated, PreparedArticle.ReadingOf(annotated));
        foreach (var story in change.Shown(connection, commit.Transaction))
            commit.Touch(story);
        commit.Commit();
        return [.. numbers.Select(number => Find(number)!)];
    }
}

/// <summary>How corrections lie in their tables.</summary>
internal static class CorrectionRows
{
    public const string Columns = "number, batch, body, who, why, made, undone, undone_by";

    // Each step leads to a later version: there is an end.
    private const int MostVersions = 10_000;

    public static KeptCorrection Read(DbDataReader row)
    {
        using var body = JsonDocument.Parse(row.GetString(2));
        return new KeptCorrection(
            row.GetInt64(0), row.GetInt64(1), CorrectionReader.ReadList(body.RootElement)[0], row.GetString(3), row.Text(4), row.GetString(5), row.Text(6), row.Text(7));
    }

    /// <summary>Another one after each change of corrections.</summary>
    public static (long, long) State(DbConnection connection, DbTransaction? transaction) => connection.Query(
        transaction, "SELECT COALESCE(MAX(number), 0), COUNT(undone) FROM corrections", row => (row.GetInt64(0), row.GetInt64(1)))[0];

    /// <summary>An article and the later versions of its page.</summary>
    public static List<ArticleId> LaterVersions(DbConnection connection, DbTransaction? transaction, ArticleId id)
    {
        List<ArticleId> versions = [id];
        while (versions.Count < MostVersions
            && connection.Query(transaction, "SELECT superseded_by FROM articles WHERE id = @id", row => row.Text(0), ("id", versions[^1].Value)) is [{ } later])
            versions.Add(new ArticleId(later));
        return versions;
    }

    /// <summary>The corrections of an article's own reading that hold, about this very version.</summary>
    public static CorrectionSet OfReading(DbConnection connection, DbTransaction? transaction, ArticleId id, IReadOnlyCollection<long>? but = null) => new(
    [
        .. connection.Query(
            transaction,
            $"SELECT {Columns} FROM corrections JOIN correction_articles ca ON correction = number WHERE ca.article = @id AND undone IS NULL "
            + "AND kind IN ('speaker', 'article') ORDER BY number",
            Read, ("id", id.Value))
            .Where(kept => but?.Contains(kept.Number) != true).Select(kept => kept.Correction.About(_ => id)),
    ]);

    /// <summary>All corrections that hold and name an article of those given, about the latest versions.</summary>
    public static CorrectionSet OfArticles(DbConnection connection, IReadOnlyCollection<ArticleId> articles, IReadOnlyCollection<long>? but = null)
    {
        // Few stories have any: most are asked for nothing else.
        var numbers = new SortedSet<long>();
        foreach (var article in articles)
            numbers.UnionWith(connection.Query("SELECT correction FROM correction_articles WHERE article = @id", row => row.GetInt64(0), ("id", article.Value)));
        var latest = new Dictionary<ArticleId, ArticleId>();
        return new CorrectionSet(
        [
            .. numbers.Where(number => but?.Contains(number) != true)
                .SelectMany(number => connection.Query($"SELECT {Columns} FROM corrections WHERE number = @number AND undone IS NULL", Read, ("number", number)))
                .Select(kept => kept.Correction.About(id => Latest(connection, id, latest))),
        ]);
    }

    private static ArticleId Latest(DbConnection connection, ArticleId id, Dictionary<ArticleId, ArticleId> known)
    {
        if (!known.TryGetValue(id, out var latest))
            known[id] = latest = LaterVersions(connection, null, id)[^1];
        return latest;
    }
}
