using System.Data.Common;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Checks;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>What came in, kept for good: documents as they were, what was read of them, their stories and how these came about.</summary>
/// <remarks>For many readers at once, of this process and of others; one <see cref="ArchiveWriter"/> writes. All of its SQL is in this folder.</remarks>
public sealed class Archive : IDisposable
{
    private const string ArticleColumns = "seq, id, name, source, url, outlet, title, published, language, ingested, capture, story, superseded_by, stamp, revision";

    private const string StoryColumns = "id, saga, title, articles, outlets, languages, began, latest, revision";

    private const string StatementColumns = "article, number, speaker, type, act, kind, channel, content";

    private readonly DossierShelf _dossiers;

    private Archive(ArchiveLocation location, ArchiveDatabase database)
    {
        (Location, Database) = (location, database);
        _dossiers = new DossierShelf(this);
    }

    /// <summary>Where it lies.</summary>
    public ArchiveLocation Location { get; }

    /// <summary>The feeds that it follows, and the pages that they named.</summary>
    public FeedShelf Feeds => new(this);

    /// <summary>What people corrected in it.</summary>
    public CorrectionShelf Corrections => new(this);

    /// <summary>What a desk shows of it.</summary>
    public DeskShelf Desk => new(this);

    /// <summary>What people wait for.</summary>
    public WatchShelf Watches => new(this);

    /// <summary>Who was erased from it.</summary>
    public ErasureShelf Erasures => new(this);

    /// <summary>How long texts are kept.</summary>
    public RetentionShelf Retention => new(this);

    /// <summary>Who may ask.</summary>
    public AccountShelf Accounts => new(this);

    /// <summary>Who did what.</summary>
    public AuditShelf Audit => new(this);

    internal ArchiveDatabase Database { get; }

    internal DossierShelf Shelf => _dossiers;

