using System.Globalization;
using System.Text.Json;

using Recoupe.Dossiers;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>
/// Trains the decisions about points (<c>models/points.model</c>, <c>models/told.model</c>) on stories with the truth about their points.
/// </summary>
/// <remarks>
/// Rows of the first are pairs of units of which one at least tells a point of the truth; rows of the second are the groups of units that a
/// first model makes which has not seen their affair. Each story counts by the root of its rows. <c>--pairs</c> prints how well pairs of passages
/// are told by models that have not seen their affair, <c>--check</c> how the points of
/// stories come out whose affair was left out, and writes their dossiers to a folder if one is named.
/// </remarks>
public static class PointTraining
{
    private const int Folds = 8;

    private static readonly Boosting SameBoosting = new() { Trees = 140, Depth = 5, Rate = 0.08, LeastWeight = 4, Ridge = 4 };
    private static readonly Boosting TellsBoosting = new() { Trees = 100, Depth = 4, Rate = 0.08, LeastWeight = 4, Ridge = 4 };
    private static readonly Boosting ToldBoosting = new() { Trees = 60, Depth = 3, Rate = 0.08, LeastWeight = 4, Ridge = 4 };

    /// <summary>Runs the command: <c>points OUT FOLDER… [--pairs] [--check [--dossiers DIR] [--read PAIRS ARTICLES]]</c>; of pairs that were read the amounts learn, too.</summary>
    public static int Run(string[] arguments, TextWriter log)
    {
        (var read, arguments) = ReadPairs.TakenFrom(arguments);
        var check = arguments.Contains("--check");
        var at = Array.IndexOf(arguments, "--dossiers");
        var dossiers = at >= 0 ? arguments[at + 1] : null;
        var folders = arguments.Where((argument, i) => i > 0 && !argument.StartsWith("--", StringComparison.Ordinal) && (at < 0 || i != at + 1)).ToList();
        var samples = Samples(LabelledStory.ReadAll(folders));
        log.WriteLine($"{samples.Count} stories, {samples.Sum(sample => sample.Units)} units, {samples.Sum(sample => sample.Rows)} pairs, {samples.Sum(sample => sample.Positives)} of them one point, of {samples.Sum(sample => sample.AllPositives)}");
        if (arguments.Contains("--pairs"))
        {
            PrintPairs(samples, log);
            return 0;
        }

        if (check)
        {
            var judges = LeftOut(samples, read);
            PointCheck.Print(samples, judges, log, new PointOptions());
            if (dossiers is not null)
                Write(samples, judges, dossiers);
            return 0;
        }

        var groups = Groups(samples, Folded(samples));
        ModelFile.Save(TrainSame(samples), Path.Combine(arguments[0], "points.model"), log);
        ModelFile.Save(TrainTold(groups), Path.Combine(arguments[0], "told.model"), log);
        ModelFile.Save(TrainTells(groups), Path.Combine(arguments[0], "members.model"), log);
        return 0;
    }

    /// <summary>For each story, by name, the decisions about points as trained without its affair.</summary>
    internal static Dictionary<string, PointJudge> LeftOut(IEnumerable<LabelledStory> stories) => LeftOut(Samples(stories), []);

    private static List<StorySample> Samples(IEnumerable<LabelledStory> stories) => [.. stories.AsParallel().AsOrdered().Select(story => new StorySample(story))];

    private static Dictionary<string, PointJudge> LeftOut(List<StorySample> samples, List<AmountSample> read)
    {
        var folds = Folded(samples);
        var groups = Groups(samples, folds);
        List<T> Without<T>(List<T> rows, int fold) => [.. rows.Where((_, i) => folds.Of[i] != fold)];
        var told = Enumerable.Range(0, Folds).Select(fold => TrainTold(Without(groups, fold))).ToArray();
        var tells = Enumerable.Range(0, Folds).AsParallel().AsOrdered().Select(fold => TrainTells(Without(groups, fold))).ToArray();
        var amounts = samples.AsParallel().AsOrdered().Select(sample => AmountSample.Of(sample.Story, sample.Text)).ToList();
        var numbers = Enumerable.Range(0, Folds).AsParallel().AsOrdered().Select(fold => AmountTraining.Train([.. Without(amounts, fold), .. read])).ToArray();
        var opens = Enumerable.Range(0, Folds).AsParallel().AsOrdered().Select(fold => AmountTraining.TrainOpen(Without(amounts, fold))).ToArray();
        return samples.Select((sample, i) => (sample.Story.Name, Fold: folds.Of[i]))
            .ToDictionary(story => story.Name, story => new PointJudge(folds.Same[story.Fold], told[story.Fold], tells[story.Fold], numbers[story.Fold], opens[story.Fold]));
    }

