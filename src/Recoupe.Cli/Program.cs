using System.CommandLine;

using Recoupe.Cli.Commands;

var root = new RootCommand("Checks the press against itself: one source or ten?");
root.Subcommands.Add(ArticleCommands.Extract());
root.Subcommands.Add(ArticleCommands.Annotate());
root.Subcommands.Add(GroupCommand.Create());
root.Subcommands.Add(ReadCommand.Create());
root.Subcommands.Add(CheckCommand.Create());
root.Subcommands.Add(ArchiveCommands.Ingest());
root.Subcommands.Add(ArchiveCommands.Stories());
root.Subcommands.Add(ArchiveCommands.Dossier());
root.Subcommands.Add(ArchiveCommands.Reread());
root.Subcommands.Add(ArchiveCommands.Captures());
root.Subcommands.Add(SearchCommand.Create());
root.Subcommands.Add(CorrectionsCommand.Create());
root.Subcommands.Add(PrivacyCommands.Erase());
root.Subcommands.Add(PrivacyCommands.Erasures());
root.Subcommands.Add(PrivacyCommands.Retention());
root.Subcommands.Add(FeedCommands.Create());
root.Subcommands.Add(WatchesCommand.Create());
root.Subcommands.Add(FollowCommand.Create());
root.Subcommands.Add(VersionsCommand.Create());
root.Subcommands.Add(AccountsCommand.Create());
root.Subcommands.Add(ServeCommand.Serve());
root.Subcommands.Add(ServeCommand.Mcp());
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine($"recoupe: {error.Message}");
    Console.Error.WriteLine("recoupe: \"recoupe --help\" and \"recoupe COMMAND --help\" show how it is used");
    return 2;
}

return await parsed.InvokeAsync();
