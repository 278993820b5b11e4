using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Dossiers;

namespace Recoupe.Benchmarks;

/// <summary>How much processor time the dossiers of a file of articles take to write (the first time, compilation included), format by format.</summary>
public sealed class DossierMeasurement : IMeasurement
{
    /// <inheritdoc/>
    public string Name => "dossier";

    /// <inheritdoc/>
    public string Arguments => "ARTICLES.jsonl";

    /// <inheritdoc/>
    public int Run(string[] arguments)
    {
        var articles = DocumentReader.Read([arguments[0]], CancellationToken.None).Where(intake => intake.Document is not null)
            .Select((intake, i) => ArticleReader.Read(intake.Document!, new ArticleId(intake.Document!.Id ?? $"a{i}"))).DistinctBy(article => article.Id).ToList();
        var began = Now;
        var dossiers = Pipeline.Read(articles, new PipelineOptions(), CancellationToken.None);
        Console.WriteLine($"{articles.Count} articles, {dossiers.Length} stories, largest {dossiers.Max(dossier => dossier.Articles.Length)} articles, {dossiers.Max(dossier => dossier.Points.Length)} points; read in {Seconds(began)} CPU s");
        var texts = InterfaceTexts.Of("en");
        Measure("text", output => DossierText.Write(output, dossiers, texts, new DossierTextOptions()));
        Measure("markdown", output => DossierMarkdown.Write(output, dossiers, texts, "0"));
        Measure("html", output => DossierHtml.Write(output, dossiers, texts, "0"));
        Measure("csv", output => DossierCsv.WritePassages(output, dossiers));
        Measure("json", output =>
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer))
                DossierJson.Write(json, dossiers, "0");
            output.Write(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        });
        return 0;
    }

    private static void Measure(string format, Action<TextWriter> write)
    {
        var began = Now;
        using var output = new StringWriter();
        write(output);
        Console.WriteLine($"{format,-10} {Seconds(began)} CPU s, {output.GetStringBuilder().Length / 1000.0:0} thousand characters");
    }

    // Processor time, so that a busy machine changes little.
    private static TimeSpan Now => Process.GetCurrentProcess().TotalProcessorTime;

    private static string Seconds(TimeSpan began) => (Now - began).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
