using System.Numerics;

namespace Recoupe.Embeddings;

/// <summary>An article's place in an <see cref="EmbeddingSpace"/>: centred for its language and kept as whole numbers, one byte a dimension.</summary>
/// <remarks>Cosines are counted in whole numbers, so that they are the same on every machine.</remarks>
public sealed class ArticleVector
{
    /// <summary>How many bits <see cref="Signature"/> has.</summary>
    internal const int SignatureBits = 256;

    private readonly sbyte[] _values;
    private readonly double _length;

    private ArticleVector(EmbeddingSpace space, sbyte[] values, double length, ulong[] signature) =>
        (Space, _values, _length, Signature) = (space, values, length, signature);

    /// <summary>The space that it lies in: vectors of two spaces cannot be compared.</summary>
    public EmbeddingSpace Space { get; }

    /// <summary>On which side of each of <see cref="SignatureBits"/> fixed hyperplanes it lies.</summary>
    internal ulong[] Signature { get; }

    /// <summary>The cosine of the angle to <paramref name="other"/>, -1 to 1.</summary>
    /// <exception cref="ArgumentException">They lie in different spaces.</exception>
    public double Cosine(ArticleVector other)
    {
        if (other.Space != Space)
            throw new ArgumentException("vectors of two spaces cannot be compared", nameof(other));
        return Dot(_values, other._values) / (_length * other._length);
    }

    /// <summary>The vector of <paramref name="centred"/>; null where it has no direction.</summary>
    internal static ArticleVector? Of(EmbeddingSpace space, ReadOnlySpan<float> centred, sbyte[][] hyperplanes)
    {
        var greatest = 0f;
        foreach (var value in centred)
            greatest = MathF.Max(greatest, MathF.Abs(value));
        if (!(greatest > 1e-6f) || !float.IsFinite(greatest))
            return null;
        var values = new sbyte[centred.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (sbyte)MathF.Round(centred[i] / greatest * sbyte.MaxValue);
        var signature = new ulong[SignatureBits / 64];
        for (var bit = 0; bit < SignatureBits; bit++)
        {
            if (Dot(values, hyperplanes[bit]) > 0)
                signature[bit / 64] |= 1UL << (bit % 64);
        }

        return new ArticleVector(space, values, Math.Sqrt(Dot(values, values)), signature);
    }

    // Two products of signed bytes fit a short, and all sums are exact.
    private static long Dot(sbyte[] a, sbyte[] b)
    {
        long sum = 0;
        var i = 0;
        var sums = Vector<int>.Zero;
        for (; i <= a.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(a, i), out var lowA, out var highA);
            Vector.Widen(new Vector<sbyte>(b, i), out var lowB, out var highB);
            Vector.Widen((lowA * lowB) + (highA * highB), out var low, out var high);
            sums += low + high;
        }

        sum += Vector.Sum(sums);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
