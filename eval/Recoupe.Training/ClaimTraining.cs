using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Checks;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>
/// Trains <c>models/claims.model</c> and <c>models/claims-again.model</c>, which passages of a story tell a claim, and <c>models/claims-otherwise.model</c>, whether they tell something else, on claims that people wrote about
/// points of the truth.
/// </summary>
/// <remarks>
/// A row of the first is a claim and a unit of its story; of the second the same once all units were judged by a first that has not seen the affair. What compares units has not seen it either.
/// All units that tell the claim are rows, of the others the likest and a few more.
/// </remarks>
public static class ClaimTraining
{
    private const int Folds = 8;

    private const int BriefSentences = 4;

    private static readonly Boosting AloneBoosting = new() { Trees = 160, Depth = 5, Rate = 0.08, LeastWeight = 4, Ridge = 4 };
    private static readonly Boosting AgainBoosting = new() { Trees = 120, Depth = 4, Rate = 0.08, LeastWeight = 4, Ridge = 4 };
    private static readonly float[] Thresholds = [-1.5f, -1, -0.5f, 0, 0.5f, 1];

    /// <summary>Runs the command: <c>claims OUT CLAIMS FOLDER… [--check [--dossiers DIR]]</c>.</summary>
    /// <remarks>
    /// CLAIMS holds the tables of claims (<c>eval/gold/claims</c>), FOLDER the stories. <c>--check</c> prints how claims of each affair are found by models that have not seen it, and writes
    /// no model; <c>--dossiers</c> writes what such models make of each story's claims, in their order.
    /// </remarks>
    public static int Run(string[] arguments, TextWriter log)
    {
        var at = Array.IndexOf(arguments, "--dossiers");
        var dossiers = at >= 0 ? arguments[at + 1] : null;
        arguments = [.. arguments.Where((_, i) => at < 0 || i != at && i != at + 1)];
        var (claims, changed) = (Read(Path.Combine(arguments[1], "claims.tsv")), Read(Path.Combine(arguments[1], "changed.tsv")));
        var stories = LabelledStory.ReadAll(arguments.Skip(2).Where(argument => argument != "--check"));
        var judges = PointTraining.LeftOut(stories);
        var asked = stories.Where(story => claims.Contains(story.Name)).ToList();
        var all = asked.Concat(asked.AsParallel().AsOrdered().Select(Brief)).AsParallel().AsOrdered()
            .SelectMany(story => ClaimSample.Of(story, [.. claims[story.Name], .. changed[story.Name]], judges[story.Name])).ToList();
        // Where half of all claims are changed ones, what tells them is not found at all.
        var samples = all.FindAll(sample => sample.Claim.What is null);
        log.WriteLine($"{all.Count(sample => !sample.Story.IsBrief)} claims of {all.Select(sample => sample.Story.Name).Distinct().Count()} stories");
        var folds = LabelledStory.FoldsOf(stories.Select(story => story.Affair), Folds);
        int FoldOf(ClaimSample sample) => folds[sample.Story.Affair];
        TreeModel[] LeftOut(Func<int, TreeModel> train) => [.. Enumerable.Range(0, Folds).AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(train)];
        var alone = LeftOut(fold => TrainAlone(samples.Where(sample => FoldOf(sample) != fold)));
        all.AsParallel().ForAll(sample => sample.Know(alone[FoldOf(sample)]));
        var again = LeftOut(fold => TrainAgain(samples.Where(sample => FoldOf(sample) != fold)));
        var found = ContrastTraining.Find(all, sample => (alone[FoldOf(sample)], again[FoldOf(sample)]));
        if (!arguments.Contains("--check"))
        {
            ModelFile.Save(TrainAlone(samples), Path.Combine(arguments[0], "claims.model"), log);
            ModelFile.Save(TrainAgain(samples), Path.Combine(arguments[0], "claims-again.model"), log);
            ModelFile.Save(ContrastTraining.Train(found), Path.Combine(arguments[0], "claims-otherwise.model"), log);
            return 0;
        }

        var otherwise = LeftOut(fold => ContrastTraining.Train(found.Where(claim => FoldOf(claim.Sample) != fold)));
        ContrastTraining.Print(all, found, sample => otherwise[FoldOf(sample)], log);
        if (dossiers is not null)
            Write(all, judges, fold => new ClaimJudge(alone[fold], again[fold], otherwise[fold]), FoldOf, dossiers);
        Print("again", [.. samples.AsParallel().AsOrdered().Select(sample => (sample, sample.Again(again[FoldOf(sample)])))], log);
        return 0;
    }

