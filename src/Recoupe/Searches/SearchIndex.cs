using System.Globalization;
using System.Text.Json;

using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Searches;

/// <summary>Finds articles, statements and points of an archive. It is made from the archive and can be made again at any time: never the truth.</summary>
/// <remarks>What the archive has changed since the index was last brought up to date is told by the revisions of its rows. Several threads may search at once.</remarks>
public sealed class SearchIndex : IDisposable
{
    private const string Kind = "kind";
    private const string Key = "key";
    private const string Id = "id";
    private const string Part = "part";
    private const string Order = "order";
    private const string Form = "form";
    private const string Engine = "engine";
    private const string LastDossier = "dossier";
    private const string LastStory = "dossier-story";

    // The form of the index: one of another form is made again.
    private const string ThisForm = "2";
    private const int AtOnce = 512;

    private static readonly Dictionary<SearchKind, Filter> Kinds = Enum.GetValues<SearchKind>()
        .ToDictionary(kind => kind, kind => (Filter)new KindBits(new QueryWrapperFilter(new TermQuery(new Term(Kind, kind.ToString())))));

    private readonly Archive _archive;
    private readonly FSDirectory _directory;
    private readonly System.Threading.Lock _opening = new();
    private DirectoryReader? _reader;

    /// <summary>The index of <paramref name="archive"/>.</summary>
    public SearchIndex(Archive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        _archive = archive;
        System.IO.Directory.CreateDirectory(archive.Location.Index);
        _directory = FSDirectory.Open(archive.Location.Index);
    }

    /// <summary>Takes over what the archive has changed since the last time; gives how many articles and dossiers that were.</summary>
    /// <param name="points">Whether the points of stories too, as far as their dossiers are made: <see cref="MakeDossiers"/>.</param>
    /// <param name="cancellationToken">Stops it; what was done so far stays.</param>
    /// <exception cref="SearchException">Another process is at it.</exception>
    public int Update(bool points, CancellationToken cancellationToken) => Update(points, null, cancellationToken);

    /// <summary>The same, told when it can be searched for.</summary>
    /// <param name="points">Whether the points of stories too.</param>
    /// <param name="committed">Called then; parts of the index may be joined afterwards.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public int Update(bool points, Action? committed, CancellationToken cancellationToken)
    {
        using var writer = Open();
        var done = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in writer.CommitData)
            done[name] = value;
        if (done.GetValueOrDefault(Form) != ThisForm)
        {
            writer.DeleteAll();
            done.Clear();
        }

