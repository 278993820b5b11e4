using System.CommandLine;
using System.Data.Common;
using System.Text;
using System.Text.Json;

using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Cli.Commands;

/// <summary>The commands that write an archive and read it: <c>ingest</c>, <c>reread</c>, <c>stories</c>, <c>dossier</c>.</summary>
internal static class ArchiveCommands
{
    private const int ShownStories = 20;

    public static Option<string> ArchiveOption() => new("--archive")
    {
        Description = $"The archive: a folder, or \"Host=…;Database=…\" for PostgreSQL. Default: {ArchiveLocation.DefaultFolder} in the current folder",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => ArchiveLocation.DefaultFolder,
    };

    public static Command Ingest()
    {
        var archive = ArchiveOption();
        var threads = Threads.Option();
        var (allow, reserved) = (FetchArguments.AllowOption(), FetchArguments.ReservedOption());
        var command = new Command(
            "ingest", "Takes articles into an archive and puts them into stories; a PATH may be an address of the web; prints one JSON line for each when it is safe on the disk")
        {
            Input.Paths, archive, threads, allow, reserved,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Guard(() =>
        {
            var fetches = new FetchArguments(FetchArguments.Allowing(parsed.GetRequiredValue(allow)), parsed.GetValue(reserved));
            var input = new Input(parsed.GetRequiredValue(Input.Paths), fetches);
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: true);
            using var writer = opened.Write(new ArchiveOptions { Threads = parsed.GetValue(threads) });
            using var output = Console.OpenStandardOutput();
            var outcomes = new int[Enum.GetValues<IngestOutcome>().Length];
            var count = new LiveCount();
            foreach (var ingested in writer.Ingest(input.AllDocuments(cancellationToken), cancellationToken))
            {
                outcomes[(int)ingested.Outcome]++;
                if (input.IsRead(ingested.Source, ingested.Reason))
                    output.Write(Line(ingested));
                count.Add();
            }

            count.End();
            writer.End(cancellationToken);
            Console.Error.WriteLine($"recoupe: {Counted(outcomes)}");
            return input.ExitCode;
        })));
        return command;
    }

    public static Command Reread()
    {
        var archive = ArchiveOption();
        var threads = Threads.Option();
        var command = new Command("reread", "Reads all documents of an archive again with this version, and prints what is read or grouped otherwise, one JSON line each") { archive, threads };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            var count = new LiveCount();
            var report = opened.Reread(new ArchiveOptions { Threads = parsed.GetValue(threads) }, new Counter(count), cancellationToken);
            count.End();
            using var output = Console.OpenStandardOutput();
            foreach (var article in report.Changed)
                output.Write(Line(json => Strings(json, ("change", "reading"), ("article", article.Value))));
            foreach (var article in report.Lost)
                output.Write(Line(json => Strings(json, ("change", "no-article"), ("article", article.Value))));
            foreach (var (article, from, to) in report.Moved)
                output.Write(Line(json => Strings(json, ("change", "moved"), ("article", article.Value), ("story", to.Value), ("other", from.Value))));
            foreach (var (gone, into) in report.Gone)
                output.Write(Line(json => Strings(json, ("change", "merged"), ("story", into.Value), ("other", gone.Value))));
            Console.Error.WriteLine(
                $"recoupe: {report.Articles} articles read by {EngineStamp.Current}: {report.Changed.Count} otherwise than before, {report.Moved.Count} in another story, {report.Gone.Count} stories part of others");
            return 0;
        })));
        return command;
    }

    public static Command Captures()
    {
        var archive = ArchiveOption();
        var file = new Argument<string>("FILE") { Description = "Where to: a name that ends in .warc.gz, by custom" };
        var command = new Command("captures", "Writes all documents of an archive as they came in, as a web archive (WARC)") { file, archive };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            var name = parsed.GetRequiredValue(file);
            var count = new LiveCount();
            // The file appears whole or not at all.
            using (var output = File.Create(name + ".unfinished"))
            {
                foreach (var part in WarcExport.Parts(opened))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    output.Write(part);
                    count.Add();
                }
            }

            count.End();
            File.Move(name + ".unfinished", name, overwrite: true);
            return 0;
        })));
        return command;
    }

    public static Command Stories()
    {
        var archive = ArchiveOption();
        var least = new Option<int?>("--least") { Description = "Only stories of at least so many articles", HelpName = "N" };
        var language = new Option<string?>("--language") { Description = "Only stories with an article in this language (a code such as fr)", HelpName = "CODE" };
        var most = new Option<int>("--limit") { Description = "How many, the latest first", HelpName = "N", DefaultValueFactory = _ => ShownStories };
        var after = new Option<string?>("--after") { Description = "Goes on behind a list that was cut: what it ended with", HelpName = "CURSOR" };
        var json = new Option<bool>("--json") { Description = "One JSON line a story instead of text" };
        var command = new Command("stories", "Lists the stories of an archive, the latest first") { archive, least, language, most, after, json };
        most.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var count) && count < 1)
                result.AddError("--limit must be at least 1");
        });
        command.SetAction((parsed, _) => Task.FromResult(Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            var page = opened.Stories(new StoryFilter(parsed.GetValue(least), parsed.GetValue(language)), parsed.GetValue(most), parsed.GetValue(after));
            using var output = Console.OpenStandardOutput();
            foreach (var story in page.Items)
                output.Write(parsed.GetValue(json) ? Line(story) : Encoding.UTF8.GetBytes(Shown(story)));
            if (page.Next is { } next)
                Console.Error.WriteLine($"recoupe: there are more: --after {next}");
            return 0;
        })));
        return command;
    }

    public static Command Dossier()
    {
        var archive = ArchiveOption();
        var id = new Argument<string>("STORY") { Description = "The id of a story, as \"stories\" and \"ingest\" print it; one of before a merge leads to the story of today" };
        var written = new DossierOutput();
        var command = new Command("dossier", "Prints the dossier of a story of an archive") { id, archive };
        written.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            var story = parsed.GetRequiredValue(id);
            if (opened.Dossier(new StoryId(story), cancellationToken) is { } dossier)
                return written.Write(parsed, [dossier]) ? 0 : 1;
            Console.Error.WriteLine($"recoupe: the archive has no story {story}: \"recoupe stories\" lists them");
            return 1;
        })));
        return command;
    }

    /// <summary>Does <paramref name="work"/>; what fails of the world is told in a line.</summary>
    public static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (ArchiveException failure)
        {
            Console.Error.WriteLine($"recoupe: {failure.Message}");
        }
        catch (Exception failure) when (failure is DbException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"recoupe: the archive cannot be read or written: {failure.Message.TrimEnd('.')}. What was told before is in it; run the command again when that is mended");
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("recoupe: stopped; what was told before is in the archive");
        }

        return 1;
    }

    /// <summary>A JSON line.</summary>
    public static byte[] Line(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, ArticleCommands.JsonOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>What became of a document.</summary>
    public static byte[] Line(Ingested ingested) => Line(json => Strings(
        json, ("id", ingested.Article?.Value), ("story", ingested.Story?.Value), ("outcome", ArticleJson.Name(ingested.Outcome)), ("source", ingested.Source)));

    private static byte[] Line(ArchivedStory story) => Line(json =>
    {
        Strings(json, ("id", story.Id.Value), ("saga", story.Saga.Value), ("title", story.Title), ("began", story.Began), ("latest", story.Latest));
        json.WriteNumber("articles", story.Articles);
        json.WriteNumber("outlets", story.Outlets);
        json.WriteStartArray("languages");
        foreach (var language in story.Languages)
            json.WriteStringValue(language);
        json.WriteEndArray();
    });

    private static void Strings(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        foreach (var (name, value) in members)
            json.WriteString(name, value);
    }

    private static string Shown(ArchivedStory story) =>
        $"{story.Id}  {story.Latest[..10]}  {story.Articles,3} {(story.Articles == 1 ? "article " : "articles")}  {story.Outlets,3} {(story.Outlets == 1 ? "outlet " : "outlets")}  "
        + $"{ShownText.Line(story.Title ?? "(no title)")}\n";

    /// <summary>How much of what became of documents, by <see cref="IngestOutcome"/>.</summary>
    public static string Counted(int[] outcomes)
    {
        (IngestOutcome Outcome, string Words)[] words =
        [
            (IngestOutcome.New, "new"), (IngestOutcome.NewVersion, "new versions"), (IngestOutcome.Known, "in the archive already"),
            (IngestOutcome.Unchanged, "unchanged"), (IngestOutcome.Unread, "without an article"),
        ];
        var told = words.Where(word => outcomes[(int)word.Outcome] > 0).Select(word => $"{outcomes[(int)word.Outcome]} {word.Words}").ToList();
        return told.Count == 0 ? "nothing to take in" : string.Join(", ", told);
    }

    private sealed class Counter(LiveCount count) : IProgress<long>
    {
        public void Report(long value) => count.Add();
    }
}
