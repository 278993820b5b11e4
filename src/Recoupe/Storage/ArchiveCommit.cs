using System.Data.Common;
using System.Globalization;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Statements;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>One transaction that writes: all of it is there afterwards, or nothing.</summary>
internal sealed class ArchiveCommit : IDisposable
{
    private static readonly string[] ChangeColumns = ["number", "at", "kind", "story", "article", "other", "correction"];
    private static readonly string[] StatementColumns = ["article", "number", "seq", "speaker", "type", "act", "kind", "channel", "content"];

    private readonly ArchiveDatabase _database;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly string _now;
    private readonly long _revision;
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _emptied = new(StringComparer.Ordinal);
    private readonly HashSet<string> _regrouped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _corrected = new(StringComparer.Ordinal);
    private readonly CountRows _counts;

    // Rows that are written together: nothing of this transaction reads them before that.
    private readonly List<object?[]> _statements = [];
    private readonly List<object?[]> _steps = [];
    private long? _changes;
    private bool _finished;

    public ArchiveCommit(Archive archive, DbConnection connection, TimeProvider clock)
    {
        _database = archive.Database;
        _connection = connection;
        _transaction = archive.Database.BeginWrite(connection);
        _now = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        _revision = Archive.RevisionOf(connection, _transaction) + 1;
        _counts = new CountRows(_database, connection, _transaction);
    }

    /// <summary>The batch of corrections that it makes or undoes; null where it does neither.</summary>
    public long? Correction { get; set; }

    /// <summary>For what else is written in this transaction.</summary>
    public DbTransaction Transaction => _transaction;

    /// <summary>The story of an article; null where the archive has no such article.</summary>
    public StoryId? StoryOf(ArticleId id) =>
        Query("SELECT story FROM articles WHERE id = @id", row => new StoryId(row.GetString(0)), ("id", id.Value)) is [var story] ? story : null;

    /// <summary>The latest version of the same page, and whether it tells the same.</summary>
    public (ArticleId Id, StoryId Story, bool IsSame)? EarlierVersion(PreparedArticle prepared)
    {
        if (DocumentIdentity.AddressOf(prepared.Document) is not { } address)
            return null;
        var found = Query(
            "SELECT id, story, reading FROM articles WHERE address = @address AND COALESCE(own_id, '') = @own AND superseded_by IS NULL",
            row => (Id: new ArticleId(row.GetString(0)), Story: new StoryId(row.GetString(1)), Reading: row.Bytes(2)),
            ("address", address), ("own", prepared.Document.Id ?? ""));
        if (found is not [var earlier])
            return null;
        using var json = JsonDocument.Parse(Packed.Unpack(earlier.Reading));
        var article = prepared.Annotated!.Article;
        var isSame = json.RootElement.GetProperty("title").GetString() == article.Title && json.RootElement.GetProperty("text").GetString() == article.ShownText;
        return (earlier.Id, earlier.Story, isSame);
    }

    /// <summary>Adds an article.</summary>
    public void Add(long seq, PreparedArticle prepared, StoryId story)
    {
        var (article, document) = (prepared.Annotated!.Article, prepared.Document);
        AddCaptures(prepared);
        Execute(
            "INSERT INTO articles (seq, id, name, own_id, source, address, url, outlet, title, published, sorted, language, ingested, capture, document, reading, stamp, story, grouped, "
            + "revision, raw, raw_type) VALUES (@seq, @id, @name, @own, @source, @address, @url, @outlet, @title, @published, @sorted, @language, @ingested, @capture, @document, "
            + "@reading, @stamp, @story, @story, @revision, @raw, @type)",
            ("seq", seq), ("id", prepared.Id.Value), ("name", document.Id ?? document.Name ?? document.Source), ("own", document.Id), ("source", document.Source),
            ("address", DocumentIdentity.AddressOf(document)), ("url", article.Url), ("outlet", article.Outlet), ("title", article.Title), ("published", article.Published?.ToString()),
            ("sorted", Sorted(article) ?? _now), ("language", article.Language), ("ingested", _now), ("capture", prepared.Hash), ("document", prepared.Facts),
            ("reading", prepared.Reading), ("stamp", EngineStamp.Current.Value), ("story", story.Value), ("revision", _revision), ("raw", prepared.Raw?.Hash),
            ("type", document.Raw?.Type));
        AddStatements(seq, prepared.Annotated);
        _counts.Total("articles", 1);
        _counts.Total(CountRows.ReadBy(EngineStamp.Current.Value), 1);
        _counts.Add(article.Outlet, _now, prepared.Annotated.Statements.Select(statement => (statement.Speaker?.Name, TypeOf(statement))));
    }

