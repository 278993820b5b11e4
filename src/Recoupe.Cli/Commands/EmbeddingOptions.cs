using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

using Recoupe.Endpoints;

namespace Recoupe.Cli.Commands;

/// <summary>The options by which a user names an endpoint for embeddings. Without them nothing is asked of anybody.</summary>
internal sealed class EmbeddingOptions
{
    private const int LongestName = 200;
    private const int LongestTimeout = 3600;

    private readonly Option<string?> _endpoint = new("--embeddings")
    {
        Description = "Asks this OpenAI-compatible server for embeddings, which help to put articles of different languages or words together (Ollama, llama.cpp, vLLM, OpenAI). "
            + "Sends it the title and first lines of each article. A local address will do: http://localhost:11434. "
            + $"A key is taken from the environment variable {EmbeddingEndpoint.KeyVariable}. Without this option nothing is sent anywhere",
        HelpName = "URL",
    };

    private readonly Option<string?> _model = new("--embeddings-model") { Description = "The model to ask for, by the server's name for it; one for several languages", HelpName = "NAME" };

    private readonly Option<string?> _cache = new("--embeddings-cache")
    {
        Description = "Keeps embeddings in this file, so that nobody is asked twice for a text. Default: recoupe/embeddings.cache in your folder for caches",
        HelpName = "FILE",
    };

    private readonly Option<double?> _timeout = new("--embeddings-timeout")
    {
        Description = "The longest wait for one answer of the server; all together are waited for 60 times as long at most. Default: 120",
        HelpName = "SECONDS",
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_endpoint);
        command.Options.Add(_model);
        command.Options.Add(_cache);
        command.Options.Add(_timeout);
        command.Validators.Add(Check);
    }

    /// <summary>What gives vectors as the user asked; null in <paramref name="embedder"/> where none were asked for. False where that cannot be: it is then told on standard error.</summary>
    public bool TryCreate(ParseResult parsed, out Embedder? embedder)
    {
        embedder = null;
        if (parsed.GetValue(_endpoint) is not { } named)
            return true;
        var endpoint = EmbeddingEndpoint.Parse(named, out _)!;
        var key = Environment.GetEnvironmentVariable(EmbeddingEndpoint.KeyVariable)?.Trim();
        if (key?.Any(c => c is <= ' ' or > '~') == true)
        {
            Console.Error.WriteLine($"recoupe: {EmbeddingEndpoint.KeyVariable} holds a space or a character that no key has: set it anew");
            return false;
        }

        if (OpenCache(parsed.GetValue(_cache)) is not { } cache)
            return false;
        if (endpoint.IsOpen)
            Warn($"recoupe: embeddings from {endpoint.Name}: the texts{(string.IsNullOrEmpty(key) ? "" : " and the key")} go there in clear, for all on the way to read. Write https:// if the server can");
        var limits = parsed.GetValue(_timeout) is { } seconds ? new EmbeddingLimits { PerRequest = TimeSpan.FromSeconds(seconds) } : new EmbeddingLimits();
        embedder = new Embedder(endpoint, parsed.GetValue(_model)!, string.IsNullOrEmpty(key) ? null : key, cache, limits, Warn);
        return true;
    }

    private static EmbeddingCache? OpenCache(string? named)
    {
        var path = named ?? EmbeddingCache.DefaultPath;
        try
        {
            var cache = EmbeddingCache.Open(path);
            if (!cache.Writes)
                Warn($"recoupe: {path}: the cache of embeddings is used by another run or write-protected: it is read, and nothing is added");
            return cache;
        }
        catch (InvalidDataException failure)
        {
            Console.Error.WriteLine($"recoupe: {path}: {failure.Message}. It is left as it is; name another file with --embeddings-cache");
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Warn($"recoupe: {path}: the cache of embeddings cannot be opened: {failure.Message.TrimEnd('.')}. This run keeps nothing; name another file with --embeddings-cache");
            return EmbeddingCache.None();
        }
    }

    private static void Warn(string message) => Console.Error.WriteLine(message);

    private void Check(CommandResult result)
    {
        var (endpoint, model) = (result.GetValue(_endpoint), result.GetValue(_model));
        if (endpoint is null && (model is not null || result.GetValue(_cache) is not null || result.GetResult(_timeout) is not null))
            result.AddError("--embeddings-model, --embeddings-cache and --embeddings-timeout go with --embeddings URL");
        else if (endpoint is not null && model is null)
            result.AddError("--embeddings needs --embeddings-model NAME: the server's name for a model");
        if (endpoint is not null && EmbeddingEndpoint.Parse(endpoint, out var wrong) is null)
            result.AddError($"--embeddings {(endpoint.Contains('@', StringComparison.Ordinal) ? "URL" : endpoint)}: {wrong}");
        if (model is not null && (model.Length is 0 or > LongestName || model.Any(char.IsControl)))
            result.AddError($"--embeddings-model: a name has 1 to {LongestName} characters");
        // What is no number is refused by the parser itself.
        if (result.GetResult(_timeout) is { Tokens: [var seconds, ..] } && double.TryParse(seconds.Value, CultureInfo.InvariantCulture, out var limit) && !(limit is > 0 and <= LongestTimeout))
            result.AddError($"--embeddings-timeout must be more than 0 and at most {LongestTimeout}");
    }
}
