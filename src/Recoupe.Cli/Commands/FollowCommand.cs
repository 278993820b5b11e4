using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

using Recoupe.Feeds;
using Recoupe.Fetches;
using Recoupe.Storage;

namespace Recoupe.Cli.Commands;

/// <summary><c>follow</c>: fetches what the feeds of an archive bring, and takes it in.</summary>
internal static class FollowCommand
{
    public static Command Create()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var threads = Threads.Option();
        var once = new Option<bool>("--once")
        {
            Description = "Reads every feed and fetches all that is due, then ends; otherwise it goes on until it is stopped",
        };
        var allow = FetchArguments.AllowOption();
        var delay = Positive(new Option<double>("--delay")
        {
            Description = "Seconds between two requests to one host", HelpName = "SECONDS",
            DefaultValueFactory = _ => new FetchOptions().LeastDelay.TotalSeconds,
        }, least: 0, most: 3600);
        var hosts = Positive(new Option<int>("--hosts")
        {
            Description = "How many hosts are asked at once", HelpName = "N", DefaultValueFactory = _ => new FollowOptions().Hosts,
        }, least: 1, most: 256);
        var every = Positive(new Option<double>("--every")
        {
            Description = "Minutes between two looks at a feed that brings something new", HelpName = "MINUTES",
            DefaultValueFactory = _ => new FollowOptions().Every.TotalMinutes,
        }, least: 1, most: 10_000);
        var reserved = FetchArguments.ReservedOption();
        const string About = "Reads the feeds of an archive, fetches what they name, takes it in, and looks at it again for changes; "
            + "prints one JSON line for each when it is safe on the disk";
        var command = new Command("follow", About)
        {
            archive, once, allow, delay, hosts, every, reserved, threads,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () => ArchiveCommands.Guard(() =>
            {
                var options = new FollowOptions
                {
                    Hosts = parsed.GetValue(hosts),
                    Every = TimeSpan.FromMinutes(parsed.GetValue(every)),
                    TakesReserved = parsed.GetValue(reserved),
                    Fetches = FetchArguments.Allowing(parsed.GetRequiredValue(allow)) with
                    {
                        LeastDelay = TimeSpan.FromSeconds(parsed.GetValue(delay)),
                    },
                };
                using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
                return Follow(opened, options, parsed.GetValue(threads), parsed.GetValue(once), cancellationToken);
            }),
            CancellationToken.None));
        return command;
    }

    private static int Follow(Archive archive, FollowOptions options, int threads, bool once, CancellationToken cancellationToken)
    {
        if (archive.Feeds.All().Count == 0)
            throw new ArchiveException($"{archive.Location} follows no feeds: \"recoupe feeds add ADDRESS\" adds one");
        using var writer = archive.Write(new ArchiveOptions { Threads = threads });
        using var output = Console.OpenStandardOutput();
        var told = new FollowLog(output);
        using var follower = new Follower(archive, writer, options, told.Tell);
        try
        {
            (once ? follower.FollowOnceAsync(cancellationToken) : follower.FollowAsync(cancellationToken)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            writer.Save();
        }

        Console.Error.WriteLine($"recoupe: {told}");
        return told.HasFailures ? 1 : 0;
    }

    private static Option<T> Positive<T>(Option<T> option, double least, double most)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && double.TryParse(token.Value, out var value) && !(value >= least && value <= most))
                result.AddError($"{option.Name} must be from {least} to {most}");
        });
        return option;
    }

    /// <summary>What was told, and how much of it.</summary>
    private sealed class FollowLog(Stream output)
    {
        private readonly int[] _counts = new int[Enum.GetValues<FollowEvent>().Length];
        private readonly int[] _outcomes = new int[Enum.GetValues<IngestOutcome>().Length];

        public bool HasFailures => _counts[(int)FollowEvent.FeedFailed] + _counts[(int)FollowEvent.PageFailed] > 0;

        public void Tell(FollowNote note)
        {
            _counts[(int)note.Event]++;
            if (note.Ingested is { } ingested)
            {
                _outcomes[(int)ingested.Outcome]++;
                output.Write(ArchiveCommands.Line(ingested));
            }
            else if (note.Event == FollowEvent.PageWithdrawn)
            {
                output.Write(ArchiveCommands.Line(json =>
                {
                    json.WriteString("outcome", "withdrawn");
                    json.WriteString("source", note.Address);
                }));
            }
            else if (note.Reason is { } reason)
            {
                Console.Error.WriteLine($"recoupe: {note.Address}: {reason}");
            }
        }

        public override string ToString()
        {
            int Count(FollowEvent kind) => _counts[(int)kind];
            var feeds = $"{Count(FollowEvent.FeedRead)} feeds read, {Count(FollowEvent.FeedFailed)} not";
            var withdrawn = Count(FollowEvent.PageWithdrawn) is > 0 and var gone ? $", {gone} withdrawn" : "";
            var failed = Count(FollowEvent.PageFailed) is > 0 and var missed ? $", {missed} pages not taken in" : "";
            return $"{feeds}; {ArchiveCommands.Counted(_outcomes)}{withdrawn}{failed}";
        }
    }
}
