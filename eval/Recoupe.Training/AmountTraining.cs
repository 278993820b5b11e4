using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains <c>models/amounts.model</c>, whether two amounts of a story are told of one thing, and <c>models/amounts-open.model</c>, whether nothing explains that they differ, on stories whose discrepancies careful readers list.</summary>
/// <remarks><c>--check</c> prints how many of the pairs that readers list are told at each bound by models that have not seen their affair.</remarks>
public static class AmountTraining
{
    private const int Folds = 8;

    private static readonly Boosting Boosting = new() { Trees = 160, Depth = 5, Rate = 0.06, LeastWeight = 4, Ridge = 6, Share = 0.5 };

    private static readonly Boosting OpenBoosting = new() { Trees = 60, Depth = 2, Rate = 0.08, LeastWeight = 4, Ridge = 6, Share = 0.5 };

    /// <summary>
    /// Runs the command: <c>amounts OUT FOLDER… [--read PAIRS ARTICLES] [--check]</c>, or <c>amounts --ask ARTICLES GROUPS</c>, which prints the likeliest pairs of
    /// stories (as <c>recoupe group</c> tells them) for readers.
    /// </summary>
    public static int Run(string[] arguments, TextWriter log)
    {
        if (arguments is ["--ask", var articles, var groups])
        {
            ReadPairs.Ask(articles, groups, log);
            return 0;
        }

        (var read, arguments) = ReadPairs.TakenFrom(arguments);
        var check = arguments.Contains("--check");
        var samples = LabelledStory.Folders(arguments.Skip(1).Where(argument => argument != "--check")).AsParallel().AsOrdered().Select(AmountSample.Read).ToList();
        if (read.Count > 0)
            log.WriteLine($"{read.Count} stories read for their pairs, {read.Sum(sample => sample.Labels.Count)} pairs, {read.Sum(sample => sample.Labels.Count(label => label >= 0))} of them of one thing");
        log.WriteLine($"{samples.Count} stories, {samples.Sum(sample => sample.Labels.Count)} pairs, {samples.Sum(sample => sample.Listed.Count(hit => hit))} of {samples.Sum(sample => sample.Listed.Count)} discrepancies among them");
        if (!check)
        {
            ModelFile.Save(Train([.. samples, .. read]), Path.Combine(arguments[0], "amounts.model"), log);
            ModelFile.Save(TrainOpen(samples), Path.Combine(arguments[0], "amounts-open.model"), log);
            return 0;
        }

        var folds = LabelledStory.FoldsOf(samples.Select(sample => sample.Affair), Folds);
        var models = Enumerable.Range(0, Folds).AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(fold => Train([.. samples.Where(sample => folds[sample.Affair] != fold), .. read.Where((_, number) => number % Folds != fold)])).ToArray();
        var opens = Enumerable.Range(0, Folds).AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(fold => TrainOpen([.. samples.Where(sample => folds[sample.Affair] != fold)])).ToArray();
        for (var least = -1.5; least <= 1.5; least += 0.5)
        {
            int told = 0, right = 0, all = 0;
            foreach (var sample in samples)
            {
                for (var i = 0; i < sample.Labels.Count; i++)
                {
                    if (sample.Labels[i] is < 0 or AmountSample.Again)
                        continue;
                    var odds = opens[folds[sample.Affair]].Score(sample.RowOf(i));
                    all += sample.Open[sample.Labels[i]] ? 1 : 0;
                    told += odds >= least ? 1 : 0;
                    right += odds >= least && sample.Open[sample.Labels[i]] ? 1 : 0;
                }
            }

            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"open {least,4:0.0}  {right} of {told} told, {all} true"));
        }

        for (var least = -3.0; least <= 1 && read.Count > 0; least += 0.5)
        {
            var told = read.SelectMany((sample, number) => Enumerable.Range(0, sample.Labels.Count).Where(i => models[number % Folds].Score(sample.RowOf(i)) >= least).Select(i => sample.Labels[i] >= 0)).ToList();
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"read  {least,4:0.0}  {told.Count(right => right)} of {told.Count} told, {read.Sum(sample => sample.Labels.Count(label => label >= 0))} true"));
        }

        foreach (var kind in new[] { "real", "inv", "" })
        {
            var chosen = samples.Where(sample => kind.Length == 0 || (kind == "inv") == sample.Name.StartsWith("inv", StringComparison.Ordinal)).ToList();
            for (var least = -2.0; least <= 2; least += 0.5)
            {
                int told = 0, right = 0, all = chosen.Sum(sample => sample.Listed.Count), found = 0;
                foreach (var sample in chosen)
                {
                    var pairs = sample.Told(models[folds[sample.Affair]], least).Where(pair => sample.Labels[pair] != AmountSample.Unknown).ToList();
                    told += pairs.Count;
                    right += pairs.Count(pair => sample.Labels[pair] >= 0);
                    found += pairs.Where(pair => sample.Labels[pair] is >= 0 and < AmountSample.Again).Select(pair => sample.Labels[pair]).Distinct().Count();
                }

                double precision = (double)right / Math.Max(1, told), recall = (double)found / Math.Max(1, all);
                log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-5} {least,4:0.0}  {right} of {told} told, {found} of {all}: P {precision:0.000} R {recall:0.000} F1 {2 * precision * recall / Math.Max(1e-9, precision + recall):0.000}"));
            }
        }

        return 0;
    }

    /// <summary>Whether two amounts are told of one thing.</summary>
    internal static TreeModel Train(List<AmountSample> samples)
    {
        List<float> rows = [], weights = [];
        var labels = new List<bool>();
        foreach (var sample in samples)
        {
            for (var i = 0; i < sample.Labels.Count; i++)
            {
                if (sample.Labels[i] == AmountSample.Unknown)
                    continue;
                rows.AddRange(sample.Features.GetRange(i * AmountPairs.Count, AmountPairs.Count));
                labels.Add(sample.Labels[i] >= 0);
                weights.Add(sample.IsRead ? ReadPairs.Weight : 20 / MathF.Sqrt(Math.Max(25, sample.Labels.Count)));
            }
        }

        return Boosting.Train([.. rows], AmountPairs.Count, [.. labels], [.. weights]);
    }

    /// <summary>Whether nothing explains a difference, learned on those that the truth lists.</summary>
    internal static TreeModel TrainOpen(List<AmountSample> samples)
    {
        List<float> rows = [];
        var labels = new List<bool>();
        foreach (var sample in samples)
        {
            for (var i = 0; i < sample.Labels.Count; i++)
            {
                if (sample.Labels[i] is < 0 or AmountSample.Again)
                    continue;
                rows.AddRange(sample.Features.GetRange(i * AmountPairs.Count, AmountPairs.Count));
                labels.Add(sample.Open[sample.Labels[i]]);
            }
        }

        return OpenBoosting.Train([.. rows], AmountPairs.Count, [.. labels], [.. labels.Select(_ => 1f)]);
    }
}