    // The fold of each story, and of each fold the first decision as trained on the others.
    private static (int[] Of, TreeModel[] Same) Folded(List<StorySample> samples)
    {
        var byAffair = LabelledStory.FoldsOf(samples.Select(sample => sample.Story.Affair), Folds);
        var of = samples.Select(sample => byAffair[sample.Story.Affair]).ToArray();
        return (of, [.. Enumerable.Range(0, Folds).AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(fold => TrainSame([.. samples.Where((_, i) => of[i] != fold)]))]);
    }

    // Average precision of all pairs that tell one point, those that are not compared too, and the mean loss of those that are.
    private static void PrintPairs(List<StorySample> samples, TextWriter log)
    {
        var folds = Folded(samples);
        var scored = samples.Select((sample, i) => (sample, odds: folds.Same[folds.Of[i]].Score(
            sample.Rows, UnitFeatures.Count, (row, features) => sample.Features.AsSpan(row * UnitFeatures.Count, UnitFeatures.Count).CopyTo(features), threads: null))).ToList();
        foreach (var (name, stories) in scored.GroupBy(pair => pair.sample.Story.Name.Split('-')[0].TrimEnd("0123456789".ToCharArray())).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.ToList())).Append(("all", scored)))
        {
            var rows = stories.SelectMany(story => story.odds.Select((odds, row) => (odds, Same: story.sample.Labels[row]))).OrderByDescending(row => row.odds).ToList();
            double loss = 0, precisions = 0, met = 0;
            for (var i = 0; i < rows.Count; i++)
            {
                loss += Math.Log(1 + Math.Exp(rows[i].Same ? -rows[i].odds : rows[i].odds));
                if (rows[i].Same)
                    precisions += ++met / (i + 1);
            }

            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {stories.Count,4} stories  average precision {precisions / Math.Max(1, stories.Sum(story => story.sample.AllPositives)):0.0000}  loss {loss / Math.Max(1, rows.Count):0.00000}"));
        }
    }

    private static List<GroupRows> Groups(List<StorySample> samples, (int[] Of, TreeModel[] Same) folds) =>
        [.. samples.Select((sample, i) => (sample, same: folds.Same[folds.Of[i]])).AsParallel().AsOrdered().Select(pair => pair.sample.Group(pair.same))];

    private static TreeModel TrainTells(List<GroupRows> groups) => TellsBoosting.Train(
        [.. groups.SelectMany(group => group.Members)], PointMembers.Count, [.. groups.SelectMany(group => group.Tells)],
        [.. groups.SelectMany(group => group.Tells.Select(_ => 20 / MathF.Sqrt(group.Tells.Length)))]);

    private static TreeModel TrainSame(List<StorySample> samples)
    {
        var rows = samples.Sum(sample => sample.Rows);
        var features = new float[rows * UnitFeatures.Count];
        var labels = new bool[rows];
        var weights = new float[rows];
        var row = 0;
        foreach (var sample in samples)
        {
            sample.Features.CopyTo(features, row * UnitFeatures.Count);
            sample.Labels.CopyTo(labels, row);
            Array.Fill(weights, sample.Weight, row, sample.Rows);
            row += sample.Rows;
        }

        return SameBoosting.Train(features, UnitFeatures.Count, labels, weights);
    }

    private static TreeModel TrainTold(List<GroupRows> groups)
    {
        var labels = groups.SelectMany(group => group.Labels).ToArray();
        return ToldBoosting.Train([.. groups.SelectMany(group => group.Features)], ToldFeatures.Count, labels, [.. groups.SelectMany(group => group.Labels.Select(_ => 1f))]);
    }

    private static void Write(List<StorySample> samples, Dictionary<string, PointJudge> judges, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var sample in samples)
        {
            var options = new PipelineOptions { Points = new PointOptions { Judge = judges[sample.Story.Name] } };
            var dossier = LabelledStory.DossierOf(sample.Story.Articles, options);
            using var file = File.Create(Path.Combine(folder, sample.Story.Name + ".json"));
            using var json = new Utf8JsonWriter(file);
            DossierJson.Write(json, [dossier], "left out");
        }
    }
}

/// <summary>The rows of the second decision that one story gives.</summary>
internal sealed record GroupRows(float[] Features, bool[] Labels, float[] Members, bool[] Tells);

/// <summary>A story as rows of the first decision.</summary>
internal sealed class StorySample
{
    private readonly StoryText _text;
    private readonly List<int>[] _pointsOf;