    /// <summary>Replaces the document of an article and what was read of it; what no article rests on any more is deleted.</summary>
    public void Replace(PreparedArticle prepared)
    {
        var (id, document) = (prepared.Id, prepared.Document);
        var (before, raw) = Query("SELECT capture, raw FROM articles WHERE id = @id", row => (row.GetString(0), row.Text(1)), ("id", id.Value))[0];
        AddCaptures(prepared);
        Execute(
            "UPDATE articles SET name = @name, own_id = @own, source = @source, address = @address, capture = @capture, document = @document, "
            + "raw = @raw, raw_type = @type WHERE id = @id",
            ("name", document.Id ?? document.Name ?? document.Source), ("own", document.Id), ("source", document.Source), ("address", DocumentIdentity.AddressOf(document)),
            ("capture", prepared.Hash), ("document", prepared.Facts), ("id", id.Value), ("raw", prepared.Raw?.Hash), ("type", document.Raw?.Type));
        Reread(id, prepared.Annotated!, prepared.Reading);
        foreach (var hash in new[] { before, raw })
        {
            _counts.Total("captures", -Execute(
                "DELETE FROM captures WHERE hash = @hash AND NOT EXISTS (SELECT 1 FROM articles WHERE capture = @hash) "
                + "AND NOT EXISTS (SELECT 1 FROM articles WHERE raw IS NOT NULL AND raw = @hash)", ("hash", hash)));
        }

        if (StoryOf(id) is { } story)
            Touch(story);
    }

    /// <summary>The text of an article is kept no longer.</summary>
    public void Expire(ArticleId id) => Execute("UPDATE articles SET expired = @now WHERE id = @id", ("now", _now), ("id", id.Value));

    /// <summary>Deletes what was made of a story: it is made again when asked for.</summary>
    public void Forget(StoryId story)
    {
        LetGo(story.Value);
        Execute("DELETE FROM summaries WHERE story = @story", ("story", story.Value));
        CountRows.RemoveRecords(_connection, _transaction, story.Value);
        Touch(story);
    }

    /// <summary>Replaces what was read of an article.</summary>
    public void Reread(ArticleId id, AnnotatedArticle annotated, byte[] reading)
    {
        var article = annotated.Article;
        CountReading(id);
        WriteStatements();
        _counts.Remove(id);
        Execute(
            "UPDATE articles SET url = @url, outlet = @outlet, title = @title, published = @published, sorted = COALESCE(@sorted, ingested), language = @language, reading = @reading, "
            + "stamp = @stamp, revision = @revision WHERE id = @id",
            ("url", article.Url), ("outlet", article.Outlet), ("title", article.Title), ("published", article.Published?.ToString()), ("sorted", Sorted(article)),
            ("language", article.Language), ("reading", reading), ("stamp", EngineStamp.Current.Value), ("revision", _revision), ("id", id.Value));
        _counts.Total("statements", -Execute("DELETE FROM statements WHERE article = @id", ("id", id.Value)));
        AddStatements(Query("SELECT seq FROM articles WHERE id = @id", row => row.GetInt64(0), ("id", id.Value))[0], annotated);
        WriteStatements();
        _counts.AddAgain(id);
    }

    /// <summary>Marks an article as read by this engine with the same result.</summary>
    public void Stamp(ArticleId id)
    {
        CountReading(id);
        Execute("UPDATE articles SET stamp = @stamp WHERE id = @id", ("stamp", EngineStamp.Current.Value), ("id", id.Value));
    }

    /// <summary>The earlier version of a page gives way to the later one.</summary>
    public void Supersede(ArticleId earlier, ArticleId later)
    {
        WriteStatements();
        _counts.Remove(earlier);
        Execute("UPDATE articles SET superseded_by = @later, revision = @revision WHERE id = @earlier", ("later", later.Value), ("revision", _revision), ("earlier", earlier.Value));
        // What was corrected of the earlier holds of the later.
        Execute(
            "INSERT INTO correction_articles (article, correction) SELECT @later, correction FROM correction_articles WHERE article = @earlier",
            ("later", later.Value), ("earlier", earlier.Value));
        if (StoryOf(earlier) is { } story)
            _touched.Add(story.Value);
    }

    /// <summary>What was corrected of an article's own reading.</summary>
    public CorrectionSet CorrectionsOf(ArticleId id) => CorrectionRows.OfReading(_connection, _transaction, id);

    /// <summary>A story of which something is corrected: its dossier is another one.</summary>
    public void Touch(StoryId story) => _touched.Add(story.Value);

    /// <summary>A story, as grouping has it, whose articles corrections have moved or no longer move.</summary>
    public void Correct(StoryId grouped) => _corrected.Add(grouped.Value);

