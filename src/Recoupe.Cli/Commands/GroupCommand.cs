using System.CommandLine;
using System.Text.Json;

using Recoupe.Stories;

namespace Recoupe.Cli.Commands;

/// <summary><c>group</c>: one JSON line per article with its story.</summary>
internal static class GroupCommand
{
    public static Command Create()
    {
        var command = new Command("group", "Prints the story of each article, one JSON line each") { Input.Paths };
        command.SetAction((parsed, cancellationToken) =>
        {
            var input = new Input(parsed.GetRequiredValue(Input.Paths));
            var articles = input.Articles(cancellationToken).AsParallel().AsOrdered().Select(Pipeline.Annotate).ToList();
            var stories = StoryGrouper.Group(articles, cancellationToken)
                .SelectMany(story => story.Articles.Select(id => (id, story)))
                .ToDictionary(pair => pair.id, pair => pair.story);
            using var output = Console.OpenStandardOutput();
            foreach (var article in articles)
            {
                var story = stories[article.Id];
                using (var json = new Utf8JsonWriter(output, ArticleCommands.JsonOptions))
                {
                    json.WriteStartObject();
                    json.WriteString("id", article.Id.Value);
                    json.WriteString("story", story.Id.Value);
                    json.WriteString("saga", story.Saga.Value);
                    json.WriteEndObject();
                }

                output.WriteByte((byte)'\n');
            }

            return Task.FromResult(input.ExitCode);
        });
        return command;
    }
}