    public StorySample(LabelledStory story)
    {
        var resolved = SpeakerNames.Resolve(SiblingDating.Date(story.Articles));
        Story = story with { Articles = resolved };
        _text = new StoryText(resolved, CancellationToken.None);
        Passages = StoryPassages.Read(_text, CancellationToken.None);
        _pointsOf = [.. Passages.Units.Select(unit => Enumerable.Range(0, story.Points.Length).Where(point => Tells(unit, story.Points[point])).ToList())];
        var links = new UnitLinks(Passages.Units);
        var features = new List<float>();
        var labels = new List<bool>();
        var row = new float[UnitFeatures.Count];
        foreach (var (a, b) in links.Pairs)
        {
            if (_pointsOf[a].Count == 0 && _pointsOf[b].Count == 0)
                continue;
            links.Fill(a, b, row);
            features.AddRange(row);
            labels.Add(_pointsOf[a].Intersect(_pointsOf[b]).Any());
        }

        Features = [.. features];
        Labels = [.. labels];
    }

    public LabelledStory Story { get; }

    public StoryText Text => _text;

    public StoryPassages Passages { get; }

    public float[] Features { get; }

    public bool[] Labels { get; }

    public int Units => Passages.Units.Count;

    public int Rows => Labels.Length;

    public int Positives => Labels.Count(label => label);

    /// <summary>How many pairs of units tell one point, compared or not.</summary>
    public int AllPositives => Enumerable.Range(0, Units).Sum(a => Enumerable.Range(0, a).Count(b => _pointsOf[a].Intersect(_pointsOf[b]).Any()));

    public float Weight => 20 / MathF.Sqrt(Math.Max(1, Rows));

    /// <summary>The groups that a model makes, as rows: whether one is a point of the truth.</summary>
    public GroupRows Group(TreeModel same)
    {
        var options = new PointOptions { Judge = new PointJudge(same, same, same, same, same) };
        var pairOdds = PairOdds.Of(Passages.Units, options);
        var drafts = PointFinder.Drafts(Passages, pairOdds, options, CancellationToken.None);
        var features = new float[drafts.Count * ToldFeatures.Count];
        for (var i = 0; i < drafts.Count; i++)
            ToldFeatures.Compute(drafts[i], Passages.Titles.Length, 0, features.AsSpan(i * ToldFeatures.Count, ToldFeatures.Count));
        // Parts stand last: they are told for what the others leave.
        List<(int Article, TextSpan Span)> PlacesOf(PointDraft draft) => draft.Units.ConvertAll(unit => (unit.Article, unit.Evidence.Span));
        var matched = PointCheck.Match(Story, drafts.FindAll(draft => draft.Part is null).ConvertAll(PlacesOf)).ToDictionary(pair => pair.Found, pair => pair.Gold);
        var missed = Story with { Points = [.. Story.Points.Where((_, gold) => !matched.ContainsValue(gold))] };
        bool[] labels = [.. drafts.Select((draft, i) => draft.Part is null ? matched.ContainsKey(i) : PointCheck.Match(missed, [PlacesOf(draft)]).Count > 0)];
        // As when points are told: only those that may be, so that rivals are the same.
        var told = Enumerable.Range(0, drafts.Count).Where(i => drafts[i].Owner is null && (matched.ContainsKey(i) || drafts[i].Articles > 1)).ToList();
        var members = new PointMembers(Passages.Units, told.ConvertAll(i => drafts[i]), pairOdds.Links, pairOdds.Odds, options);
        var rows = new List<float>();
        var tells = new List<bool>();
        var row = new float[PointMembers.Count];
        foreach (var (unit, draft) in members.Candidates)
        {
            if (!matched.TryGetValue(told[draft], out var gold) || (members.IsHome(unit, draft) && drafts[told[draft]].Units.Count == 1))
                continue;
            members.Fill(unit, draft, row);
            rows.AddRange(row);
            tells.Add(_pointsOf[unit].Contains(gold));
        }

        return new GroupRows(features, labels, [.. rows], [.. tells]);
    }

    private bool Tells(Unit unit, LabelledPoint point)
    {
        foreach (var (article, span, _) in point.Passages)
        {
            if (article == unit.Article && LabelledPoint.Overlaps(Story.Articles[article], span, unit.Evidence.Span))
                return true;
        }

        return false;
    }
}

/// <summary>Measures points as the scorer of sourcing does.</summary>
internal static class PointCheck
{
    /// <summary>Points of the truth with the points found for them, best first, each once.</summary>
    public static List<(int Gold, int Found)> Match(LabelledStory story, List<List<(int Article, TextSpan Span)>> found)
    {
        var scored = new List<(double Score, int Gold, int Found)>();
        for (var g = 0; g < story.Points.Length; g++)
        {
            for (var f = 0; f < found.Count; f++)
            {
                var articles = story.Points[g].Passages.Select(passage => passage.Article).Distinct().ToList();
                var hit = articles.Count(article => Hits(story, g, found[f], article));
                var extra = found[f].Select(passage => passage.Article).Distinct().Count(article => !articles.Contains(article));
                var score = hit / (articles.Count + (0.25 * extra));
                if (score >= 0.5)
                    scored.Add((score, g, f));
            }
        }

        var pairs = new List<(int, int)>();
        HashSet<int> gold = [], used = [];
        foreach (var (_, g, f) in scored.OrderByDescending(item => item.Score).ThenBy(item => item.Gold).ThenBy(item => item.Found))
        {
            if (!gold.Contains(g) && !used.Contains(f))
            {
                gold.Add(g);
                used.Add(f);
                pairs.Add((g, f));
            }
        }

        return pairs;
    }

