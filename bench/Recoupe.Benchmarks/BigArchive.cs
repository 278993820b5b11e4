using System.Data.Common;
using System.Globalization;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Dates;
using Recoupe.Documents;
using Recoupe.Languages;
using Recoupe.Searches;
using Recoupe.Statements;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Benchmarks;

/// <summary>An archive of as many articles as wanted, written by the archive's own code but without the work of reading: for measurements of what lies beneath.</summary>
/// <remarks>
/// Articles are <see cref="RecombinedArticles"/>, of which so many come in ten days as the desk holds at least; their rows, captures, readings, statements and index entries are written as
/// the writer does. Given, not found, are the story of each (its topic) and <see cref="Statements"/> statements with speakers; names, dates and amounts are left out.
/// </remarks>
internal sealed class BigArchive(string[][] texts)
{
    private const int Sentences = 8;
    private const int Statements = 3;
    private const int Outlets = 300;
    private const int AtOnce = 4096;

    private static readonly int Held = new StoryOptions().KeepAtLeast;
    private readonly RecombinedArticles _articles = new(texts, Held, Sentences);

    /// <summary>Makes it, with its index; goes on where a run before it was stopped.</summary>
    public void Build(Archive archive, int count)
    {
        using var writing = archive.Database.TryWrite()!;
        var desk = new StoryDesk();
        var written = (int)archive.Figures().Articles;
        foreach (var part in OrderedWork.Run(Enumerable.Range(written, count - written), number => Prepare(number, count), null, CancellationToken.None).Chunk(AtOnce))
        {
            Write(archive, writing.Connection, part, ref written, desk, isLast: written + part.Length == count);
            if (written % (AtOnce * 16) < AtOnce)
                StoryFigures.Print($"{written} articles");
        }

        using var index = new SearchIndex(archive);
        index.Update(points: false, CancellationToken.None);
        StoryFigures.Print($"index made");
    }

    /// <summary>The document of an article: those behind the last that an archive holds are new to it.</summary>
    public Document Document(int number) => Document(number, number / RecombinedArticles.PerTopic);

    /// <summary>Takes in as many articles as one wishes on one topic, and has them in one story, whatever grouping makes of them.</summary>
    public StoryId AddStory(Archive archive, int count)
    {
        var from = (int)archive.Figures().Articles;
        using (var writer = archive.Write())
        {
            var taken = writer.Ingest(Enumerable.Range(from, count).Select(number => Document(number, from / RecombinedArticles.PerTopic)), CancellationToken.None).ToList();
            writer.Save();
            var founders = taken.Where(item => item.Article is not null).GroupBy(item => item.Story).Select(group => group.First().Article!.Value).ToList();
            if (founders.Count > 1)
                archive.Corrections.Add([new StoryCorrection(true, [.. founders])], "bench", null, TimeProvider.System);
            return archive.Article(founders[0])!.Story;
        }
    }

    private Document Document(int number, int topic)
    {
        var (title, text, published) = _articles.Write(number, topic);
        var outlet = Outlet(number);
        return new Document
        {
            Source = $"bench:{number}", Form = DocumentForm.CleanText, Content = text, Title = title, Outlet = outlet, Language = "en",
            Url = string.Create(CultureInfo.InvariantCulture, $"https://{outlet.Replace(' ', '-').ToLowerInvariant()}.example/{number}"),
            Published = new Moment(DateOnly.FromDateTime(published), TimeOnly.FromDateTime(published)),
        };
    }

    /// <summary>The outlet of an article.</summary>
    public static string Outlet(int number) => $"Outlet {number * 7919L % Outlets}";

    /// <summary>The speaker of one of an article's statements: few are named often, most seldom.</summary>
    public static string Speaker(int number, int statement) => $"Speaker {(int)Math.Pow(10, 1 + (4 * new Random((number * Statements) + statement).NextDouble()))}";

    private PreparedArticle Prepare(int number, int count)
    {
        var document = Document(number);
        var id = new ArticleId(DocumentIdentity.Of(document));
        var article = ArticleReader.Read(document, id);
        var body = AnalyzedText.Of(article.Text, Language.Find(null));
        var annotated = new AnnotatedArticle
        {
            Article = article, Body = body, Headline = AnalyzedText.Of(article.Title ?? "", Language.Find(null)),
            Statements =
            [
                .. body.Sentences.Take(Statements).Select((sentence, place) => new Statement
                {
                    Content = [sentence], Kind = StatementKind.Indirect, Speaker = new Speaker(null, Speaker(number, place), SpeakerType.Person),
                }),
            ],
        };
        var content = StoredDocument.Content(document);
        return new PreparedArticle
        {
            Id = id, Document = document, Source = document.Source, Annotated = annotated, Digest = number >= count - Held ? ArticleDigest.Of(annotated) : null,
            Content = Packed.Of(content), Length = content.Length, Hash = StoredDocument.Hash(content), Facts = StoredDocument.Facts(document), Reading = PreparedArticle.ReadingOf(annotated),
        };
    }

    private static void Write(Archive archive, DbConnection connection, PreparedArticle[] part, ref int written, StoryDesk desk, bool isLast)
    {
        using var commit = new ArchiveCommit(archive, connection, TimeProvider.System);
        var story = default(StoryId);
        foreach (var prepared in part)
        {
            var isFirst = written % RecombinedArticles.PerTopic == 0;
            if (isFirst)
                story = StoryId.FoundedBy(prepared.Id);
            if (prepared.Digest is { } digest)
                desk.Fill(digest, written / RecombinedArticles.PerTopic);
            commit.Add(++written, prepared, story);
            commit.Apply([new StoryChange(0, isFirst ? StoryChangeKind.Opened : StoryChangeKind.Joined, story, prepared.Id)]);
        }

        if (isLast)
            commit.SaveDesk(written, Packed.Of(desk.Save().Bytes.Span));
        commit.Commit();
    }
}
