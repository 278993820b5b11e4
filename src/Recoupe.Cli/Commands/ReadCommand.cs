using System.CommandLine;

using Recoupe.Endpoints;

namespace Recoupe.Cli.Commands;

/// <summary><c>read</c>: the dossiers of all stories found in the input.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        var written = new DossierOutput();
        var threads = Threads.Option();
        var corrections = CorrectionFile.Option();
        var embeddings = new EmbeddingOptions();
        var command = new Command("read", "Prints the dossiers of all stories found in the input") { Input.Paths, corrections, threads };
        written.AddTo(command);
        embeddings.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
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

            return Task.FromResult(written.Write(parsed, dossiers) ? input.ExitCode : 1);
        });
        return command;
    }
}
