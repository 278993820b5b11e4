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
        "extract", "Prints the clean article, one JSON line each", article => Line(json => ArticleJson.Write(json, article)));

    public static Command Annotate() => Create(
        "annotate", "Prints articles with sentences, entities, dates, statements and citations, one JSON line each",
        article => Line(json => ArticleJson.Write(json, Pipeline.Annotate(article))));

    private static Command Create(string name, string description, Func<Article, byte[]> toLine)
    {
        var command = new Command(name, description) { Input.Paths };
        command.SetAction((parsed, cancellationToken) =>
        {
            var input = new Input(parsed.GetRequiredValue(Input.Paths));
            using var output = Console.OpenStandardOutput();
            var count = new LiveCount();
            foreach (var line in OrderedWork.Run(input.Documents(cancellationToken), item => toLine(ArticleReader.Read(item.Document, item.Id)), threads: null, cancellationToken))
            {
                output.Write(line);
                count.Add();
            }

            count.End();
            return Task.FromResult(input.ExitCode);
        });
        return command;
    }

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
            write(json);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