    /// <summary>Takes over what happened to stories.</summary>
    public void Apply(IEnumerable<StoryChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Kind != StoryChangeKind.Rested)
                Note(change);
            switch (change.Kind)
            {
                case StoryChangeKind.Opened or StoryChangeKind.Joined or StoryChangeKind.Split or StoryChangeKind.Moved:
                    Move(change.Article!.Value, change.Story, change.Other);
                    break;
                case StoryChangeKind.Merged:
                    Merge(change.Story, change.Other!.Value);
                    break;
                case StoryChangeKind.Linked:
                    SetSaga(change.Story, change.Other!.Value);
                    break;
            }
        }
    }

    /// <summary>Puts an article into a story of grouping, which is made where there is none.</summary>
    public void Move(ArticleId article, StoryId story, StoryId? from)
    {
        _regrouped.Add(story.Value);
        if (from is { } left)
        {
            _regrouped.Add(left.Value);
            Leave(left, story);
            if (StoryOf(article) is { } shown)
                Leave(shown, story);
        }

        Make(story);
        Execute(
            "UPDATE articles SET story = @story, grouped = @story, revision = @revision WHERE id = @id",
            ("story", story.Value), ("revision", _revision), ("id", article.Value));
        _touched.Add(story.Value);
    }

    /// <summary>Puts all articles that grouping had in <paramref name="gone"/> into <paramref name="kept"/>.</summary>
    public void Merge(StoryId kept, StoryId gone)
    {
        _regrouped.Add(kept.Value);
        _regrouped.Add(gone.Value);
        foreach (var shown in Query("SELECT DISTINCT story FROM articles WHERE grouped = @gone", row => new StoryId(row.GetString(0)), ("gone", gone.Value)))
            Leave(shown, kept);
        Execute(
            "UPDATE articles SET story = @kept, grouped = @kept, revision = @revision WHERE grouped = @gone",
            ("kept", kept.Value), ("gone", gone.Value), ("revision", _revision));
        Execute("UPDATE stories SET saga = @kept WHERE saga = @gone", ("kept", kept.Value), ("gone", gone.Value));
        Execute(
            "UPDATE stories SET merged_into = @kept, revision = @revision, told = NULL WHERE id = @gone",
            ("kept", kept.Value), ("gone", gone.Value), ("revision", _revision));
        CountRows.RemoveRecords(_connection, _transaction, gone.Value);
        _touched.Add(kept.Value);
    }

    /// <summary>Makes a story a phase of a saga.</summary>
    public void SetSaga(StoryId story, StoryId saga) => Execute(
        "UPDATE stories SET saga = @saga, revision = @revision, told = NULL WHERE id = @id AND saga <> @saga", ("saga", saga.Value), ("id", story.Value), ("revision", _revision));

    /// <summary>Keeps the state of grouping.</summary>
    public void SaveDesk(long seq, byte[] state) => Execute(
        "INSERT INTO desk (name, seq, stamp, state) VALUES ('stories', @seq, @stamp, @state) "
        + "ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, stamp = excluded.stamp, state = excluded.state",
        ("seq", seq), ("stamp", EngineStamp.Current.Value), ("state", state));

    /// <summary>Notes a step of a story's history under the archive's own number.</summary>
    public void Note(StoryChange change)
    {
        _changes ??= Query("SELECT COALESCE(MAX(number), 0) FROM story_changes", row => row.GetInt64(0))[0];
        _steps.Add([++_changes, _now, change.Kind.ToString().ToLowerInvariant(), change.Story.Value, change.Article?.Value, change.Other?.Value, Correction]);
    }

    /// <summary>Lays corrections over the stories that were touched, and brings these up to date.</summary>
    public void Finish()
    {
        _finished = true;
        Overlay();
        // Until its dossier is made anew a story is shown as it was last told: but not as it was before a person corrected it.
        if (Correction is not null)
        {
            foreach (var story in _touched)
                LetGo(story);
        }

        foreach (var story in _touched.Order(StringComparer.Ordinal))
            Describe(story);
    }

    /// <summary>Finishes where that was not done, and commits.</summary>
    public void Commit()
    {
        if (!_finished)
            Finish();
        WriteStatements();
        if (_steps.Count > 0)
            _database.Add(_connection, _transaction, "story_changes", ChangeColumns, _steps);
        _counts.Write();
        Execute("INSERT INTO meta (name, value) VALUES ('revision', @revision) ON CONFLICT (name) DO UPDATE SET value = excluded.value", ("revision", _revision.ToString(CultureInfo.InvariantCulture)));
        _transaction.Commit();
    }

    /// <inheritdoc/>
    public void Dispose() => _transaction.Dispose();

    private void LetGo(string story)
    {
        Execute("DELETE FROM dossiers WHERE story = @story", ("story", story));
        Execute("UPDATE stories SET told = NULL WHERE id = @story", ("story", story));
        Execute("DELETE FROM renderings WHERE story = @story", ("story", story));
    }

    private static string? Sorted(Article article) => article.Published?.Utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void Make(StoryId story) => Execute(
        "INSERT INTO stories (id, saga, articles, outlets, languages, began, latest, revision) VALUES (@id, @id, 0, 0, '', '', '', @revision) "
        + "ON CONFLICT (id) DO UPDATE SET merged_into = NULL",
        ("id", story.Value), ("revision", _revision));

    private void Leave(StoryId left, StoryId into)
    {
        if (left == into)
            return;
        _touched.Add(left.Value);
        _emptied[left.Value] = into.Value;
    }

    private void Overlay()
    {
        if (_regrouped.Count == 0 && _corrected.Count == 0)
            return;
        foreach (var way in new StoryOverlay(_connection, _transaction).Moves(_regrouped, _corrected).GroupBy(move => (move.From, move.To)))
        {
            var (from, to) = way.Key;
            Make(to);
            foreach (var move in way)
            {
                Execute(
                    "UPDATE articles SET story = @story, revision = @revision WHERE id = @id",
                    ("story", to.Value), ("revision", _revision), ("id", move.Article.Value));
            }

            _touched.Add(to.Value);
            Leave(from, to);
            if (Query("SELECT 1 FROM articles WHERE story = @story LIMIT 1", _ => true, ("story", from.Value)).Count == 0)
            {
                Note(new StoryChange(0, StoryChangeKind.Merged, to, Other: from));
                continue;
            }

            foreach (var move in way)
                Note(new StoryChange(0, StoryChangeKind.Moved, to, move.Article, from));
        }
    }

    private void Describe(string story)
    {
        var articles = Query(
            "SELECT outlet, language, sorted, title FROM articles WHERE story = @story AND superseded_by IS NULL ORDER BY sorted, seq",
            row => (Outlet: row.Text(0), Language: row.Text(1), Sorted: row.GetString(2), Title: row.Text(3)), ("story", story));
        if (articles.Count == 0)
        {
            // All of its articles have gone: its id leads to where they went.
            if (!_emptied.TryGetValue(story, out var into))
                return;
            Execute(
                "UPDATE stories SET merged_into = @into, articles = 0, revision = @revision, told = NULL WHERE id = @story",
                ("into", into), ("revision", _revision), ("story", story));
            CountRows.RemoveRecords(_connection, _transaction, story);
            return;
        }

        Execute(
            "UPDATE stories SET title = @title, articles = @articles, outlets = @outlets, languages = @languages, began = @began, latest = @latest, revision = @revision, "
            + "told = NULL WHERE id = @story",
            ("title", articles.Select(article => article.Title).FirstOrDefault(title => title is not null)), ("articles", articles.Count),
            ("outlets", articles.Select(article => article.Outlet).Distinct(StringComparer.Ordinal).Count()),
            ("languages", $" {string.Join(' ', articles.Select(article => article.Language).OfType<string>().Distinct().Order(StringComparer.Ordinal))} "),
            ("began", articles[0].Sorted), ("latest", articles[^1].Sorted), ("revision", _revision), ("story", story));
    }

    private void AddCaptures(PreparedArticle prepared)
    {
        AddCapture(prepared.Hash, prepared.Length, prepared.Content);
        if (prepared.Raw is var (hash, length, content))
            AddCapture(hash, length, content);
    }

    private void AddCapture(string hash, int length, byte[] content) => _counts.Total("captures", Execute(
        "INSERT INTO captures (hash, length, content) VALUES (@hash, @length, @content) ON CONFLICT (hash) DO NOTHING",
        ("hash", hash), ("length", length), ("content", content)));

    private void CountReading(ArticleId id)
    {
        foreach (var before in Query("SELECT stamp FROM articles WHERE id = @id", row => row.GetString(0), ("id", id.Value)))
            _counts.Total(CountRows.ReadBy(before), -1);
        _counts.Total(CountRows.ReadBy(EngineStamp.Current.Value), 1);
    }

    private static string? TypeOf(Statement statement) => statement.Speaker is { } speaker ? ArticleJson.Name(speaker.Type) : null;

    private void AddStatements(long seq, AnnotatedArticle annotated)
    {
        _counts.Total("statements", annotated.Statements.Length);
        for (var number = 0; number < annotated.Statements.Length; number++)
        {
            var statement = annotated.Statements[number];
            _statements.Add(
            [
                annotated.Id.Value, number, seq, statement.Speaker?.Name, TypeOf(statement), ArticleJson.Name(statement.Act), ArticleJson.Name(statement.Kind),
                statement.Channel?.Name, PreparedArticle.Words(annotated, statement),
            ]);
        }
    }

    private void WriteStatements()
    {
        if (_statements.Count > 0)
            _database.Add(_connection, _transaction, "statements", StatementColumns, _statements);
        _statements.Clear();
    }

    private int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => _connection.Execute(_transaction, sql, values);

    private List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values) => _connection.Query(_transaction, sql, read, values);
}
