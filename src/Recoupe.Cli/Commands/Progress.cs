using Spectre.Console;

namespace Recoupe.Cli.Commands;

/// <summary>Shows how far a long run is, as bars on standard error, if that is a terminal; otherwise nothing. Nothing of it stays on the screen.</summary>
internal sealed class Progress : IProgress<PipelineProgress>
{
    private readonly ProgressContext? _bars;
    private readonly ProgressTask? _reading;
    private readonly ProgressTask? _annotating;
    private readonly ProgressTask? _comparing;
    private int _read;

    private Progress(ProgressContext? bars)
    {
        _bars = bars;
        _reading = bars?.AddTask("Reading");
        _annotating = bars?.AddTask("Annotating", autoStart: false);
        _comparing = bars?.AddTask("Comparing", autoStart: false);
        if (_reading is not null)
            _reading.IsIndeterminate = true;
    }

    /// <summary>Does <paramref name="work"/> with progress shown while it runs, if the input is large enough for that to be worth it.</summary>
    public static T Run<T>(IEnumerable<string> paths, Func<Progress, T> work)
    {
        if (!paths.Any(IsLarge) || Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb" or null or "")
            return work(new Progress(null));
        // Standard output may be a pipe: Spectre is told to look at standard error alone.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Detect, Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(bars => work(new Progress(bars)));
    }

    // Less than this is done before a bar is drawn.
    private static bool IsLarge(string path) => path == "-"
        || (File.Exists(path) && new FileInfo(path).Length > 200_000)
        || (Directory.Exists(path) && Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Skip(50).Any());

    /// <summary>Counts the articles as they are read.</summary>
    public IEnumerable<T> Reading<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            _read++;
            if (_reading is not null && _read % 16 == 0)
                _reading.Description = $"Reading {_read} articles";
            yield return item;
        }

        if (_reading is null)
            yield break;
        _reading.Description = $"Reading {_read} articles";
        _reading.IsIndeterminate = false;
        _reading.Value = _reading.MaxValue;
        _annotating!.MaxValue = Math.Max(1, _read);
        _annotating.StartTask();
    }

    /// <summary>A bar for what an endpoint is asked for <paramref name="count"/> articles; null where none is shown.</summary>
    public IProgress<int>? Asking(int count) =>
        _bars?.AddTask("Asking for embeddings", new ProgressTaskSettings { MaxValue = Math.Max(1, count) }) is { } task ? new Bar(task) : null;

    /// <inheritdoc/>
    public void Report(PipelineProgress value)
    {
        if (_annotating is null || _comparing is null)
            return;
        _annotating.Value = value.Annotated;
        if (value.Stories == 0)
            return;
        if (!_comparing.IsStarted)
            _comparing.StartTask();
        _comparing.MaxValue = value.Stories;
        _comparing.Value = value.Compared;
    }

    private sealed class Bar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Value = value;
    }
}
