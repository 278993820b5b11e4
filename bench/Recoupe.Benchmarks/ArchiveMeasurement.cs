using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Benchmarks;

/// <summary>Taking a file of articles into a new archive, with analysis, stories and index; with <c>--stages</c> what each step costs one thread.</summary>
/// <remarks>Printed are the seconds of the day and those of all processors: on a busy machine the latter. The archive lies in the folder of temporary files and is deleted.</remarks>
public sealed class ArchiveMeasurement : IMeasurement
{
    private readonly Dictionary<string, double> _stages = [];
    private double _last;

    public string Name => "archive";

    public string Arguments => "FILE.jsonl [ARTICLES] [--stages] [--postgres \"Host=…;Database=…\" (an empty one)]";

    public int Run(string[] arguments)
    {
        var postgres = Array.IndexOf(arguments, "--postgres") is var at and >= 0 ? arguments[at + 1] : null;
        var most = arguments.Length > 1 && int.TryParse(arguments[1], out var count) ? count : int.MaxValue;
        var documents = DocumentReader.Read([arguments[0]], CancellationToken.None).Select(intake => intake.Document).OfType<Document>().Take(most).ToList();
        // What is loaded and compiled once is not what an article costs.
        foreach (var document in documents.Take(200))
            PreparedArticle.Of(document, new ArticleId(DocumentIdentity.Of(document)));
        if (arguments.Contains("--stages"))
            Stages(documents);
        Whole(documents, postgres);
        return 0;
    }

    private static void Whole(List<Document> documents, string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("recoupe-bench-").FullName;
        try
        {
            using var archive = Archive.Open(new ArchiveLocation(folder, postgres), create: true);
            var ingesting = StoryFigures.Time(() =>
            {
                using var writer = archive.Write();
                foreach (var _ in writer.Ingest(documents, CancellationToken.None))
                {
                }

                writer.End(CancellationToken.None);
            });
            var indexing = StoryFigures.Time(() =>
            {
                using var index = new SearchIndex(archive);
                index.Update(points: false, CancellationToken.None);
            });
            Print("ingest", documents.Count, ingesting);
            Print("index", documents.Count, indexing);
            Print("both", documents.Count, (ingesting.Wall + indexing.Wall, ingesting.Processor + indexing.Processor));
            var figures = archive.Figures();
            var bytes = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
            StoryFigures.Print($"{figures.Articles} articles, {figures.Stories} stories, {figures.Statements} statements; {bytes / 1e6:0} MB; peak memory {StoryFigures.Peak():0} MB");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(string what, int count, (double Wall, double Processor) spent) => StoryFigures.Print(
        $"{what,-8} {spent.Wall,7:0.0} s {spent.Processor,7:0.0} s of processors   {count / spent.Wall,6:0} articles a second, {count / spent.Processor,6:0} a second of a processor");

    // What the writer does with a document, step by step on one thread.
    private void Stages(List<Document> documents)
    {
        var folder = Directory.CreateTempSubdirectory("recoupe-bench-").FullName;
        try
        {
            using var archive = Archive.Open(new ArchiveLocation(folder), create: true);
            using var connection = archive.Database.Connect();
            var desk = new StoryDesk();
            long seq = 0;
            foreach (var batch in documents.Chunk(new ArchiveOptions().MostInBatch))
            {
                var prepared = batch.Select(Prepared).ToList();
                Start();
                using var commit = new ArchiveCommit(archive, connection, TimeProvider.System);
                foreach (var article in prepared.Where(article => article.Annotated is not null))
                    Take(commit, desk, article, ++seq);
                commit.Finish();
                Add("stories described");
                commit.Commit();
                Add("commit");
            }

            Start();
            desk.Settle();
            Add("settling");
            desk.Save();
            Add("saving the state");
            using var index = new SearchIndex(archive);
            index.Update(points: false, CancellationToken.None);
            Add("index");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var whole = _stages.Values.Sum();
        foreach (var (stage, time) in _stages)
            StoryFigures.Print($"{stage,-20} {time / documents.Count,8:0.000} ms an article {time / whole,6:0.0%}");
        StoryFigures.Print($"{"all",-20} {whole / documents.Count,8:0.000} ms an article, one thread, its processor time");
    }

    private PreparedArticle Prepared(Document document)
    {
        Start();
        var id = new ArticleId(DocumentIdentity.Of(document));
        Add("identity");
        var article = ArticleReader.Read(document, id);
        Add("reading the page");
        if (article.Unread is { } unread)
            return new PreparedArticle { Id = id, Document = document, Source = document.Source, Unread = unread };
        Pipeline.AnnotateForGrouping(article);
        Add("of it, for grouping");
        var annotated = Pipeline.Annotate(article);
        Add("annotation");
        var digest = ArticleDigest.Of(annotated);
        Add("digest");
        var content = StoredDocument.Content(document);
        var (packed, hash, facts) = (Packed.Of(content), StoredDocument.Hash(content), StoredDocument.Facts(document));
        Add("capture packed");
        var reading = PreparedArticle.ReadingOf(annotated);
        Add("reading packed");
        return new PreparedArticle
        {
            Id = id, Document = document, Source = document.Source, Annotated = annotated, Digest = digest, Content = packed, Length = content.Length, Hash = hash, Facts = facts, Reading = reading,
        };
    }

    private void Take(ArchiveCommit commit, StoryDesk desk, PreparedArticle article, long seq)
    {
        _ = commit.StoryOf(article.Id);
        _ = commit.EarlierVersion(article);
        Add("looked for");
        var placement = desk.Place(article.Digest!);
        Add("placed");
        commit.Add(seq, article, placement.Story);
        Add("rows of the article");
        commit.Apply(placement.Changes);
        Add("rows of stories");
    }

    private void Start() => _last = ThreadClock.Milliseconds;

    private void Add(string stage)
    {
        var now = ThreadClock.Milliseconds;
        _stages[stage] = _stages.GetValueOrDefault(stage) + now - _last;
        _last = ThreadClock.Milliseconds;
    }
}