        done[Form] = ThisForm;
        var count = UpdateArticles(writer, done, cancellationToken);
        if (points)
            count += UpdatePoints(writer, done, cancellationToken);
        writer.SetCommitData(done);
        writer.Commit();
        committed?.Invoke();
        return count;
    }

    /// <summary>Makes dossiers that points are searched in, those of the latest stories first, for as long as is said; gives of how many stories they are still to be made.</summary>
    /// <param name="budget">How long; the one that is under way when it ends is made.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public int MakeDossiers(TimeSpan budget, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var missing = _archive.Shelf.CountMissing();
        while (missing > 0 && TimeProvider.System.GetElapsedTime(begun) < budget)
        {
            foreach (var story in _archive.Shelf.Missing(AtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TimeProvider.System.GetElapsedTime(begun) >= budget)
                    break;
                _archive.DossierJsonOf(story, cancellationToken);
            }

            missing = _archive.Shelf.CountMissing();
        }

        return missing;
    }

    /// <summary>Whether the points of all dossiers that are made, and of no other, are in the index.</summary>
    public bool HasPointsMade()
    {
        if (Reader() is not { } reader)
            return false;
        try
        {
            var done = new Dictionary<string, string>(reader.IndexCommit.UserData);
            return done.GetValueOrDefault(Engine) == EngineStamp.Current.Value && Number(done, "points") >= _archive.Revision()
                && _archive.Shelf.Written(Number(done, LastDossier), done.GetValueOrDefault(LastStory, ""), 1).Count == 0;
        }
        finally
        {
            reader.DecRef();
        }
    }

    /// <summary>As Update without points, and lets go of what was deleted: of points too, which are made again when they are asked for.</summary>
    /// <exception cref="SearchException">Another process is at it.</exception>
    public void Forget(CancellationToken cancellationToken)
    {
        Update(points: false, cancellationToken);
        using var writer = Open();
        var points = Number(new Dictionary<string, string>(writer.CommitData), "points");
        foreach (var (story, _) in _archive.ChangedStories(points))
            writer.DeleteDocuments(new Term(Id, story.Value));
        writer.ForceMergeDeletes();
        writer.SetCommitData(writer.CommitData);
        writer.Commit();
    }

    /// <summary>What fits <paramref name="query"/>.</summary>
    /// <param name="query">Words, "phrases", begin*, fields, AND, OR, NOT, brackets: docs/archive.md.</param>
    /// <param name="kind">What is searched for.</param>
    /// <param name="order">In what order it is given.</param>
    /// <param name="most">How much at once.</param>
    /// <param name="after">What an earlier answer gave as <see cref="SearchAnswer.Next"/>; null for the first.</param>
    /// <exception cref="SearchException">The query cannot be read.</exception>
    public SearchAnswer Find(string query, SearchKind kind, SearchOrder order, int most, string? after = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var asked = SearchQuery.Read(query);
        if (Reader() is not { } reader)
            return new SearchAnswer(0, [], null);
        try
        {
            return Find(new IndexSearcher(reader), asked, kind, order, most, after);
        }
        finally
        {
            reader.DecRef();
        }
    }

    /// <summary>Opens what the first search of each kind would open.</summary>
    public void Warm()
    {
        foreach (var kind in Enum.GetValues<SearchKind>())
        {
            foreach (var order in Enum.GetValues<SearchOrder>())
                Find("NOT language:none", kind, order, 1);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader?.Dispose();
        _directory.Dispose();
    }

    private static SearchAnswer Find(IndexSearcher searcher, Query query, SearchKind kind, SearchOrder order, int most, string? after)
    {
        if (order == SearchOrder.Time)
            return Latest(searcher, query, kind, most, after);
        // Equal ones by their key: no two have the same, so that the next part begins where this one ends.
        var sort = new Sort(SortField.FIELD_SCORE, new SortField(Key, SortFieldType.STRING));
        var found = Ranked(after) is { } start
            ? searcher.SearchAfter(start, query, Kinds[kind], most + 1, sort, doDocScores: true, doMaxScore: false)
            : searcher.Search(query, Kinds[kind], most + 1, sort, doDocScores: true, doMaxScore: false);
        var hits = found.ScoreDocs.Take(most).Select(hit => HitOf(searcher.Doc(hit.Doc), kind, hit.Score)).ToList();
        return new SearchAnswer(found.TotalHits, hits, found.ScoreDocs.Length > most ? NextOf((FieldDoc)found.ScoreDocs[most - 1]) : null);
    }

    private static SearchAnswer Latest(IndexSearcher searcher, Query query, SearchKind kind, int most, string? after)
    {
        var latest = new LatestFirst(Order, Key, most + 1, Timed(after));
        searcher.Search(query, Kinds[kind], latest);
        var found = latest.Hits();
        // How well they fit is looked up of those that are given alone.
        var scored = found.Take(most).Select(hit => new ScoreDoc(hit.Document, 0)).ToArray();
        var scores = scored.Length == 0 ? [] : QueryRescorer.Rescore(searcher, new TopDocs(scored.Length, scored, 0), query, 1, scored.Length).ScoreDocs.ToDictionary(hit => hit.Doc, hit => hit.Score);
        return new SearchAnswer(
            latest.Total, [.. found.Take(most).Select(hit => HitOf(searcher.Doc(hit.Document), kind, scores[hit.Document]))],
            found.Count > most ? Cursor.Write(nameof(SearchOrder.Time), found[most - 1].Time.Utf8ToString(), found[most - 1].Key.Utf8ToString()) : null);
    }

    // Which documents are of a kind is a bit for each, asked of any of them at once, and kept as long as the part of the index that they lie in.
    private sealed class KindBits(Filter filter) : CachingWrapperFilter(filter)
    {
        protected override DocIdSet CacheImpl(DocIdSetIterator iterator, AtomicReader reader)
        {
            var bits = new FixedBitSet(reader.MaxDoc);
            bits.Or(iterator);
            return bits;
        }
    }

    private IndexWriter Open()
    {
        try
        {
            var config = new IndexWriterConfig(SearchWords.Version, Words())
            {
                OpenMode = OpenMode.CREATE_OR_APPEND,
                // Whatever share of a part is deleted, it goes when it is asked to.
                MergePolicy = new TieredMergePolicy { ForceMergeDeletesPctAllowed = 0 },
            };
            return new IndexWriter(_directory, config);
        }
        catch (LockObtainFailedException)
        {
            throw new SearchException("the search index is being brought up to date by another process: wait until it has ended");
        }
    }

    private static PerFieldAnalyzerWrapper Words()
    {
        var fields = new Dictionary<string, Analyzer>(StringComparer.Ordinal);
        foreach (var language in Language.All)
        {
            foreach (var field in new[] { SearchFields.Title, SearchFields.Text })
                fields[SearchFields.Of(field, language)] = SearchWords.Of(language);
        }

        return new PerFieldAnalyzerWrapper(SearchWords.Plain, fields);
    }

    // The reader of what was last committed, by whatever process; held by who asks until given back.
    private DirectoryReader? Reader()
    {
        lock (_opening)
        {
            if (_reader is null)
                _reader = DirectoryReader.IndexExists(_directory) ? DirectoryReader.Open(_directory) : null;
            else if (DirectoryReader.OpenIfChanged(_reader) is { } newer)
                Replace(newer);
            _reader?.IncRef();
            return _reader;
        }
    }

    private void Replace(DirectoryReader newer)
    {
        _reader!.Dispose();
        _reader = newer;
    }

    private int UpdateArticles(IndexWriter writer, Dictionary<string, string> done, CancellationToken cancellationToken)
    {
        var (revision, count) = (Number(done, "articles"), 0);
        var number = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var changed = _archive.Changed(revision, number, AtOnce);
            if (changed.Count == 0)
                break;
            // Words are read by several threads; in what order documents come to lie in the index tells nobody anything.
            foreach (var _ in OrderedWork.Run(changed, article => Put(writer, article), null, cancellationToken))
            {
            }

            count += changed.Count;
            (revision, number) = (changed[^1].Revision, changed[^1].Number);
        }

        done["articles"] = revision.ToString(CultureInfo.InvariantCulture);
        return count;
    }

    private int UpdatePoints(IndexWriter writer, Dictionary<string, string> done, CancellationToken cancellationToken)
    {
        var revision = _archive.Revision().ToString(CultureInfo.InvariantCulture);
        if (done.GetValueOrDefault(Engine) != EngineStamp.Current.Value)
        {
            writer.DeleteDocuments(new Term(Kind, nameof(SearchKind.Points)));
            done.Remove(LastDossier);
            done.Remove(LastStory);
            done[Engine] = EngineStamp.Current.Value;
            // None of an earlier story is left: all are found by the dossiers that are made.
            done["points"] = revision;
        }

        var count = 0;
        foreach (var (story, _) in _archive.ChangedStories(Number(done, "points")))
        {
            cancellationToken.ThrowIfCancellationRequested();
            count += PutPoints(writer, story);
        }

        done["points"] = revision;

        while (_archive.Shelf.Written(Number(done, LastDossier), done.GetValueOrDefault(LastStory, ""), AtOnce) is { Count: > 0 } written)
        {
            foreach (var (story, number) in written)
            {
                cancellationToken.ThrowIfCancellationRequested();
                count += PutPoints(writer, story);
                (done[LastDossier], done[LastStory]) = (number.ToString(CultureInfo.InvariantCulture), story.Value);
            }
        }

        return count;
    }

    // What its dossier told before is gone in any case.
    private int PutPoints(IndexWriter writer, StoryId story)
    {
        writer.DeleteDocuments(new Term(Id, story.Value));
        if (_archive.Shelf.Kept(story) is not { } dossier)
            return 0;
        AddPoints(writer, story, dossier);
        return 1;
    }

    private static long Number(Dictionary<string, string> done, string name) =>
        done.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private int Put(IndexWriter writer, ArchivedArticle article)
    {
        var documents = article.SupersededBy is null ? DocumentsOf(article) : [];
        writer.UpdateDocuments(new Term(Id, article.Id.Value), documents);
        return documents.Count;
    }

    // The article and its statements.
    private List<Document> DocumentsOf(ArchivedArticle article)
    {
        using var reading = JsonDocument.Parse(_archive.Reading(article.Id)!);
        var root = reading.RootElement;
        var language = Language.Find(article.Language);
        var document = Start(SearchKind.Articles, article.Id.Value, null, article.Published ?? article.Ingested);
        var documents = new List<Document> { document };
        AddFacts(document, article);
        document.Add(new TextField(SearchFields.Of(SearchFields.Title, language), article.Title ?? "", Field.Store.NO));
        document.Add(new TextField(SearchFields.Of(SearchFields.Text, language), root.GetProperty("text").GetString() ?? "", Field.Store.NO));
        foreach (var date in root.GetProperty("dates").EnumerateArray())
            AddValue(document, "mentioned", date.GetProperty("value").GetString(), upper: true);
        foreach (var number in root.GetProperty("numbers").EnumerateArray())
        {
            if (number.GetProperty("value").TryGetDecimal(out var value))
                AddValue(document, "number", SearchFields.Number(value), upper: true);
        }

        foreach (var statement in _archive.StatementsOf(article.Id))
        {
            AddStatementFacts(document, statement);
            var own = Start(SearchKind.Statements, article.Id.Value, statement.Number.ToString(CultureInfo.InvariantCulture), article.Published ?? article.Ingested);
            AddFacts(own, article);
            AddStatementFacts(own, statement);
            own.Add(new TextField(SearchFields.Of(SearchFields.Text, language), statement.Content, Field.Store.NO));
            documents.Add(own);
        }

        return documents;
    }

    private static void AddPoints(IndexWriter writer, StoryId story, byte[] dossier)
    {
        using var json = JsonDocument.Parse(dossier);
        var root = json.RootElement.GetProperty("stories")[0];
        var articles = root.GetProperty("articles").EnumerateArray().ToDictionary(article => article.GetProperty("id").GetString()!);
        var latest = articles.Values.Select(article => article.GetProperty("published").GetString()).Max(StringComparer.Ordinal) ?? "";
        foreach (var point in root.GetProperty("points").EnumerateArray())
        {
            var document = Start(SearchKind.Points, story.Value, point.GetProperty("id").GetString(), latest);
            AddValue(document, "story", story.Value);
            AddValue(document, "grade", point.GetProperty("grade").GetString());
            foreach (var origin in point.GetProperty("origins").GetProperty("list").EnumerateArray())
                AddName(document, "origin", origin.GetProperty("name").GetString());
            foreach (var telling in point.GetProperty("passages").EnumerateArray().Select(passage => articles[passage.GetProperty("article").GetString()!]).Distinct())
            {
                AddName(document, "outlet", telling.GetProperty("outlet").GetString());
                AddValue(document, "language", telling.GetProperty("language").GetString());
                AddValue(document, "published", telling.GetProperty("published").GetString(), upper: true);
            }

            // A point is told in several languages: its text is read by the rules of all of them.
            foreach (var language in Language.All)
                document.Add(new TextField(SearchFields.Of(SearchFields.Text, language), point.GetProperty("text").GetString() ?? "", Field.Store.NO));
            writer.AddDocument(document);
        }
    }

    private static Document Start(SearchKind kind, string id, string? part, string time)
    {
        var document = new Document
        {
            new StringField(Kind, kind.ToString(), Field.Store.NO),
            new StringField(Id, id, Field.Store.YES),
            new SortedDocValuesField(Key, new BytesRef($"{id} {part}")),
            new SortedDocValuesField(Order, new BytesRef(time)),
        };
        if (part is not null)
            document.Add(new StoredField(Part, part));
        return document;
    }

    private static void AddFacts(Document document, ArchivedArticle article)
    {
        AddValue(document, "language", article.Language);
        AddValue(document, "published", article.Published, upper: true);
        AddValue(document, "story", article.Story.Value);
        AddName(document, "outlet", article.Outlet);
    }

    private static void AddStatementFacts(Document document, ArchivedStatement statement)
    {
        AddName(document, "speaker", statement.Speaker);
        AddValue(document, "act", statement.Act);
    }

    private static void AddValue(Document document, string field, string? value, bool upper = false)
    {
        if (value is { Length: > 0 and < 200 })
            document.Add(new StringField(field, upper ? value : value.ToLowerInvariant(), Field.Store.NO));
    }

    private static void AddName(Document document, string field, string? name)
    {
        if (name is { Length: > 0 })
            document.Add(new TextField(field, name, Field.Store.NO));
    }

    private static SearchHit HitOf(Document document, SearchKind kind, float score) => new(kind, document.Get(Id), document.Get(Part), score);

    private static string NextOf(FieldDoc last)
    {
        var score = BitConverter.SingleToInt32Bits(((J2N.Numerics.Number)last.Fields[0]).ToSingle()).ToString(CultureInfo.InvariantCulture);
        return Cursor.Write(nameof(SearchOrder.Rank), score, ((BytesRef)last.Fields[1]).Utf8ToString());
    }

    private static FieldDoc? Ranked(string? after)
    {
        if (Cut(after, SearchOrder.Rank) is not var (score, key))
            return null;
        return int.TryParse(score, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bits)
            ? new FieldDoc(int.MaxValue, BitConverter.Int32BitsToSingle(bits), [J2N.Numerics.Single.GetInstance(BitConverter.Int32BitsToSingle(bits)), new BytesRef(key)])
            : throw new SearchException("this is no place where a list was cut: take it from the answer before");
    }

    private static (BytesRef Time, BytesRef Key)? Timed(string? after) => Cut(after, SearchOrder.Time) is var (time, key) ? (new BytesRef(time), new BytesRef(key)) : null;

    private static (string First, string Key)? Cut(string? after, SearchOrder order)
    {
        if (after is null)
            return null;
        return Cursor.Read(after) is [var which, var first, var key] && which == order.ToString()
            ? (first, key)
            : throw new SearchException("this is no place where a list of this order was cut: take it from the answer before");
    }
}
