using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

using Recoupe.Embeddings;
using Recoupe.Tests.Embeddings;
using Recoupe.Tests.Endpoints;

namespace Recoupe.Tests.Cli;

/// <summary>The real program and a real server on this machine.</summary>
public sealed class EmbeddingCommandTests : IDisposable
{
    private const string Key = "sk-test-5f1c0d2e9b";

    // One event in two languages without a common name, number or day, and one that stands alone.
    private const string Articles = """
        {"id":"badger-en","language":"en","title":"Badger hoards slippers","text":"It tore up the lawn by night, and slippers that had gone missing lay in its burrow."}
        {"id":"scarf-en","language":"en","title":"Scarecrow dressed for cold","text":"The scarf that knitters put round it is three arms long, and crows now sit on it."}
        {"id":"badger-fr","language":"fr","title":"Un blaireau voleur de pantoufles","text":"Le gazon était retourné chaque matin. Des pantoufles disparues étaient au fond de son terrier."}

        """;

    private static readonly int Samples = EmbeddingSample.All.Length;

    private static readonly Lazy<string> Without = new(() => CommandLine.Run(["group", "-"], Encoding.UTF8.GetBytes(Articles)).Output);

    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-embeddings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Two_articles_in_two_languages_become_one_story_and_the_model_is_named()
    {
        using var server = new ModelServer();

        var (without, with) = (Group(), Group(server.Address));

        Assert.Equal(3, Stories(without).Distinct().Count());
        var stories = Stories(with);
        Assert.Equal(stories[0], stories[2]);
        Assert.NotEqual(stories[0], stories[1]);
        Assert.Equal((0, ""), (with.ExitCode, with.Error));
        Assert.All(with.Output.Split('\n')[..3], line => Assert.Contains("\"embeddings\":\"concepts\"", line, StringComparison.Ordinal));
        Assert.DoesNotContain("embeddings", without.Output, StringComparison.Ordinal);
        Assert.All(server.Questions, question => Assert.Equal("concepts", question.Model));
        Assert.All(server.Questions, question => Assert.StartsWith("POST /v1/embeddings HTTP/1.1", question.Head, StringComparison.Ordinal));
        Assert.Equal(Samples + 3, server.Questions.Sum(question => question.Texts.Length));
        Assert.Contains(server.Questions, question => question.Texts.Contains("Badger hoards slippers\nIt tore up the lawn by night, and slippers that had gone missing lay in its burrow."));
    }

