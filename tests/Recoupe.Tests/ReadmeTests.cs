namespace Recoupe.Tests;

/// <summary>The README's examples are what the program prints.</summary>
public class ReadmeTests
{
    [Fact]
    public void The_sample_page_shown_is_the_one_printed()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var start = readme.IndexOf("<!-- sample -->", StringComparison.Ordinal);
        Assert.True(start >= 0, "README.md has lost its <!-- sample --> mark");
        var opening = readme.IndexOf("```text\n", start, StringComparison.Ordinal) + "```text\n".Length;
        var shown = readme[opening..readme.IndexOf("```", opening, StringComparison.Ordinal)];
        Assert.True(shown.Length > 500, "the page shown is too short to tell anything");
        Assert.StartsWith(shown, Cli.CommandLine.Run(["read", "samples"]).Output, StringComparison.Ordinal);
    }
}
