using System.Globalization;
using System.Reflection;
using System.Text.Json;

using Recoupe;
using Recoupe.Dossiers;
using Recoupe.Evaluation;

const string Usage = """
    Measures each step on labelled data and prints one table.

        Recoupe.Evaluation --show-truth text|markdown|html en|fr FOLDER…
        Recoupe.Evaluation --oracle story|passages FOLDER…
        Recoupe.Evaluation --mutations EACH CASES SET…
        Recoupe.Evaluation --ablation DATA FOLDER… [--left-out] [--only WHAT…]
        Recoupe.Evaluation DATA [--only STEP] [--verbose] [--floors FILE [--raise]]

    --show-truth  prints the dossiers that the truth about invented events gives, one folder an event
    --oracle      prints the dossiers of events, one a line, made from the true story, or from the true points' passages too
    --mutations   prints what each list and each rule of statements changes in every EACHth article of SETs (JSON lines) and in the CASES of the tests
    --ablation    prints on how many of the stories in FOLDERs the dossiers get worse or better without each list and each rule of the sourcing ("updates Dates" for two alone)
    DATA      the folder with the labelled sets and their scorer (score.py)
    --only    measures one step: statements, dates, stories, sourcing, extraction …
    --verbose prints what explains the figures
    --floors  compares with the figures kept in FILE: exit code 1 if one is missed by more than 0.0005
    --raise   writes the figures that are better than FILE's, or new, into it
    """;

if (args is ["--dossiers", var events])
{
    using var output = Console.OpenStandardOutput();
    using var json = new Utf8JsonWriter(output);
    DossierJson.Write(json, Pipeline.Read(Scorer.Articles(events), new PipelineOptions(), CancellationToken.None), "evaluation");
    return 0;
}

if (args is ["--mutations", var each, var cases, .. var sets])
{
    Mutations.Run(sets, cases, int.Parse(each, CultureInfo.InvariantCulture), Console.Out);
    return 0;
}

if (args is ["--ablation", var scorer, .. var labelled])
{
    var at = Array.IndexOf(labelled, "--only");
    var paths = at < 0 ? labelled : labelled[..at];
    Ablation.Run(scorer, [.. paths.Where(path => path != "--left-out")], paths.Contains("--left-out"), at < 0 ? [] : labelled[(at + 1)..], Console.Out);
    return 0;
}

if (args is ["--oracle", var fed, .. var told])
{
    var input = Enum.Parse<TrueInput>(fed, ignoreCase: true);
    using var output = Console.OpenStandardOutput();
    foreach (var dossier in told.AsParallel().AsOrdered().Select(path => SourcingOracle.Dossier(path, input)))
    {
        using (var json = new Utf8JsonWriter(output))
            DossierJson.Write(json, [dossier!], "evaluation");
        output.WriteByte((byte)'\n');
    }

    return 0;
}

if (args is ["--show-truth", var format, var language, .. var folders])
{
    var dossiers = folders.Select(TruthDossier.Read).ToList();
    using var writer = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(false));
    switch (format)
    {
        case "html": DossierHtml.Write(writer, dossiers, InterfaceTexts.Of(language), "evaluation"); break;
        case "markdown": DossierMarkdown.Write(writer, dossiers, InterfaceTexts.Of(language), "evaluation"); break;
        default: DossierText.Write(writer, dossiers, InterfaceTexts.Of(language), new DossierTextOptions()); break;
    }

    return 0;
}

if (args.Length == 0 || args[0].StartsWith('-') || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

var only = Option("--only");
var log = args.Contains("--verbose") ? Console.Out : TextWriter.Null;
var evaluations = Assembly.GetExecutingAssembly().GetTypes()
    .Where(type => type is { IsPublic: true, IsAbstract: false } && type.IsAssignableTo(typeof(IEvaluation)))
    .OrderBy(type => type.Name, StringComparer.Ordinal)
    .Select(type => (IEvaluation)Activator.CreateInstance(type)!)
    .Where(evaluation => only is null || evaluation.Step == only);

var figures = new List<Figure>();
Console.WriteLine($"{"step",-14} {"set",-34} {"measure",-28} figure");
foreach (var evaluation in evaluations)
{
    foreach (var figure in evaluation.Measure(args[0], log))
    {
        figures.Add(figure);
        Console.WriteLine($"{figure.Step,-14} {figure.Set,-34} {figure.Measure,-28} {figure.Value.ToString("0.0000", CultureInfo.InvariantCulture)}");
    }
}

return Option("--floors") is { } file ? Floors.Compare(file, figures, raise: args.Contains("--raise")) : 0;

string? Option(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
