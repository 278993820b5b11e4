using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Stories;

namespace Recoupe.Evaluation;

/// <summary>
/// Two articles: do they tell one story? The first line of a text is its title. Terms are weighed by the shipped background and
/// the set itself. "same story F1": <see cref="Likeness.Result.Same"/> against the field <c>same_story</c>; "same event F1": likewise
/// <see cref="Likeness.Result.LogOdds"/> above <see cref="StoryOptions.JoinFrom"/>; "correlation": Pearson's of
/// <see cref="Likeness.Result.Degree"/> with the human grade, where the set has one. "same story F1, other half": the bound on the degree is
/// chosen on one half of the set and tried on the other, the mean over <see cref="Rounds"/> random halves both ways: what to expect elsewhere.
/// </summary>
public sealed class PairsEvaluation : IEvaluation
{
    private const int Rounds = 100;

    public string Step => "pairs";

    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        foreach (var gold in Sets.In(data, "pairs", "*.jsonl"))
        {
            var rows = File.ReadLines(gold).Select(line => JsonDocument.Parse(line).RootElement).ToList();
            var articles = rows.SelectMany(row => new[] { Read(row, "a"), Read(row, "b") }).ToList();
            var likeness = new Likeness(articles);
            var from = new StoryOptions().JoinFrom;
            List<(bool Said, bool Same)> stories = [], events = [];
            List<(double Degree, bool Same)> all = [];
            List<double> grades = [], degrees = [];
            for (var i = 0; i < rows.Count; i++)
            {
                var same = rows[i].GetProperty("same_story") is { ValueKind: JsonValueKind.True };
                var found = likeness.Compare(articles[2 * i], articles[(2 * i) + 1]);
                stories.Add((found.Same, same));
                events.Add((found.LogOdds > from, same));
                all.Add((found.Degree, same));
                if (same != found.Same)
                    log.WriteLine($"    {rows[i].GetProperty("id")} same {same} log-odds {found.LogOdds:0.00} degree {found.Degree:0.000} {articles[2 * i].Article.Title} | {articles[(2 * i) + 1].Article.Title}");
                if (rows[i].TryGetProperty("overall", out var grade) && grade.ValueKind == JsonValueKind.Number)
                {
                    grades.Add(grade.GetDouble());
                    degrees.Add(found.Degree);
                }
            }

            var set = Path.GetFileNameWithoutExtension(gold);
            yield return new Figure(Step, set, "same story F1", F1(stories));
            yield return new Figure(Step, set, "same event F1", F1(events));
            yield return new Figure(Step, set, "same story F1, other half", OnOtherHalf(all));
            if (grades.Count > 2)
                yield return new Figure(Step, set, "correlation", Math.Abs(Pearson(grades, degrees)));
        }
    }

    internal static AnnotatedArticle Annotated(string id, string? title, string text, string? language) => Pipeline.Annotate(
        new Article { Id = new ArticleId(id), Source = id, Title = title, Text = text, Language = language });

    private static AnnotatedArticle Read(JsonElement row, string side)
    {
        var text = row.GetProperty(side).GetString()!;
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var language = row.TryGetProperty("lang_" + side, out var code) ? code.GetString() : "en";
        return Annotated($"{row.GetProperty("id")}-{side}", end > 0 ? text[..end] : null, end > 0 ? text[end..].Trim() : text, language);
    }

    private static double F1(IEnumerable<(bool Said, bool Same)> pairs)
    {
        int both = 0, said = 0, wanted = 0;
        foreach (var pair in pairs)
        {
            both += pair.Said && pair.Same ? 1 : 0;
            said += pair.Said ? 1 : 0;
            wanted += pair.Same ? 1 : 0;
        }

        return said + wanted == 0 ? 0 : 2.0 * both / (said + wanted);
    }

    private static double OnOtherHalf(List<(double Degree, bool Same)> pairs)
    {
        var random = new Random(5);
        var halves = pairs.ToArray();
        var sum = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(halves);
            var (first, second) = (halves[..(halves.Length / 2)], halves[(halves.Length / 2)..]);
            sum += Tried(first, second) + Tried(second, first);
        }

        return sum / (2 * Rounds);
    }

    private static double Tried((double Degree, bool Same)[] chosenOn, (double Degree, bool Same)[] triedOn)
    {
        var bound = chosenOn.Select(pair => pair.Degree).MaxBy(from => F1(chosenOn.Select(pair => (pair.Degree >= from, pair.Same))));
        return F1(triedOn.Select(pair => (pair.Degree >= bound, pair.Same)));
    }

    private static double Pearson(List<double> x, List<double> y)
    {
        double mx = x.Average(), my = y.Average(), xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Count; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }

        return xy / Math.Sqrt(xx * yy);
    }
}

/// <summary>
/// Sentences and items in both languages: for each English one the French one of the set that is likest by
/// <see cref="Likeness.Degree"/>, and the other way round; "top-1" is the share of right ones, both ways.
/// </summary>
public sealed class ParallelEvaluation : IEvaluation
{
    public string Step => "parallel";

    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        foreach (var gold in Sets.In(data, "parallel", "*.jsonl"))
        {
            var rows = File.ReadLines(gold).Select(line => JsonDocument.Parse(line).RootElement).ToList();
            var english = rows.Select(row => PairsEvaluation.Annotated(row.GetProperty("id").GetString() + "-en", null, row.GetProperty("en").GetString()!, "en")).ToList();
            var french = rows.Select(row => PairsEvaluation.Annotated(row.GetProperty("id").GetString() + "-fr", null, row.GetProperty("fr").GetString()!, "fr")).ToList();
            var likeness = new Likeness([.. english, .. french]);
            var degrees = new double[rows.Count, rows.Count];
            for (var i = 0; i < rows.Count; i++)
            {
                for (var j = 0; j < rows.Count; j++)
                    degrees[i, j] = likeness.Compare(english[i], french[j]).Degree;
            }

            var right = 0;
            for (var i = 0; i < rows.Count; i++)
            {
                var toFrench = Enumerable.Range(0, rows.Count).MaxBy(j => degrees[i, j]);
                var toEnglish = Enumerable.Range(0, rows.Count).MaxBy(j => degrees[j, i]);
                right += (toFrench == i ? 1 : 0) + (toEnglish == i ? 1 : 0);
                if (toFrench != i)
                    log.WriteLine($"    {english[i].Article.Text} => {french[toFrench].Article.Text} ({degrees[i, toFrench]:0.000}) not {french[i].Article.Text} ({degrees[i, i]:0.000})");
            }

            yield return new Figure(Step, Path.GetFileNameWithoutExtension(gold), "top-1", right / (2.0 * rows.Count));
        }
    }
}
