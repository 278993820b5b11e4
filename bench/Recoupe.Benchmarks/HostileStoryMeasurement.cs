using Recoupe.Stories;

namespace Recoupe.Benchmarks;

/// <summary>Streams made to cost: what a placement costs at their beginning and at their end, and what settling costs.</summary>
/// <remarks>
/// All articles are placed, none is filled in. A placement's cost must not grow with the stream: the last tenth is printed beside the second one, by the processor
/// time of the placing thread, digest and all.
/// </remarks>
public sealed class HostileStoryMeasurement : IMeasurement
{
    private const int Sentences = 14;

    public string Name => "stories-hostile";

    public string Arguments => "FILE.jsonl [COUNT [CASE]]";

    public int Run(string[] arguments)
    {
        var count = arguments.Length > 1 ? int.Parse(arguments[1]) : 100_000;
        var plain = new RecombinedArticles(RecombinedArticles.SentencesOf(arguments[0]), count, Sentences);
        var (title, text, _) = plain.Write(0);
        var now = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        DateTime At(int number) => now.AddHours(240.0 * number / count);
        AnnotatedArticle Changed(int number, Func<int, DateTime?> time, string added = "", string code = "en")
        {
            var (ownTitle, ownText, _) = plain.Write(number);
            return RecombinedArticles.Annotated(number, added + ownTitle, added + ownText, time(number), code);
        }

        var cases = new (string Name, Func<int, AnnotatedArticle> Make)[]
        {
            ("as it comes", number => Changed(number, number => At(number))),
            ("copies of one article", number => RecombinedArticles.Annotated(number, title, text, At(number))),
            ("copies, each with words of its own", number => RecombinedArticles.Annotated(number, title, $"{text}. Zorb{number} met Quell{number} in Prax{number}", At(number))),
            ("copies over a hundred days", number => RecombinedArticles.Annotated(number, title, text, now.AddHours(2400.0 * number / count))),
            ("one rare name in all", number => Changed(number, number => At(number), "Zorblax Quellmark: ")),
            ("all at one time", number => Changed(number, _ => now)),
            ("no times", number => Changed(number, _ => null)),
            ("times a century apart", number => Changed(number, number => now.AddYears(-100 * (number % 2)))),
            ("each in a language of its own", number => Changed(number, number => At(number), code: $"x{number}")),
            ("no text", number => RecombinedArticles.Annotated(number, "", "", At(number))),
        };
        Console.WriteLine($"{"stream",-36} {"early ms",9} {"late ms",9} {"p99 ms",8} {"max ms",8} {"stories",8} {"held",8} {"live MB",8} {"settling s",11} {"of processors",13}");
        foreach (var (name, make) in cases.Where(one => arguments.Length < 3 || one.Name.Contains(arguments[2], StringComparison.Ordinal)))
            Measure(name, make, count);
        StoryFigures.Print($"peak of the process {StoryFigures.Peak():0} MB");
        return 0;
    }

    private static void Measure(string name, Func<int, AnnotatedArticle> make, int count)
    {
        var before = StoryFigures.Memory();
        var desk = new StoryDesk();
        var times = new double[count];
        var placed = 0;
        foreach (var article in OrderedWork.Run(Enumerable.Range(0, count), make, null, CancellationToken.None))
        {
            var start = ThreadClock.Milliseconds;
            desk.Place(article);
            times[placed++] = ThreadClock.Milliseconds - start;
        }

        var tenth = Math.Max(1, count / 10);
        var (early, late) = (times.Skip(tenth).Take(tenth).Average(), times.TakeLast(tenth).Average());
        Array.Sort(times);
        var (stories, held, memory) = (desk.Stories.Length, desk.Held, StoryFigures.Memory() - before);
        var settling = StoryFigures.Time(() => desk.Settle());
        StoryFigures.Print($"{name,-36} {early,9:0.000} {late,9:0.000} {times[count * 99 / 100],8:0.000} {times[^1],8:0.0} {stories,8} {held,8} {memory,8:0} {settling.Wall,11:0.0} {settling.Processor,13:0.0}");
    }
}
