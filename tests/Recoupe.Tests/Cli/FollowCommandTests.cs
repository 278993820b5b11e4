using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

using Recoupe.Articles;
using Recoupe.Storage;
using Recoupe.Tests.Feeds;
using Recoupe.Tests.Fetches;
using Recoupe.Tests.Storage;

namespace Recoupe.Tests.Cli;

/// <summary><c>feeds</c>, <c>follow</c> and <c>versions</c>, as a user starts them, against a real web on loopback.</summary>
public sealed class FollowCommandTests
{
    // Kills a run of the tests: more of them by RECOUPE_TEST_KILLS.
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("RECOUPE_TEST_KILLS"), out var kills) ? kills : 4;

    [Fact]
    public async Task Ingest_fetches_addresses_beside_files_and_names_what_it_cannot_have()
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        new Paper(web, "127.0.0.1").Write("/a", "The council of Arvel voted on the bridge on Tuesday.");
        var page = web.Address("/a", "127.0.0.1");

        var taken = Run(stores, "ingest", "samples/radio-orve.txt", page, web.Address("/none", "127.0.0.1"), "samples/gazette-des-iles.txt", "--allow", $"127.0.0.1:{web.Port}");
        var refused = Run(stores, "ingest", page);

        Assert.Equal(["samples/radio-orve.txt", page, "samples/gazette-des-iles.txt"], CommandLine.Lines(taken.Output).Select(line => line.GetProperty("source").GetString()));
        Assert.Equal(1, taken.ExitCode);
        Assert.Contains("is not there (404)", taken.Error, StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal("", refused.Output);
    }

    [Fact]
    public async Task Feeds_are_added_listed_exported_imported_and_removed()
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        using var other = new Stores(Stores.Sqlite);
        new Paper(web, "127.0.0.1").Write("/a", "The council of Arvel voted on the bridge on Tuesday.");
        var feed = web.Address("/feed", "127.0.0.1");

        var added = Run(stores, "feeds", "add", feed, "https://lamp.example/rss", "ftp://no.example/");
        var once = Run(stores, "feeds", "add", feed, "--title", "Again");
        var follow = Run(stores, "follow", "--once", "--delay", "0", "--allow", $"127.0.0.1:{web.Port}");
        var list = Run(stores, "feeds", "list");
        var opml = Run(stores, "feeds", "export");
        var file = Path.Combine(stores.Location.Folder, "feeds.opml");
        await File.WriteAllTextAsync(file, opml.Output, TestContext.Current.CancellationToken);
        var imported = Run(other, "feeds", "import", file);
        var removed = Run(stores, "feeds", "remove", feed, "https://nobody.example/");
        var left = Run(stores, "feeds", "list", "--json");

        Assert.Equal((1, "recoupe: ftp://no.example/: is no address of the web (http:// or https://, without name and password)\nrecoupe: 2 added\n"), (added.ExitCode, added.Error));
        Assert.Equal((0, "recoupe: 0 added, 1 followed already\n"), (once.ExitCode, once.Error));
        Assert.Equal(1, follow.ExitCode);
        Assert.Contains("recoupe: https://lamp.example/rss: ", follow.Error, StringComparison.Ordinal);
        Assert.EndsWith("recoupe: 1 feeds read, 1 not; 1 new\n", follow.Error, StringComparison.Ordinal);
        Assert.Equal("new", CommandLine.Lines(follow.Output).Single().GetProperty("outcome").GetString());
        Assert.Matches($@"^{feed}  The paper\n    read 2\S+ \S+, silent since 2\S+ \S+\nhttps://lamp.example/rss  \(no title\)\n    failing \(1 times, last [^)]+\): ", list.Output);
        Assert.Equal((0, "recoupe: 2 added\n"), (imported.ExitCode, imported.Error));
        Assert.Equal((1, "recoupe: https://nobody.example/: is not followed: \"recoupe feeds list\" shows what is\n"), (removed.ExitCode, removed.Error));
        Assert.Equal(["https://lamp.example/rss"], CommandLine.Lines(left.Output).Select(line => line.GetProperty("address").GetString()));
    }

    [Fact]
    public async Task Versions_show_what_changed_and_that_it_was_withdrawn()
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        var paper = new Paper(web, "127.0.0.1");
        var clock = new SetClock();
        ArticleId id;
        using (var archive = stores.Open())
        {
            archive.Feeds.Add(web.Address("/feed", "127.0.0.1"), null, clock.Now);
            paper.Write("/a", "The storm killed 3 people in the valley of Arvel.");
            await FollowerTests.FollowAsync(archive, web, clock);
            paper.Write("/a", "The storm killed 5 people in the valley of Arvel.");
            clock.Now += TimeSpan.FromHours(2);
            await FollowerTests.FollowAsync(archive, web, clock);
            web.Status("/a", 404, "127.0.0.1");
            clock.Now += TimeSpan.FromHours(2);
            await FollowerTests.FollowAsync(archive, web, clock);
            id = archive.Articles(new ArticleFilter(), 1).Items[0].Id;
        }

        var text = Run(stores, "versions", id.Value);
        var json = Run(stores, "versions", id.Value, "--json");
        var none = Run(stores, "versions", "a0");

        Assert.Equal(0, text.ExitCode);
        Assert.Matches(@"^a\S+  2026-03-01T08:00:00Z  .*\na\S+  2026-03-01T10:00:00Z  .*\n    number\n      - 3\n      \+ 5\nwithdrawn since 2026-03-01T12:00:00Z\n$", text.Output);
        var lines = CommandLine.Lines(json.Output);
        Assert.Equal(["number"], lines[1].GetProperty("changes").EnumerateArray().Select(change => change.GetString()));
        Assert.Equal(("3", "5"), (lines[1].GetProperty("words")[0].GetProperty("before_words").GetString(), lines[1].GetProperty("words")[0].GetProperty("after_words").GetString()));
        Assert.Equal("withdrawn", lines[2].GetProperty("changes")[0].GetString());
        Assert.Equal((1, "recoupe: the archive has no article a0\n"), (none.ExitCode, none.Error));
    }

    [Theory]
    [InlineData("follow.md", "follow")]
    [InlineData("follow.md", "versions")]
    [InlineData("follow.md", "feeds add")]
    [InlineData("follow.md", "feeds remove")]
    [InlineData("follow.md", "feeds list")]
    [InlineData("follow.md", "feeds import")]
    [InlineData("follow.md", "feeds export")]
    [InlineData("archive.md", "ingest")]
    [InlineData("archive.md", "stories")]
    [InlineData("archive.md", "dossier")]
    [InlineData("archive.md", "search")]
    [InlineData("archive.md", "reread")]
    [InlineData("archive.md", "captures")]
    [InlineData("archive.md", "corrections add")]
    [InlineData("archive.md", "corrections list")]
    [InlineData("archive.md", "corrections undo")]
    [InlineData("archive.md", "corrections export")]
    [InlineData("archive.md", "erase")]
    [InlineData("archive.md", "erasures")]
    [InlineData("archive.md", "retention set")]
    [InlineData("archive.md", "retention remove")]
    [InlineData("archive.md", "retention list")]
    [InlineData("archive.md", "retention apply")]
    [InlineData("service.md", "serve")]
    [InlineData("service.md", "mcp")]
    [InlineData("service.md", "accounts add")]
    [InlineData("service.md", "accounts list")]
    [InlineData("service.md", "accounts role")]
    [InlineData("service.md", "accounts password")]
    [InlineData("service.md", "accounts disable")]
    [InlineData("service.md", "accounts token")]
    [InlineData("service.md", "accounts tokens")]
    [InlineData("service.md", "watches add")]
    [InlineData("service.md", "watches remove")]
    [InlineData("service.md", "watches list")]
    [InlineData("service.md", "watches alerts")]
    public void Every_command_and_option_stands_in_the_docs(string page, string command)
    {
        var docs = File.ReadAllText(Path.Combine(Repository.Root, "docs", page));
        var options = Options(CommandLine.Run([.. command.Split(' '), "--help"]).Output).Except(["--help", "--version"]).ToList();

        Assert.Contains($"recoupe {command}", docs, StringComparison.Ordinal);
        Assert.Contains("--archive", options);
        Assert.All(options, option => Assert.Contains(option, docs, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("follow.md", "follow", "versions", "feeds add", "feeds list", "serve", "ingest")]
    [InlineData("archive.md", "ingest", "stories", "dossier", "search", "reread", "corrections add", "corrections list", "corrections undo", "read", "erase", "retention set")]
    [InlineData("service.md", "serve", "accounts add", "accounts token", "watches add", "watches alerts", "watches list")]
    public void Every_option_in_the_docs_is_one_of_the_program(string page, params string[] commands)
    {
        var docs = File.ReadAllText(Path.Combine(Repository.Root, "docs", page));

        Assert.Subset(commands.SelectMany(command => Options(CommandLine.Run([.. command.Split(' '), "--help"]).Output)).ToHashSet(), Options(docs));
    }

    [Fact]
    public void What_cannot_be_followed_is_told()
    {
        using var stores = new Stores(Stores.Sqlite);
        stores.Open().Dispose();

        Assert.Equal(
            (1, $"recoupe: {stores.Location.Folder} follows no feeds: \"recoupe feeds add ADDRESS\" adds one\n"),
            (Run(stores, "follow", "--once").ExitCode, Run(stores, "follow", "--once").Error));
        Assert.Equal(2, Run(stores, "follow", "--allow", "localhost").ExitCode);
        Assert.Equal(2, Run(stores, "follow", "--delay", "-1").ExitCode);
        Assert.Equal(2, Run(stores, "follow", "--hosts", "0").ExitCode);
        Assert.Equal(2, Run(stores, "follow", "--every", "0").ExitCode);
    }

    [Fact]
    public async Task A_run_that_is_killed_has_lost_nothing_that_it_told_and_left_nothing_twice()
    {
        await using var web = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        var paper = new Paper(web, "127.0.0.1");
        for (var i = 0; i < 80; i++)
            paper.Write($"/{i}", $"The council of Arvel voted on bridge number {i} on Tuesday.");
        Run(stores, "feeds", "add", web.Address("/feed", "127.0.0.1"));
        string[] command = ["follow", "--once", "--delay", "0", "--allow", "127.0.0.1", "--archive", stores.Location.Folder];
        var random = new Random(15);
        var told = new HashSet<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            told.UnionWith(CommandLine.RunAndKill(command, random.Next(0, 25), random.Next(0, 400)));
            using var archive = stores.Open();
            Assert.All(told, id => Assert.NotNull(archive.Document(new ArticleId(id))));
        }

        var rest = CommandLine.Run(command);

        using var whole = stores.Open();
        Assert.Equal(0, rest.ExitCode);
        Assert.Equal(80, whole.Figures().Articles);
        Assert.Empty(whole.Feeds.DuePages(TimeProvider.System.GetUtcNow(), DateTimeOffset.MaxValue, 100));
        Assert.Equal(80, whole.Articles(new ArticleFilter(), 200).Items.Count(article => whole.Feeds.PageOf(article.Id) is not null));
    }

    // Minutes of it: by RECOUPE_TEST_SITES, for its limits of time are those of a user.
    [Fact]
    public async Task Among_many_hostile_sites_the_program_reads_the_others_in_bounded_memory()
    {
        Assert.SkipUnless(
            int.TryParse(Environment.GetEnvironmentVariable("RECOUPE_TEST_SITES"), out var sites) && sites is > 2 and <= 400, "set RECOUPE_TEST_SITES, 300 for all");
        IPAddress[] hosts = [.. Enumerable.Range(0, sites).Select(i => new IPAddress([127, 0, (byte)(1 + i / 200), (byte)(1 + i % 200)]))];
        await using var web = await TestWeb.StartAsync(hosts, 18_740);
        await using var inside = await TestWeb.StartAsync();
        using var stores = new Stores(Stores.Sqlite);
        var hostile = new HostileWeb(web, inside.Port);
        using (var archive = stores.Open())
        {
            for (var i = 0; i < sites; i++)
            {
                var host = hosts[i].ToString();
                if (i % 3 == 0)
                    new Paper(web, host).Write("/a", $"The council of Arvel voted on bridge number {i} on Tuesday.");
                else
                    hostile.Add(host, i);
                archive.Feeds.Add(web.Address("/feed", host), null, DateTimeOffset.UnixEpoch);
            }
        }

        var start = new ProcessStartInfo("dotnet", [CommandLine.Program, "follow", "--once", "--allow", "127.0.1.0/24", "--allow", "127.0.2.0/24", "--archive", stores.Location.Folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = 0L;
        while (!process.WaitForExit(100))
            peak = Math.Max(peak, PeakOf(process.Id) ?? peak);

        using var whole = stores.Open();
        TestContext.Current.TestOutputHelper!.WriteLine($"{sites} sites, peak {peak >> 10} MB\n{await error}");
        Assert.Equal((sites + 2) / 3, whole.Figures().Articles);
        Assert.Equal((sites + 2) / 3, CommandLine.Lines(await output).Count);
        Assert.Empty(inside.Asked);
        Assert.InRange(peak, 1, 500 << 10);
    }

    // In KiB; null where it has ended meanwhile.
    private static long? PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0]);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static HashSet<string> Options(string text) =>
        [.. Regex.Matches(text, "(?<![\\w-])--[a-z][a-z-]*", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value)];

    private static CommandLine.Result Run(Stores stores, params string[] command) => CommandLine.Run([.. command, "--archive", stores.Location.Folder]);

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
