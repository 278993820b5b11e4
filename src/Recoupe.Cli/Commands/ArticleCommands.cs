using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dossiers;

namespace Recoupe.Cli.Commands;

/// <summary><c>extract</c> and <c>annotate</c>: one JSON line per article.</summary>
internal static class ArticleCommands
{
    public static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Extract() => Create(
        "extract", "Prints the clean article, one JSON line each", ArticleJson.Write);

    public static Command Annotate() => Create(
        "annotate", "Prints articles with sentences, entities, dates, statements and citations, one JSON line each",
        (json, article) => ArticleJson.Write(json, Pipeline.Annotate(article)));

    private static Command Create(string name, string description, Action<Utf8JsonWriter, Article> write)
    {
        var command = new Command(name, description) { Input.Paths };
        command.SetAction((parsed, cancellationToken) =>
        {
            var input = new Input(parsed.GetRequiredValue(Input.Paths));
            using var output = Console.OpenStandardOutput();
            var count = new LiveCount();
            foreach (var (line, source, unread) in OrderedWork.Run(input.Documents(cancellationToken), item => Line(write, ArticleReader.Read(item.Document, item.Id)), threads: null, cancellationToken))
            {
                // What holds no article is printed too, for what else is known of it.
                input.IsRead(source, unread);
                output.Write(line);
                count.Add();
            }

            count.End();
            return Task.FromResult(input.ExitCode);
        });
        return command;
    }

    private static (byte[] Line, string Source, string? Unread) Line(Action<Utf8JsonWriter, Article> write, Article article)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
            write(json, article);
        buffer.WriteByte((byte)'\n');
        return (buffer.ToArray(), article.Source, article.Unread);
    }
}
