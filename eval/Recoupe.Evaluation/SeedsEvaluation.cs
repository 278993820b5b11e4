using Recoupe.Articles;
using Recoupe.Stories;

namespace Recoupe.Evaluation;

/// <summary>
/// Raw texts on one event (every file of the folder <c>seeds</c> beside the data folder or in it) in the middle of a stream of other
/// news. "one story": 1 if one story holds all of them and nothing else, else 0.
/// </summary>
public sealed class SeedsEvaluation : IEvaluation
{
    private static readonly string[] Streams = ["mixed_en", "headlines_fr"];

    /// <inheritdoc/>
    public string Step => "seeds";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var folder = new[] { Path.Combine(data, "seeds"), Path.Combine(data, "..", "seeds") }.FirstOrDefault(Directory.Exists);
        if (folder is null)
            yield break;
        var seeds = Scorer.Articles(folder).ConvertAll(Pipeline.Annotate);
        yield return new Figure(Step, "alone", "one story", OneStory(seeds, [], log));
        foreach (var gold in Sets.In(data, "stories", "*.jsonl").Where(path => Streams.Contains(Path.GetFileNameWithoutExtension(path))))
        {
            var stream = Scorer.Articles(gold).AsParallel().AsOrdered().Select(Pipeline.Annotate).ToList();
            yield return new Figure(Step, Path.GetFileNameWithoutExtension(gold), "one story", OneStory(seeds, stream, log));
        }
    }

    private static double OneStory(List<AnnotatedArticle> seeds, List<AnnotatedArticle> stream, TextWriter log)
    {
        var half = stream.Count / 2;
        var stories = StoryGrouper.Group([.. stream.Take(half), .. seeds, .. stream.Skip(half)], CancellationToken.None);
        var ids = seeds.Select(seed => seed.Id).ToHashSet();
        var holding = stories.Where(story => story.Articles.Any(ids.Contains)).ToList();
        foreach (var story in holding)
            log.WriteLine($"    {story.Id}: {string.Join(' ', story.Articles)}");
        return holding is [var one] && one.Articles.Length == seeds.Count ? 1 : 0;
    }
}
