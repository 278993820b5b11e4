using Recoupe.Documents;
using Recoupe.Storage;
using Recoupe.Tests;
using Recoupe.Web.Desk;

namespace Recoupe.Web.Tests;

/// <summary>What became of what somebody said, by the sample event: an engineer tells of a crack, and the director denies it the day after.</summary>
public sealed class LaterWordsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-later-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_denied_later_says_by_whom_and_where()
    {
        using var archive = Archive.Open(new ArchiveLocation(_folder), create: true);
        using (var writer = archive.Write())
        {
            foreach (var _ in writer.Ingest([.. DocumentReader.Read([Path.Combine(Repository.Root, "samples")], TestContext.Current.CancellationToken).Select(intake => intake.Document).OfType<Document>()], TestContext.Current.CancellationToken))
            {
            }
        }

        var story = archive.Stories(new StoryFilter(2), 1).Items[0].Id;
        var statements = archive.Statements(null, story, 200).Items.Select(statement => (statement, story)).ToList();
        Assert.Empty(LaterWords.Of(archive, statements));

        archive.DossierJsonOf(story, TestContext.Current.CancellationToken);
        var found = LaterWords.Of(archive, statements);

        var denial = Assert.Single(found.Values.Where(words => words is { Kind: "denies", By: "Paul Hadrot" }).Distinct());
        Assert.Equal("L'Écho du Large", denial.Outlet);
        Assert.Contains("Aucun rapport de janvier", denial.Words, StringComparison.Ordinal);
        Assert.StartsWith("/articles/", denial.Address, StringComparison.Ordinal);
        var denied = statements.Select(item => item.statement).Where(statement => found.TryGetValue((statement.Article, statement.Number), out var words) && words == denial).ToList();
        Assert.All(denied, statement => Assert.NotEqual("Paul Hadrot", statement.Speaker));
        Assert.True(found.Count < statements.Count);
    }
}
