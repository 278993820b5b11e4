using System.Globalization;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Reuses;

namespace Recoupe.Evaluation;

/// <summary>
/// Shared text between two articles. The gold's copies are its labels copy, heavy and revision, made from exact 6-word
/// shingles, quotations included (0.35 and more of the shorter text). "copy" is found where <see cref="Reuse.Verbatim"/>
/// reaches <see cref="CopyFrom"/>; "kind" is the stricter reading of the sourcing rules, where quotations are no reuse:
/// <see cref="ReuseKind.Copy"/> to <see cref="ReuseKind.LargePart"/>.
/// </summary>
public sealed class ReuseEvaluation : IEvaluation
{
    /// <summary>Words in unbroken runs of six cover more than the shingles they hold: 0.43 of the words stand for 0.35 of the shingles.</summary>
    private const double CopyFrom = 0.43;

    private static readonly HashSet<string> Copies = ["copy", "heavy", "revision"];

    public string Step => "reuse";

    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        foreach (var (measure, isCopyOf) in new (string, Func<Reuse?, bool>)[]
        {
            ("copy", reuse => reuse?.Verbatim >= CopyFrom),
            ("kind", reuse => reuse?.Kind is ReuseKind.Copy or ReuseKind.Edited or ReuseKind.Abridged or ReuseKind.LargePart),
        })
        {
            foreach (var figure in Measure(data, measure, isCopyOf, log))
                yield return figure;
        }
    }

    private IEnumerable<Figure> Measure(string data, string measure, Func<Reuse?, bool> isCopyOf, TextWriter log)
    {
        foreach (var gold in Sets.In(data, "reuse", "*.jsonl"))
        {
            int right = 0, said = 0, wanted = 0, falselyCalled = 0, quotesOrNone = 0;
            var byLabel = new SortedDictionary<string, SortedDictionary<string, int>>(StringComparer.Ordinal);
            foreach (var line in File.ReadLines(gold))
            {
                using var json = JsonDocument.Parse(line);
                var row = json.RootElement;
                var label = row.GetProperty("label").GetString()!;
                var reuse = ReuseFinder.Compare(Annotated(row, "a"), Annotated(row, "b"));
                var isCopy = isCopyOf(reuse);
                wanted += Copies.Contains(label) ? 1 : 0;
                said += isCopy ? 1 : 0;
                right += isCopy && Copies.Contains(label) ? 1 : 0;
                quotesOrNone += label is "quotes" or "none" ? 1 : 0;
                falselyCalled += isCopy && label is "quotes" or "none" ? 1 : 0;
                var kind = reuse?.Kind.ToString() ?? "nothing";
                if (!byLabel.TryGetValue(label, out var kinds))
                    byLabel[label] = kinds = new(StringComparer.Ordinal);
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                if (isCopy != Copies.Contains(label))
                    log.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"    {row.GetProperty("id")} {label} containment {row.GetProperty("containment").GetDouble():0.000} share {reuse?.Share ?? 0:0.000} verbatim {reuse?.Verbatim ?? 0:0.000} {kind}"));
            }

            foreach (var (label, kinds) in byLabel)
                log.WriteLine($"    {label}: {string.Join(", ", kinds.Select(kind => $"{kind.Key} {kind.Value}"))}");
            var set = Path.GetFileNameWithoutExtension(gold);
            var precision = (double)right / Math.Max(1, said);
            var recall = (double)right / Math.Max(1, wanted);
            yield return new Figure(Step, set, measure + " precision", precision);
            yield return new Figure(Step, set, measure + " recall", recall);
            yield return new Figure(Step, set, measure + " F1", precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
            yield return new Figure(Step, set, measure + ": quotes and none left alone", 1 - (double)falselyCalled / Math.Max(1, quotesOrNone));
        }
    }

    private static AnnotatedArticle Annotated(JsonElement row, string side)
    {
        var article = new Article
        {
            Id = new ArticleId(side),
            Source = row.GetProperty("id").GetString()!,
            Text = row.GetProperty(side).GetString()!,
            Language = "en",
        };
        return new AnnotatedArticle { Article = article, Body = Text.AnalyzedText.Of(article.Text, Languages.Language.Find("en")) };
    }
}
