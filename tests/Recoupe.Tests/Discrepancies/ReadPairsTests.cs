using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Recoupe.Training;

namespace Recoupe.Tests.Discrepancies;

/// <summary>Pairs of amounts go to readers and come back as rows.</summary>
public sealed class ReadPairsTests : IDisposable
{
    private const string First = "Fourteen sheep were stolen from a farm near Ulmer on Sunday, police said.";
    private const string Second = "Nineteen sheep were stolen from the farm near Ulmer on Sunday night, the farmer said. He is 61.";

    private readonly string _folder = Directory.CreateTempSubdirectory("read-pairs").FullName;

    private string Articles => Path.Combine(_folder, "articles.jsonl");

    [Fact]
    public void Readers_are_asked_about_amounts_of_one_story_that_differ()
    {
        Write(Second);
        var groups = Path.Combine(_folder, "groups.jsonl");
        File.WriteAllLines(groups, [.. new[] { "a", "b" }.Select(id => JsonSerializer.Serialize(new { id, story = "s", saga = "s" })), """{"id":"c","story":"t","saga":"t"}"""]);
        using var log = new StringWriter();
        Assert.Equal(0, AmountTraining.Run(["--ask", Articles, groups], log));
        var pairs = log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Contains(pairs, pair => ShownIn(pair, "a").Contains("[[Fourteen", StringComparison.Ordinal) && ShownIn(pair, "b").Contains("[[Nineteen", StringComparison.Ordinal));
        Assert.All(pairs, pair => Assert.Equal(2, pair.GetProperty("articles").GetArrayLength()));

        static string ShownIn(JsonElement pair, string side) => pair.GetProperty(side).GetProperty("shown").GetString()!;
    }

    [Theory]
    [InlineData("conflict", true)]
    [InlineData("update", true)]
    [InlineData("other", false)]
    public void What_readers_judged_is_learned_from(string verdict, bool isOne)
    {
        Write(Second);
        var sample = Assert.Single(ReadPairs.Samples(Pairs(verdict), Articles));
        Assert.Equal(isOne, Assert.Single(sample.Labels) >= 0);
        Assert.Equal(14, sample.Keys[0].Item3);
        Assert.Equal(19, sample.Keys[0].Item4);
    }

    [Fact]
    public void Pairs_of_another_text_are_left_out()
    {
        Write(Second + " Nobody was seen.");
        Assert.Empty(ReadPairs.Samples(Pairs("conflict"), Articles));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string second) => File.WriteAllLines(Articles, [Line("a", First), Line("b", second), Line("c", "Nothing.")]);

    private static string Line(string id, string text) => JsonSerializer.Serialize(new { id, language = "en", text });

    private string Pairs(string verdict)
    {
        var path = Path.Combine(_folder, "pairs.jsonl");
        object[][] articles = [["a", HashOf(First)], ["b", HashOf(Second)]];
        File.WriteAllText(path, JsonSerializer.Serialize(new { articles, pairs = new object[][] { [0, 0, 14, 1, 0, 14, verdict] } }));
        return path;
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
