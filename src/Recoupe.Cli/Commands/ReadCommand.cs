using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;

using Recoupe.Cli.Embeddings;
using Recoupe.Dossiers;

namespace Recoupe.Cli.Commands;

/// <summary><c>read</c>: the dossiers of all stories found in the input.</summary>
internal static class ReadCommand
{
    private static readonly ImmutableArray<(string Name, string[] Endings)> Formats =
        [("text", [".txt"]), ("json", [".json"]), ("markdown", [".md", ".markdown"]), ("html", [".html", ".htm"]), ("csv", [".csv"]), ("package", [".zip"])];

    private static readonly string Version = typeof(ReadCommand).Assembly.GetName().Version!.ToString(3);

    public static Command Create()
    {
        var format = new Option<string?>("--format") { Description = "text, json, markdown, html, csv (one row a passage) or package (a ZIP with all formats, the sources and their hashes). Default: by the ending of -o, else text" };
        format.AcceptOnlyFromAmong([.. Formats.Select(known => known.Name)]);
        var files = new Option<string[]>("--output", "-o")
        {
            Description = "Writes to this file instead of standard output. Repeat it for several formats, told by their endings (.txt .json .md .html .csv .zip)",
            HelpName = "FILE",
        };
        var language = new Option<string>("--interface")
        {
            Description = "Language of the dossier's own words: " + string.Join(" or ", InterfaceTexts.Codes),
            DefaultValueFactory = _ => "en",
        };
        language.AcceptOnlyFromAmong([.. InterfaceTexts.Codes]);
        var threads = Threads.Option();
        var corrections = new Option<string?>("--corrections")
        {
            Description = $"What a person corrected, applied and marked. Default: {CorrectionFile.Name} in the current folder, if there is one",
            HelpName = "FILE",
        };
        var all = new Option<bool>("--all") { Description = "Shows everything in text; otherwise long lists are cut with a count" };
        var embeddings = new EmbeddingOptions();
        var command = new Command("read", "Prints the dossiers of all stories found in the input") { Input.Paths, format, files, language, corrections, threads, all };
        embeddings.AddTo(command);
        command.Validators.Add(result =>
        {
            foreach (var file in result.GetValue(files) ?? [])
            {
                if (result.GetValue(format) is null && FormatOf(file) is null)
                    result.AddError($"-o {file}: the ending tells no format; use one of {string.Join(" ", Formats.SelectMany(known => known.Endings))} or add --format");
                else if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
                    result.AddError($"-o {file}: there is no folder {folder}; make it first");
            }

            if (result.GetValue(format) == "package" && result.GetValue(files) is not { Length: > 0 } && !Console.IsOutputRedirected)
                result.AddError("--format package is no text for a terminal: name a file with -o");
            if (result.GetValue(format) is not null && result.GetValue(files) is { Length: > 1 })
                result.AddError("--format goes with one -o at most; several files tell their formats by their endings");
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var targets = Targets(parsed.GetValue(files) ?? [], parsed.GetValue(format));
            if (CorrectionFile.Read(parsed.GetValue(corrections)) is not { } corrected)
                return Task.FromResult(2);
            if (!embeddings.TryCreate(parsed, out var embedder))
                return Task.FromResult(2);
            using var asked = embedder;
            var paths = parsed.GetRequiredValue(Input.Paths);
            var input = new Input(paths);
            var dossiers = Progress.Run(paths, progress =>
            {
                var articles = progress.Reading(input.Articles(cancellationToken)).ToList();
                var options = new PipelineOptions
                {
                    Threads = parsed.GetValue(threads),
                    Progress = progress,
                    Corrections = corrected,
                    Embeddings = embedder?.For(articles, progress.Asking(articles.Count), cancellationToken),
                };
                return Pipeline.Read(articles, options, cancellationToken);
            });

            var texts = InterfaceTexts.Of(parsed.GetRequiredValue(language));
            var exitCode = input.ExitCode;
            foreach (var (file, kind) in targets)
            {
                if (!Write(file, stream => WriteFormat(stream, kind, dossiers, texts, parsed.GetValue(all), onTerminal: file is null)))
                    exitCode = 1;
            }

            return Task.FromResult(exitCode);
        });
        return command;
    }

    private static string? FormatOf(string file) =>
        Formats.FirstOrDefault(known => known.Endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Name;

    private static List<(string? File, string Format)> Targets(string[] files, string? format) =>
        files.Length == 0 ? [(null, format ?? "text")] : [.. files.Select(file => ((string?)file, format ?? FormatOf(file)!))];

    private static void WriteFormat(
        Stream stream, string format, ImmutableArray<Dossier> dossiers, InterfaceTexts texts, bool all, bool onTerminal)
    {
        if (format == "json")
        {
            using (var json = new Utf8JsonWriter(stream, ArticleCommands.JsonOptions))
                DossierJson.Write(json, dossiers, Version);
            stream.WriteByte((byte)'\n');
            return;
        }

        if (format == "package")
        {
            EvidencePackage.Write(stream, dossiers, texts, Version);
            return;
        }

        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        switch (format)
        {
            case "markdown":
                DossierMarkdown.Write(writer, dossiers, texts, Version);
                break;
            case "html":
                DossierHtml.Write(writer, dossiers, texts, Version);
                break;
            case "csv":
                DossierCsv.WritePassages(writer, dossiers);
                break;
            default:
                DossierText.Write(writer, dossiers, texts, onTerminal ? Terminal.Options(all) : new DossierTextOptions { All = all });
                break;
        }
    }

    // A file appears whole or not at all: what stood there before stays until the new one is written.
    private static bool Write(string? file, Action<Stream> write)
    {
        if (file is null)
        {
            using var output = Console.OpenStandardOutput();
            try
            {
                write(output);
            }
            catch (IOException)
            {
                return false; // the reader of the pipe has left
            }

            return true;
        }

        var unfinished = file + ".unfinished";
        try
        {
            using (var stream = File.Create(unfinished))
                write(stream);
            File.Move(unfinished, file, overwrite: true);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"recoupe: {file}: cannot be written: {failure.Message.TrimEnd('.')}. Name a file that you may write with -o");
            return false;
        }
    }
}
