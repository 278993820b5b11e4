using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Checks;
using Recoupe.Corrections;
using Recoupe.Dossiers;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>The dossiers of an archive's stories: made from the documents when asked for, and kept until something that they rest on changes.</summary>
internal sealed class DossierShelf(Archive archive) : IDisposable
{
    // Three stretches of an index, each of which is empty where nothing is to be made.
    private static readonly string[] Untold = ["told IS NULL", "told < @stamp", "told > @stamp"];

    // A claim is looked for in so many articles of further stories, and in the likeliest whatever its size.
    private const int MostChecked = 500;

    private readonly ConcurrentDictionary<(StoryId Story, long Revision), Lazy<byte[]>> _making = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _checking = new(1);

    /// <summary>The articles that the last dossiers were made of.</summary>
    public ReadingRoom Room { get; } = new();

    /// <summary>The dossier of a story, made anew.</summary>
    public Dossier? Make(StoryId id, CancellationToken cancellationToken)
    {
        using var connection = archive.Database.Connect();
        return Read(connection, id) is { } story ? Make(connection, story, cancellationToken) : null;
    }

    /// <summary>The dossier of a story, made anew when it is its turn, and kept.</summary>
    public Dossier? Renew(StoryId id, CancellationToken cancellationToken) => InTurn(
        connection =>
        {
            if (Read(connection, id) is not { } story)
                return null;
            var dossier = Make(connection, story, cancellationToken);
            Keep(connection, story, Write(dossier));
            return dossier;
        },
        cancellationToken);

    /// <summary>The last dossier of this engine that was kept of a story, whatever has come in since; null where there is none, and of a story that was merged away.</summary>
    public KeptDossier? Last(StoryId id)
    {
        using var connection = archive.Database.Connect();
        return connection.Query(
            "SELECT json, s.revision = d.revision, made FROM dossiers d JOIN stories s ON s.id = d.story WHERE d.story = @id AND stamp = @stamp AND merged_into IS NULL",
            row => new KeptDossier(Packed.Unpack(row.Bytes(0)), Convert.ToBoolean(row.GetValue(1)), row.Text(2)),
            ("id", id.Value), ("stamp", EngineStamp.Current.Value)).FirstOrDefault();
    }

    /// <summary>The dossier as JSON, kept where nothing has changed.</summary>
    public byte[]? Json(StoryId id, CancellationToken cancellationToken)
    {
        using var connection = archive.Database.Connect();
        if (Read(connection, id) is not { } story)
            return null;
        if (Kept(connection, story.Story.Id) is { } kept)
            return kept;
        return MadeOnce(story, cancellationToken);
    }

    /// <summary>The dossier as JSON where it is kept and nothing has changed; null where it would have to be made, and of a story that was merged away.</summary>
    public byte[]? Kept(StoryId id)
    {
        using var connection = archive.Database.Connect();
        return Kept(connection, id);
    }

    /// <summary>The stories whose kept dossier is that of today and was written after others, in that order.</summary>
    /// <param name="number">The number of the last that is known.</param>
    /// <param name="story">The story of it.</param>
    /// <param name="most">How many at once.</param>
    public IReadOnlyList<(StoryId Story, long Number)> Written(long number, string story, int most)
    {
        using var connection = archive.Database.Connect();
        return connection.Query(
            "SELECT d.story, number FROM dossiers d JOIN stories s ON s.id = d.story AND s.revision = d.revision "
            + "WHERE merged_into IS NULL AND stamp = @stamp AND number >= @number AND (number > @number OR d.story > @story) ORDER BY number, d.story LIMIT @most",
            row => (new StoryId(row.GetString(0)), row.GetInt64(1)), ("stamp", EngineStamp.Current.Value), ("number", number), ("story", story), ("most", most));
    }

    /// <summary>The stories whose dossier is still to be made, the latest first.</summary>
    public IReadOnlyList<StoryId> Missing(int most)
    {
        using var connection = archive.Database.Connect();
        var parts = Untold.Select((untold, part) => $"SELECT * FROM (SELECT id, latest FROM stories WHERE merged_into IS NULL AND {untold} ORDER BY latest DESC, id LIMIT @most) p{part}");
        return connection.Query(
            $"{string.Join(" UNION ALL ", parts)} ORDER BY latest DESC, id LIMIT @most", row => new StoryId(row.GetString(0)), ("stamp", EngineStamp.Current.Value), ("most", most));
    }

    /// <summary>How many stories' dossiers are still to be made.</summary>
    public int CountMissing()
    {
        using var connection = archive.Database.Connect();
        return (int)connection.Query(
            $"SELECT {string.Join(" + ", Untold.Select(untold => $"(SELECT COUNT(*) FROM stories WHERE merged_into IS NULL AND {untold})"))}",
            row => row.GetInt64(0), ("stamp", EngineStamp.Current.Value))[0];
    }

    /// <summary>The dossier of a story as it would be with other articles and corrections, as JSON. Not kept.</summary>
    public byte[] JsonOf(StoryId id, ImmutableArray<ArticleId> articles, CorrectionChange change, CancellationToken cancellationToken)
    {
        using var connection = archive.Database.Connect();
        var holding = CorrectionRows.OfArticles(connection, articles, change.Undone);
        var added = change.Added.Select(correction => correction.About(article => CorrectionRows.LaterVersions(connection, null, article)[^1]));
        var story = new Story(id, id, articles) { Corrected = true };
        return Write(Make(connection, story, new CorrectionSet([.. holding.All, .. added]), cancellationToken));
    }

