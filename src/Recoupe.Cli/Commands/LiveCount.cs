using System.Diagnostics;

namespace Recoupe.Cli.Commands;

/// <summary>Counts articles on standard error while they are written, if that is a terminal, and says at the end how many a second it were.</summary>
internal sealed class LiveCount
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly bool _shown = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = Between;
    private int _count;

    /// <summary>One more.</summary>
    public void Add()
    {
        _count++;
        if (!_shown || _watch.Elapsed < _next)
            return;
        _next = _watch.Elapsed + Between;
        Console.Error.Write($"\r{Text()} ");
    }

    /// <summary>The last word.</summary>
    public void End()
    {
        if (_shown && _count > 1)
            Console.Error.WriteLine($"\r{Text()} ");
    }

    private string Text() => $"{_count} articles, {_count / Math.Max(0.001, _watch.Elapsed.TotalSeconds):0} a second";
}
