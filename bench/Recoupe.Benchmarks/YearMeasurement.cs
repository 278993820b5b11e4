using Recoupe.Stories;

namespace Recoupe.Benchmarks;

/// <summary>A year of news, placed article by article: what a placement costs, what the desk holds and how large its saved state is, month by month.</summary>
/// <remarks>The desk is pruned at the end of each month, as an archive does when it saves it. A placement's cost is the processor time of the placing thread, digest and all.</remarks>
public sealed class YearMeasurement : IMeasurement
{
    private const int Sentences = 14;
    private const int Months = 12;
    private const int DaysOfMonth = 30;
    private const int DaysOfWindow = 10;

    public string Name => "stories-year";

    public string Arguments => "FILE.jsonl [ARTICLES A DAY]";

    public int Run(string[] arguments)
    {
        var perDay = arguments.Length > 1 ? int.Parse(arguments[1]) : 1000;
        var articles = new RecombinedArticles(RecombinedArticles.SentencesOf(arguments[0]), perDay * DaysOfWindow, Sentences);
        var desk = new StoryDesk();
        var before = StoryFigures.Memory();
        var number = 0;
        Console.WriteLine($"{"month",5} {"articles",9} {"mean ms",8} {"p99 ms",8} {"held",8} {"live MB",8} {"state MB",9} {"saving s",9}");
        for (var month = 1; month <= Months; month++)
        {
            var times = new double[perDay * DaysOfMonth];
            var placed = 0;
            foreach (var article in OrderedWork.Run(Enumerable.Range(number, times.Length), articles.Make, null, CancellationToken.None))
            {
                var start = ThreadClock.Milliseconds;
                desk.Place(article);
                times[placed++] = ThreadClock.Milliseconds - start;
            }

            number += placed;
            DeskState? saved = null;
            var saving = StoryFigures.Time(() =>
            {
                desk.Prune();
                saved = desk.Save();
            });
            var mean = times.Average();
            Array.Sort(times);
            StoryFigures.Print($"{month,5} {number,9} {mean,8:0.000} {times[times.Length * 99 / 100],8:0.000} {desk.Held,8} {StoryFigures.Memory() - before,8:0} {saved!.Bytes.Length / 1e6,9:0.0} {saving.Processor,9:0.0}");
        }

        StoryFigures.Print($"peak of the process {StoryFigures.Peak():0} MB");
        return 0;
    }
}
