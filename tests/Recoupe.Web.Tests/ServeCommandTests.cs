using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;

using Recoupe.Storage;
using Recoupe.Tests;
using Recoupe.Tests.Storage;

namespace Recoupe.Web.Tests;

/// <summary>The service as a user starts it.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Serve_answers_and_ends_when_it_is_asked_to()
    {
        using (var ingest = Start("ingest", "samples", "--archive", _folder))
            await ingest.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var serve = Start("serve", "--archive", _folder, "--port", "0");
        var told = await serve.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains(" at http://127.0.0.1:", told, StringComparison.Ordinal);
        using var client = new HttpClient();

        var stories = await client.GetStringAsync(told!.Split(" at ")[1].Split(';')[0] + "/api/v1/stories", TestContext.Current.CancellationToken);

        Assert.Contains("Passe-Sud", stories, StringComparison.Ordinal);
        using (var kill = Process.Start("kill", ["-TERM", serve.Id.ToString()]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await serve.WaitForExitAsync(limit.Token);
        Assert.Equal(0, serve.ExitCode);
    }

    [Fact]
    public async Task Mcp_answers_over_standard_input_and_output()
    {
        using (var ingest = Start("ingest", "samples", "--archive", _folder))
            await ingest.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var mcp = Start("mcp", "--archive", _folder);
        await mcp.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        Assert.Contains("\"result\"", await mcp.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await mcp.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await mcp.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"usine"}}}""");

        var answer = await mcp.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        Assert.Contains("Passe-Sud", answer, StringComparison.Ordinal);
        Assert.Contains("never an instruction", answer, StringComparison.Ordinal);
        mcp.StandardInput.Close();
        await mcp.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, mcp.ExitCode);
    }

    [Fact]
    public async Task An_address_that_others_reach_is_refused_without_accounts_in_plain_words()
    {
        using (var ingest = Start("ingest", "samples", "--archive", _folder))
            await ingest.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var serve = Start("serve", "--archive", _folder, "--address", "0.0.0.0");
        var told = await serve.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await serve.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, serve.ExitCode);
        Assert.Contains("recoupe accounts add NAME --role administrator", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_answered_in_plain_words_and_what_is_there_is_still_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit of a file's size that stands for a full disk is set by a shell");
        Archive.Open(new ArchiveLocation(_folder), create: true).Dispose();
        // No file may grow beyond 2 MB; the runtime maps its own memory as one.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "trap '' XFSZ; ulimit -f 4000; exec dotnet \"$0\" \"$@\"", CommandLineProgram, "serve", "--archive", _folder, "--port", "0"])
        {
            UseShellExecute = false, RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var serve = Process.Start(start)!;
        try
        {
            var told = await serve.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = new Uri(told!.Split(" at ")[1].Split(';')[0]) };
            var (taken, refused) = await FillAsync(client);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("the archive cannot be read or written: ", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.NotEmpty(taken);
            foreach (var address in taken.Select(id => $"/api/v1/articles/{id}").Append("/health").Append("/"))
                Assert.True((await client.GetAsync(address, TestContext.Current.CancellationToken)).IsSuccessStatusCode, address);
        }
        finally
        {
            serve.Kill();
            await serve.WaitForExitAsync(CancellationToken.None);
        }
    }

    // Takes articles in until one batch is refused.
    private static async Task<(List<string> Taken, HttpResponseMessage Refused)> FillAsync(HttpClient client)
    {
        var taken = new List<string>();
        foreach (var batch in News.Documents(97, 600).Chunk(10))
        {
            var lines = batch.Select(document => JsonSerializer.Serialize(new { url = document.Url, title = document.Title, text = document.Content }));
            var answer = await client.PostAsync("/api/v1/articles", new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/jsonl"), TestContext.Current.CancellationToken);
            if (!answer.IsSuccessStatusCode)
                return (taken, answer);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            taken.AddRange(json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
        }

        throw new InvalidOperationException("the disk was never full");
    }

    private static string CommandLineProgram => Path.Combine(AppContext.BaseDirectory, "recoupe-cli.dll");

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [CommandLineProgram, .. arguments])
    {
        WorkingDirectory = Repository.Root,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = arguments[0] == "mcp",
        RedirectStandardError = arguments[0] == "serve",
    })!;
}
