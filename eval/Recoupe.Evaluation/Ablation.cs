using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

using Recoupe.Dossiers;
using Recoupe.Languages;
using Recoupe.Points;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Evaluation;

/// <summary>Leaves out each list that the sourcing reads and each rule that it follows, one by one, and prints on how many stories its dossiers get worse or better.</summary>
/// <remarks>
/// The score of a story is a count: required points with the right grade, the right least number of origins, the right range; and what is told rightly less what is told wrongly of named
/// origins, discrepancies and omissions. Statements are read once, with all lists. The trained decisions are those that are built in, which saw the stories if they were trained on them, or,
/// of points and amounts, others that were trained without the story's affair.
/// </remarks>
public static class Ablation
{
    // What gains on fewer stories, or on stories of fewer hands, is written for these.
    private const int FewestStories = 3;
    private const int FewestHands = 2;

    /// <summary>Measures the stories below <paramref name="roots"/>.</summary>
    /// <param name="data">The folder with <c>score_sourcing.py</c>.</param>
    /// <param name="roots">Folders of stories, each with <c>articles.jsonl</c> and <c>truth.json</c>.</param>
    /// <param name="isLeftOut">Whether points and amounts are judged without the story's affair.</param>
    /// <param name="only">Lists and rules that are measured alone; empty for all.</param>
    /// <param name="output">One line a list or rule.</param>
    public static void Run(string data, IReadOnlyList<string> roots, bool isLeftOut, IReadOnlyList<string> only, TextWriter output)
    {
        var read = LabelledStory.ReadAll(roots);
        var elsewhere = Language.All.SelectMany(static language => language.Asked).ToHashSet(StringComparer.Ordinal);
        var judges = isLeftOut ? PointTraining.LeftOut(read) : [];
        var stories = read.AsParallel().AsOrdered().Select(story => new Story(data, story, judges.GetValueOrDefault(story.Name) ?? PointJudge.Default)).ToList();
        output.WriteLine($"{stories.Count} stories: {string.Join(", ", Score.Parts.Select((part, i) => $"{part} {stories.Sum(story => story.Before.Counts[i])}"))}");
        output.WriteLine($"{"left out",-28} {"changed",7} {"real",9} {"invented",9} {string.Join(' ', Score.Parts.Select(static part => $"{part[..Math.Min(7, part.Length)],7}"))}  hands that lose; that gain");

        var known = Languages("");
        foreach (var story in stories)
            story.Without(known, []);
        foreach (var list in known.Values.SelectMany(static language => language.Asked).Distinct().Order(StringComparer.Ordinal).ToList())
            Print(list, elsewhere.Contains(list) ? "*" : "", Languages(list), []);
        foreach (var rule in Enum.GetValues<SourcingRule>())
            Print(rule.ToString(), "", null, [rule]);

        void Print(string what, string mark, Dictionary<string, Language>? languages, ImmutableArray<SourcingRule> silenced)
        {
            if (only.Count > 0 && !only.Contains(what))
                return;
            var changes = stories.AsParallel().AsOrdered().Select(story => new Change(story, story.Without(languages, silenced))).Where(static change => change.After is not null).ToList();
            var worse = changes.FindAll(static change => change.Lost > 0);
            var better = changes.FindAll(static change => change.Lost < 0);
            var verdict = worse.Count < FewestStories || Hands(worse).Count() < FewestHands ? "  too few" : worse.Count <= better.Count ? "  better without" : "";
            var sums = Score.Parts.Select((_, i) => changes.Sum(change => change.After!.Counts[i] - change.Story.Before.Counts[i]));
            output.WriteLine($"{what + mark,-28} {changes.Count,7} {Of(worse, better, true),9} {Of(worse, better, false),9} "
                + $"{string.Join(' ', sums.Select(static sum => sum.ToString("+0;-0;0", CultureInfo.InvariantCulture).PadLeft(7)))}  {string.Join(',', Hands(worse))}; {string.Join(',', Hands(better))}{verdict}");
            output.Flush();
        }
    }

    private static IEnumerable<string> Hands(List<Change> changes) => changes.Select(static change => change.Story.Hand).Distinct().Order(StringComparer.Ordinal);

    private static string Of(List<Change> worse, List<Change> better, bool real) => $"-{worse.Count(change => change.Story.IsReal == real)} +{better.Count(change => change.Story.IsReal == real)}";

    // The languages without a list, each once: what is compared across articles is the same language.
    private static Dictionary<string, Language> Languages(string list) => Language.All.ToDictionary(static language => language.Code, language => language.Without(list));

    // A story with what it scores without a list or rule; null where its dossier is the same.
    private sealed record Change(Story Story, Score? After)
    {
        public int Lost => After is null ? 0 : Story.Before.Sum - After.Sum;
    }