    private static ILookup<string, WrittenClaim> Read(string table) => File.ReadLines(table).Select(line => line.Split('\t'))
        .ToLookup(columns => columns[0], columns => new WrittenClaim(columns[1], columns[2], columns[3], columns[4], columns.ElementAtOrDefault(5)));

    private static void Write(List<ClaimSample> samples, Dictionary<string, PointJudge> judges, Func<int, ClaimJudge> judgeOf, Func<ClaimSample, int> foldOf, string folder)
    {
        Directory.CreateDirectory(folder);
        samples.Where(sample => !sample.Story.IsBrief).GroupBy(sample => sample.Story.Name).AsParallel().ForAll(story =>
        {
            var options = new PipelineOptions { Threads = 1, Points = new PointOptions { Judge = judges[story.Key] } };
            using var file = File.Create(Path.Combine(folder, story.Key + ".json"));
            using var json = new Utf8JsonWriter(file);
            DossierJson.Write(json, story.Select(sample => ClaimChecker.Check(sample.Claim.Text, sample.Claim.Language, [sample.Story.Articles], options, judgeOf(foldOf(sample)), CancellationToken.None)), "left out");
        });
    }

    // What is told of a story in a few lines each: half of the claims are told by nobody there.
    private static LabelledStory Brief(LabelledStory story)
    {
        var articles = story.Articles.Select(article =>
        {
            var sentences = article.Body.Sentences;
            var text = sentences.Length <= BriefSentences ? article.Article.Text : article.Article.Text[..sentences[BriefSentences - 1].End];
            var document = new Document { Source = article.Article.Source, Id = article.Id.Value, Form = DocumentForm.CleanText, Content = text, Title = article.Article.Title, Outlet = article.Article.Outlet, Language = article.Article.Language, Published = article.Article.Published };
            return Pipeline.Annotate(ArticleReader.Read(document, article.Id));
        }).ToImmutableArray();
        return story with { Articles = articles, IsBrief = true, Points = [.. story.Points.Select(point => point with { Passages = [.. point.Passages.Where(passage => passage.Span.End <= articles[passage.Article].Article.Text.Length)] })] };
    }

    private static TreeModel TrainAlone(IEnumerable<ClaimSample> samples) => Train(AloneBoosting, ClaimMatcher.Count, samples.Select(sample => (sample, sample.Rows(), (Action<int, float[]>)((i, row) => sample.Matcher.Fill(i, row)))));

    private static TreeModel TrainAgain(IEnumerable<ClaimSample> samples) => Train(AgainBoosting, ClaimMatcher.CountAgain, samples.Select(sample => (sample, sample.Rows(), (Action<int, float[]>)((i, row) => sample.Matcher.FillAgain(i, sample.Known!, row)))));

    private static TreeModel Train(Boosting boosting, int width, IEnumerable<(ClaimSample Sample, List<(int Unit, float Weight)> Rows, Action<int, float[]> Fill)> all)
    {
        var features = new List<float>();
        var labels = new List<bool>();
        var weights = new List<float>();
        var row = new float[width];
        foreach (var (sample, rows, fill) in all)
        {
            foreach (var (unit, weight) in rows)
            {
                fill(unit, row);
                features.AddRange(row);
                labels.Add(sample.Tells[unit]);
                weights.Add(weight);
            }
        }

        return boosting.Train([.. features], width, [.. labels], [.. weights]);
    }

