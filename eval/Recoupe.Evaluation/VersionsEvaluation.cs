using Recoupe.Changes;

namespace Recoupe.Evaluation;

/// <summary>
/// What a change between two wordings touches, by a reader's judgement (<c>eval/gold/versions.tsv</c>), each grade for itself.
/// Pairs of stories with an even hash served to look at mistakes; those with an odd one did not.
/// </summary>
public sealed class VersionsEvaluation : IEvaluation
{
    private static readonly string Gold = Path.Combine(AppContext.BaseDirectory, "versions.tsv");

    public string Step => "versions";

    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        foreach (var set in Sets.In(data, "versions", "*.jsonl"))
        {
            var articles = Scorer.Articles(set).ToDictionary(article => article.Id.Value, Pipeline.Annotate);
            var rows = File.ReadLines(Gold).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).ToList();
            foreach (var (part, isLookedAt) in new[] { ("looked at", true), ("left out", false) })
            {
                var pairs = rows.Where(row => IsLookedAt(row[0]) == isLookedAt)
                    .Select(row => Compare(row, articles, isLookedAt ? log : TextWriter.Null)).ToList();
                foreach (var figure in Figures(pairs, $"{Path.GetFileNameWithoutExtension(set)} ({part}, {pairs.Count})"))
                    yield return figure;
            }
        }
    }

    private static bool IsLookedAt(string id) => Text.TextHash.Of(id.Split('.')[0]) % 2 == 0;

    private static (HashSet<string> Found, HashSet<string> Wanted, HashSet<string> Allowed) Compare(
        string[] row, Dictionary<string, AnnotatedArticle> articles, TextWriter log)
    {
        HashSet<string> Words(int column) => column < row.Length ? [.. row[column].Split(' ', StringSplitOptions.RemoveEmptyEntries)] : [];
        var change = ChangeFinder.Compare(articles[row[0]], articles[row[1]]);
        HashSet<string> found = [.. change.Grades.Select(grade => grade.ToString().ToLowerInvariant())];
        var (wanted, allowed) = (Words(2), Words(3));
        if (!wanted.IsSubsetOf(found) || found.Except(wanted).Except(allowed).Any())
            log.WriteLine($"    {row[0]} {row[1]}: found {string.Join(' ', found.Order())}, wanted {string.Join(' ', wanted.Order())}");
        return (found, wanted, allowed);
    }

    private IEnumerable<Figure> Figures(List<(HashSet<string> Found, HashSet<string> Wanted, HashSet<string> Allowed)> pairs, string set)
    {
        foreach (var grade in new[] { "typo", "wording", "name", "number", "quotation" })
        {
            var right = pairs.Count(pair => pair.Found.Contains(grade) && pair.Wanted.Contains(grade));
            var said = pairs.Count(pair => pair.Found.Contains(grade) && !pair.Allowed.Contains(grade));
            var wanted = pairs.Count(pair => pair.Wanted.Contains(grade));
            if (wanted == 0 && said == 0)
                continue;
            yield return new Figure(Step, set, grade + " precision", said == 0 ? 1 : (double)right / said);
            yield return new Figure(Step, set, grade + " recall", wanted == 0 ? 1 : (double)right / wanted);
        }
    }
}
