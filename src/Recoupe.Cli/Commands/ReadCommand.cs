using System.CommandLine;
using System.Text.Json;

using Recoupe.Dossiers;

namespace Recoupe.Cli.Commands;

/// <summary><c>read</c>: the dossiers of all stories found in the input.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        var format = new Option<string>("--format") { Description = "text, json, markdown or html", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "markdown", "html");
        var command = new Command("read", "Prints the dossiers of all stories found in the input") { Input.Paths, format };
        command.SetAction((parsed, cancellationToken) =>
        {
            var input = new Input(parsed.GetRequiredValue(Input.Paths));
            var articles = input.Articles(cancellationToken).ToList();
            var dossiers = Pipeline.Read(articles, new PipelineOptions(), cancellationToken);
            using var output = Console.OpenStandardOutput();
            using var json = new Utf8JsonWriter(output, ArticleCommands.JsonOptions);
            DossierJson.Write(json, dossiers, typeof(ReadCommand).Assembly.GetName().Version!.ToString(3));
            return Task.FromResult(input.ExitCode);
        });
        return command;
    }
}
