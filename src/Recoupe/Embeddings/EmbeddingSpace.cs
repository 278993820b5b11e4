using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Embeddings;

/// <summary>The space of one model's vectors, and how its cosines are to be read.</summary>
/// <remarks>
/// Models differ in the range of their cosines, and most put each language into a corner of its own. So the mean of the samples of its language is taken
/// off each vector, and a cosine is read by where look-alikes and tellings of one event lie among the samples (<see cref="EmbeddingSample"/>).
/// A model that does not tell them apart says nothing.
/// </remarks>
public sealed class EmbeddingSpace
{
    /// <summary>Vectors of more dimensions are refused.</summary>
    public const int MostDimensions = 16_384;

    private readonly FrozenDictionary<string, float[]> _centres;
    private readonly float[] _centre;
    private readonly sbyte[][] _hyperplanes;

    private EmbeddingSpace(string model, int dimensions, Dictionary<string, float[]> centres)
    {
        (Model, Dimensions) = (model, dimensions);
        _centres = centres.ToFrozenDictionary();
        _centre = Mean([.. centres.OrderBy(centre => centre.Key, StringComparer.Ordinal).Select(centre => centre.Value)], dimensions);
        _hyperplanes = Hyperplanes(dimensions);
    }

    /// <summary>The model's name, as the user gave it.</summary>
    public string Model { get; }

    /// <summary>How many numbers a vector has.</summary>
    public int Dimensions { get; }

    /// <summary>How cosines within one language are read.</summary>
    public CosineScale Within { get; private set; }

    /// <summary>How cosines across two languages are read.</summary>
    public CosineScale Across { get; private set; }

    /// <summary>The space of a model that gave <paramref name="vectors"/> for <paramref name="samples"/>, one each in the same order.</summary>
    /// <exception cref="ArgumentException">The counts or the dimensions differ, or a number is not finite.</exception>
    public static EmbeddingSpace Calibrate(string model, IReadOnlyList<EmbeddingSample> samples, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        if (samples.Count == 0 || samples.Count != vectors.Count)
            throw new ArgumentException($"{samples.Count} samples have {vectors.Count} vectors", nameof(vectors));
        var dimensions = vectors[0].Length;
        if (dimensions is 0 or > MostDimensions)
            throw new ArgumentException($"vectors of {dimensions} numbers: 1 to {MostDimensions} can be used", nameof(vectors));
        var centres = samples.Select((sample, i) => (sample.Language, Unit: Unit(vectors[i].Span, dimensions)))
            .GroupBy(sample => sample.Language, sample => sample.Unit)
            .ToDictionary(group => group.Key, group => Mean([.. group], dimensions));
        var space = new EmbeddingSpace(model, dimensions, centres);
        var placed = samples.Select((sample, i) => (Sample: sample, Vector: space.Place(vectors[i].Span, sample.Language))).Where(one => one.Vector is not null).ToList();
        List<double>[] lookAlikes = [[], []], same = [[], []];
        for (var i = 0; i < placed.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var ((a, vectorA), (b, vectorB)) = (placed[i], placed[j]);
                if (a.Kind == b.Kind)
                    (a.Event == b.Event ? same : lookAlikes)[a.Language == b.Language ? 0 : 1].Add(vectorA!.Cosine(vectorB!));
            }
        }

        space.Within = CosineScale.Of(lookAlikes[0], same[0]);
        space.Across = CosineScale.Of(lookAlikes[1], same[1]);
        return space;
    }

    /// <summary>Puts the vector that the model gave for a text into the space; null where nothing is left of it but what all texts share.</summary>
    /// <param name="vector">As the model gave it, of whatever length.</param>
    /// <param name="language">Code of the text's language; null where unknown.</param>
    /// <exception cref="ArgumentException">It has other dimensions than the space, or a number that is not finite.</exception>
    public ArticleVector? Place(ReadOnlySpan<float> vector, string? language)
    {
        var centred = Unit(vector, Dimensions);
        var centre = Language.Find(language) is { } known && _centres.TryGetValue(known.Code, out var own) ? own : _centre;
        for (var i = 0; i < centred.Length; i++)
            centred[i] -= centre[i];
        return ArticleVector.Of(this, centred, _hyperplanes);
    }

    private static float[] Unit(ReadOnlySpan<float> vector, int dimensions)
    {
        if (vector.Length != dimensions)
            throw new ArgumentException($"a vector of {vector.Length} numbers among vectors of {dimensions}", nameof(vector));
        var squares = 0.0;
        foreach (var value in vector)
            squares += (double)value * value;
        if (!double.IsFinite(squares))
            throw new ArgumentException("a vector holds a number that is not finite", nameof(vector));
        var length = Math.Sqrt(squares);
        var unit = new float[dimensions];
        for (var i = 0; length > 0 && i < unit.Length; i++)
            unit[i] = (float)(vector[i] / length);
        return unit;
    }

    private static float[] Mean(float[][] vectors, int dimensions)
    {
        var mean = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            var sum = 0.0;
            foreach (var vector in vectors)
                sum += vector[i];
            mean[i] = (float)(sum / vectors.Length);
        }

        return mean;
    }

    // Random hyperplanes (Charikar 2002): two vectors fall to the same side of one with a chance that only their angle tells. The same in every run.
    private static sbyte[][] Hyperplanes(int dimensions)
    {
        var planes = new sbyte[ArticleVector.SignatureBits][];
        for (var plane = 0; plane < planes.Length; plane++)
        {
            var normal = planes[plane] = new sbyte[dimensions];
            ulong bits = 0;
            for (var i = 0; i < dimensions; i++)
            {
                if (i % 64 == 0)
                    bits = TextHash.Combine((ulong)plane + 1, (ulong)(i / 64) + 1);
                normal[i] = (bits >> (i % 64) & 1) == 0 ? (sbyte)-1 : (sbyte)1;
            }
        }

        return planes;
    }
}