    private static void Print(string step, List<(ClaimSample Sample, float[] Odds)> all, TextWriter log)
    {
        foreach (var (name, some) in all.GroupBy(item => (item.Sample.Story.IsBrief ? "brief" : item.Sample.IsReal ? "real" : "invented") + (item.Sample.InOther ? ", other language" : ", own language"))
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.ToList())).Append(("all", all.FindAll(item => !item.Sample.Story.IsBrief))))
        {
            var told = some.FindAll(item => item.Sample.Claim.Kind == "told");
            var units = told.SelectMany(item => item.Odds.Select((odds, i) => (odds, item.Sample.Tells[i]))).ToList();
            var articles = told.SelectMany(item => item.Sample.ByArticle(item.Odds)).ToList();
            var claims = some.ConvertAll(item => (item.Sample.Claim.Kind, Odds: item.Odds.Max()));
            log.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{step} {name}: {told.Count} told; average precision of passages {Precision(units):F4}, of articles {Precision(articles):F4}; told before untold {Before(claims, "untold"):F4}, before other {Before(claims, "other"):F4}"));
            foreach (var threshold in Thresholds)
            {
                var (passage, article) = (At(units, threshold), At(articles, threshold));
                double Share(string kind) => (double)claims.Count(claim => claim.Kind == kind && claim.Odds >= threshold) / claims.Count(claim => claim.Kind == kind);
                log.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"    {threshold,4}: passages P {passage.Precision:F3} R {passage.Recall:F3}; articles P {article.Precision:F3} R {article.Recall:F3}; something told for told {Share("told"):F3}, untold {Share("untold"):F3}, other {Share("other"):F3}"));
            }
        }
    }

    private static (double Precision, double Recall) At(List<(float Odds, bool Right)> rows, float threshold)
    {
        var found = rows.FindAll(row => row.Odds >= threshold);
        var right = (double)found.Count(row => row.Right);
        return (right / Math.Max(1, found.Count), right / Math.Max(1, rows.Count(row => row.Right)));
    }

    private static double Precision(List<(float Odds, bool Right)> rows)
    {
        double sum = 0, met = 0;
        var place = 0;
        foreach (var (_, right) in rows.OrderByDescending(row => row.Odds))
        {
            place++;
            if (right)
                sum += ++met / place;
        }

        return sum / Math.Max(1, met);
    }

    // How often a claim that is told gets more than one that is not.
    private static double Before(List<(string Kind, float Odds)> claims, string kind)
    {
        var others = claims.FindAll(claim => claim.Kind == kind);
        var told = claims.FindAll(claim => claim.Kind == "told");
        return told.Sum(claim => (double)others.Count(other => other.Odds < claim.Odds)) / Math.Max(1, (double)told.Count * others.Count);
    }
}

/// <summary>A claim as somebody wrote it.</summary>
/// <param name="Kind"><c>told</c>; <c>untold</c>: by no article of the story; <c>other</c>: contradicted by those that tell the point.</param>
/// <param name="Point">The point that it states or changes; <c>-</c> for none.</param>
/// <param name="Language">Its language.</param>
/// <param name="Text">The claim.</param>
/// <param name="What">What the second readers changed of the point, or <c>-</c>; null where it is the first readers'.</param>
internal sealed record WrittenClaim(string Kind, string Point, string Language, string Text, string? What);

/// <summary>A claim beside its story.</summary>
internal sealed class ClaimSample
{
    private const int MostLikest = 24;
    private const int MostOthers = 12;

    private readonly List<Unit> _units;
    private readonly ClaimUnits _claimed;
    private readonly StoryText _text;
    private readonly TreeModel _same;

    private ClaimSample(LabelledStory story, StoryText text, WrittenClaim claim, ClaimMatcher matcher, List<Unit> units, bool[] tells, float[] likeness, ClaimUnits claimed, TreeModel same)
    {
        (Story, _text, Claim, Matcher, _units, Tells, Likeness, _claimed, _same) = (story, text, claim, matcher, units, tells, likeness, claimed, same);
    }

