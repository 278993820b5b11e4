using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Storage;
using Recoupe.Tests.Storage;

namespace Recoupe.Tests.Cli;

/// <summary>The commands on archives, as a user starts them.</summary>
public class ArchiveCommandTests
{
    // Kills a run of the tests: more of them by RECOUPE_TEST_KILLS.
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("RECOUPE_TEST_KILLS"), out var kills) ? kills : 3;

    public static TheoryData<string> Engines => Stores.Engines;

    [Fact]
    public void What_is_ingested_can_be_listed_and_shown_as_read_shows_it()
    {
        using var stores = new Stores(Stores.Sqlite);
        var archive = stores.Location.Folder;

        var ingest = CommandLine.Run(["ingest", "samples", "--archive", archive]);
        var stories = CommandLine.Run(["stories", "--archive", archive, "--json"]);
        var list = CommandLine.Run(["stories", "--archive", archive]);

        Assert.Equal((0, ""), (ingest.ExitCode, string.Join('\n', ingest.Error.Split('\n').Where(line => line.Length > 0 && !line.Contains("5 new")))));
        var story = CommandLine.Lines(ingest.Output).Select(line => line.GetProperty("story").GetString()!).Distinct().Count();
        Assert.InRange(story, 1, 5);
        var found = Assert.Single(CommandLine.Lines(stories.Output));
        Assert.Equal(5, found.GetProperty("articles").GetInt32());
        Assert.Contains($"{found.GetProperty("id").GetString()}  2026-05-1", list.Output, StringComparison.Ordinal);
        var dossier = CommandLine.Run(["dossier", found.GetProperty("id").GetString()!, "--archive", archive]);
        Assert.Equal(0, dossier.ExitCode);
        Assert.Equal(CommandLine.Run(["read", "samples"]).Output, dossier.Output);
    }

    [Theory]
    [InlineData("Three workers were injured during the evacuation of the Passe-Sud plant.", "en")]
    [InlineData("Trois ouvriers ont été blessés pendant l'évacuation de l'usine de la Passe-Sud.", "fr")]
    public void A_claim_is_checked_in_an_archive_as_in_files(string claim, string language)
    {
        using var stores = new Stores(Stores.Sqlite);
        var archive = stores.Location.Folder;
        CommandLine.Run(["ingest", "samples", "--archive", archive]);

        var ofFiles = CommandLine.Run(["check", claim, "samples"]);
        var ofArchive = CommandLine.Run(["check", claim, "--archive", archive, "--language", language]);

        Assert.Equal((0, ""), (ofFiles.ExitCode, ofFiles.Error));
        Assert.Equal(ofFiles.Output, ofArchive.Output);
        Assert.Contains("Claire Mazeret", ofFiles.Output, StringComparison.Ordinal);
        Assert.Contains("tells otherwise", ofFiles.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_asked_about_is_told()
    {
        Assert.Equal((2, "recoupe: the claim holds no words: write a sentence, as one would tell it\n"), (CommandLine.Run(["check", "?!", "samples"]).ExitCode, CommandLine.Run(["check", "?!", "samples"]).Error));
        Assert.Equal(1, CommandLine.Run(["check", "A bridge fell.", "--archive", Path.Combine(Path.GetTempPath(), "no-such-archive")]).ExitCode);
        Assert.Equal(1, CommandLine.Run(["check", "A bridge fell.", "no-such-file"]).ExitCode);
    }

    [Fact]
    public void A_second_run_finds_everything_known_and_rereading_changes_nothing()
    {
        using var stores = new Stores(Stores.Sqlite);
        var archive = stores.Location.Folder;
        CommandLine.Run(["ingest", "samples", "--archive", archive]);

        var again = CommandLine.Run(["ingest", "samples", "--archive", archive]);
        var reread = CommandLine.Run(["reread", "--archive", archive]);

        Assert.All(CommandLine.Lines(again.Output), line => Assert.Equal("known", line.GetProperty("outcome").GetString()));
        Assert.Contains("5 in the archive already", again.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (reread.ExitCode, reread.Output));
        Assert.Contains("5 articles read by 0.1.0-", reread.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Corrections_are_made_from_a_file_listed_exported_and_undone()
    {
        using var stores = new Stores(Stores.Sqlite);
        var archive = stores.Location.Folder;
        var article = CommandLine.Id(CommandLine.Run(["ingest", "samples", "--archive", archive]).Output.Split('\n')[0]);
        var file = System.Text.Encoding.UTF8.GetBytes($$"""[{"kind":"article","article":"{{article}}","outlet":"La Gazette de Tivray"},{"kind":"star","article":"{{article}}"}]""");
        CommandLine.Result Corrections(params string[] arguments) => CommandLine.Run(["corrections", .. arguments, "--archive", archive], file);

        var preview = Corrections("add", "-", "--preview");
        Assert.Contains("becomes La Gazette de Tivray", preview.Output, StringComparison.Ordinal);
        Assert.Equal("", Corrections("list").Output);
        Assert.Equal(0, Corrections("add", "-", "--by", "Ines", "--why", "signed below").ExitCode);
        var listed = CommandLine.Lines(Corrections("list", "--json").Output);
        Assert.Equal([2, 1], listed.Select(line => line.GetProperty("number").GetInt32()));
        Assert.All(listed, line => Assert.Equal(("Ines", "signed below"), (line.GetProperty("who").GetString(), line.GetProperty("why").GetString())));
        Assert.Equal(
            System.Text.Encoding.UTF8.GetString(file), string.Concat(Corrections("export").Output.Split('\n').Select(line => line.Trim())));
        Assert.Contains("La Gazette de Tivray becomes", Corrections("undo", "1", "--preview").Output, StringComparison.Ordinal);
        Assert.Contains("undone", Corrections("undo", "1", "2").Output, StringComparison.Ordinal);
        Assert.Equal("[]", string.Concat(Corrections("export").Output.Split('\n')));
        var again = Corrections("undo", "1");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("correction 1 was undone at", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stories")]
    [InlineData("corrections", "list")]
    [InlineData("reread")]
    [InlineData("dossier", "s000000000000")]
    public void Without_an_archive_it_is_said_how_to_make_one(params string[] command)
    {
        var run = CommandLine.Run([.. command, "--archive", "/tmp/recoupe-there-is-none"]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal("recoupe: there is no archive in /tmp/recoupe-there-is-none: \"recoupe ingest PATH\" makes one\n", run.Error);
    }

    [Fact]
    public void A_story_that_is_not_there_and_an_archive_that_cannot_be_written_are_told()
    {
        using var stores = new Stores(Stores.Sqlite);
        CommandLine.Run(["ingest", "samples", "--archive", stores.Location.Folder]);

        var none = CommandLine.Run(["dossier", "s000000000000", "--archive", stores.Location.Folder]);
        var unwritable = CommandLine.Run(["ingest", "samples", "--archive", "/proc/nowhere"]);

        Assert.Equal((1, "recoupe: the archive has no story s000000000000: \"recoupe stories\" lists them\n"), (none.ExitCode, none.Error));
        Assert.Equal(1, unwritable.ExitCode);
        Assert.StartsWith("recoupe: /proc/nowhere cannot be opened: ", unwritable.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", unwritable.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_run_that_is_killed_has_lost_nothing_that_it_told_and_left_nothing_twice(string engine)
    {
        var documents = News.Documents(21, 120);
        using var stores = new Stores(engine);
        var file = Path.Combine(stores.Location.Folder, "news.jsonl");
        File.WriteAllLines(file, documents.Select(JsonLine));
        var random = new Random(21);
        var told = new HashSet<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            var least = random.Next(3) == 0 ? 0 : random.Next(1, 100);
            told.UnionWith(CommandLine.RunAndKill(["ingest", file, "--archive", Written(stores)], least, random.Next(0, 1500)));
            using var archive = stores.Open();
            Assert.All(told, id => Assert.NotNull(archive.Document(new ArticleId(id))));
            using (archive.Write())
            {
                // Opens clean, and places again what the state did not hold.
            }
        }

        var last = CommandLine.Run(["ingest", file, "--archive", Written(stores)], seconds: 300);
        Assert.True(last.ExitCode == 0, last.Error);

        using var whole = new Stores(engine);
        ArchiveTests.Ingest(whole, [.. DocumentReader.Read([file], TestContext.Current.CancellationToken).Select(intake => intake.Document!)]);
        using var one = stores.Open();
        using var other = whole.Open();
        Assert.Equal(documents.Count, one.Figures().Articles);
        Assert.Equal(other.Figures().Statements, one.Figures().Statements);
        using (var writer = one.Write())
            writer.Settle(TestContext.Current.CancellationToken);
        Assert.Equal(Groups(other), Groups(one));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_killed_batch_of_corrections_is_made_whole_or_not_at_all(string engine)
    {
        using var stores = new Stores(engine);
        var articles = ArchiveTests.Ingest(stores, News.Documents(91, 12)).Select(item => item.Article!.Value).ToList();
        var random = new Random(91);
        for (var kill = 0; kill < Kills; kill++)
        {
            var file = Path.Combine(stores.Location.Folder, $"corrections{kill}.json");
            File.WriteAllText(file, $"[{string.Join(',', articles.Select(id => $$"""{"kind":"article","article":"{{id}}","outlet":"Outlet {{kill}}"}"""))}]");
            using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", [CommandLine.Program, "corrections", "add", file, "--archive", Written(stores)])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            process.WaitForExit(random.Next(100, 2500));
            process.Kill();
            process.WaitForExit();
        }

        using var archive = stores.Open();
        var batches = archive.Corrections.Holding().GroupBy(kept => kept.Batch).ToList();
        Assert.All(batches, batch => Assert.Equal(articles.Count, batch.Count()));
        // All tell of the last batch that was made, or none was.
        var outlets = archive.Articles(new ArticleFilter(), 50).Items.Select(article => article.Outlet!).Distinct().ToList();
        Assert.Equal(batches.Count == 0, outlets.Exists(outlet => !outlet.StartsWith("Outlet ", StringComparison.Ordinal)));
        Assert.True(batches.Count == 0 || outlets.Count == 1);
        Assert.Equal(0, CommandLine.Run(["corrections", "list", "--archive", Written(stores)]).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_killed_rereading_has_changed_all_or_nothing(string engine)
    {
        using var stores = new Stores(engine);
        var articles = ArchiveTests.Ingest(stores, News.Documents(92, 60)).Count;
        List<string> before;
        using (var archive = stores.Open())
            before = ArchiveTests.Stories(archive);
        var random = new Random(92);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var archive = stores.Open();
            using (var connection = archive.Database.Connect())
            {
                connection.Execute(null, "UPDATE articles SET stamp = 'another engine'");
                connection.Execute(null, $"DELETE FROM totals WHERE name LIKE '{CountRows.EngineTotals}%'");
                connection.Execute(null, "INSERT INTO totals (name, counted) VALUES (@name, @count)", ("name", CountRows.ReadBy("another engine")), ("count", articles));
            }

            CommandLine.RunAndKill(["reread", "--archive", Written(stores)], 0, random.Next(300, 3000));
            Assert.Contains(archive.Figures().Stale, new long[] { 0, articles });
            Assert.Equal(before, ArchiveTests.Stories(archive));
        }

        Assert.Equal(0, CommandLine.Run(["reread", "--archive", Written(stores)]).ExitCode);
        using var last = stores.Open();
        Assert.Equal(0, last.Figures().Stale);
        last.Write().Dispose();
    }

    [Fact]
    public async Task A_full_disk_is_told_in_plain_words_and_what_was_told_before_is_there()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit of a file's size that stands for a full disk is set by a shell");
        using var stores = new Stores(Stores.Sqlite);
        var (file, archive) = (Path.Combine(stores.Location.Folder, "news.jsonl"), Path.Combine(stores.Location.Folder, "archive"));
        File.WriteAllLines(file, News.Documents(93, 400).Select(JsonLine));
        Assert.Equal(0, CommandLine.Run(["stories", "--archive", CreatedAt(archive)]).ExitCode);
        // No file may grow beyond 600 KB; the runtime maps its own memory as one.
        var start = new System.Diagnostics.ProcessStartInfo(
            "/bin/sh", ["-c", "trap '' XFSZ; ulimit -f 1200; exec dotnet \"$0\" \"$@\"", CommandLine.Program, "ingest", file, "--archive", archive])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = System.Diagnostics.Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var told = CommandLine.Lines(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Select(line => line.GetProperty("id").GetString()!).ToList();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var words = await error;
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("recoupe: the archive cannot be read or written: ", words, StringComparison.Ordinal);
        Assert.Contains("run the command again when that is mended", words, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", words, StringComparison.Ordinal);
        using (var half = Archive.Open(new ArchiveLocation(archive), create: false))
            Assert.All(told, id => Assert.NotNull(half.Document(new ArticleId(id))));
        Assert.Equal(0, CommandLine.Run(["ingest", file, "--archive", archive]).ExitCode);
        using var whole = Archive.Open(new ArchiveLocation(archive), create: false);
        Assert.Equal(400, whole.Figures().Articles);
    }

    private static string CreatedAt(string folder)
    {
        Archive.Open(new ArchiveLocation(folder), create: true).Dispose();
        return folder;
    }

    // Stories by their articles: their names may come from another order of settling.
    private static List<string> Groups(Archive archive) => [.. ArchiveTests.Stories(archive).Select(story => string.Join(' ', story.Split(' ')[2..])).Order()];

    private static string Written(Stores stores) => stores.Location.Postgres ?? stores.Location.Folder;

    private static string JsonLine(Document document) => JsonSerializer.Serialize(new Dictionary<string, string?>
    {
        ["url"] = document.Url, ["title"] = document.Title, ["outlet"] = document.Outlet, ["language"] = document.Language, ["published"] = document.Published.ToString(),
        ["text"] = document.Content,
    });
}
