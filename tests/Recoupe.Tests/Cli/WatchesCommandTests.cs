using Recoupe.Storage;
using Recoupe.Tests.Storage;
using Recoupe.Watches;

namespace Recoupe.Tests.Cli;

/// <summary>Watches that are made on the command line.</summary>
public class WatchesCommandTests
{
    [Fact]
    public void A_watch_is_made_listed_tells_and_is_removed()
    {
        using var stores = new Stores(Stores.Sqlite);
        ArchiveTests.Ingest(stores, News.Documents(111, 6));
        var archive = stores.Location.Folder;

        var made = CommandLine.Run(["watches", "add", "Lighthouses", "--query", "lighthouse", "--when", "first-article", "--when", "denial", "--archive", archive]);
        Assert.Equal(0, made.ExitCode);
        var id = CommandLine.Lines(made.Output)[0].GetProperty("id").GetString()!;
        Assert.StartsWith("/feeds/", CommandLine.Lines(made.Output)[0].GetProperty("feed").GetString(), StringComparison.Ordinal);
        Assert.Contains("lighthouse: first-article, denial", CommandLine.Run(["watches", "list", "--archive", archive]).Output, StringComparison.Ordinal);
        Assert.Equal("", CommandLine.Run(["watches", "alerts", id, "--archive", archive]).Output);

        ArchiveTests.Ingest(stores, [News.Document("The lighthouse of Pelm was lit again on Monday, said the keeper, Dora Hint.", "light", "Lighthouse lit again", "The Coast Post", "https://coast.example/light")]);
        using (var opened = stores.Open())
        {
            using var index = new Recoupe.Searches.SearchIndex(opened);
            index.Update(points: false, TestContext.Current.CancellationToken);
            new WatchRound(opened, (query, order, most, _) => index.Find(query, Recoupe.Searches.SearchKind.Articles, order, most).Hits)
                .Run(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        }

        var alert = CommandLine.Lines(CommandLine.Run(["watches", "alerts", id, "--archive", archive]).Output).Single();
        Assert.Equal("first-article", alert.GetProperty("condition").GetString());
        Assert.Equal(0, CommandLine.Run(["watches", "remove", id, "--archive", archive]).ExitCode);
        Assert.Equal((1, $"recoupe: there is no watch {id}: \"recoupe watches list\" shows what there is\n"), Refused(["watches", "remove", id, "--archive", archive]));
    }

    [Fact]
    public void A_claim_is_watched_by_its_words()
    {
        using var stores = new Stores(Stores.Sqlite);
        ArchiveTests.Ingest(stores, News.Documents(111, 6));

        var made = CommandLine.Run(["watches", "add", "Light", "--claim", "The lighthouse of Pelm was lit again.", "--when", "outlet-joins", "--archive", stores.Location.Folder]);

        Assert.Equal("The lighthouse of Pelm was lit again.", CommandLine.Lines(made.Output)[0].GetProperty("claim").GetString());
        Assert.Contains("claim \"The lighthouse of Pelm was lit again.\": outlet-joins", CommandLine.Run(["watches", "list", "--archive", stores.Location.Folder]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("either a query, a story or a claim is watched", "watches", "add", "Both", "--query", "bridge", "--story", "s1", "--when", "denial")]
    [InlineData("outlet-joins waits for outlets", "watches", "add", "Whose", "--query", "bridge", "--when", "outlet-joins")]
    [InlineData("a bracket is opened and not closed", "watches", "add", "Odd", "--query", "(bridge", "--when", "denial")]
    [InlineData("quiet is hours as 22:00-07:00", "watches", "add", "Night", "--query", "bridge", "--when", "denial", "--quiet", "late")]
    public void What_cannot_be_watched_is_told_and_not_kept(string expected, params string[] arguments)
    {
        using var stores = new Stores(Stores.Sqlite);
        ArchiveTests.Ingest(stores, News.Documents(112, 2));

        var (exitCode, error) = Refused([.. arguments, "--archive", stores.Location.Folder]);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        using var archive = stores.Open();
        Assert.Empty(archive.Watches.All());
    }

    private static (int ExitCode, string Error) Refused(string[] arguments)
    {
        var run = CommandLine.Run(arguments);
        return (run.ExitCode, run.Error);
    }
}