/// <summary>The amounts of one story as rows.</summary>
/// <param name="Name">The story's.</param>
/// <param name="Features">Of each pair.</param>
/// <param name="Labels">Which discrepancy of the truth it is; -1 for none.</param>
/// <param name="Keys">What a pair tells: pairs of one key are told once.</param>
/// <param name="Open">Of each discrepancy of the truth, whether nothing explains it.</param>
/// <param name="Listed">Of each discrepancy of the truth, whether a pair is it.</param>
internal sealed record AmountSample(string Name, List<float> Features, List<int> Labels, List<(AmountKind, ulong, double, double)> Keys, List<bool> Listed, List<bool> Open)
{
    /// <summary>The values of a discrepancy of the truth, told once more elsewhere.</summary>
    public const int Again = int.MaxValue;

    /// <summary>Values of a point of which the truth lists others as differing.</summary>
    public const int Unknown = -2;

    private const double MostEverywhere = 12;

    public string Affair => LabelledStory.AffairOf(Name);

    /// <summary>What is known of a pair.</summary>
    public ReadOnlySpan<float> RowOf(int pair) => CollectionsMarshal.AsSpan(Features).Slice(pair * AmountPairs.Count, AmountPairs.Count);

    /// <summary>Whether only its pairs were read, not the story.</summary>
    public bool IsRead { get; init; }

