using System.CommandLine;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Fetches;

namespace Recoupe.Cli.Commands;

/// <summary>What every command reads: paths in, articles out, each skipped input named on standard error.</summary>
/// <param name="paths">Files, folders and, where there is a fetcher, addresses.</param>
/// <param name="fetches">How addresses are fetched; null where the command fetches nothing.</param>
internal sealed class Input(IReadOnlyList<string> paths, FetchArguments? fetches = null)
{
    private readonly DocumentIds _ids = new();

    public static Argument<string[]> Paths { get; } = new("PATH") { Description = "A file, a folder or - for standard input", Arity = ArgumentArity.OneOrMore };

    /// <summary>How many inputs could not be read so far.</summary>
    public int Skipped { get; private set; }

    /// <summary>The exit code that the run has earned so far.</summary>
    public int ExitCode => Skipped > 0 ? 1 : 0;

    /// <summary>The documents in order, each with its id.</summary>
    public IEnumerable<(Document Document, ArticleId Id)> Documents(CancellationToken cancellationToken)
    {
        foreach (var document in AllDocuments(cancellationToken))
        {
            if (_ids.Of(document, out var reason) is { } id)
                yield return (document, new ArticleId(id));
            else
                Skip(new SkippedDocument(document.Source, reason));
        }
    }

    /// <summary>The documents in order, the same one as often as it is given.</summary>
    public IEnumerable<Document> AllDocuments(CancellationToken cancellationToken)
    {
        var options = new DocumentOptions { StandardInput = Console.OpenStandardInput, Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) };
        foreach (var intake in fetches is null ? DocumentReader.Read(paths, options, cancellationToken) : WithAddresses(fetches, options, cancellationToken))
        {
            if (intake.Skipped is { } skipped)
                Skip(skipped);
            else
                yield return intake.Document!;
        }
    }

    /// <summary>The articles in order.</summary>
    public IEnumerable<Article> Articles(CancellationToken cancellationToken) =>
        Documents(cancellationToken).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(item => ArticleReader.Read(item.Document, item.Id)).AsEnumerable().Where(article => IsRead(article.Source, article.Unread));

    /// <summary>Whether a document holds an article; one that does not is told.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="unread">Why there is no article in it, or null.</param>
    public bool IsRead(string source, string? unread)
    {
        if (unread is not null)
            Skip(new SkippedDocument(source, unread));
        return unread is null;
    }

    // In their order: files that stand together are told apart by their names together.
    private IEnumerable<Intake> WithAddresses(FetchArguments asked, DocumentOptions options, CancellationToken cancellationToken)
    {
        using var fetcher = new Fetcher(asked.Options);
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (!FetchArguments.IsAddress(path))
            {
                files.Add(path);
                continue;
            }

            foreach (var intake in DocumentReader.Read(files, options, cancellationToken))
                yield return intake;
            files.Clear();
            var fetch = fetcher.FetchAsync(new FetchRequest(path), cancellationToken).GetAwaiter().GetResult();
            yield return FetchedPage.ReadUnlessReserved(fetch, options, asked.TakesReserved);
        }

        foreach (var intake in DocumentReader.Read(files, options, cancellationToken))
            yield return intake;
    }

    private void Skip(SkippedDocument skipped)
    {
        if (!skipped.IsExpected)
            Skipped++;
        Console.Error.WriteLine($"recoupe: {skipped.Source}: {skipped.Reason}");
    }
}