    // What a dossier tells rightly, less what it tells wrongly.
    private sealed record Score(ImmutableArray<int> Counts)
    {
        public static readonly ImmutableArray<string> Parts = ["grade", "fewest", "range", "names", "discrepancies", "omissions"];

        public int Sum => Counts.Sum();

        /// <summary>Reads what the scorer prints: "grade                          0.4000  of 5".</summary>
        public static Score Read(IEnumerable<string> lines)
        {
            var told = new Dictionary<string, (int Right, int Of)>(StringComparer.Ordinal);
            foreach (var line in lines)
            {
                if (line.Split("  of ") is [var figure, var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var of) && figure.LastIndexOf(' ') is var at and > 0
                    && double.TryParse(figure[at..], CultureInfo.InvariantCulture, out var part))
                    told[figure[..at].Trim()] = ((int)Math.Round(part * of), of);
            }

            int Right(string measure) => told.GetValueOrDefault(measure).Right;
            int Of(string measure) => told.GetValueOrDefault(measure).Of;
            return new Score([
                Right("grade"), Right("fewest"), Right("range"), Right("origins named") - (Of("named origins that are") - Right("named origins that are")),
                Right("discrepancy recall") - (Of("discrepancy precision") - Right("discrepancy recall")), Right("omission recall") - (Of("omission precision") - Right("omission precision")),
            ]);
        }
    }

    /// <summary>A story with what its dossiers score.</summary>
    private sealed class Story
    {
        private readonly string _data;
        private readonly LabelledStory _labelled;
        private readonly PointOptions _options;
        private readonly ConcurrentDictionary<string, Score> _scores = new(StringComparer.Ordinal);
        private readonly string _first;

        public Story(string data, LabelledStory labelled, PointJudge judge)
        {
            (_data, _labelled, _options) = (data, labelled, new PointOptions { Judge = judge });
            var dossier = Dossier(null, []);
            _first = Convert.ToHexString(SHA256.HashData(dossier));
            Before = ScoreOf(dossier);
        }

        /// <summary>Its score with all lists and rules.</summary>
        public Score Before { get; }

        /// <summary>Who wrote it down: the folder that it lies in, or the first part of its name where one folder holds several hands' stories.</summary>
        public string Hand => _labelled.Name.Split('-') switch
        {
            ["first" or "real", ..] parts => parts[0],
            ["invented", [var letter, ..], ..] => "invented-" + letter,
            _ => Path.GetFileName(Path.GetDirectoryName(_labelled.Folder)!) is var folder && folder.Length > 2 ? folder : Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(_labelled.Folder))!),
        };

        public bool IsReal => !_labelled.Name.StartsWith("inv", StringComparison.Ordinal) && Hand is not ("first" or "invented");

        /// <summary>Its score without a list or rule; null where its dossier is the same.</summary>
        public Score? Without(Dictionary<string, Language>? languages, ImmutableArray<SourcingRule> silenced)
        {
            var dossier = Dossier(languages, silenced);
            var key = Convert.ToHexString(SHA256.HashData(dossier));
            if (key == _first)
                return null;
            if (!_scores.TryGetValue(key, out var score))
                _scores[key] = score = ScoreOf(dossier);
            return score;
        }

        private byte[] Dossier(Dictionary<string, Language>? languages, ImmutableArray<SourcingRule> silenced)
        {
            AnalyzedText In(AnalyzedText text) => languages is not null && text.Language is { } language ? text.With(languages[language.Code]) : text;
            var articles = _labelled.Articles.Select(article => article with { Body = In(article.Body), Headline = article.Headline is { } headline ? In(headline) : null }).ToImmutableArray();
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
                DossierJson.Write(json, [LabelledStory.DossierOf(articles, new PipelineOptions { Points = _options, Silenced = silenced })], "evaluation");
            return stream.ToArray();
        }

        // The scorer runs a program on each event: here one that prints the dossier made before.
        private Score ScoreOf(byte[] dossier)
        {
            var made = Directory.CreateTempSubdirectory("recoupe-ablation");
            try
            {
                var place = made.CreateSubdirectory(_labelled.Name).FullName;
                foreach (var file in new[] { "articles.jsonl", "truth.json" })
                    File.Copy(Path.Combine(_labelled.Folder, file), Path.Combine(place, file));
                File.WriteAllBytes(Path.Combine(place, "dossier.json"), dossier);
                var (lines, exitCode) = Scorer.Run(
                    "python3", [Path.Combine(_data, "score_sourcing.py"), made.FullName, "sh", "-c", "cat \"${1%articles.jsonl}dossier.json\"", "sh"]);
                if (exitCode != 0)
                    throw new InvalidOperationException($"score_sourcing.py failed: {string.Join('\n', lines)}");
                return Score.Read(lines);
            }
            finally
            {
                made.Delete(recursive: true);
            }
        }
    }
}