    /// <summary>What the claim and the units differ in, and the log-odds by which each tells it.</summary>
    public (Contrast Contrast, float[] Odds) Contrast(TreeModel alone, TreeModel again)
    {
        var odds = Again(again);
        var withoutValues = odds;
        if (_claimed.WithoutValues is { } without)
        {
            var matcher = new ClaimMatcher(_units, without, _same);
            var known = matcher.Know(matcher.Alone(alone));
            withoutValues = again.Score(_units.Count, ClaimMatcher.CountAgain, (i, row) => matcher.FillAgain(i, known, row));
        }

        return (new Contrast(_text, _units, _claimed, Matcher, Known!, odds, withoutValues), odds);
    }

    public LabelledStory Story { get; }

    public WrittenClaim Claim { get; }

    public ClaimMatcher Matcher { get; }

    public bool[] Tells { get; }

    public float[] Likeness { get; }

    public ClaimMatcher.Known? Known { get; private set; }

    public bool IsReal => !Story.Folder.Contains("invented", StringComparison.Ordinal);

    /// <summary>Whether no article of the story is in the claim's language.</summary>
    public bool InOther => !Story.Articles.Any(article => article.Article.Language == Claim.Language);

    /// <summary>The best of what each article's units get, and whether one of them tells it.</summary>
    public IEnumerable<(float Odds, bool Right)> ByArticle(float[] odds) =>
        Enumerable.Range(0, odds.Length).GroupBy(i => _units[i].Article).Select(article => (article.Max(i => odds[i]), article.Any(i => Tells[i])));

    public static IEnumerable<ClaimSample> Of(LabelledStory story, ImmutableArray<WrittenClaim> claims, PointJudge judge)
    {
        var articles = SpeakerNames.Resolve(SiblingDating.Date(story.Articles));
        var text = new StoryText(articles, CancellationToken.None);
        var passages = text.Passages(CancellationToken.None);
        foreach (var claim in claims)
        {
            var claimed = ClaimUnits.Of(ClaimChecker.Annotate(ClaimChecker.Of(claim.Text, claim.Language, []), articles), passages.Weights);
            var point = story.Points.FirstOrDefault(point => point.Id == claim.Point);
            bool[] tells = [.. passages.Units.Select(told => claim.Kind == "told" && point is not null && point.Passages.Any(passage => passage.Article == told.Article && LabelledPoint.Overlaps(articles[told.Article], passage.Span, told.Evidence.Span)))];
            var matcher = new ClaimMatcher(passages.Units, claimed.Whole, judge.Same);
            yield return new ClaimSample(story with { Articles = articles }, text, claim, matcher, passages.Units, tells, [.. passages.Units.Select(told => TermWeights.Cosine(claimed.Whole, told))], claimed, judge.Same);
        }
    }

    public void Know(TreeModel alone) => Known = Matcher.Know(Matcher.Alone(alone));

    public float[] Again(TreeModel again) => again.Score(_units.Count, ClaimMatcher.CountAgain, (i, row) => Matcher.FillAgain(i, Known!, row));

    /// <summary>The units that are rows, with their weights.</summary>
    public List<(int Unit, float Weight)> Rows()
    {
        var others = Enumerable.Range(0, _units.Count).Where(i => !Tells[i]).OrderByDescending(i => Known is { } known ? known.Alone[i] : Likeness[i]).ThenBy(i => i).ToList();
        var rows = Enumerable.Range(0, _units.Count).Where(i => Tells[i]).Concat(others.Take(MostLikest)).Select(i => (i, 1f)).ToList();
        var rest = others.Skip(MostLikest).OrderBy(i => TextHash.Combine((ulong)i + 1, TextHash.Of(Claim.Text))).ToList();
        rows.AddRange(rest.Take(MostOthers).Select(i => (i, (float)rest.Count / Math.Min(rest.Count, MostOthers))));
        return rows;
    }
}
