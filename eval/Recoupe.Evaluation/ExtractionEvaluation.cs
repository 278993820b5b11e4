using System.IO.Compression;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Dossiers;

namespace Recoupe.Evaluation;

/// <summary>Measures text, title, authors and time of publication on labelled pages.</summary>
/// <remarks>The choice of blocks was trained on the pages of two of the sets: for them see the held-out figures of its training (<c>blocks --check</c>).</remarks>
public sealed class ExtractionEvaluation : IEvaluation
{
    public string Step => "extraction";

    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        foreach (var gold in Sets.In(data, "extraction", "*.jsonl"))
        {
            var predicted = Path.GetTempFileName();
            try
            {
                using (var output = File.Create(predicted))
                    Predict(gold, output);
                var (lines, exitCode) = Scorer.Run("python3", [Path.Combine(data, "score.py"), Step, gold, predicted]);
                if (exitCode != 0)
                    throw new InvalidOperationException($"score.py failed on {gold}: {string.Join('\n', lines)}");
                foreach (var line in lines)
                    log.WriteLine($"    {line}");
                var set = Path.GetFileNameWithoutExtension(gold);
                foreach (var (measure, value) in lines.SelectMany(line => Scorer.Figures(line.Replace("found in the gold's share", "", StringComparison.Ordinal))))
                    yield return new Figure(Step, set, measure, value);
            }
            finally
            {
                File.Delete(predicted);
            }
        }
    }

    private static void Predict(string gold, Stream output)
    {
        var folder = Path.GetDirectoryName(gold)!;
        foreach (var article in File.ReadLines(gold).AsParallel().AsOrdered().Select(line => ReadPage(folder, line)))
            Scorer.WriteLine(output, json => ArticleJson.Write(json, article));
    }

    private static Article ReadPage(string folder, string line)
    {
        using var json = JsonDocument.Parse(line);
        using var stream = new GZipStream(File.OpenRead(Path.Combine(folder, json.RootElement.GetProperty("file").GetString()!)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var document = new Document
        {
            Source = json.RootElement.GetProperty("file").GetString()!,
            Form = DocumentForm.Html,
            Content = TextDecoder.Decode(bytes.ToArray(), null, new List<string>()),
            Url = json.RootElement.GetProperty("url").GetString(),
        };
        return ArticleReader.Read(document, new ArticleId(json.RootElement.GetProperty("id").GetString()!));
    }
}
