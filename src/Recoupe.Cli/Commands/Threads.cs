using System.CommandLine;

namespace Recoupe.Cli.Commands;

/// <summary>The option <c>--threads</c>.</summary>
internal static class Threads
{
    /// <summary>How many threads work: at least 1, by default one for each processor.</summary>
    public static Option<int> Option()
    {
        var threads = new Option<int>("--threads") { Description = "How many threads work; the output is the same for any number", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "N" };
        threads.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var count) && count < 1)
                result.AddError("--threads must be at least 1");
        });
        return threads;
    }
}