    /// <summary>Opens an archive.</summary>
    /// <param name="location">Where it lies.</param>
    /// <param name="create">Whether it is made where there is none.</param>
    /// <exception cref="ArchiveException">There is none, or it cannot be opened.</exception>
    public static Archive Open(ArchiveLocation location, bool create)
    {
        ArgumentNullException.ThrowIfNull(location);
        ArchiveDatabase database = location.Postgres is null ? new SqliteDatabase(location) : new PostgresDatabase(location);
        try
        {
            if (!database.Exists() && !create)
                throw new ArchiveException($"there is no archive in {location}: \"recoupe ingest PATH\" makes one");
            database.Create();
            database.Migrate();
            return new Archive(location, database);
        }
        catch (Exception failure) when (failure is DbException or IOException or UnauthorizedAccessException)
        {
            database.Dispose();
            throw new ArchiveException($"{location} cannot be opened: {failure.Message}", failure);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>What it holds.</summary>
    public ArchiveFigures Figures()
    {
        using var connection = Database.Connect();
        var revision = RevisionOf(connection, null);
        return connection.Query(
            "SELECT (SELECT counted FROM totals WHERE name = 'articles'), (SELECT COUNT(*) FROM stories WHERE merged_into IS NULL), "
            + "(SELECT counted FROM totals WHERE name = 'statements'), (SELECT counted FROM totals WHERE name = 'captures'), "
            + $"(SELECT CAST(COALESCE(SUM(counted), 0) AS BIGINT) FROM totals WHERE name LIKE '{CountRows.EngineTotals}%' AND name <> @read)",
            row => new ArchiveFigures(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), revision),
            ("read", CountRows.ReadBy(EngineStamp.Current.Value)))[0];
    }

    /// <summary>How many articles there are, of each page the latest version, and how many statements these hold: as many as the lists give.</summary>
    public (long Articles, long Statements) Current()
    {
        using var connection = Database.Connect();
        return connection.Query(
            "SELECT (SELECT COALESCE(SUM(articles), 0) FROM outlet_counts), (SELECT COALESCE(SUM(statements), 0) FROM speaker_counts)",
            row => (row.Whole(0), row.Whole(1)))[0];
    }

    /// <summary>Rises with each change of the archive.</summary>
    public long Revision()
    {
        using var connection = Database.Connect();
        return RevisionOf(connection, null);
    }

    /// <summary>The article; null where there is none.</summary>
    public ArchivedArticle? Article(ArticleId id)
    {
        using var connection = Database.Connect();
        return connection.Query($"SELECT {ArticleColumns} FROM articles WHERE id = @id", ReadArticle, ("id", id.Value)).FirstOrDefault();
    }

    /// <summary>The article as <see cref="ArticleJson"/> writes it, annotated; null where there is none.</summary>
    public byte[]? Reading(ArticleId id)
    {
        using var connection = Database.Connect();
        return connection.Query("SELECT reading FROM articles WHERE id = @id", row => Packed.Unpack(row.Bytes(0)), ("id", id.Value)).FirstOrDefault();
    }

    /// <summary>The document as it came in; null where there is none.</summary>
    /// <exception cref="ArchiveException">What is kept is no longer what came in.</exception>
    public Document? Document(ArticleId id)
    {
        using var connection = Database.Connect();
        return ReadDocument(connection, null, id);
    }

    /// <summary>The bytes that the article's document was decoded from, with their type; those of its content where these are not others. Null where there is no such article.</summary>
    /// <exception cref="ArchiveException">What is kept is no longer what came in.</exception>
    public RawContent? Captured(ArticleId id)
    {
        using var connection = Database.Connect();
        return connection.Query(
            "SELECT content, hash, raw_type FROM articles JOIN captures ON hash = COALESCE(raw, capture) WHERE id = @id",
            row => new RawContent(Whole(row.Bytes(0), row.GetString(1), id), row.Text(2) ?? ""), ("id", id.Value)).FirstOrDefault();
    }

    /// <summary>The latest versions of articles, the last that arrived first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="most">How many at once.</param>
    /// <param name="after">What an earlier part gave as <see cref="Page{T}.Next"/>; null for the first.</param>
    public Page<ArchivedArticle> Articles(ArticleFilter filter, int most, string? after = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var connection = Database.Connect();
        var found = connection.Query(
            $"SELECT {ArticleColumns} FROM articles WHERE superseded_by IS NULL AND seq < @before"
            + (filter.Outlet is null ? "" : " AND outlet = @outlet") + (filter.Language is null ? "" : " AND language = @language")
            + (filter.Story is null ? "" : " AND story = @story") + " ORDER BY seq DESC LIMIT @most",
            ReadArticle,
            ("before", Cursor.Read(after) is [var number] && long.TryParse(number, out var seq) ? seq : long.MaxValue), ("outlet", filter.Outlet), ("language", filter.Language),
            ("story", filter.Story is { } story ? Resolve(connection, story).Value : null), ("most", most + 1));
        return PageOf(found, most, last => Cursor.Write(last.Number.ToString()));
    }

    /// <summary>All versions of the page that the article is one of, the earliest first.</summary>
    public IReadOnlyList<ArchivedArticle> Versions(ArticleId id)
    {
        using var connection = Database.Connect();
        var address = connection.Query("SELECT address, own_id FROM articles WHERE id = @id", row => (row.Text(0), row.Text(1)), ("id", id.Value));
        return address is [(null, _)]
            ? connection.Query($"SELECT {ArticleColumns} FROM articles WHERE id = @id", ReadArticle, ("id", id.Value))
            : address is [var (page, own)]
                ? connection.Query($"SELECT {ArticleColumns} FROM articles WHERE address = @address AND COALESCE(own_id, '') = @own ORDER BY seq", ReadArticle, ("address", page), ("own", own ?? ""))
                : [];
    }

    /// <summary>The story that has this id, or had it before it was merged away; null where there never was one.</summary>
    public ArchivedStory? Story(StoryId id)
    {
        using var connection = Database.Connect();
        return connection.Query($"SELECT {StoryColumns} FROM stories WHERE id = @id", ReadStory, ("id", Resolve(connection, id).Value)).FirstOrDefault();
    }

    /// <summary>Stories, the latest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="most">How many at once.</param>
    /// <param name="after">What an earlier part gave as <see cref="Page{T}.Next"/>; null for the first.</param>
    public Page<ArchivedStory> Stories(StoryFilter filter, int most, string? after = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var connection = Database.Connect();
        var (latest, id) = Cursor.Read(after) is [var time, var last] ? (time, last) : ("9999", "");
        var found = connection.Query(
            $"SELECT {StoryColumns} FROM stories WHERE merged_into IS NULL AND latest <= @latest AND (latest < @latest OR id > @id)"
            + (filter.LeastArticles is null ? "" : " AND articles >= @least") + (filter.Language is null ? "" : " AND languages LIKE @language")
            + " ORDER BY latest DESC, id LIMIT @most",
            ReadStory,
            ("latest", latest), ("id", id), ("least", filter.LeastArticles ?? 0), ("language", $"% {filter.Language} %"), ("most", most + 1));
        return PageOf(found, most, story => Cursor.Write(story.Latest, story.Id.Value));
    }

    /// <summary>What happened to the story, in order.</summary>
    public IReadOnlyList<ArchivedChange> History(StoryId id)
    {
        using var connection = Database.Connect();
        return connection.Query(
            "SELECT number, kind, story, article, other, at, correction FROM story_changes WHERE story = @id OR other = @id ORDER BY number",
            row => new ArchivedChange(
                new StoryChange(
                    (int)row.GetInt64(0), Enum.Parse<StoryChangeKind>(row.GetString(1), ignoreCase: true), new StoryId(row.GetString(2)),
                    row.Text(3) is { } article ? new ArticleId(article) : null, row.Text(4) is { } other ? new StoryId(other) : null),
                row.GetString(5), row.IsDBNull(6) ? null : row.GetInt64(6)),
            ("id", id.Value));
    }

    /// <summary>Statements, by the order in which their articles arrived, the last first.</summary>
    /// <param name="speaker">Who said them, exactly as named; null for everybody.</param>
    /// <param name="story">Of the articles of this story; null for all.</param>
    /// <param name="most">How many at once.</param>
    /// <param name="after">What an earlier part gave as <see cref="Page{T}.Next"/>; null for the first.</param>
    public Page<ArchivedStatement> Statements(string? speaker, StoryId? story, int most, string? after = null)
    {
        using var connection = Database.Connect();
        var (seq, number) = Cursor.Read(after) is [var s, var n] && long.TryParse(s, out var readSeq) && long.TryParse(n, out var readNumber) ? (readSeq, readNumber) : (long.MaxValue, -1);
        // The same number in both tables: that of the one through which they are found in order.
        var place = speaker is null ? "a" : "s";
        var found = connection.Query(
            "SELECT article, number, speaker, type, act, kind, channel, content, s.seq FROM statements s JOIN articles a ON a.id = s.article "
            + $"WHERE a.superseded_by IS NULL AND {place}.seq <= @seq AND ({place}.seq < @seq OR number > @number)"
            + (speaker is null ? "" : " AND speaker = @speaker") + (story is null ? "" : " AND story = @story") + $" ORDER BY {place}.seq DESC, number LIMIT @most",
            row => (Seq: row.GetInt64(8), Statement: ReadStatement(row)),
            ("seq", seq), ("number", number), ("speaker", speaker), ("story", story is { } known ? Resolve(connection, known).Value : null), ("most", most + 1));
        var page = PageOf(found, most, last => Cursor.Write(last.Seq.ToString(), last.Statement.Number.ToString()));
        return new Page<ArchivedStatement>([.. page.Items.Select(item => item.Statement)], page.Next);
    }

    /// <summary>The articles that changed after a revision, by revision and arrival: for what is derived from the archive.</summary>
    /// <param name="revision">The revision that is known.</param>
    /// <param name="number">Of the articles of that revision, the last that is known.</param>
    /// <param name="most">How many at once.</param>
    public IReadOnlyList<ArchivedArticle> Changed(long revision, long number, int most)
    {
        using var connection = Database.Connect();
        return connection.Query(
            $"SELECT {ArticleColumns} FROM articles WHERE revision > @revision OR (revision = @revision AND seq > @number) ORDER BY revision, seq LIMIT @most",
            ReadArticle, ("revision", revision), ("number", number == 0 ? long.MaxValue : number), ("most", most));
    }

    /// <summary>The stories that changed after a revision, those that were merged away among them, by revision.</summary>
    /// <param name="revision">The revision that is known.</param>
    /// <param name="most">How many at once.</param>
    public IReadOnlyList<(StoryId Story, long Revision)> ChangedStories(long revision, int most = int.MaxValue)
    {
        using var connection = Database.Connect();
        return connection.Query(
            "SELECT id, revision FROM stories WHERE revision > @revision ORDER BY revision, id LIMIT @most",
            row => (new StoryId(row.GetString(0)), row.GetInt64(1)), ("revision", revision), ("most", most));
    }

    /// <summary>The statements of an article, in its order.</summary>
    public IReadOnlyList<ArchivedStatement> StatementsOf(ArticleId id)
    {
        using var connection = Database.Connect();
        return connection.Query($"SELECT {StatementColumns} FROM statements WHERE article = @id ORDER BY number", ReadStatement, ("id", id.Value));
    }

    /// <summary>Articles with their stories, and each with one of its statements where one is named: what a list of what was found shows, in its order. Null for what is not there.</summary>
    /// <param name="asked">Which articles, and which of their statements.</param>
    public IReadOnlyList<FoundArticle?> Found(IReadOnlyList<(ArticleId Article, int? Statement)> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        using var connection = Database.Connect();
        var articles = In(connection, $"SELECT {ArticleColumns} FROM articles WHERE id", asked.Select(one => one.Article.Value), ReadArticle).ToDictionary(article => article.Id);
        var stories = In(connection, $"SELECT {StoryColumns} FROM stories WHERE id", articles.Values.Select(article => article.Story.Value), ReadStory).ToDictionary(story => story.Id);
        var statements = In(
            connection, $"SELECT {StatementColumns} FROM statements WHERE article", asked.Where(one => one.Statement is not null).Select(one => one.Article.Value), ReadStatement)
            .ToDictionary(statement => (statement.Article, statement.Number));
        return
        [
            .. asked.Select(one => articles.TryGetValue(one.Article, out var article)
                ? new FoundArticle(article, stories.GetValueOrDefault(article.Story), one.Statement is { } number ? statements.GetValueOrDefault((one.Article, number)) : null)
                : null),
        ];
    }

    /// <summary>The texts of articles, as <see cref="Reading"/> has them; what is not there is left out.</summary>
    /// <param name="ids">Which.</param>
    public IReadOnlyDictionary<ArticleId, string> Texts(IEnumerable<ArticleId> ids)
    {
        using var connection = Database.Connect();
        return In(connection, "SELECT id, reading FROM articles WHERE id", ids.Select(id => id.Value), row => (Id: new ArticleId(row.GetString(0)), Text: TextOf(row.Bytes(1))))
            .ToDictionary(item => item.Id, item => item.Text);
    }

    /// <summary>The dossier of a story, read again from its documents; null where there is no such story.</summary>
    /// <param name="id">The story, also under an id of before a merge.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Dossier? Dossier(StoryId id, CancellationToken cancellationToken) => _dossiers.Make(id, cancellationToken);

    /// <summary>What stories tell of a claim that somebody asks about: a dossier whose one point is the claim.</summary>
    /// <param name="claim">The claim: a sentence, as one would tell it.</param>
    /// <param name="language">Its language, ISO 639-1; null to find it out.</param>
    /// <param name="stories">Where it may be told; one that is not there is passed over.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ClaimException">The claim holds no words, or too many.</exception>
    public Dossier Check(string claim, string? language, IReadOnlyList<StoryId> stories, CancellationToken cancellationToken) => _dossiers.Check(claim, language, stories, cancellationToken);

    /// <summary>As <see cref="Check"/>, as JSON.</summary>
    public byte[] CheckJson(string claim, string? language, IReadOnlyList<StoryId> stories, CancellationToken cancellationToken) =>
        DossierShelf.Write(_dossiers.Check(claim, language, stories, cancellationToken));

    /// <summary>The dossier as <see cref="DossierJson"/> writes one; kept until the story or the engine changes. Null where there is no such story.</summary>
    /// <param name="id">The story, also under an id of before a merge.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public byte[]? DossierJsonOf(StoryId id, CancellationToken cancellationToken) => _dossiers.Json(id, cancellationToken);

    /// <summary>The dossier of a story, made anew when others that are being made are done, and kept as JSON; null where there is no such story.</summary>
    /// <param name="id">The story, also under an id of before a merge.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Dossier? RenewDossier(StoryId id, CancellationToken cancellationToken) => _dossiers.Renew(id, cancellationToken);

    /// <summary>The dossier that was last made of a story, whatever has come in since; null where none was since a person corrected something of it, and of a story that was merged away.</summary>
    /// <param name="id">The story.</param>
    public KeptDossier? LastDossier(StoryId id) => _dossiers.Last(id);

    /// <summary>Its only writer.</summary>
    /// <exception cref="ArchiveException">There is another one, or the state of the stories does not fit.</exception>
    public ArchiveWriter Write(ArchiveOptions? options = null) => ArchiveWriter.Open(this, options ?? new ArchiveOptions(), goesOn: true);

    /// <summary>Reads every document again with this engine and groups the articles anew. Ids of stories last: an old one leads to where its founding article is.</summary>
    /// <param name="options">How it is written.</param>
    /// <param name="progress">Told how many articles were read.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    /// <exception cref="ArchiveException">Somebody else is writing.</exception>
    public RereadReport Reread(ArchiveOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var writer = ArchiveWriter.Open(this, options, goesOn: false);
        return writer.Reread(progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dossiers.Dispose();
        Database.Dispose();
    }

    internal static long RevisionOf(DbConnection connection, DbTransaction? transaction) =>
        connection.Query(transaction, "SELECT value FROM meta WHERE name = 'revision'", row => long.Parse(row.GetString(0))).FirstOrDefault();

    internal static StoryId Resolve(DbConnection connection, StoryId id, DbTransaction? transaction = null)
    {
        // Each step leads to a story that lived longer: there is an end.
        for (var steps = 0; steps < 1000; steps++)
        {
            if (connection.Query(transaction, "SELECT merged_into FROM stories WHERE id = @id", row => row.Text(0), ("id", id.Value)) is not [{ } into])
                return id;
            id = new StoryId(into);
        }

        return id;
    }

    internal static Document ReadDocument(DbDataReader row, ArticleId id)
    {
        return StoredDocument.Read(row.Bytes(0), Whole(row.Bytes(1), row.GetString(2), id));
    }

    /// <summary>A capture unpacked.</summary>
    internal static byte[] Whole(byte[] packed, string hash, ArticleId id)
    {
        var content = Packed.Unpack(packed);
        return StoredDocument.Hash(content) == hash ? content : throw new ArchiveException($"the capture of {id} is damaged: its hash is not that of what came in");
    }

    internal static Document? ReadDocument(DbConnection connection, DbTransaction? transaction, ArticleId id) => connection.Query(
        transaction, "SELECT document, content, hash FROM articles JOIN captures ON hash = capture WHERE id = @id", row => ReadDocument(row, id), ("id", id.Value)).FirstOrDefault();

    internal static ArchivedArticle ReadArticle(DbDataReader row) => new(
        row.GetInt64(0), new ArticleId(row.GetString(1)), row.GetString(2), row.GetString(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7), row.Text(8), row.GetString(9),
        row.GetString(10), new StoryId(row.GetString(11)), row.Text(12) is { } by ? new ArticleId(by) : null, row.GetString(13), row.GetInt64(14));

    private static ArchivedStatement ReadStatement(DbDataReader row) =>
        new(new ArticleId(row.GetString(0)), (int)row.GetInt64(1), row.Text(2), row.Text(3), row.GetString(4), row.GetString(5), row.Text(6), row.GetString(7));

    internal static ArchivedStory ReadStory(DbDataReader row) => new(
        new StoryId(row.GetString(0)), new StoryId(row.GetString(1)), row.Text(2), (int)row.GetInt64(3), (int)row.GetInt64(4),
        row.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries), row.GetString(6), row.GetString(7), row.GetInt64(8));

    // The text stands before all that was read of it, which is not unpacked.
    private static string TextOf(byte[] reading)
    {
        const int AtFirst = 16_384;
        for (var most = AtFirst; ; most *= 4)
        {
            var start = Packed.UnpackStart(reading, most);
            if (TextIn(start, isWhole: start.Length < most) is { } text)
                return text;
            if (start.Length < most)
                return "";
        }
    }

    private static string? TextIn(byte[] start, bool isWhole)
    {
        var json = new Utf8JsonReader(start, isWhole, default);
        while (json.Read())
        {
            if (json.CurrentDepth != 1 || json.TokenType != JsonTokenType.PropertyName)
                continue;
            if (json.ValueTextEquals("text"u8))
                return json.Read() ? json.GetString() ?? "" : null;
            if (!json.TrySkip())
                return null;
        }

        return null;
    }

    // The rows whose key is one of these, in any order.
    private static List<T> In<T>(DbConnection connection, string sql, IEnumerable<string> keys, Func<DbDataReader, T> read)
    {
        var named = keys.Distinct(StringComparer.Ordinal).Select((key, number) => (Name: $"k{number}", Value: (object?)key)).ToArray();
        return named.Length == 0 ? [] : connection.Query($"{sql} IN ({string.Join(", ", named.Select(key => "@" + key.Name))})", read, named);
    }

    internal static Page<T> PageOf<T>(List<T> found, int most, Func<T, string> cursor)
    {
        if (found.Count <= most)
            return new Page<T>(found, null);
        found.RemoveRange(most, found.Count - most);
        return new Page<T>(found, cursor(found[^1]));
    }
}
