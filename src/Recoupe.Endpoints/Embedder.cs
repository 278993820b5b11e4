using System.Collections.Concurrent;

using Recoupe.Articles;
using Recoupe.Embeddings;

namespace Recoupe.Endpoints;

/// <summary>Gives articles their vectors: from the cache, else from the endpoint. Where neither has one, there is none and the run goes on.</summary>
/// <remarks>An endpoint that fails is asked no more in the same run. Not for several threads at once. What is given to it is disposed with it.</remarks>
/// <param name="endpoint">Whom to ask.</param>
/// <param name="model">The server's name for the model.</param>
/// <param name="key">Sent as bearer token; null for none.</param>
/// <param name="cache">What was given before, and where it is kept.</param>
/// <param name="limits">How long is waited, and how much is taken.</param>
/// <param name="warn">Told in plain words what goes wrong.</param>
public sealed class Embedder(
    EmbeddingEndpoint endpoint, string model, string? key, EmbeddingCache cache, EmbeddingLimits limits, Action<string> warn) : IDisposable
{
    // A server that takes no single text of so many in a row takes none.
    private const int MostRefused = 3;

    // Articles that are read ahead while the endpoint is waited for.
    private const int Ahead = 256;

    private readonly EmbeddingClient _client = new(endpoint, model, key, limits);
    private EmbeddingSpace? _space;
    private int? _dimensions;
    private bool _calibrated;
    private bool _failed;
    private int _refused;
    private bool _refusalTold;

    /// <summary>The model's name.</summary>
    public string Model => model;

    /// <summary>The vectors of <paramref name="articles"/>; null where there is none at all, so that the result is what it would be without.</summary>
    /// <param name="articles">The articles.</param>
    /// <param name="progress">Told how many are done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public ArticleEmbeddings? For(IReadOnlyList<Article> articles, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var done = 0;
        var vectors = new Dictionary<ArticleId, ArticleVector>();
        foreach (var part in articles.Chunk(limits.MostTexts))
        {
            foreach (var (article, vector) in part.Zip(Place([.. part.Select(ToldText.Of)], cancellationToken)))
            {
                if (vector is not null)
                    vectors[article.Id] = vector;
            }

            progress?.Report(done += part.Length);
        }

        return vectors.Count == 0 ? null : new ArticleEmbeddings(_space!, vectors);
    }

    /// <summary>Gives each item of a stream its vector, in the order of the stream and as soon as it is there; asks for all together that wait.</summary>
    /// <param name="stream">Enumerated on a thread of its own, a bounded number ahead.</param>
    /// <param name="told">What the model is told of an item.</param>
    /// <param name="take">Takes the vector of an item; null where there is none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IEnumerable<T> Follow<T>(IEnumerable<T> stream, Func<T, ToldText> told, Action<T, ArticleVector?> take, CancellationToken cancellationToken)
    {
        using var waiting = new BlockingCollection<T>(Ahead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    foreach (var item in stream)
                        waiting.Add(item, stop.Token);
                }
                finally
                {
                    waiting.CompleteAdding();
                }
            },
            stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var first in waiting.GetConsumingEnumerable(cancellationToken))
            {
                var part = new List<T> { first };
                while (part.Count < limits.MostTexts && waiting.TryTake(out var next))
                    part.Add(next);
                foreach (var (item, vector) in part.Zip(Place([.. part.Select(told)], cancellationToken)))
                {
                    take(item, vector);
                    yield return item;
                }
            }

            reading.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        cache.Dispose();
    }

    private ArticleVector?[] Place(IReadOnlyList<ToldText> told, CancellationToken cancellationToken)
    {
        Calibrate(cancellationToken);
        if (_space is null)
            return new ArticleVector?[told.Count];
        var known = Ask(told.Select(one => one.Text).OfType<string>(), cancellationToken);
        return [.. told.Select(one => one.Text is { } text && known.TryGetValue(text, out var vector) ? _space.Place(vector, one.Language) : null)];
    }

    // The samples first: without them no cosine can be read.
    private void Calibrate(CancellationToken cancellationToken)
    {
        if (_calibrated)
            return;
        _calibrated = true;
        var samples = EmbeddingSample.All;
        var vectors = Ask(samples.Select(sample => sample.Text), cancellationToken);
        if (samples.All(sample => vectors.ContainsKey(sample.Text)))
            _space = EmbeddingSpace.Calibrate(model, samples, [.. samples.Select(sample => (ReadOnlyMemory<float>)vectors[sample.Text])]);
        else if (!_failed)
            Fail("it gives no vector for some plain short texts. Check that the model is one for embeddings");
    }

    private Dictionary<string, float[]> Ask(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var text in texts.Distinct(StringComparer.Ordinal))
        {
            var vector = cache.Find(model, text);
            if (vector is not null && (_dimensions ??= vector.Length) == vector.Length)
                vectors[text] = vector;
            else
                unknown.Add(text);
        }

        foreach (var part in unknown.Chunk(limits.MostTexts))
        {
            if (_failed)
                break;
            foreach (var (text, vector) in Fetch(part, cancellationToken))
                vectors[text] = vector;
        }

        return vectors;
    }

    private List<(string Text, float[] Vector)> Fetch(string[] texts, CancellationToken cancellationToken)
    {
        float[]?[] given;
        try
        {
            given = _client.AskAsync(texts, _dimensions, cancellationToken).GetAwaiter().GetResult();
        }
        catch (EmbeddingException failure) when (failure.IsOfTexts && texts.Length > 1)
        {
            // One of them is too much for the server: the others are asked for alone.
            return [.. texts.SelectMany(text => _failed ? [] : Fetch([text], cancellationToken))];
        }
        catch (EmbeddingException failure) when (failure.IsOfTexts && ++_refused < MostRefused)
        {
            if (!_refusalTold)
                Warn($"{failure.Message}. An article that it does not take is grouped without embeddings");
            _refusalTold = true;
            return [];
        }
        catch (EmbeddingException failure)
        {
            Fail(failure.Message);
            return [];
        }

        _refused = 0;
        var vectors = new List<(string Text, float[] Vector)>();
        for (var i = 0; i < given.Length; i++)
        {
            if (given[i] is { } vector)
                vectors.Add((texts[i], vector));
        }

        if (vectors.Count > 0)
            _dimensions ??= vectors[0].Vector.Length;
        Keep(vectors);
        return vectors;
    }

    private void Keep(List<(string Text, float[] Vector)> vectors)
    {
        try
        {
            cache.Add(model, vectors);
        }
        catch (IOException failure)
        {
            if (!_refusalTold)
                warn($"recoupe: the cache of embeddings cannot be written: {failure.Message.TrimEnd('.')}. Name another file with --embeddings-cache");
            _refusalTold = true;
        }
    }

    private void Fail(string why)
    {
        _failed = true;
        Warn($"{why}. Articles that it gave no vector for are grouped without embeddings");
    }

    private void Warn(string what) => warn($"recoupe: embeddings from {endpoint.Name}: {what}");
}
