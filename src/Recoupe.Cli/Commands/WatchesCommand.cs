using System.CommandLine;
using System.Text;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Watches;

namespace Recoupe.Cli.Commands;

/// <summary><c>watches</c>: what is waited for in an archive. <c>recoupe serve</c> looks for it, and sends what happens.</summary>
internal static class WatchesCommand
{
    // Who makes it on this machine is one with who asks the service there.
    private const string Owner = "local";

    private const int Shown = 50;

    private static readonly string[] Conditions = [.. Enum.GetValues<WatchCondition>().Select(ArticleJson.Name)];

    public static Command Create() => new("watches", "What is waited for in an archive: \"recoupe serve\" looks for it and sends it") { Add(), Remove(), List(), Alerts() };

    private static Command Add()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var title = new Argument<string>("TITLE") { Description = "What it is for, in a few words" };
        var query = new Option<string?>("--query") { Description = "Watches the stories of articles that fit this query, as for \"search\"", HelpName = "QUERY" };
        var story = new Option<string?>("--story") { Description = "Watches this story", HelpName = "ID" };
        var claim = new Option<string?>("--claim") { Description = "Watches who tells this claim, in whatever words, and how many origins stand behind it", HelpName = "CLAIM" };
        var conditions = new Option<string[]>("--when") { Description = "What is waited for; may be given again", Required = true };
        conditions.AcceptOnlyFromAmong(Conditions);
        var outlets = new Option<string[]>("--outlet") { Description = "An outlet that outlet-joins waits for; may be given again", HelpName = "NAME" };
        var webhook = new Option<string?>("--webhook") { Description = "Where it is posted to, signed", HelpName = "ADDRESS" };
        var mail = new Option<string?>("--mail") { Description = "Where it is mailed to", HelpName = "ADDRESS" };
        var quiet = new Option<string?>("--quiet") { Description = "When nothing is sent: 22:00-07:00", HelpName = "HOURS" };
        var zone = new Option<string?>("--zone") { Description = "The time zone of --quiet (Europe/Paris); UTC unless you say otherwise", HelpName = "ZONE" };
        var cap = new Option<int>("--cap") { Description = "How many messages a day are sent at most", HelpName = "N", DefaultValueFactory = _ => 24 };
        var command = new Command("add", "Watches a query, a story or a claim from now on; prints its id, the path of its Atom feed and what its posts are signed with")
        {
            title, query, story, claim, conditions, outlets, webhook, mail, quiet, zone, cap, archive,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            return Add(opened, new Watch
            {
                Id = "", Owner = Owner, Title = parsed.GetRequiredValue(title), Query = parsed.GetValue(query), Story = parsed.GetValue(story) is { } id ? new StoryId(id) : null, Claim = parsed.GetValue(claim),
                Conditions = [.. parsed.GetRequiredValue(conditions).Distinct().Select(name => WatchShelf.ConditionOf(name)!.Value)], Outlets = [.. parsed.GetValue(outlets) ?? []],
                Webhook = parsed.GetValue(webhook), Mail = parsed.GetValue(mail), Quiet = parsed.GetValue(quiet), Zone = parsed.GetValue(zone), Cap = parsed.GetValue(cap),
            }, cancellationToken);
        })));
        return command;
    }

    private static int Add(Archive archive, Watch watch, CancellationToken cancellationToken)
    {
        var wrong = WatchRules.Wrong(archive, watch) ?? (watch.Mail is { } mail && !mail.Contains('@', StringComparison.Ordinal) ? $"{mail} is no mail address" : null);
        if (wrong is not null)
        {
            Console.Error.WriteLine($"recoupe: {wrong}");
            return 2;
        }

        using var index = new SearchIndex(archive);
        try
        {
            if (watch.Story is null)
                index.Update(points: false, cancellationToken);
            if (watch.Query is { } query)
            {
                index.Find(query, SearchKind.Articles, SearchOrder.Time, 1); // what is wrong with it is told before it is kept
            }

            var kept = archive.Watches.Add(watch, TimeProvider.System.GetUtcNow());
            new WatchRound(archive, (asked, order, most, _) => index.Find(asked, SearchKind.Articles, order, most).Hits).Begin(kept, cancellationToken);
            using var output = Console.OpenStandardOutput();
            output.Write(Line(kept));
            return 0;
        }
        catch (SearchException failure)
        {
            Console.Error.WriteLine($"recoupe: {failure.Message}");
            return 2;
        }
    }

    private static Command Remove()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var id = IdArgument();
        var command = new Command("remove", "Watches no longer, and forgets what was told") { id, archive };
        command.SetAction((parsed, _) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            return opened.Watches.Remove(parsed.GetRequiredValue(id)) ? 0 : Unknown(parsed.GetRequiredValue(id));
        })));
        return command;
    }

    private static Command List()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var json = new Option<bool>("--json") { Description = "One JSON line a watch instead of text" };
        var command = new Command("list", "Lists the watches, those of accounts among them") { archive, json };
        command.SetAction((parsed, _) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            using var output = Console.OpenStandardOutput();
            foreach (var watch in opened.Watches.All())
                output.Write(parsed.GetValue(json) ? Line(watch) : Encoding.UTF8.GetBytes($"{watch.Id}  {watch.Owner}  {ShownText.Line(watch.Title)}\n    {Subject(watch)}: {Names(watch)}\n"));
            return 0;
        })));
        return command;
    }

    private static Command Alerts()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var id = IdArgument();
        var most = new Option<int>("--limit") { Description = "How many", HelpName = "N", DefaultValueFactory = _ => Shown };
        var after = new Option<string?>("--after") { Description = "Goes on behind a list that was cut: what it ended with", HelpName = "CURSOR" };
        var command = new Command("alerts", "Prints what a watch told, the last first, as JSON lines") { id, most, after, archive };
        command.SetAction((parsed, _) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            if (opened.Watches.Find(parsed.GetRequiredValue(id)) is not { } watch)
                return Unknown(parsed.GetRequiredValue(id));
            var page = opened.Watches.Alerts(watch.Id, Math.Max(1, parsed.GetValue(most)), parsed.GetValue(after));
            using var output = Console.OpenStandardOutput();
            foreach (var alert in page.Items)
            {
                output.Write(ArchiveCommands.Line(line =>
                {
                    line.WriteNumber("number", alert.Number);
                    line.WriteString("at", alert.At);
                    line.WriteString("condition", ArticleJson.Name(alert.Condition));
                    line.WriteString("story", alert.Story.Value);
                    line.WritePropertyName("alert");
                    line.WriteRawValue(alert.Body);
                }));
            }

            if (page.Next is { } next)
                Console.Error.WriteLine($"recoupe: more: --after {next}");
            return 0;
        })));
        return command;
    }

    private static Argument<string> IdArgument() => new("ID") { Description = "The watch, as \"watches list\" prints it" };

    private static int Unknown(string id)
    {
        Console.Error.WriteLine($"recoupe: there is no watch {id}: \"recoupe watches list\" shows what there is");
        return 1;
    }

    private static string Subject(Watch watch) => watch.Story is { } story ? $"story {story}" : watch.Claim is { } claim ? $"claim \"{ShownText.Line(claim)}\"" : ShownText.Line(watch.Query!);

    private static string Names(Watch watch) => string.Join(", ", watch.Conditions.Select(ArticleJson.Name));

    private static byte[] Line(Watch watch) => ArchiveCommands.Line(json =>
    {
        json.WriteString("id", watch.Id);
        json.WriteString("owner", watch.Owner);
        json.WriteString("title", watch.Title);
        json.WriteString("query", watch.Query);
        json.WriteString("story", watch.Story?.Value);
        json.WriteString("claim", watch.Claim);
        json.WriteStartArray("conditions");
        foreach (var condition in watch.Conditions)
            json.WriteStringValue(ArticleJson.Name(condition));
        json.WriteEndArray();
        json.WriteString("feed", $"/feeds/{watch.Feed}.atom");
        json.WriteString("secret", watch.Webhook is null ? null : watch.Secret);
    });
}