    /// <summary>Reads the story in <paramref name="folder"/>.</summary>
    public static AmountSample Read(string folder)
    {
        var story = LabelledStory.Read(folder);
        return Of(story, new StoryText(SpeakerNames.Resolve(SiblingDating.Date(story.Articles)), CancellationToken.None));
    }

    /// <summary>The pairs of a story.</summary>
    public static AmountSample Of(LabelledStory story, StoryText text)
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(story.Folder, "truth.json")));
        var byId = text.Articles.ToDictionary(article => article.Id.Value);
        var listed = truth.RootElement.GetProperty("discrepancies").EnumerateArray().Where(item => item.GetProperty("kind").GetString() == "number")
            .Select(item => (Point: item.GetProperty("point").GetString()!, Open: !item.TryGetProperty("resolution", out var told) || told.GetString() is null or "open", A: SourcingTruth.Place(item.GetProperty("a"), byId), B: SourcingTruth.Place(item.GetProperty("b"), byId))).ToList();
        var passages = truth.RootElement.GetProperty("points").EnumerateArray().Where(point => listed.Exists(item => item.Point == point.GetProperty("id").GetString()))
            .ToDictionary(point => point.GetProperty("id").GetString()!, point => point.GetProperty("passages").EnumerateArray().Select(passage => SourcingTruth.Place(passage, byId)).ToList());
        var pairs = new AmountPairs(text, text.Passages(CancellationToken.None).Units);
        // The values that differ of one thing: those of a point's discrepancies.
        var values = listed.GroupBy(item => item.Point).ToDictionary(group => group.Key, group => group.SelectMany(item => new[] { item.A, item.B })
            .SelectMany(told => pairs.Amounts.Where(amount => Is(told, amount)).Select(amount => (amount.Kind, amount.Value))).ToHashSet());
        var sample = new AmountSample(story.Name, [], [], [], [.. listed.Select(_ => false)], [.. listed.Select(item => item.Open)]);
        var row = new float[AmountPairs.Count];
        foreach (var (a, b) in pairs.Pairs())
        {
            var label = listed.FindIndex(item => (Is(item.A, a) && Is(item.B, b)) || (Is(item.A, b) && Is(item.B, a)));
            if (label < 0 && passages.Keys.Any(point => values[point].Contains((a.Kind, a.Value)) && values[point].Contains((b.Kind, b.Value)) && IsOne(a, b)))
                label = Again;
            else if (label < 0 && passages.Values.Any(told => told.Exists(passage => Is(passage, a)) && told.Exists(passage => Is(passage, b))))
                label = Unknown;
            pairs.Fill(a, b, row);
            sample.Features.AddRange(row);
            sample.Labels.Add(label);
            sample.Keys.Add(AmountPairs.DifferenceOf(a, b));
            if (label is >= 0 and < Again)
                sample.Listed[label] = true;
        }

        return sample;

        // Small numbers are told of everything.
        static bool IsOne(StoryAmount a, StoryAmount b) => Math.Min(a.Value, b.Value) > MostEverywhere ? a.Key == b.Key || a.Key == 0 || b.Key == 0
            : (a.Key == b.Key && a.Key != 0) || (a.Number.Happened is not null && a.Number.Happened == b.Number.Happened);

        bool Is(Evidence told, StoryAmount amount) => told.Article == amount.Unit.Evidence.Article && told.Span.Overlaps(amount.Number.Span);
    }

    /// <summary>The pairs that a model tells, each pair of values once, where it is told first.</summary>
    public List<int> Told(TreeModel model, double least)
    {
        var odds = Enumerable.Range(0, Labels.Count).Select(i => model.Score(RowOf(i))).ToList();
        var told = Enumerable.Range(0, Labels.Count).Where(i => odds[i] >= least).Select(i => Keys[i]).ToHashSet();
        var first = new Dictionary<(AmountKind, ulong, double, double), int>();
        for (var i = 0; i < Labels.Count; i++)
        {
            if (told.Contains(Keys[i]) && odds[i] >= least - AmountComparer.FirstBelow)
                first.TryAdd(Keys[i], i);
        }

        return [.. first.Values.Order()];
    }
}
