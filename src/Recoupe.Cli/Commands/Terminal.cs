using Recoupe.Dossiers;

namespace Recoupe.Cli.Commands;

/// <summary>What standard output can show.</summary>
internal static class Terminal
{
    private const int WidthElsewhere = 80;

    // Beyond this, lines of prose are hard to follow.
    private const int WidestLine = 110;

    /// <summary>How to write text to standard output: colours and width of a terminal, plain and 80 columns elsewhere.</summary>
    public static DossierTextOptions Options(bool all) => new() { Width = Width(), Colours = HasColours(), All = all };

    private static bool HasColours() =>
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");

    private static int Width()
    {
        if (Console.IsOutputRedirected)
            return WidthElsewhere;
        try
        {
            return Console.WindowWidth is var width && width > 0 ? Math.Min(width, WidestLine) : WidthElsewhere;
        }
        catch (IOException)
        {
            return WidthElsewhere;
        }
    }
}
