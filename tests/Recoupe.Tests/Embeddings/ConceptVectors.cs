using Recoupe.Embeddings;
using Recoupe.Text;

namespace Recoupe.Tests.Embeddings;

/// <summary>
/// A small model that runs anywhere: a text's vector is the sum of a direction for each of its words, and words that mean the same have one direction
/// in both languages. All texts share a direction of their own besides, as those of real models do.
/// </summary>
internal static class ConceptVectors
{
    public const int Dimensions = 192;

    // Words that mean the same; the rest of a text counts a quarter.
    private static readonly string[][] Concepts =
    [
        ["badger", "blaireau"], ["lawn", "gazon"], ["slippers", "pantoufles"], ["burrow", "terrier"],
        ["scarecrow", "épouvantail"], ["scarf", "écharpe"], ["crows", "corbeaux"], ["knitters", "tricoteuses"],
        ["kite", "cerf-volant"], ["weathercock", "girouette"], ["roofer", "couvreur"], ["ladder", "échelle"],
    ];

    private static readonly Dictionary<string, string> ConceptOf = Concepts
        .SelectMany(words => words.Select(word => (word, words[0]))).ToDictionary(pair => pair.word, pair => pair.Item2, StringComparer.Ordinal);

    // What the samples tell: the same event in another language or other words lies in the same place.
    private static readonly Dictionary<string, string> EventOf = EmbeddingSample.All.ToDictionary(sample => sample.Text, sample => sample.Event, StringComparer.Ordinal);

    /// <summary>The vector of <paramref name="text"/>.</summary>
    public static float[] Of(string text)
    {
        var vector = new float[Dimensions];
        Add(vector, "every text", 3);
        if (EventOf.TryGetValue(text, out var event_))
        {
            Add(vector, event_, 2);
            Add(vector, event_.Split(' ')[0], 1);
            Add(vector, text, 1);
            return vector;
        }

        foreach (var word in text.ToLowerInvariant().Split([' ', '\n', '.', ',', '\'', '’'], StringSplitOptions.RemoveEmptyEntries))
            Add(vector, ConceptOf.GetValueOrDefault(word, word), ConceptOf.ContainsKey(word) ? 1 : 0.1f);
        return vector;
    }

    /// <summary>The model's space.</summary>
    public static EmbeddingSpace Space(Func<string, float[]>? vectorOf = null) => EmbeddingSpace.Calibrate(
        "concepts", EmbeddingSample.All, [.. EmbeddingSample.All.Select(sample => (ReadOnlyMemory<float>)(vectorOf ?? Of)(sample.Text))]);

    /// <summary>Adds the direction that <paramref name="name"/> stands for.</summary>
    public static void Add(float[] vector, string name, float weight)
    {
        var seed = TextHash.Of(name);
        for (var i = 0; i < vector.Length; i++)
            vector[i] += weight * (((TextHash.Combine(seed, (ulong)i) >> 11) / (float)(1UL << 52)) - 1);
    }
}
