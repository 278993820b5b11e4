using System.Buffers;
using System.Data.Common;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>Erases persons from all that an archive holds, and from what comes in later. Needs no <see cref="ArchiveWriter"/>: it is done while articles come in.</summary>
/// <remarks>
/// Documents are written anew without the name and read again; ids of articles and stories stay. What derives from them is deleted and made again when asked for; the search index is
/// told by revisions, and lets go of what was deleted with the Forget of it.
/// </remarks>
public sealed class ErasureShelf
{
    /// <summary>What stands in the place of a name where no other one is given.</summary>
    public const string Mark = "█████";

    private static readonly (string Table, string Key, string[] Columns)[] CorrectionTexts = [("corrections", "number", ["body", "why"])];

    private static readonly (string Table, string Key, string[] Columns)[] WatchTexts =
    [
        ("watches", "id", ["title", "query", "claim", "outlets"]), ("alerts", "number", ["name", "body"]), ("watch_stories", "watch || ' ' || story", ["state"]),
    ];

    private static readonly (string Table, string Key, string[] Columns)[] PageTexts =
    [
        ("feeds", "address", ["title", "failure"]), ("pages", "address", ["address", "url", "reason", "moved_to"]),
    ];

    private static readonly (string Table, string Key, string[] Columns)[] AuditTexts = [("audit", "number", ["target"])];

    private static readonly SearchValues<char> MarksOfPages = SearchValues.Create("<>&\"\\\r\n\t");

    private readonly Archive _archive;

    internal ErasureShelf(Archive archive) => _archive = archive;

    /// <summary>The erasures that were made, the last first.</summary>
    public IReadOnlyList<KeptErasure> All()
    {
        using var connection = _archive.Database.Connect();
        return connection.Query(
            "SELECT number, at, who, why, replacement, report FROM erasures ORDER BY number DESC",
            row => new KeptErasure(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.Text(3), row.GetString(4), JsonSerializer.Deserialize<ErasureReport>(row.GetString(5))!));
    }

    /// <summary>Erases a person: all of it is done, or nothing.</summary>
    /// <param name="names">All that the person is called; in an article that has one of them in full, its last word alone is erased too.</param>
    /// <param name="replacement">What stands in the place of each, such as a pseudonym; null for <see cref="Mark"/>.</param>
    /// <param name="who">Who asks for it.</param>
    /// <param name="why">Why; kept, so without the name. Null for nothing.</param>
    /// <param name="isPreview">Whether it is only said what would be done.</param>
    /// <param name="clock">Tells when.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    /// <exception cref="PrivacyException">A name holds no word, or the replacement is none.</exception>
    public ErasureReport Erase(
        IReadOnlyList<string> names, string? replacement, string who, string? why, bool isPreview, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        ArgumentNullException.ThrowIfNull(clock);
        replacement = replacement is null ? Mark : !replacement.AsSpan().ContainsAny(MarksOfPages) && !string.IsNullOrWhiteSpace(replacement) ? replacement.Trim()
            : throw new PrivacyException("what stands in the place of a name is a word or more, without marks that pages are made of");
        using var connection = _archive.Database.Connect();
        _archive.Database.BeginForgetting(connection);
        // What is there is looked through before others have to wait, and what came in meanwhile afterwards.
        var salt = PrivacyRows.Salt(connection, null);
        var (candidates, last) = salt is null ? ([], 0) : Candidates(connection, null, EraserOf(salt, names, replacement), 0, cancellationToken);
        ErasureReport report;
        using (var commit = new ArchiveCommit(_archive, connection, clock))
        {
            salt ??= PrivacyRows.Salt(connection, commit.Transaction) ?? PrivacyRows.MakeSalt(connection, commit.Transaction);
            var kept = Kept(salt, names, replacement);
            var eraser = new NameEraser(salt, kept);
            candidates.AddRange(Candidates(connection, commit.Transaction, eraser, last, cancellationToken).Found);
            report = new Erasing(connection, commit, eraser).Run(candidates, cancellationToken);
            Keep(connection, commit, kept, replacement, who, why is null ? null : eraser.Apply(why).Text, report, clock);
            if (isPreview)
                return report;
            commit.Commit();
        }

        _archive.Shelf.Room.Forget();
        Forget(connection);
        return report;
    }

    private void Forget(DbConnection connection)
    {
        try
        {
            _archive.Database.Forget(connection, isWhole: true);
        }
        catch (DbException failure)
        {
            throw new ArchiveException($"the person is erased, but what was deleted still lies in {_archive.Location}, and could not be let go of: {failure.Message}. Ask for the same again", failure);
        }
    }

    private static List<ErasedName> Kept(byte[] salt, IReadOnlyList<string> names, string replacement)
    {
        if (names.Count == 0)
            throw new PrivacyException("there is no name to erase");
        return [.. names.Select(name => NameEraser.Keep(salt, name, replacement) ?? throw new PrivacyException($"\"{name}\" holds no word"))];
    }

