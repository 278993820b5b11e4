using System.CommandLine;

using Recoupe.Dossiers;
using Recoupe.Searches;
using Recoupe.Storage;

namespace Recoupe.Cli.Commands;

/// <summary><c>erase</c>, <c>erasures</c> and <c>retention</c>: what an archive no longer holds, and for how long it holds the rest.</summary>
internal static class PrivacyCommands
{
    private static readonly Option<bool> Preview = new("--preview") { Description = "Only says what would be done" };

    private static readonly Option<string> By = new("--by")
    {
        Description = "Who does it, as it is written down", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName,
    };

    public static Command Erase()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var names = new Argument<string[]>("NAME") { Description = "All that the person is called, each in quotation marks", Arity = ArgumentArity.OneOrMore };
        var by = new Option<string?>("--as") { Description = "A pseudonym that stands in the place of the name; without it, a mark does", HelpName = "TEXT" };
        var why = new Option<string?>("--why") { Description = "The reason, which is kept without the name", HelpName = "TEXT" };
        var command = new Command("erase", "Erases a person from all that an archive holds and from what comes in later, and says what was done") { names, archive, by, why, By, Preview };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Guarded(() =>
        {
            using var opened = Open(parsed, archive);
            var isPreview = parsed.GetValue(Preview);
            var report = opened.Erasures.Erase(
                parsed.GetRequiredValue(names), parsed.GetValue(by), parsed.GetRequiredValue(By), parsed.GetValue(why), isPreview, TimeProvider.System, cancellationToken);
            if (!isPreview)
                Forget(opened, cancellationToken);
            Print(report, isPreview ? "would be" : "were");
            return report.Left.Count == 0 ? 0 : 1;
        })));
        return command;
    }

    public static Command Erasures()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var command = new Command("erasures", "Lists the erasures that were made, the last first; whom they were about is not kept") { archive };
        command.SetAction((parsed, _) => Task.FromResult(Guarded(() =>
        {
            using var opened = Open(parsed, archive);
            foreach (var erasure in opened.Erasures.All())
                Console.WriteLine($"{erasure.Number}  {erasure.At}  {erasure.Who}  {erasure.Report.Articles} articles{(erasure.Why is { } why ? $"  {ShownText.Line(why)}" : "")}");
            return 0;
        })));
        return command;
    }

    public static Command Retention() =>
        new("retention", "For how long an archive keeps the texts of a source") { Set(), Remove(), List(), Apply() };

    private static Command Set()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var source = new Argument<string>("SOURCE") { Description = "An outlet, or the host of its addresses with what lies beneath it: news.example" };
        var days = new Argument<int>("DAYS") { Description = "So many days after an article was taken in, its text goes" };
        var command = new Command("set", "Says for how long the texts of a source are kept, in the place of what was said before") { source, days, archive, By };
        command.SetAction((parsed, _) => Task.FromResult(Guarded(() =>
        {
            using var opened = Open(parsed, archive);
            opened.Retention.Set(parsed.GetRequiredValue(source), parsed.GetRequiredValue(days), parsed.GetRequiredValue(By), TimeProvider.System);
            return 0;
        })));
        return command;
    }

    private static Command Remove()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var source = new Argument<string>("SOURCE") { Description = "As \"retention list\" prints it" };
        var command = new Command("remove", "Keeps the texts of a source for good from now on") { source, archive };
        command.SetAction((parsed, _) => Task.FromResult(Guarded(() =>
        {
            using var opened = Open(parsed, archive);
            var asked = parsed.GetRequiredValue(source);
            if (opened.Retention.Remove(asked))
                return 0;
            Console.Error.WriteLine($"recoupe: nothing is said of {asked}: \"recoupe retention list\" lists what is");
            return 1;
        })));
        return command;
    }

    private static Command List()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var command = new Command("list", "Lists for how long the texts of which sources are kept") { archive };
        command.SetAction((parsed, _) => Task.FromResult(Guarded(() =>
        {
            using var opened = Open(parsed, archive);
            foreach (var rule in opened.Retention.All())
                Console.WriteLine($"{rule.Days,6} days  {ShownText.Line(rule.Source)}  ({rule.Who}, {rule.Made})");
            return 0;
        })));
        return command;
    }

    private static Command Apply()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var command = new Command("apply", "Lets go of the texts whose time is over, and says how many; \"serve\" does so by itself") { archive, Preview };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Guarded(() =>
        {
            using var opened = Open(parsed, archive);
            var isPreview = parsed.GetValue(Preview);
            var expired = opened.Retention.Apply(isPreview, TimeProvider.System, cancellationToken);
            foreach (var (source, articles) in expired)
                Console.WriteLine($"{articles,6}  {ShownText.Line(source)}");
            if (!isPreview && expired.Count > 0)
                Forget(opened, cancellationToken);
            Console.Error.WriteLine($"recoupe: the text of {expired.Sum(source => source.Articles)} articles {(isPreview ? "would be" : "is")} no longer kept");
            return 0;
        })));
        return command;
    }

    private static Archive Open(ParseResult parsed, Option<string> archive) => Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);

    private static void Forget(Archive archive, CancellationToken cancellationToken)
    {
        using var index = new SearchIndex(archive);
        index.Forget(cancellationToken);
    }

    private static void Print(ErasureReport report, string were)
    {
        Console.WriteLine($"{report.Places} places in {report.Articles} articles {were} erased, {report.Statements} of their statements are read otherwise, {report.Stories} stories made anew");
        Console.WriteLine($"and {report.Corrections} corrections, {report.Watches} watches and what they told, {report.Pages} feeds and pages, {report.Audit} entries of the audit log");
        foreach (var id in report.Left)
            Console.WriteLine($"look at {id} by hand: its text still names the person");
        Console.WriteLine("Files that were exported or backed up before are not reached.");
    }

    private static int Guarded(Func<int> work) => ArchiveCommands.Guard(() =>
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is PrivacyException or SearchException)
        {
            Console.Error.WriteLine($"recoupe: {failure.Message}");
            return failure is PrivacyException ? 2 : 1;
        }
    });
}
