using System.Buffers.Binary;
using System.Text.Json;

using Recoupe.Embeddings;

namespace Recoupe.Endpoints;

/// <summary>Reads what an OpenAI-compatible server answers: <c>{"data": [{"index": 0, "embedding": [..]}, ..]}</c>.</summary>
internal static class EmbeddingAnswer
{
    private const int MaxDepth = 16;

    /// <summary>The vectors in the order of the texts, whatever their order in the answer; null for a text whose vector is all zeros.</summary>
    /// <param name="answer">The body, in UTF-8.</param>
    /// <param name="count">How many texts were sent.</param>
    /// <param name="dimensions">How many numbers a vector must have; null where any number will do, the same for all.</param>
    /// <exception cref="EmbeddingException">It is no such answer, or a vector is missing, twice, of other dimensions or not finite.</exception>
    public static float[]?[] Read(ReadOnlyMemory<byte> answer, int count, int? dimensions)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            throw new EmbeddingException(answer.Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..]
                ? "it answered with a web page, not with JSON. Check that the address is that of the model's server and not of a page before it"
                : "its answer is no whole JSON. Check what the server logs");
        }

        using (json)
        {
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
                throw new EmbeddingException("its answer holds no \"data\". Check that the address is that of an OpenAI-compatible server and the model one for embeddings");
            if (data.GetArrayLength() != count)
                throw new EmbeddingException($"it gave {data.GetArrayLength()} vectors for {count} texts. Check what the server logs");
            var vectors = new float[]?[count];
            var given = new bool[count];
            var place = 0;
            foreach (var item in data.EnumerateArray())
            {
                var index = place++;
                if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("embedding", out var embedding))
                    throw new EmbeddingException("its answer holds an entry without \"embedding\". Check that the model is one for embeddings");
                if (item.TryGetProperty("index", out var stated) && (stated.ValueKind != JsonValueKind.Number || !stated.TryGetInt32(out index)))
                    index = -1;
                if (index < 0 || index >= count || given[index])
                    throw new EmbeddingException("it numbers its vectors wrongly, so that they cannot be told apart. Check what the server logs");
                given[index] = true;
                var vector = VectorOf(embedding);
                dimensions ??= vector.Length;
                if (vector.Length != dimensions)
                    throw new EmbeddingException($"it gave a vector of {vector.Length} numbers among vectors of {dimensions}. If another model stands behind the name now, name another --embeddings-cache");
                vectors[index] = vector.AsSpan().ContainsAnyExcept(0f) ? vector : null;
            }

            return vectors;
        }
    }

    private static float[] VectorOf(JsonElement embedding)
    {
        var vector = embedding.ValueKind switch
        {
            JsonValueKind.Array when embedding.GetArrayLength() is > 0 and <= EmbeddingSpace.MostDimensions => OfNumbers(embedding),
            JsonValueKind.String when embedding.TryGetBytesFromBase64(out var bytes) && bytes.Length is > 0 and <= EmbeddingSpace.MostDimensions * sizeof(float) && bytes.Length % sizeof(float) == 0 => OfBytes(bytes),
            _ => throw new EmbeddingException($"it gave a vector that is none of 1 to {EmbeddingSpace.MostDimensions} numbers. Check that the model is one for embeddings of whole texts"),
        };
        foreach (var value in vector)
        {
            if (!float.IsFinite(value))
                throw new EmbeddingException("it gave a vector with a number that is not finite. Check the model: this happens with damaged or badly quantised ones");
        }

        return vector;
    }

    private static float[] OfNumbers(JsonElement embedding)
    {
        var vector = new float[embedding.GetArrayLength()];
        var i = 0;
        foreach (var number in embedding.EnumerateArray())
            vector[i++] = number.ValueKind == JsonValueKind.Number && number.TryGetSingle(out var value) ? value : float.NaN;
        return vector;
    }

    private static float[] OfBytes(byte[] bytes)
    {
        var vector = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return vector;
    }
}
