using System.Reflection;

using Recoupe.Dates;
using Recoupe.Documents;
using Recoupe.Fetches;
using Recoupe.Storage;

namespace Recoupe.Web.Desk;

/// <summary>What taking in brought.</summary>
/// <param name="Taken">Articles that the archive did not have, later versions among them.</param>
/// <param name="Known">Articles that it had.</param>
/// <param name="Failures">What could not be taken in, and why.</param>
public sealed record IntakeReport(int Taken, int Known, IReadOnlyList<(string What, string Why)> Failures);

/// <summary>Takes articles into the archive from the desk: the sample, a pasted text, addresses.</summary>
internal sealed class DeskIntake(ServiceWriter writer, Fetcher fetcher)
{
    // A person pastes a handful; lists of addresses belong to the command line.
    private const int MostAddresses = 50;

    private const string SamplePrefix = "Samples/";

    /// <summary>Takes in the sample event that is part of the program.</summary>
    public async Task<IntakeReport> TakeInSampleAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("recoupe-sample-");
        try
        {
            var assembly = Assembly.GetExecutingAssembly();
            foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(SamplePrefix, StringComparison.Ordinal)))
            {
                await using var file = File.Create(Path.Combine(folder.FullName, name[SamplePrefix.Length..]));
                await using var content = assembly.GetManifestResourceStream(name)!;
                await content.CopyToAsync(file, cancellationToken);
            }

            var documents = DocumentReader.Read([folder.FullName], cancellationToken).Select(intake => intake.Document).OfType<Document>()
                .Select(document => document with { Source = "samples" + document.Source[folder.FullName.Length..] }).ToList();
            return await TakeInAsync(documents, [], cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Takes in what a person put into the box: addresses, one a line, or the text of one article.</summary>
    /// <param name="box">What it holds.</param>
    /// <param name="title">The title of a text, or null.</param>
    /// <param name="outlet">The outlet of a text, or null.</param>
    /// <param name="published">When a text was published, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IntakeReport> TakeInAsync(string box, string? title, string? outlet, string? published, CancellationToken cancellationToken)
    {
        var lines = box.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 0 && lines.All(IsAddress)
            ? await FetchAsync(lines.Distinct(StringComparer.Ordinal).Take(MostAddresses), cancellationToken)
            : await TakeInAsync([TextOf(box, title, outlet, published)], [], cancellationToken);
    }

    private static bool IsAddress(string line) => Uri.TryCreate(line, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static Document TextOf(string text, string? title, string? outlet, string? published)
    {
        text = text.ReplaceLineEndings("\n").Trim();
        return new Document
        {
            Source = "desk",
            Form = DocumentForm.CleanText,
            Content = text,
            Title = title,
            Outlet = outlet,
            Published = published is null ? null : Moment.Parse(published),
        };
    }

    private async Task<IntakeReport> FetchAsync(IEnumerable<string> addresses, CancellationToken cancellationToken)
    {
        var (documents, failures) = (new List<Document>(), new List<(string, string)>());
        foreach (var address in addresses)
        {
            var fetch = await fetcher.FetchAsync(new FetchRequest(address), cancellationToken);
            var intake = FetchedPage.ReadUnlessReserved(fetch, new DocumentOptions(), takesReserved: false);
            if (intake.Document is { } document)
                documents.Add(document);
            else
                failures.Add((address, intake.Skipped!.Reason));
        }

        return await TakeInAsync(documents, failures, cancellationToken);
    }

    // What has begun is brought to its end, whether or not somebody still waits for it.
    private async Task<IntakeReport> TakeInAsync(List<Document> documents, List<(string What, string Why)> failures, CancellationToken cancellationToken)
    {
        if (documents.Count == 0)
            return new IntakeReport(0, 0, failures);
        var outcomes = await Task.Run(() => writer.Ingest(documents, CancellationToken.None), cancellationToken);
        failures.AddRange(outcomes.Where(outcome => outcome.Outcome == IngestOutcome.Unread).Select(outcome => (outcome.Source, outcome.Reason ?? "")));
        return new IntakeReport(
            outcomes.Count(outcome => outcome.Outcome is IngestOutcome.New or IngestOutcome.NewVersion),
            outcomes.Count(outcome => outcome.Outcome is IngestOutcome.Known or IngestOutcome.Unchanged), failures);
    }
}
