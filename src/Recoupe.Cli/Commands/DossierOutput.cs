using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;

using Recoupe.Dossiers;

namespace Recoupe.Cli.Commands;

/// <summary>Where dossiers are written to and in what form: the options that <c>read</c> and <c>dossier</c> have in common.</summary>
internal sealed class DossierOutput
{
    private static readonly ImmutableArray<(string Name, string[] Endings)> Formats =
        [("text", [".txt"]), ("json", [".json"]), ("markdown", [".md", ".markdown"]), ("html", [".html", ".htm"]), ("csv", [".csv"]), ("docx", [".docx"]), ("package", [".zip"])];

    private static readonly string Version = typeof(DossierOutput).Assembly.GetName().Version!.ToString(3);

    private readonly Option<string?> _format = new("--format")
    {
        Description = "text, json, markdown, html, csv (one row a passage), docx (a Word document) or package (a ZIP with all formats, the sources and their hashes). Default: by the ending of -o, else text",
    };

    private readonly Option<string[]> _files = new("--output", "-o")
    {
        Description = "Writes to this file instead of standard output. Repeat it for several formats, told by their endings (.txt .json .md .html .csv .docx .zip)",
        HelpName = "FILE",
    };

    private readonly Option<string> _language = new("--interface")
    {
        Description = "Language of the dossier's own words: " + string.Join(" or ", InterfaceTexts.Codes),
        DefaultValueFactory = _ => "en",
    };

    private readonly Option<bool> _all = new("--all") { Description = "Shows everything in text; otherwise long lists are cut with a count" };

    /// <summary>Adds the options, and what is asked of them.</summary>
    public void AddTo(Command command)
    {
        _format.AcceptOnlyFromAmong([.. Formats.Select(known => known.Name)]);
        _language.AcceptOnlyFromAmong([.. InterfaceTexts.Codes]);
        command.Add(_format);
        command.Add(_files);
        command.Add(_language);
        command.Add(_all);
        command.Validators.Add(result =>
        {
            foreach (var file in result.GetValue(_files) ?? [])
            {
                if (result.GetValue(_format) is null && FormatOf(file) is null)
                    result.AddError($"-o {file}: the ending tells no format; use one of {string.Join(" ", Formats.SelectMany(known => known.Endings))} or add --format");
                else if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
                    result.AddError($"-o {file}: there is no folder {folder}; make it first");
            }

            if (result.GetValue(_format) is "package" or "docx" && result.GetValue(_files) is not { Length: > 0 } && !Console.IsOutputRedirected)
                result.AddError($"--format {result.GetValue(_format)} is no text for a terminal: name a file with -o");
            if (result.GetValue(_format) is not null && result.GetValue(_files) is { Length: > 1 })
                result.AddError("--format goes with one -o at most; several files tell their formats by their endings");
        });
    }

    /// <summary>Writes the dossiers wherever they are asked for; false where a file could not be written, which is told.</summary>
    public bool Write(ParseResult parsed, ImmutableArray<Dossier> dossiers)
    {
        var texts = InterfaceTexts.Of(parsed.GetRequiredValue(_language));
        var isWritten = true;
        foreach (var (file, format) in Targets(parsed.GetValue(_files) ?? [], parsed.GetValue(_format)))
            isWritten &= Write(file, stream => WriteFormat(stream, format, dossiers, texts, parsed.GetValue(_all), onTerminal: file is null));
        return isWritten;
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

        if (format == "docx")
        {
            DossierDocx.Write(stream, dossiers, texts, Version);
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
