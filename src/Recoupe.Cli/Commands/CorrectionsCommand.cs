using System.CommandLine;
using System.Text;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Cli.Commands;

/// <summary><c>corrections</c>: what people corrected in an archive.</summary>
internal static class CorrectionsCommand
{
    private const int Shown = 50;

    private static readonly Option<bool> Preview = new("--preview") { Description = "Only says what would change" };

    private static readonly Option<string> By = new("--by")
    {
        Description = "Who does it, as it is written down", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName,
    };

    public static Command Create() =>
        new("corrections", "Corrects an archive by hand: stories, points, origins, speakers, outlets, dates; lists it, undoes it") { Add(), Undo(), List(), Export() };

    private static Command Add()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var file = new Argument<string>("FILE") { Description = "The corrections, in the form of recoupe.corrections.json or as \"corrections export\" prints them; - for standard input" };
        var why = new Option<string?>("--why") { Description = "The reason, which is kept", HelpName = "TEXT" };
        var command = new Command("add", "Makes all corrections of a file, or none; they win over every later run") { file, archive, why, By, Preview };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Guarded(() =>
        {
            var name = parsed.GetRequiredValue(file);
            var read = CorrectionReader.Read(name == "-" ? Console.In.ReadToEnd() : File.ReadAllText(name)).All;
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            if (parsed.GetValue(Preview))
                return Print(opened.Corrections.Preview(read, cancellationToken));
            return Print(opened.Corrections.Add(read, parsed.GetRequiredValue(By), parsed.GetValue(why), TimeProvider.System), json: false);
        })));
        return command;
    }

    private static Command Undo()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var numbers = new Argument<long[]>("NUMBER") { Description = "The numbers of corrections, as \"corrections list\" prints them", Arity = ArgumentArity.OneOrMore };
        var command = new Command("undo", "Undoes corrections, all or none: it is as if they had never been made") { numbers, archive, By, Preview };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Guarded(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            var undone = parsed.GetRequiredValue(numbers).Distinct().ToArray();
            if (parsed.GetValue(Preview))
                return Print(opened.Corrections.PreviewUndo(undone, cancellationToken));
            return Print(opened.Corrections.Undo(undone, parsed.GetRequiredValue(By), TimeProvider.System), json: false);
        })));
        return command;
    }

    private static Command List()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var article = new Option<string?>("--article") { Description = "Only those about this article", HelpName = "ID" };
        var story = new Option<string?>("--story") { Description = "Only those about an article of this story", HelpName = "ID" };
        var most = new Option<int>("--limit") { Description = "How many, the last first", HelpName = "N", DefaultValueFactory = _ => Shown };
        var after = new Option<string?>("--after") { Description = "Goes on behind a list that was cut: what it ended with", HelpName = "CURSOR" };
        var json = new Option<bool>("--json") { Description = "One JSON line each instead of text" };
        var command = new Command("list", "Lists corrections, the last first, with who made and undid them") { archive, article, story, most, after, json };
        command.SetAction((parsed, _) => Task.FromResult(Guarded(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            var filter = new CorrectionFilter(
                parsed.GetValue(article) is { Length: > 0 } id ? new ArticleId(id) : null, parsed.GetValue(story) is { Length: > 0 } of ? new StoryId(of) : null);
            var page = opened.Corrections.List(filter, Math.Max(1, parsed.GetValue(most)), parsed.GetValue(after));
            Print(page.Items, parsed.GetValue(json));
            if (page.Next is { } next)
                Console.Error.WriteLine($"recoupe: there are more: --after {next}");
            return 0;
        })));
        return command;
    }

    private static Command Export()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var command = new Command("export", "Prints the corrections that hold, as \"read --corrections\" and \"corrections add\" take them") { archive };
        command.SetAction((parsed, _) => Task.FromResult(Guarded(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            var holding = opened.Corrections.Holding();
            using var output = Console.OpenStandardOutput();
            output.Write(Encoding.UTF8.GetBytes($"[{string.Join(",", holding.Select(kept => "\n  " + CorrectionWriter.Text(kept.Correction)))}\n]\n"));
            return 0;
        })));
        return command;
    }

    private static int Guarded(Func<int> work) => ArchiveCommands.Guard(() =>
    {
        try
        {
            return work();
        }
        catch (CorrectionException failure)
        {
            Console.Error.WriteLine($"recoupe: {failure.Message}");
            return 2;
        }
    });

    private static int Print(IReadOnlyList<KeptCorrection> corrections, bool json)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var kept in corrections)
            output.Write(json ? Line(kept) : Encoding.UTF8.GetBytes(Text(kept)));
        return 0;
    }

    private static byte[] Line(KeptCorrection kept) => ArchiveCommands.Line(line =>
    {
        line.WriteNumber("number", kept.Number);
        line.WriteNumber("batch", kept.Batch);
        line.WritePropertyName("correction");
        CorrectionWriter.Write(line, kept.Correction);
        line.WriteString("who", kept.Who);
        line.WriteString("why", kept.Why);
        line.WriteString("made", kept.Made);
        line.WriteString("undone", kept.Undone);
        line.WriteString("undone_by", kept.UndoneBy);
    });

    private static string Text(KeptCorrection kept)
    {
        var undone = kept.Undone is null ? "" : $"  undone {kept.Undone} by {ShownText.Line(kept.UndoneBy!)}";
        var why = kept.Why is null ? "" : $"  ({ShownText.Line(kept.Why)})";
        return $"{kept.Number}  {kept.Made}  {ShownText.Line(kept.Who)}{why}{undone}\n    {ShownText.Line(CorrectionWriter.Text(kept.Correction))}\n";
    }

    private static int Print(CorrectionPreview preview)
    {
        using var output = Console.OpenStandardOutput();
        void Tell(string line) => output.Write(Encoding.UTF8.GetBytes(ShownText.Line(line) + "\n"));
        foreach (var move in preview.Moves)
            Tell($"{move.Article} goes from story {move.From} to {move.To}");
        foreach (var article in preview.Articles)
            Tell($"{article.Article}: {article.What} {article.Before ?? "unknown"} becomes {article.After ?? "unknown"}");
        foreach (var statement in preview.Statements)
            Tell($"{statement.Article}: \"{statement.Content}\" is said by {statement.After ?? "nobody known"}, not {statement.Before ?? "nobody known"}");
        foreach (var point in preview.Points ?? [])
            Tell($"{point.Story}: point {point.Point} \"{point.Text}\" {Told(point)}");
        if (preview.Points is null)
            Tell("more stories are touched than their points are told of");
        foreach (var (at, why) in preview.WithoutEffect)
            Tell($"[{at}] changes nothing: {why}");
        if (preview.Moves.Count + preview.Articles.Count + preview.Statements.Count + (preview.Points?.Count ?? 1) + preview.WithoutEffect.Count == 0)
            Tell("nothing that is shown changes");
        return 0;
    }

    private static string Told(ChangedPoint point)
    {
        static string Footing(PointFooting footing) => $"{footing.Grade}, {footing.Fewest} to {footing.Most} origins, {footing.Passages} passages";
        return (point.Before, point.After) switch
        {
            ({ } before, { } after) => $"becomes {Footing(after)} (is {Footing(before)})",
            (null, { } after) => $"is new: {Footing(after)}",
            _ => "is gone",
        };
    }
}
