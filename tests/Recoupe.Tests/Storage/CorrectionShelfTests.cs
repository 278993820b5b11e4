using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Dates;
using Recoupe.Documents;
using Recoupe.Statements;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Tests.Storage;

public class CorrectionShelfTests
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    public static TheoryData<string> Engines => Stores.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public void Merged_stories_stay_one_whatever_comes_in_and_however_it_is_read_again(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var (first, second) = TwoStories(archive);
        var kept = Assert.Single(archive.Corrections.Add([new StoryCorrection(true, [first.Article, second.Article])], "Ines", "one and the same", Clock));

        Assert.Equal(("Ines", "one and the same", kept.Number), (kept.Who, kept.Why, kept.Batch));
        Assert.Equal(first.Story, archive.Article(second.Article)!.Story);
        Assert.Equal(first.Story, archive.Story(second.Story)!.Id);
        Assert.Contains(archive.History(first.Story), step => step.Change.Kind == StoryChangeKind.Merged && step.Change.Other == second.Story && step.Correction == kept.Number);
        var later = Ingest(archive, [Ferry(2, "Rescue of the night ferry")])[0];
        Assert.Equal(first.Story, archive.Article(later.Article!.Value)!.Story);
        Assert.Equal(3, archive.Story(first.Story)!.Articles);

        archive.Reread(new ArchiveOptions(), null, TestContext.Current.CancellationToken);
        Assert.Equal(3, archive.Story(second.Story)!.Articles);
        using var dossier = JsonDocument.Parse(archive.DossierJsonOf(first.Story, TestContext.Current.CancellationToken)!);
        Assert.Equal(3, dossier.RootElement.GetProperty("stories")[0].GetProperty("articles").GetArrayLength());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_is_undone_is_as_if_it_had_never_been(string engine)
    {
        var documents = News.Documents(61, 40);
        using var corrected = new Stores(engine);
        using var untouched = new Stores(engine);
        using var archive = corrected.Open();
        using var other = untouched.Open();
        var random = new Random(61);
        for (var from = 0; from < documents.Count; from += 10)
        {
            Ingest(archive, documents.Skip(from).Take(10));
            Ingest(other, documents.Skip(from).Take(10));
            var articles = archive.Articles(new ArticleFilter(), 500).Items.Select(article => article.Id).ToArray();
            random.Shuffle(articles);
            archive.Corrections.Add(
                [new StoryCorrection(true, [.. articles.Take(2)]), new StoryCorrection(false, [.. articles.Skip(1).Take(2)]), new ArticleCorrection(articles[3], "Evening Post", null)],
                "Ines", null, Clock);
        }

        Assert.NotEqual(Shown(other), Shown(archive));
        var holding = archive.Corrections.Holding().Select(kept => kept.Number).ToArray();
        Assert.Equal(12, holding.Length);
        random.Shuffle(holding);
        foreach (var part in holding.Chunk(5))
            archive.Corrections.Undo(part, "Paul", Clock);

        Assert.Equal(Shown(other), Shown(archive));
        Assert.Empty(archive.Corrections.Holding());
        Assert.All(archive.Corrections.List(new CorrectionFilter(), 50).Items, kept => Assert.Equal("Paul", kept.UndoneBy));
        foreach (var story in other.Stories(new StoryFilter(), 100).Items)
            Assert.Equal(other.DossierJsonOf(story.Id, TestContext.Current.CancellationToken), archive.DossierJsonOf(story.Id, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_later_correction_wins_over_an_earlier_one(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var (first, second) = TwoStories(archive);
        var article = Ingest(archive, [Ferry(2, "Ferry aground")])[0].Article!.Value;
        Assert.Equal(second.Story, archive.Article(article)!.Story);

        archive.Corrections.Add([new StoryCorrection(false, [article])], "Ines", null, Clock);
        Assert.DoesNotContain(archive.Article(article)!.Story, new[] { first.Story, second.Story });
        archive.Corrections.Add([new StoryCorrection(true, [article, first.Article])], "Ines", null, Clock);

        Assert.Equal(archive.Article(first.Article)!.Story, archive.Article(article)!.Story);
        Assert.Equal(second.Story, archive.Article(second.Article)!.Story);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_an_article_is_and_who_said_it_is_told_everywhere_and_of_later_versions_too(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var page = News.Document("The reservoir is full, the mayor of Dormans said on Tuesday. “Nobody need save water,” said Ada Lowe.", "p", "Full", "Lamp", "https://lamp.example/p");
        var first = Ingest(archive, [page])[0].Article!.Value;
        var numbers = archive.Corrections.Add(
            [
                new ArticleCorrection(first, "Evening Lamp", Moment.Parse("2025-04-01")),
                new SpeakerCorrection(new QuotedPlace(first, "Nobody need save water"), "Ivo Lowe", SpeakerType.Person),
            ],
            "Ines", null, Clock).Select(kept => kept.Number).ToArray();

        var second = Ingest(archive, [page with { Content = page.Content + " The council meets again in May." }])[0];

        Assert.Equal(IngestOutcome.NewVersion, second.Outcome);
        foreach (var id in new[] { first, second.Article!.Value })
        {
            Assert.Equal(("Evening Lamp", "2025-04-01"), (archive.Article(id)!.Outlet, archive.Article(id)!.Published));
            Assert.Contains(archive.StatementsOf(id), statement => statement.Speaker == "Ivo Lowe");
            Assert.DoesNotContain(archive.StatementsOf(id), statement => statement.Speaker == "Ada Lowe");
        }

        using (var dossier = JsonDocument.Parse(archive.DossierJsonOf(second.Story!.Value, TestContext.Current.CancellationToken)!))
            Assert.Contains("Ivo Lowe", dossier.RootElement.GetRawText(), StringComparison.Ordinal);
        archive.Reread(new ArchiveOptions(), null, TestContext.Current.CancellationToken);
        Assert.Equal("Evening Lamp", archive.Article(second.Article.Value)!.Outlet);
        archive.Corrections.Undo(numbers, "Ines", Clock);
        Assert.Equal(("Lamp", null), (archive.Article(second.Article.Value)!.Outlet, archive.Article(second.Article.Value)!.Published));
        Assert.Contains(archive.StatementsOf(second.Article.Value), statement => statement.Speaker == "Ada Lowe");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_preview_tells_what_then_happens_and_changes_nothing(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var (first, second) = TwoStories(archive);
        Correction[] corrections =
        [
            new StoryCorrection(true, [first.Article, second.Article]),
            new ArticleCorrection(second.Article, "Quay News", null),
            new SpeakerCorrection(new QuotedPlace(second.Article, "nobody was hurt"), "Jon Ferrer", SpeakerType.Person),
            new Star(first.Article),
        ];
        var before = (archive.Revision(), Shown(archive));

        var preview = archive.Corrections.Preview(corrections, TestContext.Current.CancellationToken);

        Assert.Equal(before, (archive.Revision(), Shown(archive)));
        Assert.Equal([new MovedArticle(second.Article, second.Story, first.Story)], preview.Moves);
        Assert.Equal([new ChangedArticle(second.Article, "outlet", "The Coast Post", "Quay News")], preview.Articles);
        Assert.Equal(("Mara Lind", "Jon Ferrer"), (Assert.Single(preview.Statements).Before, preview.Statements[0].After));
        Assert.Empty(preview.WithoutEffect);
        Assert.NotNull(preview.Points);
        var numbers = archive.Corrections.Add(corrections, "Ines", null, Clock).Select(kept => kept.Number).ToArray();
        Assert.Equal(first.Story, archive.Article(second.Article)!.Story);
        Assert.Equal("Quay News", archive.Article(second.Article)!.Outlet);
        var undoing = archive.Corrections.PreviewUndo(numbers, TestContext.Current.CancellationToken);
        Assert.Equal([new MovedArticle(second.Article, first.Story, second.Story)], undoing.Moves);
        Assert.Equal([new ChangedArticle(second.Article, "outlet", "Quay News", "The Coast Post")], undoing.Articles);
        Assert.Contains(archive.Corrections.Preview([corrections[0], corrections[1]], TestContext.Current.CancellationToken).WithoutEffect, item => item.At == 1);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_batch_is_made_whole_or_not_at_all(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var (first, second) = TwoStories(archive);
        var good = new ArticleCorrection(first.Article, "Evening Lamp", null);

        Assert.Contains("[1]: the archive has no article", Refused([good, new Star(new ArticleId("none"))]), StringComparison.Ordinal);
        Assert.Contains("does not stand in the text", Refused([good, new Note(second.Article, "a wyvern", "Really?")]), StringComparison.Ordinal);
        Assert.Contains("from 1 to 500", Refused([]), StringComparison.Ordinal);
        Assert.Empty(archive.Corrections.Holding());
        Assert.Equal("Arvel Courier", archive.Article(first.Article)!.Outlet);
        var number = archive.Corrections.Add([good], "Ines", null, Clock)[0].Number;
        archive.Corrections.Undo([number], "Ines", Clock);
        Assert.Throws<CorrectionException>(() => archive.Corrections.Undo([number], "Ines", Clock));
        Assert.Throws<CorrectionException>(() => archive.Corrections.Undo([99], "Ines", Clock));

        string Refused(Correction[] corrections) => Assert.Throws<CorrectionException>(() => archive.Corrections.Add(corrections, "Ines", null, Clock)).Message;
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Corrections_are_made_while_a_writer_is_at_work(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var (first, second) = TwoStories(archive);
        using (var writer = archive.Write(new ArchiveOptions { MostInBatch = 1 }))
        {
            using var ingested = writer.Ingest(Enumerable.Range(2, 4).Select(i => Ferry(i, $"Night ferry, part {i}")), TestContext.Current.CancellationToken).GetEnumerator();
            Assert.True(ingested.MoveNext());
            archive.Corrections.Add([new StoryCorrection(true, [first.Article, second.Article])], "Ines", null, Clock);
            while (ingested.MoveNext())
                Assert.Equal(IngestOutcome.New, ingested.Current.Outcome);
        }

        Assert.Equal(6, archive.Story(first.Story)!.Articles);
        // What was not saved is placed again, beneath what was corrected.
        using (var writer = archive.Write())
            writer.End(TestContext.Current.CancellationToken);
        Assert.Equal(6, archive.Story(first.Story)!.Articles);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Corrections_are_listed_by_what_they_are_about(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var (first, second) = TwoStories(archive);
        archive.Corrections.Add([new Star(first.Article), new Note(second.Article, null, "Called the pilot.")], "Ines", null, Clock);
        archive.Corrections.Add([new Star(second.Article)], "Paul", null, Clock);

        Assert.Equal([3L, 2L, 1L], archive.Corrections.List(new CorrectionFilter(), 10).Items.Select(kept => kept.Number));
        Assert.Equal([3L, 2L], archive.Corrections.List(new CorrectionFilter(Story: second.Story), 10).Items.Select(kept => kept.Number));
        Assert.Equal([1L], archive.Corrections.List(new CorrectionFilter(Article: first.Article), 10).Items.Select(kept => kept.Number));
        var part = archive.Corrections.List(new CorrectionFilter(), 2);
        Assert.Equal([1L], archive.Corrections.List(new CorrectionFilter(), 2, part.Next).Items.Select(kept => kept.Number));
        Assert.Equal("Called the pilot.", Assert.IsType<Note>(archive.Corrections.Find(2)!.Correction).Text);
    }

    private static ((ArticleId Article, StoryId Story) First, (ArticleId Article, StoryId Story) Second) TwoStories(Archive archive)
    {
        var bridge = News.Document(
            "The council of Arvel voted for a new bridge over the Senne on Monday. The bridge will cost 30 million, Ada Lowe said.", "bridge", "Arvel votes for its bridge",
            "Arvel Courier", "https://news.example/bridge", new DateTime(2025, 3, 3, 9, 0, 0));
        var ingested = Ingest(archive, [bridge, Ferry(1, "Night ferry runs aground")]);
        Assert.NotEqual(ingested[0].Story, ingested[1].Story);
        return ((ingested[0].Article!.Value, ingested[0].Story!.Value), (ingested[1].Article!.Value, ingested[1].Story!.Value));
    }

    private static Document Ferry(int number, string title) => News.Document(
        "The night ferry to Skarholm ran aground off Point Vell early on Friday with 214 people aboard. Lifeboats took all passengers to the pier of Vell. "
        + $"Mara Lind, the harbour pilot, said nobody was hurt. Part {number}.", $"ferry{number}", title, "The Coast Post", $"https://news.example/ferry{number}",
        new DateTime(2025, 3, 7, 9 + number, 0, 0));

    private static List<Ingested> Ingest(Archive archive, IEnumerable<Document> documents)
    {
        using var writer = archive.Write();
        var ingested = writer.Ingest(documents, TestContext.Current.CancellationToken).ToList();
        writer.Save();
        return ingested;
    }

    private static string Shown(Archive archive) => string.Join('\n', archive.Stories(new StoryFilter(), 500).Items.Select(story =>
        $"{story.Id} {story.Title} {story.Articles} {story.Outlets} {story.Began} {story.Latest}: "
        + string.Join(' ', archive.Articles(new ArticleFilter(Story: story.Id), 500).Items.Select(article => $"{article.Id} {article.Outlet} {article.Published}"))));
}
