namespace Recoupe.Points;

/// <summary>The units of a story, weighed, with its titles: what the comparison of passages works on.</summary>
internal sealed class StoryPassages
{
    private StoryPassages(List<Unit> units, Unit?[] titles, TermWeights weights)
    {
        Units = units;
        Titles = titles;
        Weights = weights;
    }

    /// <summary>The units that tell something, by article, then by place.</summary>
    public List<Unit> Units { get; }

    /// <summary>What stands in each article's title; null where it has none.</summary>
    public Unit?[] Titles { get; }

    public TermWeights Weights { get; }

    /// <summary>Reads and weighs the units of <paramref name="story"/>.</summary>
    public static StoryPassages Read(StoryText story, CancellationToken cancellationToken)
    {
        var units = story.ForEach(story.Articles.Length, place => UnitReader.Read(story, place).ToList(), cancellationToken)
            .SelectMany(read => read).ToList();
        var weights = new TermWeights(units);
        var titles = story.ForEach(story.Articles.Length, place => UnitReader.ReadTitle(story, place), cancellationToken);
        foreach (var other in titles.OfType<Unit>())
            weights.Weigh(other);
        var passages = new StoryPassages(units, titles, weights);
        passages.CompareWithTitles(story.Threads, cancellationToken);
        return passages;
    }

    // Of many titles some stand for all.
    private const int MostTitles = 40;

    private void CompareWithTitles(int? threads, CancellationToken cancellationToken)
    {
        var titles = Titles.Where(title => title is { Terms.Length: > 1 }).Select(title => title!).ToList();
        if (titles.Count > MostTitles)
            titles = [.. Enumerable.Range(0, MostTitles).Select(i => titles[(int)((long)i * titles.Count / MostTitles)])];
        Parallel.ForEach(Units, new ParallelOptions { MaxDegreeOfParallelism = threads ?? -1, CancellationToken = cancellationToken }, unit =>
        {
            float sum = 0;
            var others = 0;
            foreach (var title in titles)
            {
                if (title.Article == unit.Article)
                    continue;
                sum += TermWeights.Part(title, unit);
                others++;
            }

            unit.InTitles = others == 0 ? 0 : sum / others;
            unit.InOwnTitle = Titles[unit.Article] is { Terms.Length: > 1 } own ? TermWeights.Part(own, unit) : 0;
        });
    }
}
