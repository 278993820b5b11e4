using System.CommandLine;
using System.Text;

using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Feeds;
using Recoupe.Storage;

namespace Recoupe.Cli.Commands;

/// <summary><c>feeds</c>: the feeds that an archive follows.</summary>
internal static class FeedCommands
{
    // A list of feeds that is longer is none.
    private const int LongestList = 16 << 20;

    public static Command Create() => new("feeds", "The feeds that an archive follows: RSS, Atom, JSON Feed, news sitemaps")
    {
        Add(), Remove(), List(), Import(), Export(),
    };

    private static Command Add()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var addresses = new Argument<string[]>("ADDRESS") { Description = "Its address (https://…)", Arity = ArgumentArity.OneOrMore };
        var title = new Option<string?>("--title") { Description = "What you call it; by default its own title", HelpName = "TEXT" };
        var command = new Command("add", "Follows feeds from now on; \"recoupe follow\" reads them") { addresses, archive, title };
        command.SetAction((parsed, _) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: true);
            return Add(opened, parsed.GetRequiredValue(addresses).Select(address => (address, parsed.GetValue(title))));
        })));
        return command;
    }

    private static Command Remove()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var addresses = new Argument<string[]>("ADDRESS")
        {
            Description = "Its address, as \"feeds list\" prints it", Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("remove", "Follows feeds no longer; what they brought stays") { addresses, archive };
        command.SetAction((parsed, _) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            var unknown = parsed.GetRequiredValue(addresses).Where(address => !opened.Feeds.Remove(address)).ToList();
            foreach (var address in unknown)
                Console.Error.WriteLine($"recoupe: {address}: is not followed: \"recoupe feeds list\" shows what is");
            return unknown.Count == 0 ? 0 : 1;
        })));
        return command;
    }

    private static Command List()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var json = new Option<bool>("--json") { Description = "One JSON line a feed instead of text" };
        const string About = "Lists the feeds and how they fare: last read, last failure and why, silent since";
        var command = new Command("list", About) { archive, json };
        command.SetAction((parsed, _) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            using var output = Console.OpenStandardOutput();
            foreach (var feed in opened.Feeds.All())
                output.Write(parsed.GetValue(json) ? Line(feed) : Encoding.UTF8.GetBytes(Shown(feed)));
            return 0;
        })));
        return command;
    }

    private static Command Import()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var path = new Argument<string>("FILE") { Description = "A list of feeds (OPML), as feed readers export it" };
        var command = new Command("import", "Follows the feeds of a list (OPML) from now on") { path, archive };
        command.SetAction((parsed, _) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            var file = new FileInfo(parsed.GetRequiredValue(path));
            if (file.Exists && file.Length > LongestList)
                throw new ArchiveException($"{file} is longer than {LongestList >> 20} MiB: that is no list of feeds");
            var feeds = Opml.Read(TextDecoder.Decode(File.ReadAllBytes(file.FullName), null, []));
            if (feeds.Count == 0)
                throw new ArchiveException($"{file} names no feeds: a list of feeds is OPML with an xmlUrl for each");
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: true);
            return Add(opened, feeds);
        })));
        return command;
    }

    private static Command Export()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var command = new Command("export", "Prints the feeds as a list that feed readers import (OPML)") { archive };
        command.SetAction((parsed, _) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            using var output = Console.OpenStandardOutput();
            output.Write(Encoding.UTF8.GetBytes(Opml.Write(opened.Feeds.All().Select(feed => (feed.Address, feed.Title)))));
            return 0;
        })));
        return command;
    }

    private static int Add(Archive archive, IEnumerable<(string Address, string? Title)> feeds)
    {
        var exitCode = 0;
        var (added, known) = (0, 0);
        foreach (var (written, title) in feeds)
        {
            if (FeedShelf.AddressOf(written) is not { } address)
            {
                Console.Error.WriteLine($"recoupe: {written}: is no address of the web (http:// or https://, without name and password)");
                exitCode = 1;
            }
            else if (archive.Feeds.Add(address, title, TimeProvider.System.GetUtcNow()))
            {
                added++;
            }
            else
            {
                known++;
            }
        }

        Console.Error.WriteLine($"recoupe: {added} added{(known > 0 ? $", {known} followed already" : "")}");
        return exitCode;
    }

    private static byte[] Line(FollowedFeed feed) => ArchiveCommands.Line(json =>
    {
        json.WriteString("address", feed.Address);
        json.WriteString("title", feed.Title);
        json.WriteString("added", feed.Added);
        json.WriteString("due", feed.Due);
        json.WriteString("read", feed.Succeeded);
        json.WriteString("failed", feed.Failed);
        json.WriteString("failure", feed.Failure);
        json.WriteNumber("failures", feed.Failures);
        json.WriteString("silent_since", feed.Newest);
    });

    private static string Shown(FollowedFeed feed)
    {
        var state = feed switch
        {
            { Failures: > 0 } => $"failing ({feed.Failures} times, last {Minute(feed.Failed!)}): {feed.Failure}",
            { Succeeded: null } => "not read yet",
            { Newest: null } => $"read {Minute(feed.Succeeded)}, nothing yet",
            _ => $"read {Minute(feed.Succeeded)}, silent since {Minute(feed.Newest)}",
        };
        return $"{feed.Address}  {(feed.Title is { } title ? ShownText.Line(title) : "(no title)")}\n    {state}\n";
    }

    private static string Minute(string time) => $"{time[..10]} {time[11..16]}";
}
