namespace Recoupe.Evaluation;

/// <summary>Attributions: content overlap, found, exact, speaker.</summary>
public sealed class StatementEvaluation : IEvaluation
{
    public string Step => "statements";

    public IEnumerable<Figure> Measure(string data, TextWriter log) =>
        Sets.In(data, "statements", "*-dev.jsonl").SelectMany(gold => Scorer.Score(data, Step, gold, Scorer.Annotate, log));
}

/// <summary>Calendar expressions and their values.</summary>
public sealed class DateEvaluation : IEvaluation
{
    public string Step => "dates";

    public IEnumerable<Figure> Measure(string data, TextWriter log) =>
        Sets.In(data, "dates", "*.jsonl").Concat(Sets.In(data, "statements", "wikinews*-dev.jsonl"))
            .SelectMany(gold => Scorer.Score(data, Step, gold, Scorer.Annotate, log));
}

/// <summary>Grouping of articles into stories, and into sagas where the set has them.</summary>
public sealed class StoryEvaluation : IEvaluation
{
    public string Step => "stories";

    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        foreach (var gold in Sets.In(data, "stories", "*.jsonl"))
        {
            var name = Path.GetFileNameWithoutExtension(gold);
            string[][] runs = name switch
            {
                "rpm2_fr" => [["--predicted-field", "saga"], ["--gold-field", "substory"]],
                "headlines_fr" => [[], ["--gold-field", "saga", "--predicted-field", "saga"]],
                _ => [[]],
            };
            foreach (var run in runs)
            {
                foreach (var figure in Scorer.Score(data, Step, gold, Scorer.Group, log, run))
                    yield return figure;
            }
        }
    }
}

/// <summary>Dossiers of invented events against the truth about them.</summary>
public sealed class SourcingEvaluation : IEvaluation
{
    public string Step => "sourcing";

    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var folder = Path.Combine(data, "sourcing");
        if (!Directory.Exists(folder))
            yield break;
        // The scorer runs the program once for each event; this program doubles as that one.
        var (lines, exitCode) = Scorer.Run(
            "python3", [Path.Combine(data, "score_sourcing.py"), folder, Environment.ProcessPath!, .. Sets.OwnArguments, "--dossiers"]);
        if (exitCode != 0)
            throw new InvalidOperationException($"score_sourcing.py failed: {string.Join('\n', lines)}");
        foreach (var line in lines)
            log.WriteLine($"    {line}");
        foreach (var (measure, value) in lines[..^1].Concat(lines[^1..]).SelectMany(Scorer.Figures).DistinctBy(figure => figure.Measure))
            yield return new Figure(Step, "events", measure, value);
    }
}

internal static class Sets
{
    /// <summary>What to put before the program's own arguments to start it again: the assembly's path if a host runs it.</summary>
    public static string[] OwnArguments =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Sets).Assembly.Location] : [];

    /// <summary>The files of a step's folder, by name; none where the folder is missing.</summary>
    public static IEnumerable<string> In(string data, string folder, string pattern)
    {
        var path = Path.Combine(data, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal) : [];
    }
}