    /// <summary>What stories tell of a claim, when it is its turn.</summary>
    public Dossier Check(string claim, string? language, IReadOnlyList<StoryId> stories, CancellationToken cancellationToken)
    {
        ClaimChecker.Require(claim, language);
        // One after the other, beside those who make dossiers.
        _checking.Wait(cancellationToken);
        try
        {
            using var connection = archive.Database.Connect();
            var read = new List<Story>();
            foreach (var story in stories.Select(id => Read(connection, id)?.Story).OfType<Story>().DistinctBy(story => story.Id))
            {
                if (read.Count == 0 || read.Sum(known => known.Articles.Length) + story.Articles.Length <= MostChecked)
                    read.Add(story);
            }

            var corrections = CorrectionRows.OfArticles(connection, [.. read.SelectMany(story => story.Articles)]);
            ImmutableArray<ImmutableArray<AnnotatedArticle>> articles = [.. read.Select(story => Room.Articles(connection, story.Articles, corrections, cancellationToken).ToImmutableArray())];
            return ClaimChecker.Check(claim, language, articles, new PipelineOptions { Corrections = corrections, Threads = 1 }, cancellationToken);
        }
        finally
        {
            _checking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _turn.Dispose();
        _checking.Dispose();
    }

    private static byte[]? Kept(DbConnection connection, StoryId id) => connection.Query(
        "SELECT json FROM dossiers d JOIN stories s ON s.id = d.story AND s.revision = d.revision WHERE d.story = @id AND stamp = @stamp AND merged_into IS NULL",
        row => Packed.Unpack(row.Bytes(0)), ("id", id.Value), ("stamp", EngineStamp.Current.Value)).FirstOrDefault();

    // Once for all who wait, and one dossier after the other: each is made by as many threads as there are processors.
    private byte[] MadeOnce((Story Story, long Revision) story, CancellationToken cancellationToken)
    {
        var key = (story.Story.Id, story.Revision);
        while (true)
        {
            var making = _making.GetOrAdd(key, _ => new Lazy<byte[]>(() => MadeInTurn(story, cancellationToken)));
            try
            {
                return making.Value;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Who began it no longer waits: another begins anew.
            }
            finally
            {
                _making.TryRemove(KeyValuePair.Create(key, making));
            }
        }
    }

    private byte[] MadeInTurn((Story Story, long Revision) story, CancellationToken cancellationToken) => InTurn(
        connection =>
        {
            // Another may have made it between the first look and this turn.
            if (Kept(connection, story.Story.Id) is { } kept)
                return kept;
            var json = Write(Make(connection, story, cancellationToken));
            Keep(connection, story, json);
            return json;
        },
        cancellationToken);

    private T InTurn<T>(Func<DbConnection, T> make, CancellationToken cancellationToken)
    {
        _turn.Wait(cancellationToken);
        try
        {
            using var connection = archive.Database.Connect();
            return make(connection);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Keep(DbConnection connection, (Story Story, long Revision) story, byte[] json)
    {
        var packed = Packed.Of(json);
        using var transaction = archive.Database.BeginWrite(connection);
        connection.Execute(
            transaction,
            "INSERT INTO dossiers (story, revision, stamp, json, made, number) SELECT @id, @revision, @stamp, @json, @made, COALESCE(MAX(number), 0) + 1 FROM dossiers WHERE true "
            + "ON CONFLICT (story) DO UPDATE SET revision = excluded.revision, stamp = excluded.stamp, json = excluded.json, made = excluded.made, number = excluded.number",
            ("id", story.Story.Id.Value), ("revision", story.Revision), ("stamp", EngineStamp.Current.Value), ("json", packed),
            ("made", FeedShelf.Written(TimeProvider.System.GetUtcNow())));
        connection.Execute(
            transaction, "UPDATE stories SET told = @stamp WHERE id = @id AND revision = @revision",
            ("id", story.Story.Id.Value), ("revision", story.Revision), ("stamp", EngineStamp.Current.Value));
        transaction.Commit();
    }

    /// <summary>A dossier as JSON.</summary>
    public static byte[] Write(Dossier dossier)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, StoredDocument.JsonOptions))
            DossierJson.Write(json, [dossier], typeof(Archive).Assembly.GetName().Version!.ToString(3));
        return bytes.ToArray();
    }

    private static (Story Story, long Revision)? Read(DbConnection connection, StoryId id)
    {
        id = Archive.Resolve(connection, id);
        var facts = connection.Query(
            "SELECT saga, revision, EXISTS (SELECT 1 FROM articles a WHERE (a.story = s.id AND a.grouped <> s.id) OR (a.grouped = s.id AND a.story <> s.id)) "
            + "FROM stories s WHERE id = @id",
            row => (Saga: row.GetString(0), Revision: row.GetInt64(1), IsCorrected: Convert.ToBoolean(row.GetValue(2))), ("id", id.Value));
        if (facts is not [var story])
            return null;
        var articles = connection.Query("SELECT id FROM articles WHERE story = @id AND superseded_by IS NULL ORDER BY seq", row => new ArticleId(row.GetString(0)), ("id", id.Value));
        return (new Story(id, new StoryId(story.Saga), [.. articles]) { Corrected = story.IsCorrected }, story.Revision);
    }

    private Dossier Make(DbConnection connection, (Story Story, long Revision) read, CancellationToken cancellationToken) =>
        Make(connection, read.Story, CorrectionRows.OfArticles(connection, read.Story.Articles), cancellationToken);

    // By one thread: others answer meanwhile.
    private Dossier Make(DbConnection connection, Story story, CorrectionSet corrections, CancellationToken cancellationToken) =>
        Pipeline.Compare(story, Room.Articles(connection, story.Articles, corrections, cancellationToken), new PipelineOptions { Corrections = corrections, Threads = 1 }, cancellationToken);
}
