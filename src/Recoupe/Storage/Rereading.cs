using System.Data.Common;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>What reading an archive again has changed.</summary>
/// <param name="Articles">How many articles were read.</param>
/// <param name="Changed">Of these, how many are now read otherwise.</param>
/// <param name="Moved">Articles that are in another story now.</param>
/// <param name="Gone">Stories that were, each with the one that it has become part of.</param>
/// <param name="Lost">Articles of which this engine says that there is none in the document: they stay as they were read.</param>
public sealed record RereadReport(
    long Articles, IReadOnlyList<ArticleId> Changed, IReadOnlyList<(ArticleId Article, StoryId From, StoryId To)> Moved, IReadOnlyList<(StoryId Gone, StoryId Into)> Gone,
    IReadOnlyList<ArticleId> Lost);

/// <summary>Reads all documents of an archive again with this engine, and puts the articles into stories anew. Those whose text is kept no longer stay as they are, where their story is.</summary>
internal sealed class Rereading(Archive archive, DbConnection connection, DbConnection looking, ArchiveOptions options)
{
    private const int AtOnce = 256;

    private readonly List<ArticleId> _changed = [];
    private readonly List<ArticleId> _lost = [];
    private readonly Dictionary<ArticleId, StoryId> _before = [];
    private readonly Dictionary<ArticleId, StoryId> _shown = [];

    /// <summary>All in one transaction: a run that is stopped has changed nothing.</summary>
    public RereadReport Run(StoryDesk desk, IProgress<long>? progress, Action<ArchiveCommit, long> save, CancellationToken cancellationToken)
    {
        using var commit = new ArchiveCommit(archive, connection, options.Clock);
        long count = 0, last = 0;
        foreach (var (seq, read) in OrderedWork.Run(All(), item => (item.Seq, Read(item)), options.Threads, cancellationToken))
        {
            Take(commit, desk, read);
            (last, count) = (seq, count + 1);
            progress?.Report(count);
        }

        desk.Settle(cancellationToken);
        Regroup(commit, desk);
        commit.Finish();
        var (moved, gone) = Moved(commit);
        save(commit, last);
        commit.Commit();
        return new RereadReport(count, _changed, moved, gone, _lost);
    }

    private sealed record Stored(long Seq, ArticleId Id, StoryId Grouped, StoryId Shown, Documents.Document Document, byte[] Reading, CorrectionSet Corrections);

    private sealed record Again(Stored Stored, AnnotatedArticle? Annotated, ArticleDigest Digest, byte[]? Reading);

    private IEnumerable<Stored> All()
    {
        long after = 0;
        var corrected = looking.Query(
            "SELECT DISTINCT ca.article FROM correction_articles ca JOIN corrections ON number = correction WHERE undone IS NULL AND kind IN ('speaker', 'article')",
            row => new ArticleId(row.GetString(0))).ToHashSet();
        while (true)
        {
            var part = looking.Query(
                "SELECT document, content, hash, id, seq, grouped, story, reading FROM articles JOIN captures ON hash = capture WHERE seq > @after AND expired IS NULL ORDER BY seq LIMIT @most",
                row => new Stored(
                    row.GetInt64(4), new ArticleId(row.GetString(3)), new StoryId(row.GetString(5)), new StoryId(row.GetString(6)),
                    Archive.ReadDocument(row, new ArticleId(row.GetString(3))), row.Bytes(7), CorrectionSet.None),
                ("after", after), ("most", AtOnce));
            if (part.Count == 0)
                yield break;
            foreach (var item in part)
                yield return corrected.Contains(item.Id) ? item with { Corrections = CorrectionRows.OfReading(looking, null, item.Id) } : item;
            after = part[^1].Seq;
        }
    }

    private static Again Read(Stored stored)
    {
        var article = ArticleReader.Read(stored.Document, stored.Id);
        var annotated = Pipeline.Annotate(article, stored.Corrections);
        var digest = ArticleDigest.Of(annotated);
        if (article.Unread is not null)
            return new Again(stored, null, digest, null);
        var reading = PreparedArticle.ReadingOf(annotated);
        var isSame = Packed.Unpack(reading).AsSpan().SequenceEqual(Packed.Unpack(stored.Reading));
        return new Again(stored, annotated, digest, isSame ? null : reading);
    }

    private void Take(ArchiveCommit commit, StoryDesk desk, Again read)
    {
        var id = read.Stored.Id;
        (_before[id], _shown[id]) = (read.Stored.Grouped, read.Stored.Shown);
        desk.Place(read.Digest);
        if (read.Annotated is null)
            _lost.Add(id);
        if (read.Annotated is { } annotated && read.Reading is { } reading)
        {
            _changed.Add(id);
            commit.Reread(id, annotated, reading);
        }
        else
        {
            commit.Stamp(id);
        }
    }

    private void Regroup(ArchiveCommit commit, StoryDesk desk)
    {
        var living = new HashSet<StoryId>();
        var into = new Dictionary<StoryId, StoryId>();
        foreach (var story in desk.Stories)
        {
            living.Add(story.Id);
            foreach (var article in story.Articles)
            {
                var before = _before[article];
                // Where the founder of an old story is now, the old story's id leads.
                if (StoryId.FoundedBy(article) == before)
                    into[before] = story.Id;
                into.TryAdd(before, story.Id);
                if (before == story.Id)
                    continue;
                commit.Note(new StoryChange(0, StoryChangeKind.Moved, story.Id, article, before));
                commit.Move(article, story.Id, before);
            }
        }

        foreach (var (old, now) in into.Where(pair => !living.Contains(pair.Key)).OrderBy(pair => pair.Key))
        {
            commit.Note(new StoryChange(0, StoryChangeKind.Merged, now, Other: old));
            commit.Merge(now, old);
        }

        foreach (var story in desk.Stories)
            commit.SetSaga(story.Id, story.Saga);
    }

    // As it is shown: where a person has put an article, it has not moved.
    private (List<(ArticleId, StoryId, StoryId)> Moved, List<(StoryId, StoryId)> Gone) Moved(ArchiveCommit commit)
    {
        var now = connection.Query(commit.Transaction, "SELECT id, story FROM articles ORDER BY seq", row => (Id: new ArticleId(row.GetString(0)), Story: new StoryId(row.GetString(1))));
        var living = now.Select(article => article.Story).ToHashSet();
        var gone = _shown.Values.Distinct().Where(story => !living.Contains(story)).Order().Select(story => (story, Archive.Resolve(connection, story, commit.Transaction)));
        return ([.. now.Where(article => _shown.TryGetValue(article.Id, out var before) && before != article.Story).Select(article => (article.Id, _shown[article.Id], article.Story))], [.. gone]);
    }
}