    /// <summary>Prints the figures of all stories by kind.</summary>
    public static void Print(List<StorySample> samples, Dictionary<string, PointJudge> judges, TextWriter log, PointOptions options)
    {
        var tallies = samples.AsParallel().AsOrdered().Select(sample => Measure(sample, options with { Judge = judges[sample.Story.Name] })).ToList();
        log.WriteLine("                 points  in all  told/gold  together P     R     F1");
        foreach (var group in samples.Select((sample, i) => (Kind: KindOf(sample.Story.Name), Tally: tallies[i])).GroupBy(pair => pair.Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
            log.WriteLine($"{group.Key,-16} {group.Select(pair => pair.Tally).Aggregate((a, b) => a + b)}");
        log.WriteLine($"{"all",-16} {tallies.Aggregate((a, b) => a + b)}");
    }

    private static string KindOf(string name) => name.Split('-') is [var first, var second, ..] ? first + "-" + second[0] : name;

    private static Tally Measure(StorySample sample, PointOptions options)
    {
        var story = sample.Story;
        var points = PointFinder.Find(sample.Text, options, CancellationToken.None);
        var found = points.Select(point => point.Passages.Where(passage => !passage.Evidence.InTitle)
            .Select(passage => (sample.Text.PlaceOf(passage.Evidence.Article), passage.Evidence.Span)).ToList()).ToList();
        var tally = new Tally { Told = found.Count, Gold = story.Points.Length, Required = story.Points.Count(point => point.Required) };
        foreach (var (gold, at) in Match(story, found))
        {
            if (!story.Points[gold].Required)
                continue;
            tally.Found++;
            tally.InAll += story.Points[gold].Passages.Select(passage => passage.Article).Distinct().All(article => Hits(story, gold, found[at], article)) ? 1 : 0;
        }

        var spots = story.Points.SelectMany((point, number) => point.Passages.Where(passage => passage.Affirms)).ToList();
        var told = spots.ConvertAll(spot => Enumerable.Range(0, found.Count).Where(f => found[f].Exists(passage => passage.Item1 == spot.Article
            && LabelledPoint.Overlaps(story.Articles[spot.Article], spot.Span, passage.Span))).ToHashSet());
        var belongs = spots.ConvertAll(spot => Enumerable.Range(0, story.Points.Length).Where(g => story.Points[g].Passages.Any(passage => passage.Article == spot.Article
            && LabelledPoint.Overlaps(story.Articles[spot.Article], spot.Span, passage.Span))).ToHashSet());
        for (var x = 0; x < spots.Count; x++)
        {
            for (var y = 0; y < x; y++)
            {
                if (spots[x].Article == spots[y].Article)
                    continue;
                bool same = belongs[x].Overlaps(belongs[y]), together = told[x].Overlaps(told[y]);
                tally.Same += same ? 1 : 0;
                tally.Together += together ? 1 : 0;
                tally.Both += same && together ? 1 : 0;
            }
        }

        return tally;
    }

    private static bool Hits(LabelledStory story, int gold, List<(int Article, TextSpan Span)> found, int article) =>
        story.Points[gold].Passages.Any(passage => passage.Article == article
            && found.Exists(other => other.Article == article && LabelledPoint.Overlaps(story.Articles[article], passage.Span, other.Span)));

    private record struct Tally
    {
        public int Required;
        public int Found;
        public int InAll;
        public int Told;
        public int Gold;
        public int Same;
        public int Together;
        public int Both;

        public static Tally operator +(Tally a, Tally b) => new()
        {
            Required = a.Required + b.Required, Found = a.Found + b.Found, InAll = a.InAll + b.InAll, Told = a.Told + b.Told, Gold = a.Gold + b.Gold,
            Same = a.Same + b.Same, Together = a.Together + b.Together, Both = a.Both + b.Both,
        };

        public override readonly string ToString()
        {
            double precision = (double)Both / Math.Max(1, Together), recall = (double)Both / Math.Max(1, Same);
            return string.Create(CultureInfo.InvariantCulture,
                $"{(double)Found / Required,6:0.000} {(double)InAll / Required,7:0.000} {(double)Told / Gold,10:0.00} {precision,11:0.000} {recall,5:0.000} {2 * precision * recall / Math.Max(1e-9, precision + recall),6:0.000}");
        }
    }
}
