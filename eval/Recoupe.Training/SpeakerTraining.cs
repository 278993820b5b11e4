using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains <c>models/speakers.model</c>, whether whom an article is read to give as a speaker is a source, on stories whose sources readers listed under all their names.</summary>
public static class SpeakerTraining
{
    private const int Folds = 8;

    private static readonly Boosting Boosting = new() { Trees = 200, Depth = 4, Rate = 0.06, Share = 0.5, LeastWeight = 4, Ridge = 6 };
    private static readonly float[] Thresholds = [-1, -0.5f, 0, 0.5f, 1];

    /// <summary>Runs the command: <c>speakers OUT LISTED FOLDER… [--check]</c>.</summary>
    /// <remarks>
    /// LISTED is the table of forms (<c>eval/gold/sources/sources.tsv</c>); FOLDER holds the stories. <c>--check</c> prints how speakers of each affair are told by a model that has not seen it,
    /// and writes nothing.
    /// </remarks>
    public static int Run(string[] arguments, TextWriter log)
    {
        var listed = Listed.Read(arguments[1]);
        var stories = LabelledStory.Folders(arguments.Skip(2).Where(argument => argument != "--check")).Where(folder => listed.ContainsKey(Path.GetFileName(folder)))
            .AsParallel().AsOrdered().Select(folder => (Affair: LabelledStory.AffairOf(Path.GetFileName(folder)), Rows: Read(folder, listed[Path.GetFileName(folder)]))).ToList();
        log.WriteLine($"{stories.Count} stories, {stories.Sum(story => story.Rows.Count)} speakers, {stories.Sum(story => story.Rows.Count(row => row.Right))} of them sources");
        if (!arguments.Contains("--check"))
        {
            ModelFile.Save(Train(stories.SelectMany(story => story.Rows)), Path.Combine(arguments[0], "speakers.model"), log);
            return 0;
        }

        var folds = LabelledStory.FoldsOf(stories.Select(story => story.Affair), Folds);
        var models = Enumerable.Range(0, Folds).AsParallel().AsOrdered().Select(fold => Train(stories.Where(story => folds[story.Affair] != fold).SelectMany(story => story.Rows))).ToArray();
        var scored = stories.SelectMany(story => story.Rows.Select(row => (row.Right, Odds: models[folds[story.Affair]].Score(row.Features)))).ToList();
        foreach (var least in Thresholds)
        {
            var refused = scored.Where(item => item.Odds < least).ToList();
            var (kept, right) = (scored.Count - refused.Count, scored.Count(item => item.Right && item.Odds >= least));
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{least,4}: of {kept} kept {(double)right / kept:F3} are sources; {refused.Count} refused, {refused.Count(item => !item.Right)} of them rightly"));
        }

        return 0;
    }

    private static TreeModel Train(IEnumerable<(float[] Features, bool Right)> rows)
    {
        var all = rows.ToList();
        return Boosting.Train([.. all.SelectMany(row => row.Features)], SpeakerJudge.Count, [.. all.Select(row => row.Right)], [.. all.Select(_ => 1f)]);
    }

    // A speaker is a source whose name readers listed anywhere in the story, be it more or less full.
    private static List<(float[] Features, bool Right)> Read(string folder, Listed listed)
    {
        var articles = LabelledStory.Read(folder).Articles;
        var names = articles.SelectMany(article => listed.NamesIn(article)).ToHashSet(StringComparer.Ordinal);
        var rows = new List<(float[], bool)>();
        foreach (var article in articles)
        {
            var judge = new SpeakerJudge(article);
            foreach (var (name, _, statements) in SpeakerJudge.Speakers(article))
            {
                var row = new float[SpeakerJudge.Count];
                judge.Fill(name, statements, row);
                var folded = Folding.Fold(name);
                rows.Add((row, names.Contains(folded) || names.Any(other => OriginTraining.SameName(other, name) && (name.Any(char.IsUpper) || other.Contains(folded, StringComparison.Ordinal)))));
            }
        }

        return rows;
    }

    /// <summary>Where readers found the sources of a story named or described: article, title or text, start and end in code points.</summary>
    private sealed record Listed(ILookup<(string Article, bool InTitle), (int Start, int End)> Forms)
    {
        public static Dictionary<string, Listed> Read(string path) => File.ReadLines(path).Select(line => line.Split('\t')).GroupBy(columns => columns[0], StringComparer.Ordinal).ToDictionary(
            story => story.Key,
            story => new Listed(story.ToLookup(columns => (columns[1], columns[2] == "title"), columns => (int.Parse(columns[3], CultureInfo.InvariantCulture), int.Parse(columns[4], CultureInfo.InvariantCulture)))),
            StringComparer.Ordinal);

        /// <summary>The folded words of an article that name or describe a source.</summary>
        public IEnumerable<string> NamesIn(AnnotatedArticle article)
        {
            foreach (var inTitle in new[] { false, true })
            {
                var text = inTitle ? article.Article.Title ?? "" : article.Article.Text;
                var offsets = new CodePointOffsets(text);
                foreach (var (start, end) in Forms[(article.Id.Value, inTitle)])
                    yield return Folding.Fold(offsets.ToUtf16(start, end).Quote(text));
            }
        }
    }
}