    [Fact]
    public async Task Without_the_option_the_program_does_not_even_load_what_it_would_need_for_a_connection()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "what a process has loaded is told by /proc");
        var start = new ProcessStartInfo("dotnet", [CommandLine.Program, "group", "--follow", "-"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // the runtime's own socket for debuggers
        start.Environment["RECOUPE_EMBEDDINGS_KEY"] = Key;
        using var process = Process.Start(start)!;
        try
        {
            // The program reads ahead: it is fed from the side, and looked at in the middle of its work.
            _ = Task.Run(() => Feed(process.StandardInput), TestContext.Current.CancellationToken);
            var first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.Contains("opened", first, StringComparison.Ordinal);

            var loaded = File.ReadAllText($"/proc/{process.Id}/maps");
            Assert.Contains("recoupe-cli.dll", loaded, StringComparison.Ordinal);
            Assert.DoesNotContain("System.Net.Http.dll", loaded, StringComparison.Ordinal);
            Assert.DoesNotContain("System.Net.Sockets.dll", loaded, StringComparison.Ordinal);
            Assert.DoesNotContain(Directory.EnumerateFiles($"/proc/{process.Id}/fd"), file => File.ResolveLinkTarget(file, false)?.Name.StartsWith("socket:", StringComparison.Ordinal) == true);
        }
        finally
        {
            process.Kill();
        }

        static void Feed(StreamWriter input)
        {
            try
            {
                for (var i = 0; i < 100_000; i++)
                    input.Write($"{{\"id\":\"n{i}\",\"language\":\"en\",\"title\":\"Notice {i}\",\"text\":\"Plain words.\"}}\n");
            }
            catch (IOException)
            {
                // The program is gone: the test is over.
            }
        }
    }

    [Fact]
    public void A_run_with_a_full_cache_asks_nobody_and_prints_the_same()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "xdg"));
        CommandLine.Result first;
        string address;
        using (var server = new ModelServer())
        {
            address = server.Address;
            first = Group(address, cache: null);
            var asked = server.Questions.Count;
            Assert.Equal(first, Group(address, cache: null));
            Assert.Equal(asked, server.Questions.Count);
        }

        Assert.Equal(first, Group(address, cache: null));
        Assert.Contains("\"embeddings\":\"concepts\"", first.Output, StringComparison.Ordinal);
        var cache = Path.Combine(_folder, "xdg", "recoupe", "embeddings.cache");
        Assert.True(File.Exists(cache));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(cache));
        Assert.DoesNotContain("Badger", File.ReadAllText(cache), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cache_is_kept_by_model_and_another_model_is_asked_anew()
    {
        using var server = new ModelServer();
        Group(server.Address);
        Group(server.Address, model: "another");

        // How many are asked at once is the program's to choose as it goes.
        List<string> AskedOf(string model) => [.. server.Questions.Where(question => question.Model == model).SelectMany(question => question.Texts).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(AskedOf("concepts"));
        Assert.Equal(AskedOf("concepts"), AskedOf("another"));
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "500", "answered 500" },
        { "429 later than is waited", "answered 429" },
        { "401", "RECOUPE_EMBEDDINGS_KEY" },
        { "404", "has the model concepts" },
        { "400", "answered 400" },
        { "redirect", "sends elsewhere" },
        { "truncated JSON", "no whole JSON" },
        { "cut connection", "connection broke" },
        { "HTML", "web page" },
        { "no data", "holds no \"data\"" },
        { "deep JSON", "no whole JSON" },
        { "too few", "vectors for 32 texts" },
        { "twice the same index", "numbers its vectors wrongly" },
        { "index beyond", "numbers its vectors wrongly" },
        { "dimensions that differ", "among vectors of" },
        { "empty vectors", "none of 1 to" },
        { "token vectors", "not finite" },
        { "not a number", "not finite" },
        { "infinite", "not finite" },
        { "zeros", "no vector for some plain short texts" },
        { "huge", "larger than 32 MiB" },
        { "huge without length", "larger than 32 MiB" },
        { "slow", "no answer within 0.7 seconds" },
        { "slow after the first bytes", "no answer within 0.7 seconds" },
        { "no server", "nobody answers there" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_told_once_with_the_endpoint_and_a_remedy_and_the_groups_are_those_without(string fault, string told)
    {
        // A slow server never ends its answer: whatever the machine has to do besides, it is the program that gives up.
        var isSlow = fault.StartsWith("slow", StringComparison.Ordinal);
        using var server = new ModelServer(question => Faulty(fault, question), stalls: _ => isSlow);
        var address = server.Address;
        if (fault == "no server")
            server.Dispose();

        var result = isSlow ? Group(address, timeout: "0.7") : Group(address);

        Assert.Equal((0, Without.Value), (result.ExitCode, result.Output));
        var warning = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !line.Contains("An article that it does not take", StringComparison.Ordinal));
        Assert.StartsWith($"recoupe: embeddings from {address}/v1/embeddings: ", warning, StringComparison.Ordinal);
        Assert.Contains(told, warning, StringComparison.Ordinal);
        Assert.EndsWith("grouped without embeddings", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, result.Error + result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words of the server", result.Error, StringComparison.Ordinal);
        // How far a question comes within the time that it is given is the machine's affair.
        Assert.InRange(server.Questions.Count, fault == "no server" || isSlow ? 0 : 1, 12);
    }

    [Fact]
    public void A_certificate_that_nobody_vouches_for_is_an_error_and_nothing_is_sent()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var server = new ModelServer(certificate: X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null));

        var result = Group(server.Address);

        Assert.Contains("its certificate is not to be trusted", result.Error, StringComparison.Ordinal);
        Assert.Equal(Without.Value, result.Output);
        Assert.Empty(server.Questions);
    }

    [Theory]
    [InlineData("429 Too Many Requests", "Retry-After: 1", 1.0)]
    [InlineData("429 Too Many Requests", "Retry-After: Tue, 24 Nov 2026 10:00:01 GMT", 1.0)]
    [InlineData("503 Service Unavailable", "X-Nothing: 0", 0.5)]
    [InlineData("500 Internal Server Error", "Retry-After: -5", 0)]
    public void A_busy_server_is_asked_again_when_it_says_so(string status, string header, double seconds)
    {
        var times = new List<TimeSpan>();
        var clock = Stopwatch.StartNew();
        using var server = new ModelServer(question =>
        {
            lock (times)
                times.Add(clock.Elapsed);
            return question.Number == 1 ? ModelServer.Status(status, "{}", header, "Date: Tue, 24 Nov 2026 10:00:00 GMT") : ModelServer.Ok(ModelServer.Vectors(question));
        });

        var result = Group(server.Address);

        Assert.Equal("", result.Error);
        Assert.Equal(2, Stories(result).Distinct().Count());
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(seconds), $"{times[1] - times[0]}");
    }

    [Fact]
    public void A_connection_that_breaks_once_is_tried_again()
    {
        using var server = new ModelServer(question => question.Number == 1 ? [] : ModelServer.Ok(ModelServer.Vectors(question)));

        Assert.Equal("", Group(server.Address).Error);
    }

    [Fact]
    public void The_key_goes_into_the_header_and_nowhere_else()
    {
        using var server = new ModelServer();

        var result = Group(server.Address, explain: true);

        Assert.All(server.Questions, question => Assert.Contains($"\r\nAuthorization: Bearer {Key}\r\n", question.Head + "\r\n", StringComparison.Ordinal));
        Assert.DoesNotContain(Key, result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(_folder, "cache"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_no_header_can_hold_is_refused_without_showing_it()
    {
        using var server = new ModelServer();
        var result = CommandLine.Run(
            ["group", Save(Articles), "--embeddings", server.Address, "--embeddings-model", "concepts", "--embeddings-cache", Path.Combine(_folder, "cache")],
            environment: new Dictionary<string, string> { ["RECOUPE_EMBEDDINGS_KEY"] = "sk-two words" });

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("RECOUPE_EMBEDDINGS_KEY", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-two", result.Error, StringComparison.Ordinal);
        Assert.Empty(server.Questions);
    }

    [Fact]
    public void Vectors_may_come_in_any_order_and_in_base64()
    {
        using var plain = new ModelServer();
        using var shuffled = new ModelServer(question => ModelServer.Ok(ModelServer.Data(question.Texts
            .Select((text, i) => $"{{\"embedding\":\"{Convert.ToBase64String(ConceptVectors.Of(text).SelectMany(BitConverter.GetBytes).ToArray())}\",\"index\":{i}}}").Reverse())));

        var wanted = Group(plain.Address, cache: "plain");
        var given = Group(shuffled.Address, cache: "shuffled");

        Assert.Equal(2, Stories(given).Distinct().Count());
        Assert.Equal(wanted, given);
    }

    [Fact]
    public void Many_articles_are_asked_for_in_batches_and_a_text_is_asked_for_once()
    {
        var lines = Articles + string.Concat(Enumerable.Range(0, 90).Select(i => $"{{\"id\":\"n{i}\",\"language\":\"en\",\"title\":\"Notice {i % 70}\",\"text\":\"Plain words on matter {i % 70}.\"}}\n"));
        using var server = new ModelServer();

        var result = Group(server.Address, articles: lines);

        Assert.Equal("", result.Error);
        Assert.All(server.Questions, question => Assert.InRange(question.Texts.Length, 1, 32));
        var asked = server.Questions.SelectMany(question => question.Texts).ToList();
        Assert.Equal(Samples + 3 + 70, asked.Count);
        Assert.Equal(asked.Count, asked.Distinct().Count());
    }

    [Fact]
    public void A_server_that_takes_fewer_texts_gets_fewer()
    {
        using var server = new ModelServer(question => question.Texts.Length > 8
            ? ModelServer.Status("413 Content Too Large", "{}") : ModelServer.Ok(ModelServer.Vectors(question)));

        var result = Group(server.Address);

        Assert.Equal("", result.Error);
        Assert.Equal(2, Stories(result).Distinct().Count());
    }

    [Fact]
    public void A_text_that_the_server_does_not_take_costs_only_its_own_article_the_vector()
    {
        using var server = new ModelServer(question => question.Texts.Any(text => text.Contains("blaireau", StringComparison.Ordinal))
            ? ModelServer.Status("400 Bad Request", "{}") : ModelServer.Ok(ModelServer.Vectors(question)));

        var result = Group(server.Address);

        Assert.Contains("An article that it does not take is grouped without embeddings", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, Stories(result).Distinct().Count());
        Assert.Equal(["concepts", "concepts", null], result.Output.Split('\n')[..3].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("embeddings").GetString()));
    }

    [Fact]
    public void What_was_given_before_an_endpoint_failed_is_used_and_kept()
    {
        using var server = new ModelServer(question => question.Texts.Any(text => text.Contains("Notice 69", StringComparison.Ordinal))
            ? ModelServer.Status("500 Internal Server Error", "{}") : ModelServer.Ok(ModelServer.Vectors(question)));
        var lines = Articles + string.Concat(Enumerable.Range(0, 100).Select(i => $"{{\"id\":\"n{i}\",\"language\":\"en\",\"title\":\"Notice {i}\",\"text\":\"\"}}\n"));

        var failed = Read(server.Address, lines, "--format", "json");
        using var healed = new ModelServer();
        var second = Read(healed.Address, lines, "--format", "json");

        Assert.Contains("answered 500", failed.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(failed.Output);
        var stories = json.RootElement.GetProperty("stories").EnumerateArray().ToList();
        Assert.Contains(stories, story => story.GetProperty("articles").GetArrayLength() == 2);
        var without = stories.SelectMany(story => story.GetProperty("embeddings").GetProperty("without").EnumerateArray()).Select(id => id.GetString()).ToList();
        Assert.Contains("n69", without);
        Assert.DoesNotContain("badger-en", without);
        Assert.Equal("", second.Error);
        Assert.Equal(without.Count, healed.Questions.Sum(question => question.Texts.Length));
    }

    [Fact]
    public void A_run_that_is_killed_keeps_what_it_was_given()
    {
        var lines = string.Concat(Enumerable.Range(0, 100).Select(i => $"{{\"id\":\"n{i}\",\"language\":\"en\",\"title\":\"Notice {i}\",\"text\":\"Plain words.\"}}\n"));
        var (cache, reached) = (Path.Combine(_folder, "cache"), new ManualResetEventSlim());
        using (var server = new ModelServer(question =>
        {
            if (question.Number <= 4)
                return ModelServer.Ok(ModelServer.Vectors(question));
            reached.Set();
            return [];
        }, stalls: question => question.Number > 4))
        {
            using var process = Process.Start(new ProcessStartInfo(
                "dotnet", [CommandLine.Program, "read", Save(lines), "--embeddings", server.Address, "--embeddings-model", "concepts", "--embeddings-cache", cache]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            Assert.True(reached.Wait(TimeSpan.FromMinutes(20), TestContext.Current.CancellationToken));
            process.Kill(); // kill -9
            process.WaitForExit();
        }

        using var second = new ModelServer();
        Assert.Equal("", Read(second.Address, lines).Error);

        Assert.Equal(100 + Samples - (4 * 32), second.Questions.Sum(question => question.Texts.Length));
    }

    [Fact]
    public void One_thread_and_two_print_the_same_bytes()
    {
        using var server = new ModelServer();
        var one = Read(server.Address, Articles, "--format", "json", "--threads", "1");
        var two = Read(server.Address, Articles, "--format", "json", "--threads", "2");

        Assert.Equal(0, one.ExitCode);
        Assert.Contains("\"embeddings\":{\"model\":\"concepts\",\"without\":[]}", one.Output, StringComparison.Ordinal);
        Assert.Equal(one, two);
    }

    [Theory]
    [InlineData("en", "html", "<p>The articles were grouped with the help of embeddings of the model concepts.</p>")]
    [InlineData("fr", "html", "<p>Les articles ont été regroupés avec l’aide des plongements du modèle concepts.</p>")]
    [InlineData("en", "markdown", "The articles were grouped with the help of embeddings of the model concepts.")]
    [InlineData("fr", "text", "Les articles ont été regroupés avec l’aide des plongements du modèle")]
    public void The_page_says_that_a_model_had_a_part_and_without_one_is_what_it_was(string language, string format, string note)
    {
        using var server = new ModelServer();
        var with = Read(server.Address, Articles, "--format", format, "--interface", language);
        var without = CommandLine.Run(["read", Save(Articles), "--format", format, "--interface", language]);

        Assert.Contains(note, with.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(note, without.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_tells_the_cosine_of_the_pair()
    {
        using var server = new ModelServer();

        var lines = Group(server.Address, explain: true).Output.Split('\n');

        using var json = JsonDocument.Parse(lines[0]);
        var because = json.RootElement.GetProperty("because");
        Assert.Equal("badger-fr", because.GetProperty("nearest").GetString());
        Assert.InRange(because.GetProperty("cosine").GetDouble(), 0.7, 1);
        Assert.InRange(because.GetProperty("cosine_odds").GetDouble(), 3, 10);
        Assert.DoesNotContain("cosine", Group(explain: true).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_http_to_a_public_host_is_warned_of_even_if_the_cache_has_all()
    {
        using (var server = new ModelServer())
            Group(server.Address);

        var result = Group("http://models.example.org");

        Assert.Contains("http://models.example.org/v1/embeddings: the texts and the key go there in clear", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, Stories(result).Distinct().Count());
    }

    [Fact]
    public void A_file_that_is_no_cache_is_left_as_it_is()
    {
        using var server = new ModelServer();
        File.WriteAllText(Path.Combine(_folder, "cache"), "The minutes of the council, and much more besides.");

        var result = Group(server.Address);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("no cache of embeddings", result.Error, StringComparison.Ordinal);
        Assert.Equal("The minutes of the council, and much more besides.", File.ReadAllText(Path.Combine(_folder, "cache")));
        Assert.Empty(server.Questions);
    }

    [Theory]
    [InlineData("--embeddings-model m")]
    [InlineData("--embeddings-cache c")]
    [InlineData("--embeddings-timeout 3")]
    [InlineData("--embeddings http://localhost:1")]
    [InlineData("--embeddings localhost:1 --embeddings-model m")]
    [InlineData("--embeddings ftp://localhost --embeddings-model m")]
    [InlineData("--embeddings http://user:word@localhost --embeddings-model m")]
    [InlineData("--embeddings http://localhost?key=1 --embeddings-model m")]
    [InlineData("--embeddings http://localhost:1 --embeddings-model m --embeddings-timeout 0")]
    [InlineData("--embeddings http://localhost:1 --embeddings-model m --embeddings-timeout soon")]
    public void Wrong_usage_ends_with_2_and_says_why(string arguments)
    {
        var result = CommandLine.Run(["group", "samples", .. arguments.Split(' ')]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("--embeddings", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("word@", result.Error, StringComparison.Ordinal);
    }

    private static byte[] Faulty(string fault, ModelServer.Question question)
    {
        var right = ModelServer.Vectors(question);
        string Each(Func<int, string> embedding) => ModelServer.Data(question.Texts.Select((_, i) => $"{{\"index\":{i},\"embedding\":{embedding(i)}}}"));
        const string Secret = "{\"error\":{\"message\":\"secret words of the server " + Key + "\"}}";
        switch (fault)
        {
            case "500": return ModelServer.Status("500 Internal Server Error", Secret);
            case "429 later than is waited": return ModelServer.Status("429 Too Many Requests", Secret, "Retry-After: 86400");
            case "401": return ModelServer.Status("401 Unauthorized", Secret);
            case "404": return ModelServer.Status("404 Not Found", Secret);
            case "400": return ModelServer.Status("400 Bad Request", Secret);
            case "redirect": return ModelServer.Status("307 Temporary Redirect", "{}", "Location: http://127.0.0.1:1/v1/embeddings");
            case "truncated JSON": return ModelServer.Ok(right[..(right.Length / 2)]);
            case "cut connection": return ModelServer.Ok(right)[..2000];
            case "HTML": return ModelServer.Ok("\n<!doctype html><title>Sign in</title>secret words of the server");
            case "no data": return ModelServer.Ok(Secret);
            case "deep JSON": return ModelServer.Ok(new string('[', 100_000));
            case "too few": return ModelServer.Ok(ModelServer.Vectors(question with { Texts = question.Texts[1..] }));
            case "twice the same index": return ModelServer.Ok(right.Replace("\"index\":1,", "\"index\":0,", StringComparison.Ordinal));
            case "index beyond": return ModelServer.Ok(right.Replace("\"index\":1,", "\"index\":99,", StringComparison.Ordinal));
            case "dimensions that differ": return ModelServer.Ok(Each(i => i == 3 ? "[1,2]" : "[1,2,3]"));
            case "empty vectors": return ModelServer.Ok(Each(_ => "[]"));
            case "token vectors": return ModelServer.Ok(Each(_ => "[[1,2],[3,4]]"));
            case "not a number": return ModelServer.Ok(Each(_ => "[1,\"NaN\",3]"));
            case "infinite": return ModelServer.Ok(Each(_ => "[1,1e999,3]"));
            case "zeros": return ModelServer.Ok(Each(_ => "[0,0,0]"));
            case "huge": return ModelServer.Ok(new string(' ', 34 << 20));
            case "huge without length": return Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + new string(' ', 34 << 20));
            case "slow": return [];
            // The rest never comes, but the connection stays.
            case "slow after the first bytes": return Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
            default: return ModelServer.Ok(right);
        }
    }

    private CommandLine.Result Group(
        string? address = null, string? cache = "cache", string model = "concepts", string timeout = "900", string articles = Articles, bool explain = false) =>
        CommandLine.Run(
            ["group", Save(articles), .. explain ? ["--explain"] : Array.Empty<string>(), .. Asking(address, cache, model), .. address is null ? [] : new[] { "--embeddings-timeout", timeout }],
            environment: Environment);

    private CommandLine.Result Read(string address, string articles, params string[] arguments) =>
        CommandLine.Run(["read", Save(articles), .. Asking(address, "cache", "concepts"), .. arguments], environment: Environment);

    private Dictionary<string, string> Environment => new() { ["RECOUPE_EMBEDDINGS_KEY"] = Key, ["XDG_CACHE_HOME"] = Path.Combine(_folder, "xdg") };

    private string[] Asking(string? address, string? cache, string model) => address is null ? [] :
        ["--embeddings", address, "--embeddings-model", model, .. cache is null ? [] : new[] { "--embeddings-cache", Path.Combine(_folder, cache) }];

    private string Save(string articles)
    {
        var file = Path.Combine(_folder, "articles.jsonl");
        File.WriteAllText(file, articles);
        return file;
    }

    private static List<string> Stories(CommandLine.Result result) => [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("story").GetString()!)];
}
