using System.CommandLine;

using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Cli.Commands;

/// <summary>What every command reads: paths in, articles out, each skipped input named on standard error.</summary>
internal sealed class Input(IReadOnlyList<string> paths)
{
    private readonly HashSet<ArticleId> _ids = [];

    public static Argument<string[]> Paths { get; } = new("PATH") { Description = "A file, a folder or - for standard input", Arity = ArgumentArity.OneOrMore };

    /// <summary>How many inputs could not be read so far.</summary>
    public int Skipped { get; private set; }

    /// <summary>The exit code that the run has earned so far.</summary>
    public int ExitCode => Skipped > 0 ? 1 : 0;

    /// <summary>The documents in order, each with its id.</summary>
    public IEnumerable<(Document Document, ArticleId Id)> Documents(CancellationToken cancellationToken)
    {
        foreach (var intake in DocumentReader.Read(paths, new DocumentOptions { StandardInput = Console.OpenStandardInput }, cancellationToken))
        {
            if (intake.Skipped is { } skipped)
            {
                Skip(skipped);
                continue;
            }

            var document = intake.Document!;
            var id = new ArticleId(document.Id ?? document.Name ?? document.Source);
            if (document.Id is null && _ids.Contains(id))
                id = new ArticleId(document.Source);
            if (_ids.Add(id))
                yield return (document, id);
            else
                Skip(new SkippedDocument(document.Source, $"the id {id} stands for an earlier article already: the first is kept; give this one another id"));
        }
    }

    /// <summary>The articles in order.</summary>
    public IEnumerable<Article> Articles(CancellationToken cancellationToken) =>
        Documents(cancellationToken).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(item => ArticleReader.Read(item.Document, item.Id));

    private void Skip(SkippedDocument skipped)
    {
        Skipped++;
        Console.Error.WriteLine($"recoupe: {skipped.Source}: {skipped.Reason}");
    }
}
