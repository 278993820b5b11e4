using Spectre.Console;

namespace Recoupe.Cli.Commands;

/// <summary>Shows how far a long run is, on standard error, if that is a terminal; otherwise nothing.</summary>
internal sealed class Progress
{
    private readonly StatusContext? _status;
    private int _read;

    private Progress(StatusContext? status) => _status = status;

    /// <summary>Does <paramref name="work"/> with progress shown while it runs; nothing of it stays on the screen.</summary>
    public static T Run<T>(Func<Progress, T> work)
    {
        if (Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb" or null or "")
            return work(new Progress(null));
        // Standard output may be a pipe: Spectre is told to look at standard error alone.
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Error),
        });
        T result = default!;
        console.Status().Spinner(Spinner.Known.Line).Start("Reading", status => result = work(new Progress(status)));
        return result;
    }

    /// <summary>Counts the articles as they pass.</summary>
    public IEnumerable<T> Reading<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            _read++;
            if (_status is not null && _read % 25 == 0)
                _status.Status($"Reading: {_read} articles");
            yield return item;
        }
    }

    /// <summary>Tells that the articles are compared now.</summary>
    public void Comparing(int articles) => _status?.Status($"Comparing {articles} articles");
}
