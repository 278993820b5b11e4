using System.Data.Common;
using System.Security.Cryptography;

using Recoupe.Articles;
using Recoupe.Corrections;

namespace Recoupe.Storage;

/// <summary>The articles that dossiers were last made of, as they were read: a story that grows by one article is not read anew.</summary>
/// <remarks>What is given is what reading the document now would give: an article is kept with the hash of all that it was read from. For several threads.</remarks>
internal sealed class ReadingRoom
{
    // Characters of text that are kept at most. What is known of one takes some 60 bytes: words, syntax, names.
    private const int MostCharacters = 2_000_000;

    private readonly Dictionary<ArticleId, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _order = []; // what was asked for last comes first
    private readonly Lock _lock = new();
    private int _characters;
    private int _read;

    /// <summary>How many articles were read so far.</summary>
    public int Read => _read;

    /// <summary>The articles with all that their words give and what a person corrected of them, in the order of <paramref name="ids"/>.</summary>
    public List<AnnotatedArticle> Articles(DbConnection connection, IEnumerable<ArticleId> ids, CorrectionSet corrections, CancellationToken cancellationToken)
    {
        var asked = ids.Select(id => (Id: id, Hash: HashOf(connection, id))).ToList();
        // A connection is asked by one thread, articles are read by all.
        var known = asked.ConvertAll(item => Known(item.Id, item.Hash) is { } entry
            ? (Entry: entry, Document: null)
            : (Entry: new Entry(item.Id, item.Hash, null, null), Document: Archive.ReadDocument(connection, null, item.Id)));
        return [.. known.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(item =>
        {
            var entry = item.Document is { } document ? Keep(item.Entry with { Article = ArticleReader.Read(document, item.Entry.Id) }) : item.Entry;
            var article = Corrector.Correct(entry.Article!, corrections);
            return Corrector.Correct(ReferenceEquals(article, entry.Article) ? entry.Annotated! : Pipeline.Annotate(article), corrections);
        })];
    }

    /// <summary>Forgets all of them: somebody is erased from the archive.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _entries.Clear();
            _order.Clear();
            _characters = 0;
        }
    }

    private static string HashOf(DbConnection connection, ArticleId id) => connection.Query(
        "SELECT document, capture FROM articles WHERE id = @id",
        row => Convert.ToHexString(SHA256.HashData(row.Bytes(0))) + row.GetString(1), ("id", id.Value))[0];

    private Entry? Known(ArticleId id, string hash)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(id, out var node) || node.Value.Hash != hash)
                return null;
            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value;
        }
    }

    private Entry Keep(Entry read)
    {
        var entry = read with { Annotated = Pipeline.Annotate(read.Article!) };
        Interlocked.Increment(ref _read);
        lock (_lock)
        {
            if (_entries.Remove(entry.Id, out var old))
                Forget(old);
            _entries[entry.Id] = _order.AddFirst(entry);
            _characters += entry.Article!.Text.Length;
            while (_characters > MostCharacters && _order.Last is { } last)
            {
                _entries.Remove(last.Value.Id);
                Forget(last);
            }
        }

        return entry;
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        _order.Remove(node);
        _characters -= node.Value.Article!.Text.Length;
    }

    private sealed record Entry(ArticleId Id, string Hash, Article? Article, AnnotatedArticle? Annotated);
}
