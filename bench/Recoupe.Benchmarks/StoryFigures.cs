using System.Diagnostics;
using System.Globalization;
using System.Runtime;

using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Benchmarks;

/// <summary>What the measurements of grouping have in common: clocks, one number for all output, lines of a table.</summary>
internal static class StoryFigures
{
    /// <summary>Megabytes that live objects take.</summary>
    public static double Memory()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        return GC.GetTotalMemory(forceFullCollection: true) / 1e6;
    }

    /// <summary>The most megabytes that the process had in memory so far.</summary>
    public static double Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }

    /// <summary>Seconds of the day and of all processors that some work takes.</summary>
    public static (double Wall, double Processor) Time(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        work();
        var wall = watch.Elapsed;
        process.Refresh();
        return (wall.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);
    }

    /// <summary>One number for all that happened and all that stands: the same for the same output.</summary>
    public static ulong Checksum(StoryDesk desk)
    {
        ulong sum = 0;
        foreach (var change in desk.History)
            sum = TextHash.Combine(sum, TextHash.Of(change.ToString()));
        foreach (var story in desk.Stories)
            sum = TextHash.Combine(sum, TextHash.Of($"{story.Id} {story.Saga} {string.Join(' ', story.Articles)}"));
        return sum;
    }

    /// <summary>Prints a line, the same whatever the machine's language.</summary>
    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
