using System.CommandLine;

using Recoupe.Cli.Commands;

var root = new RootCommand("Checks the press against itself: one source or ten?");
root.Subcommands.Add(ArticleCommands.Extract());
root.Subcommands.Add(ArticleCommands.Annotate());
root.Subcommands.Add(GroupCommand.Create());
root.Subcommands.Add(ReadCommand.Create());
return await root.Parse(args).InvokeAsync();
