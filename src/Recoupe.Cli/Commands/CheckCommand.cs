using System.CommandLine;

using Recoupe.Checks;
using Recoupe.Dossiers;
using Recoupe.Searches;
using Recoupe.Storage;

namespace Recoupe.Cli.Commands;

/// <summary><c>check</c>: who tells a claim, and how many origins stand behind it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var claim = new Argument<string>("CLAIM") { Description = "A sentence, as one would tell it: \"The bridge was closed before it fell.\"" };
        var paths = new Argument<string[]>("PATH") { Description = "Files, folders or - for standard input; none to ask an archive", Arity = ArgumentArity.ZeroOrMore };
        var archive = ArchiveCommands.ArchiveOption();
        var written = new DossierOutput();
        var threads = Threads.Option();
        var corrections = CorrectionFile.Option();
        var language = new Option<string?>("--language") { Description = "Language of the claim, as en or fr. Default: as it reads", HelpName = "CODE" };
        var command = new Command("check", "Says who tells a claim, in whatever words, through whom they have it, and how many origins stand behind it") { claim, paths, archive, corrections, language, threads };
        written.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(paths) is not { Length: > 0 } && result.GetResult(corrections) is not null)
                result.AddError("--corrections goes with a PATH: an archive has its own (recoupe corrections)");
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var (asked, code) = (parsed.GetRequiredValue(claim), parsed.GetValue(language));
            try
            {
                return Task.FromResult(parsed.GetValue(paths) is { Length: > 0 } given
                    ? OfFiles(given)
                    : ArchiveCommands.Guard(() => OfArchive(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)))));
            }
            catch (Exception wrong) when (wrong is ClaimException or SearchException)
            {
                Console.Error.WriteLine($"recoupe: {wrong.Message}");
                return Task.FromResult(2);
            }

            int OfFiles(string[] given)
            {
                if (CorrectionFile.Read(parsed.GetValue(corrections)) is not { } corrected)
                    return 2;
                var input = new Input(given);
                var dossier = Progress.Run(given, progress =>
                {
                    var articles = progress.Reading(input.Articles(cancellationToken)).ToList();
                    return Pipeline.Check(asked, code, articles, new PipelineOptions { Threads = parsed.GetValue(threads), Progress = progress, Corrections = corrected }, cancellationToken);
                });
                return Written(dossier) ? input.ExitCode : 1;
            }

            int OfArchive(ArchiveLocation location)
            {
                ClaimChecker.Require(asked, code);
                using var opened = Archive.Open(location, create: false);
                using var index = new SearchIndex(opened);
                index.Update(points: false, cancellationToken);
                var stories = ClaimSearch.StoriesOf(opened, asked, (query, most) => index.Find(query, SearchKind.Articles, SearchOrder.Rank, most).Hits);
                return Written(opened.Check(asked, code, stories, cancellationToken)) ? 0 : 1;
            }

            bool Written(Dossier dossier) => written.Write(parsed, [dossier]);
        });
        return command;
    }
}
