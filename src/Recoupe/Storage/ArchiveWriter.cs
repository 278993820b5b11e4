using System.Data.Common;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>The one writer of an archive: takes documents in, puts them into stories, and tells each when it is safe.</summary>
/// <remarks>
/// Articles are committed in batches, each with all that it changes. The state of grouping is saved now and then; what was committed after it is placed
/// again when the archive is next opened for writing, which gives the same stories. So a run may be killed at any moment: what was told is there, nothing is there twice.
/// Several threads may take in at once: their batches are committed one after the other.
/// </remarks>
public sealed class ArchiveWriter : IDisposable
{
    // A run that brings a twentieth of what is in memory is worth the grouping of all of it; a few articles are placed one by one.
    private const int SettledFrom = 20;

    private readonly Archive _archive;
    private readonly ArchiveOptions _options;
    private readonly WriterConnection _writing;
    private readonly DbConnection _connection;
    private readonly DbConnection _looking;
    private readonly Lock _committing = new();
    private StoryDesk _desk;
    private (long Number, NameEraser Names) _erased;
    private long _seq;
    private long _saved;
    private long _added;
    private bool _broken;

    private ArchiveWriter(Archive archive, ArchiveOptions options, WriterConnection writing)
    {
        (_archive, _options, _writing, _connection) = (archive, options, writing, writing.Connection);
        _looking = archive.Database.Connect();
        _desk = new StoryDesk(options.Stories);
        _erased = (0, new NameEraser([], []));
    }

    /// <summary>Takes documents in, in their order. Each outcome is given when it is committed.</summary>
    /// <param name="documents">Read on a thread of their own, a bounded number ahead.</param>
    /// <param name="cancellationToken">Stops between two batches; what was given is committed.</param>
    public IEnumerable<Ingested> Ingest(IEnumerable<Document> documents, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var batch = new List<PreparedArticle>();
        var since = _options.Clock.GetTimestamp();
        // While a batch is committed the next one is read.
        foreach (var prepared in OrderedWork.Run(documents.Select(Looked), Prepare, _options.Threads, _options.MostInBatch, cancellationToken))
        {
            batch.Add(prepared);
            if (batch.Count < _options.MostInBatch && _options.Clock.GetElapsedTime(since) < TimeSpan.FromMilliseconds(500))
                continue;
            foreach (var ingested in Commit(batch))
                yield return ingested;
            batch.Clear();
            since = _options.Clock.GetTimestamp();
        }

        foreach (var ingested in Commit(batch))
            yield return ingested;
    }

    /// <summary>Ends a run: where it brought much, groups what is in memory anew with all that is known now, as at the end of a pile; and saves the state.</summary>
    public void End(CancellationToken cancellationToken)
    {
        lock (_committing)
        {
            if (_added * SettledFrom >= _desk.Held && _added > 0)
                Settle(cancellationToken);
            Save();
        }
    }

    /// <summary>Groups what is in memory anew with all that is known now, and saves the state.</summary>
    public void Settle(CancellationToken cancellationToken)
    {
        lock (_committing)
        {
            ThrowIfBroken();
            using var commit = new ArchiveCommit(_archive, _connection, _options.Clock);
            commit.Apply(_desk.Settle(cancellationToken));
            foreach (var story in _desk.Stories)
                commit.SetSaga(story.Id, story.Saga);
            Save(commit);
            commit.Commit();
            _added = 0;
        }
    }

    /// <summary>Saves the state of grouping, so that nothing need be placed again.</summary>
    public void Save()
    {
        lock (_committing)
        {
            ThrowIfBroken();
            if (_saved == _seq)
                return;
            using var commit = new ArchiveCommit(_archive, _connection, _options.Clock);
            Save(commit);
            commit.Commit();
        }
    }

    /// <summary>Lets go of the archive. What is not saved is placed again by the next writer.</summary>
    public void Dispose()
    {
        _looking.Dispose();
        _writing.Dispose();
    }

