using System.Collections.Immutable;

using Recoupe.Dates;
using Recoupe.Documents;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Text;

namespace Recoupe.Benchmarks;

/// <summary>Calendar expressions and amounts in clean text on one thread: time a token, and how the time grows with hostile texts.</summary>
public sealed class NumbersAndDatesMeasurement : IMeasurement
{
    private const int Passes = 5;

    public string Name => "dates";

    public string Arguments => "FILE.jsonl [ARTICLES] [LANGUAGE]";

    public int Run(string[] arguments)
    {
        var limit = arguments.Length > 1 ? int.Parse(arguments[1]) : 1000;
        var fallback = arguments.Length > 2 ? arguments[2] : "en";
        var texts = DocumentReader.Read([arguments[0]], CancellationToken.None)
            .Where(intake => intake.Document is not null)
            .Take(limit)
            .Select(intake => AnalyzedText.Of(intake.Document!.Content, Language.Find(intake.Document.Language ?? fallback)))
            .ToList();
        var tokens = texts.Sum(text => (long)text.Tokens.Length);
        Console.WriteLine($"{texts.Count} articles, {tokens} tokens; processor time, median of {Passes} passes, one thread");
        Print("dates", tokens, () => texts.Sum(text => Dates(text).Length));
        var dates = texts.ConvertAll(text => Dates(text).Select(date => date.Span).ToImmutableArray());
        Print("numbers", tokens, () => texts.Select((text, i) => NumberFinder.Find(text, dates: dates[i]).Length).Sum());

        Console.WriteLine("hostile texts: microseconds of processor time a character at 100,000 and at 1,000,000 characters");
        foreach (var (name, piece) in Hostile)
            Console.WriteLine($"    {name,-22} {Hostility(piece, 100_000, fallback):0.000} {Hostility(piece, 1_000_000, fallback):0.000}");
        return 0;
    }

    private static IEnumerable<(string Name, string Piece)> Hostile =>
    [
        ("digits", "9"), ("one word", "a"), ("numbers", "1 "), ("dashes", "1-"), ("slashes", "1/"), ("hundreds", "cent "), ("and", "one hundred and "),
        ("weekdays", "mardi "), ("months", "May 1 "), ("edges", "the end of the "), ("days", "du 1 au 2 et "), ("quantities", "two years before "),
    ];

    private static ImmutableArray<DateMention> Dates(AnalyzedText text) => DateFinder.Find(text, new Moment(new DateOnly(2024, 11, 20)));

    private static void Print(string what, long tokens, Func<long> run)
    {
        var found = run();
        var seconds = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var pass = 0; pass < Passes; pass++)
        {
            var before = Environment.CpuUsage.TotalTime;
            run();
            seconds.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine($"    {what,-8} {seconds.Order().ElementAt(Passes / 2) / tokens * 1e6:0.000} µs a token   {found} found   {(double)allocated / Passes / tokens:0} bytes a token");
    }

    private static double Hostility(string piece, int length, string language)
    {
        var text = AnalyzedText.Of(string.Concat(Enumerable.Repeat(piece, length / piece.Length)), Language.Find(language));
        var before = Environment.CpuUsage.TotalTime;
        NumberFinder.Find(text, dates: [.. Dates(text).Select(date => date.Span)]);
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / length;
    }
}