    private static NameEraser EraserOf(byte[] salt, IReadOnlyList<string> names, string replacement) => new(salt, Kept(salt, names, replacement));

    private static (List<ArticleId> Found, long Last) Candidates(DbConnection connection, DbTransaction? transaction, NameEraser eraser, long after, CancellationToken cancellationToken)
    {
        var found = new List<ArticleId>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = connection.Query(
                transaction, "SELECT document, content, hash, id, seq FROM articles JOIN captures ON hash = capture WHERE seq > @after ORDER BY seq LIMIT 256",
                row => (Seq: row.GetInt64(4), Id: new ArticleId(row.GetString(3)), Document: Archive.ReadDocument(row, new ArticleId(row.GetString(3)))), ("after", after));
            if (part.Count == 0)
                return (found, after);
            found.AddRange(part.AsParallel().AsOrdered().Where(item => IsNamed(item.Document, eraser)).Select(item => item.Id));
            after = part[^1].Seq;
        }
    }

    private static bool IsNamed(Documents.Document document, NameEraser eraser)
    {
        eraser.Apply(document, out var places);
        return places > 0;
    }

    private static void Keep(
        DbConnection connection, ArchiveCommit commit, IReadOnlyList<ErasedName> names, string replacement, string who, string? why, ErasureReport report, TimeProvider clock)
    {
        var number = PrivacyRows.Last(connection, commit.Transaction) + 1;
        connection.Execute(
            commit.Transaction, "INSERT INTO erasures (number, at, who, why, replacement, report) VALUES (@number, @at, @who, @why, @replacement, @report)",
            ("number", number), ("at", FeedShelf.Written(clock.GetUtcNow())), ("who", who), ("why", why), ("replacement", replacement), ("report", JsonSerializer.Serialize(report)));
        foreach (var name in names.DistinctBy(name => name.Hash))
        {
            connection.Execute(
                commit.Transaction, "INSERT INTO erased_names (erasure, hash, words, last) VALUES (@erasure, @hash, @words, @last)",
                ("erasure", number), ("hash", name.Hash), ("words", name.Words), ("last", name.Last));
        }

        AuditShelf.Write(connection, commit.Transaction, [new AuditEntry(0, FeedShelf.Written(clock.GetUtcNow()), who, "ERASE", $"erasure {number}", 200)]);
    }

    // One erasure under way.
    private sealed class Erasing(DbConnection connection, ArchiveCommit commit, NameEraser eraser)
    {
        private readonly HashSet<StoryId> _stories = [];
        private readonly List<string> _left = [];
        private int _places;
        private int _statements;

        public ErasureReport Run(List<ArticleId> articles, CancellationToken cancellationToken)
        {
            // First what is applied to readings.
            var corrections = Rewrite(CorrectionTexts);
            foreach (var id in articles)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Erase(id);
            }

            foreach (var story in _stories)
                commit.Forget(story);
            return new ErasureReport(articles.Count, _places, _statements, _stories.Count, corrections, Rewrite(WatchTexts), Rewrite(PageTexts), Rewrite(AuditTexts), _left);
        }

        private void Erase(ArticleId id)
        {
            var document = eraser.Apply(Archive.ReadDocument(connection, commit.Transaction, id)!, out var places);
            _places += places;
            if (commit.StoryOf(id) is { } story)
                _stories.Add(story);
            var before = StatementsOf(id);
            var prepared = PreparedArticle.Whole(document, id, CorrectionRows.OfReading(connection, commit.Transaction, id));
            commit.Replace(prepared);
            _statements += before.Except(StatementsOf(id)).Count();
            var article = prepared.Annotated!.Article;
            if (eraser.Apply([article.Text, article.Title]).Places > 0)
                _left.Add(id.Value);
        }

        private List<string> StatementsOf(ArticleId id) => connection.Query(
            commit.Transaction, "SELECT speaker, channel, content FROM statements WHERE article = @id ORDER BY number", row => $"{row.Text(0)}\n{row.Text(1)}\n{row.Text(2)}", ("id", id.Value));

        // Gives how many rows named the person.
        private int Rewrite((string Table, string Key, string[] Columns)[] tables)
        {
            var count = 0;
            foreach (var (table, key, columns) in tables)
            {
                var rows = connection.Query(
                    commit.Transaction, $"SELECT CAST({key} AS TEXT), {string.Join(", ", columns)} FROM {table}",
                    row => (Key: row.GetString(0), Texts: Enumerable.Range(1, columns.Length).Select(row.Text).ToList()));
                foreach (var (at, texts) in rows)
                {
                    var (erased, places) = eraser.Apply(texts);
                    if (places == 0)
                        continue;
                    count++;
                    for (var column = 0; column < columns.Length; column++)
                    {
                        // The key, where it is one of them, comes first: it is asked for no more afterwards.
                        var own = columns[^(column + 1)];
                        connection.Execute(commit.Transaction, $"UPDATE {table} SET {own} = @text WHERE CAST({key} AS TEXT) = @key", ("text", erased[^(column + 1)]), ("key", at));
                    }
                }
            }

            return count;
        }
    }
}
