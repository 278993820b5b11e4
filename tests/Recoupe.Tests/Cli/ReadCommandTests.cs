using System.Text.Json;

namespace Recoupe.Tests.Cli;

public class ReadCommandTests
{
    [Fact]
    public void One_thread_and_two_print_the_same_bytes()
    {
        var one = CommandLine.Run(["read", "samples", "--format", "json", "--threads", "1"]);
        var two = CommandLine.Run(["read", "samples", "--format", "json", "--threads", "2"]);
        Assert.Equal(0, one.ExitCode);
        Assert.NotEmpty(one.Output);
        Assert.Equal(one.Output, two.Output);
    }

    [Fact]
    public void The_samples_are_one_story_of_five_outlets()
    {
        using var json = JsonDocument.Parse(CommandLine.Run(["read", "samples", "--format", "json"]).Output);
        var story = Assert.Single(json.RootElement.GetProperty("stories").EnumerateArray());
        string[] expected = ["Gazette des Îles", "Harbour Post", "Le Courrier de Valenne", "L'Écho du Large", "Radio Orve"];
        var outlets = story.GetProperty("articles").EnumerateArray().Select(article => article.GetProperty("outlet").GetString()!);
        Assert.Equal(expected.Order(StringComparer.Ordinal), outlets.Select(WithoutArticle).Order(StringComparer.Ordinal));

        static string WithoutArticle(string outlet) => outlet is "La Gazette des Îles" ? "Gazette des Îles" : outlet is "The Harbour Post" ? "Harbour Post" : outlet;
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_and_the_rest_is_read()
    {
        var result = CommandLine.Run(["read", "samples/no-such-file.txt", "samples/harbour-post.jsonl", "--format", "json"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("samples/no-such-file.txt", result.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(result.Output);
        Assert.NotEmpty(json.RootElement.GetProperty("stories").EnumerateArray());
    }

    [Fact]
    public void Wrong_usage_ends_with_2() => Assert.Equal(2, CommandLine.Run(["read", "samples", "--format", "novel"]).ExitCode);
}
