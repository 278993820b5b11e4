using System.Diagnostics;
using System.Text.Json;

using Recoupe.Dossiers;

namespace Recoupe.Tests.Cli;

/// <summary>The command line as users meet it: the built program, run over files.</summary>
public sealed class ReadOptionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-read-").FullName;

    private static string Samples => Path.Combine(Repository.Root, "samples");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("read")]
    [InlineData("read x --format pdf")]
    [InlineData("read x --interface de")]
    [InlineData("read x --threads 0")]
    [InlineData("read x --threads many")]
    [InlineData("read x -o dossier.pdf")]
    [InlineData("read x -o no-such-folder/dossier.html")]
    [InlineData("read x --format json -o a.json -o b.json")]
    [InlineData("reed x")]
    public async Task Wrong_usage_ends_with_2_says_why_and_prints_nothing(string arguments)
    {
        var (exitCode, output, errors) = await Run(arguments.Split(' '));
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("recoupe: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_the_rest_is_done()
    {
        var good = Save("good.txt", "The old crane will stay, the council of Port Ellery said on Tuesday.");
        var missing = Path.Combine(_folder, "missing.txt");
        var (exitCode, output, errors) = await Run("read", missing, good, "--format", "json");
        Assert.Equal(1, exitCode);
        Assert.Contains(missing, errors, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(output);
        Assert.Equal("good", json.RootElement.GetProperty("stories")[0].GetProperty("articles")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Every_format_is_the_same_whatever_the_number_of_threads()
    {
        string[] endings = [".json", ".html", ".md", ".csv", ".txt", ".zip"];
        foreach (var threads in new[] { "1", "2" })
            Assert.Equal(0, (await Run(["read", Samples, "--threads", threads, .. endings.SelectMany(ending => new[] { "-o", Path.Combine(_folder, threads + ending) })])).ExitCode);
        foreach (var ending in endings)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(_folder, "1" + ending));
            Assert.NotEmpty(bytes);
            Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(_folder, "2" + ending)));
        }
    }

    [Fact]
    public async Task Several_files_are_written_at_once_each_in_the_format_of_its_ending_and_whole()
    {
        string html = Path.Combine(_folder, "d.html"), json = Path.Combine(_folder, "d.json");
        var (exitCode, output, errors) = await Run("read", Samples, "-o", html, "-o", json, "--interface", "fr");
        Assert.Equal((0, "", ""), (exitCode, output, errors));
        Assert.Contains("<html lang=\"fr\">", await File.ReadAllTextAsync(html), StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        Assert.True(parsed.RootElement.GetProperty("stories").GetArrayLength() > 0);
        Assert.Equal(["d.html", "d.json"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Text_in_a_pipe_is_plain_80_columns_wide_and_in_English_whatever_the_environment_says()
    {
        var (exitCode, output, errors) = await Run(["read", Samples], ("LANG", "fr_FR.UTF-8"), ("LANGUAGE", "fr"), ("COLUMNS", "200"), ("TERM", "xterm-256color"));
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.All(output.Split('\n'), line => Assert.True(ShownText.Width(line) <= 80, line));
        Assert.DoesNotContain('\e', output);
        Assert.Contains("WHO PUBLISHED FIRST", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Corrections_are_applied_and_marked_and_a_mistake_in_them_is_named_with_its_place()
    {
        var article = Save("crane.txt", "The old crane will stay, the council of Port Ellery said on Tuesday.");
        var good = Save("good.json", """{ "articles": [{ "article": "crane", "outlet": "The Ellery Post", "published": "2031-03-04" }] }""");
        var (exitCode, output, errors) = await Run("read", article, "--corrections", good);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("The Ellery Post [1], 4 March 2031 (corrected by hand)", output, StringComparison.Ordinal);

        var bad = Save("bad.json", """{ "articles": [{ "article": "crane", "outlets": "x" }] }""");
        (exitCode, output, errors) = await Run("read", article, "--corrections", bad);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("bad.json: articles[0]", errors, StringComparison.Ordinal);
        Assert.Equal(2, (await Run("read", article, "--corrections", Path.Combine(_folder, "none.json"))).ExitCode);
    }

    [Fact]
    public async Task Every_span_of_the_json_lies_in_its_text()
    {
        using var json = JsonDocument.Parse((await Run("read", Samples, "--format", "json")).Output);
        var spans = 0;
        foreach (var story in json.RootElement.GetProperty("stories").EnumerateArray())
        {
            var lengths = story.GetProperty("articles").EnumerateArray().ToDictionary(
                article => article.GetProperty("id").GetString()!,
                article => (Text: Length(article.GetProperty("text")), Title: Length(article.GetProperty("title"))));
            Check(story.GetProperty("points"), lengths, ref spans);
            Check(story.GetProperty("discrepancies"), lengths, ref spans);
            Check(story.GetProperty("timeline"), lengths, ref spans);
        }

        Assert.True(spans > 20, $"{spans} spans");
    }

    private static void Check(JsonElement element, Dictionary<string, (int Text, int Title)> lengths, ref int spans)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Check(item, lengths, ref spans);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("span", out var span) && element.TryGetProperty("article", out var article))
            {
                var (text, title) = lengths[article.GetString()!];
                var end = element.TryGetProperty("in", out _) ? title : text;
                Assert.InRange(span[0].GetInt32(), 0, span[1].GetInt32());
                Assert.InRange(span[1].GetInt32(), 1, end);
                spans++;
            }

            foreach (var property in element.EnumerateObject())
                Check(property.Value, lengths, ref spans);
        }
    }

    private static int Length(JsonElement text) => text.GetString()?.EnumerateRunes().Count() ?? 0;

    private string Save(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static Task<(int ExitCode, string Output, string Errors)> Run(params string[] arguments) => Run(arguments, []);

    private static async Task<(int ExitCode, string Output, string Errors)> Run(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "recoupe-cli.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