    internal static ArchiveWriter Open(Archive archive, ArchiveOptions options, bool goesOn)
    {
        var writing = archive.Database.TryWrite()
            ?? throw new ArchiveException($"{archive.Location} is being written by another process: wait until it has ended, or stop it");
        var writer = new ArchiveWriter(archive, options, writing);
        try
        {
            if (goesOn)
                writer.Restore();
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    internal RereadReport Reread(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var desk = new StoryDesk(_options.Stories);
        return new Rereading(_archive, _connection, _looking, _options).Run(desk, progress, (commit, seq) => Save(commit, desk, seq), cancellationToken);
    }

    private void Restore()
    {
        _seq = _connection.Query("SELECT COALESCE(MAX(seq), 0) FROM articles", row => row.GetInt64(0))[0];
        if (_connection.Query("SELECT seq, stamp, state FROM desk WHERE name = 'stories'", row => (row.GetInt64(0), row.GetString(1), Packed.Unpack(row.Bytes(2)))) is [var (seq, stamp, state)])
        {
            try
            {
                (_desk, _saved) = (StoryDesk.Restore(DeskState.Of(state), _options.Stories), seq);
            }
            catch (InvalidDataException failure)
            {
                throw NeedsReread($"the state of its stories cannot be read by this version ({failure.Message})");
            }

            if (seq < _seq && stamp != EngineStamp.Current.Value)
                throw NeedsReread("it was last written by another version, which was stopped before its end");
        }

        PlaceAgain();
    }

    private ArchiveException NeedsReread(string why) => new($"{_archive.Location}: {why}: \"recoupe reread\" brings it up to date");

    // The same articles after the same state give the same stories.
    private void PlaceAgain()
    {
        var left = _connection.Query(
            "SELECT document, content, hash, id, grouped FROM articles JOIN captures ON hash = capture WHERE seq > @seq ORDER BY seq",
            row => (Document: Archive.ReadDocument(row, new ArticleId(row.GetString(3))), Id: new ArticleId(row.GetString(3)), Story: row.GetString(4)), ("seq", _saved));
        foreach (var digest in OrderedWork.Run(left, item => ArticleDigest.Of(Pipeline.AnnotateForGrouping(ArticleReader.Read(item.Document, item.Id))), _options.Threads, CancellationToken.None))
            _desk.Place(digest);
        if (left.Count == 0)
            return;
        var placed = _desk.Stories.SelectMany(story => story.Articles.Select(article => (article, story.Id.Value))).ToDictionary(pair => pair.article, pair => pair.Value);
        if (left.Exists(item => placed.GetValueOrDefault(item.Id) != item.Story))
            throw NeedsReread("its stories are not those that this version finds");
    }

    private (Document Document, ArticleId Id, bool Known, (long Number, NameEraser Names) Erased) Looked(Document document)
    {
        var id = new ArticleId(DocumentIdentity.Of(document));
        lock (_looking)
        {
            var isKnown = _looking.Query("SELECT 1 FROM articles WHERE id = @id", _ => true, ("id", id.Value)).Count > 0;
            if (PrivacyRows.Last(_looking, null) is var last && last != _erased.Number)
                _erased = (last, PrivacyRows.Eraser(_looking, null));
            return (document, id, isKnown, _erased);
        }
    }

    private static PreparedArticle Prepare((Document Document, ArticleId Id, bool Known, (long Number, NameEraser Names) Erased) item)
    {
        var (given, id, isKnown, (number, names)) = item;
        if (isKnown)
            return new PreparedArticle { Id = id, Document = given, Source = given.Source, Erasure = number };
        var document = names.Apply(given, out var places);
        return PreparedArticle.Of(document, places == 0 ? id : new ArticleId(DocumentIdentity.Of(document))) with { Source = given.Source, Erasure = number };
    }

    private List<Ingested> Commit(List<PreparedArticle> batch)
    {
        var outcomes = new List<Ingested>(batch.Count);
        if (batch.Count == 0)
            return outcomes;
        lock (_committing)
        {
            ThrowIfBroken();
            _broken = true;
            using var commit = new ArchiveCommit(_archive, _connection, _options.Clock);
            // Who was erased while it was prepared is no longer in it.
            var erasure = PrivacyRows.Last(_connection, commit.Transaction);
            foreach (var prepared in batch)
                outcomes.Add(Take(commit, prepared.Erasure == erasure ? prepared : Prepare(Looked(prepared.Document))));
            if (_seq - _saved >= _options.SaveAfter)
                Save(commit);
            commit.Commit();
            _broken = false;
        }

        return outcomes;
    }

    // What a commit that failed had placed is in memory and not in the archive.
    private void ThrowIfBroken()
    {
        if (_broken)
            throw new ArchiveException($"writing to {_archive.Location} has failed before: open it again");
    }

    private Ingested Take(ArchiveCommit commit, PreparedArticle prepared)
    {
        var source = prepared.Source;
        if (prepared.Unread is { } unread)
            return new Ingested(source, IngestOutcome.Unread, null, null, unread);
        if (commit.StoryOf(prepared.Id) is { } known)
            return new Ingested(source, IngestOutcome.Known, prepared.Id, known);
        var earlier = commit.EarlierVersion(prepared);
        if (earlier is { } same && same.IsSame)
            return new Ingested(source, IngestOutcome.Unchanged, same.Id, same.Story);
        if (earlier is { } corrected && commit.CorrectionsOf(corrected.Id) is { IsEmpty: false } corrections)
            prepared = prepared.Corrected(corrections);
        var placement = _desk.Place(prepared.Digest!);
        commit.Add(++_seq, prepared, placement.Story);
        _added++;
        commit.Apply(placement.Changes);
        if (earlier is { } replaced)
            commit.Supersede(replaced.Id, prepared.Id);
        return new Ingested(source, earlier is null ? IngestOutcome.New : IngestOutcome.NewVersion, prepared.Id, placement.Story);
    }

    private void Save(ArchiveCommit commit)
    {
        Save(commit, _desk, _seq);
        _saved = _seq;
    }

    private static void Save(ArchiveCommit commit, StoryDesk desk, long seq) => commit.SaveDesk(seq, Packed.Of(desk.Save().Bytes.Span));
}
