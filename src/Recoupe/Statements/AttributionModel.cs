using System.IO.Compression;
using System.Reflection;

using Recoupe.Languages;

namespace Recoupe.Statements;

/// <summary>The weights of hashed features that find attributions in one language, trained by <c>eval/Recoupe.Training</c>.</summary>
/// <remarks>A file holds a header, the scale and one signed byte a weight, compressed. It holds no word of any text.</remarks>
public sealed class AttributionModel
{
    /// <summary>There are two to this power weights; features that share one are told apart by the others.</summary>
    public const int Bits = 22;

    private const int Magic = 0x32545441; // "ATT2"

    private readonly sbyte[] _weights;

    private AttributionModel(sbyte[] weights, float scale)
    {
        _weights = weights;
        Scale = scale;
    }

    /// <summary>What one step of a stored weight is worth.</summary>
    public float Scale { get; }

    /// <summary>The model built in for <paramref name="language"/>, or null where there is none.</summary>
    public static AttributionModel? Of(Language language) => language.Table("attribution model", static known =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"models/attributions-{known.Code}.model");
        return new Holder(stream is null ? null : Read(stream));
    }).Model;

    /// <summary>Rounds <paramref name="weights"/> to what is stored.</summary>
    /// <exception cref="ArgumentException">There are not two to the power of <see cref="Bits"/> weights.</exception>
    public static AttributionModel From(ReadOnlySpan<float> weights)
    {
        if (weights.Length != 1 << Bits)
            throw new ArgumentException("a weight for each hash is needed", nameof(weights));

        // The largest weights are few; what lies beyond three steps in four is cut to keep the small ones apart.
        var largest = 0f;
        foreach (var weight in weights)
            largest = Math.Max(largest, Math.Abs(weight));
        var scale = Math.Max(1e-6f, Math.Min(largest, 4f) / 127f);
        var stored = new sbyte[weights.Length];
        for (var i = 0; i < weights.Length; i++)
            stored[i] = (sbyte)Math.Clamp(MathF.Round(weights[i] / scale), -127, 127);
        return new AttributionModel(stored, scale);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public static AttributionModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        if (reader.ReadInt32() != Magic || reader.ReadInt32() != Bits)
            throw new InvalidDataException("not a model of attributions");
        var scale = reader.ReadSingle();
        var bytes = new byte[1 << Bits];
        using (var unpacked = new BrotliStream(stream, CompressionMode.Decompress))
            unpacked.ReadExactly(bytes);
        return new AttributionModel(Array.ConvertAll(bytes, b => (sbyte)b), scale);
    }

    /// <summary>Writes the model; the same weights give the same bytes.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Bits);
        writer.Write(Scale);
        writer.Flush();
        using var packed = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        packed.Write(Array.ConvertAll(_weights, b => (byte)b));
    }

    /// <summary>The sum of the weights of <paramref name="features"/>.</summary>
    public float Score(ReadOnlySpan<uint> features)
    {
        var sum = 0;
        var weights = _weights;
        foreach (var feature in features)
            sum += weights[feature & (weights.Length - 1)];
        return sum * Scale;
    }

    /// <summary>The score of each candidate of <paramref name="list"/>, in their order.</summary>
    /// <remarks>All at once: the weights lie scattered over more than the near memory holds, and many are fetched at a time where nothing stands between.</remarks>
    internal void Score(FeatureList list, Span<float> scores)
    {
        var features = list.Items;
        var ends = list.Ends;
        var weights = _weights;
        var start = 0;
        for (var candidate = 0; candidate < ends.Length; candidate++)
        {
            var sum = 0;
            foreach (var feature in features[start..ends[candidate]])
                sum += weights[feature & (weights.Length - 1)];
            scores[candidate] = sum * Scale;
            start = ends[candidate];
        }
    }

    /// <summary>The likeliest act.</summary>
    internal Act ActOf(AttributedText text, SpeakerLexicon lexicon, ActStatement statement)
    {
        var list = new FeatureList();
        ActFeatures.Read(text, lexicon, statement, list);
        Span<float> scores = stackalloc float[ActFeatures.Acts];
        Score(list, scores);
        var best = 0;
        for (var act = 1; act < scores.Length; act++)
        {
            if (scores[act] > scores[best])
                best = act;
        }

        return (Act)best;
    }

    private sealed record Holder(AttributionModel? Model);
}
