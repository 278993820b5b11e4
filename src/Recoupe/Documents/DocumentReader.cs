using System.Text.Json;

using Recoupe.Dates;

namespace Recoupe.Documents;

/// <summary>Reads files, folders and streams into documents.</summary>
public static class DocumentReader
{
    /// <summary>Reads every path in order; what cannot be read comes out as a <see cref="SkippedDocument"/> and the rest goes on.</summary>
    public static IEnumerable<Intake> Read(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray() : [path])
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var intake in ReadFile(file))
                    yield return intake;
            }
        }
    }

    private static IEnumerable<Intake> ReadFile(string file)
    {
        var number = 0;
        if (!file.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            yield return new Intake(new Document { Source = file, Form = DocumentForm.PlainText, Content = File.ReadAllText(file) }, null);
            yield break;
        }

        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return new Intake(ReadLine(line, $"{file}:{number}"), null);
        }
    }

    private static Document ReadLine(string line, string source)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        string? Field(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var html = Field("html");
        return new Document
        {
            Source = source,
            Id = Field("id"),
            Form = html is null ? DocumentForm.CleanText : DocumentForm.Html,
            Content = html ?? Field("text") ?? "",
            Url = Field("url"),
            Title = Field("title"),
            Outlet = Field("outlet"),
            Language = Field("language"),
            Published = Moment.Parse(Field("published")),
        };
    }
}
