using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Recoupe.Text;

/// <summary>A linear model over hashed features: each feature it knows has one weight a label, and a label's score is their sum.</summary>
/// <remarks>
/// Features are 64-bit hashes, kept as 14 bits of check in an open-addressed table, so that a feature not seen in training counts
/// nothing (1 in 16,000 is taken for another). Weights are whole numbers of one byte: scores do not depend on the machine.
/// Immutable; safe to share between threads.
/// </remarks>
public sealed class FeatureModel
{
    private const uint Magic = 0x314D4652; // RFM1
    private const int RowBits = 18;
    private const uint RowMask = (1u << RowBits) - 1;

    private readonly SlotTable _slots; // check above, row + 1 below
    private readonly sbyte[] _weights; // rows of Stride bytes
    private readonly uint _mask;

    private FeatureModel(ImmutableArray<string> labels, uint[] slots, sbyte[] weights)
    {
        Labels = labels;
        Stride = StrideOf(labels.Length);
        _slots = new SlotTable(slots, ~RowMask);
        _weights = weights;
        _mask = (uint)slots.Length - 1;
    }

    /// <summary>The names of the labels, by number.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>The length that a span of scores must have: the count of labels, rounded up to a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>How many features it knows.</summary>
    public int Count => _weights.Length / Stride;

    /// <summary>Sums the weights of <paramref name="features"/> into <paramref name="scores"/>, whose length is <see cref="Stride"/> and which is added to.</summary>
    public void Add(ReadOnlySpan<ulong> features, Span<short> scores)
    {
        if (scores.Length != Stride)
            throw new ArgumentException($"Scores must be {Stride} long", nameof(scores));
        // First the slots, then the rows, then the weights: what has to be fetched from afar is fetched together, and no branch hangs on it.
        Span<int> places = stackalloc int[SlotTable.MostAtOnce];
        Span<uint> checks = stackalloc uint[SlotTable.MostAtOnce];
        Span<uint> entries = stackalloc uint[SlotTable.MostAtOnce];
        Span<int> rows = stackalloc int[SlotTable.MostAtOnce];
        while (!features.IsEmpty)
        {
            var now = Math.Min(features.Length, SlotTable.MostAtOnce);
            for (var k = 0; k < now; k++)
            {
                places[k] = (int)((uint)features[k] & _mask);
                checks[k] = (uint)(features[k] >> 50) << RowBits;
            }

            _slots.Look(places[..now], checks[..now], entries[..now]);
            var found = 0;
            foreach (var entry in entries[..now])
            {
                rows[found] = (int)(entry & RowMask) - 1;
                found += entry == 0 ? 0 : 1;
            }

            var offset = 0;
            for (; offset + 32 <= Stride; offset += 32)
                AddWideRows(rows[..found], offset, scores.Slice(offset, 32));
            for (; offset < Stride; offset += 16)
                AddRows(rows[..found], offset, scores.Slice(offset, 16));
            features = features[now..];
        }
    }

    /// <summary>The number of the label with the highest score, the first of equals.</summary>
    public int Best(ReadOnlySpan<short> scores)
    {
        var best = 0;
        for (var label = 1; label < Labels.Length; label++)
        {
            if (scores[label] > scores[best])
                best = label;
        }

        return best;
    }

    /// <summary>As <see cref="Best(ReadOnlySpan{short})"/>, with how far the next one is behind it.</summary>
    public int Best(ReadOnlySpan<short> scores, out int margin)
    {
        var (best, second) = (0, int.MinValue / 2);
        for (var label = 1; label < Labels.Length; label++)
        {
            if (scores[label] > scores[best])
                (best, second) = (label, scores[best]);
            else if (scores[label] > second)
                second = scores[label];
        }

        margin = scores[best] - second;
        return best;
    }

    /// <summary>Reads the model that the program carries as <c>models/&lt;name&gt;.model</c>, or gives null if it has none.</summary>
    public static FeatureModel? Embedded(string name)
    {
        using var stream = typeof(FeatureModel).Assembly.GetManifestResourceStream($"models/{name}.model");
        return stream is null ? null : Read(stream);
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">The stream holds no model, or a damaged one.</exception>
    public static FeatureModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("This is no model of Recoupe");
        var labels = ImmutableArray.CreateBuilder<string>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            labels.Add(reader.ReadString());
        var slots = new uint[reader.ReadInt32()];
        if (labels.Count == 0 || !BitOperations.IsPow2(slots.Length))
            throw new InvalidDataException("The model is damaged");
        var weights = new sbyte[reader.ReadInt32()];
        stream.ReadExactly(MemoryMarshal.AsBytes(slots.AsSpan()));
        if (!SlotTable.AreSound(slots))
            throw new InvalidDataException("The model is damaged");
        stream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new FeatureModel(labels.ToImmutable(), slots, weights);
    }

    /// <summary>Writes the model as <see cref="Read"/> takes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Labels.Length);
        foreach (var label in Labels)
            writer.Write(label);
        writer.Write(_slots.Count);
        writer.Write(_weights.Length);
        writer.Write(MemoryMarshal.AsBytes(_slots.Slots));
        writer.Write(MemoryMarshal.AsBytes(_weights.AsSpan()));
    }

    /// <summary>Makes a model of trained weights.</summary>
    /// <param name="labels">The names of the labels.</param>
    /// <param name="features">Each feature once with a weight a label; at most 2^18 - 1.</param>
    /// <param name="scale">What a weight is multiplied with before it is rounded and held to -127..127.</param>
    /// <exception cref="ArgumentException">There are too many features or labels.</exception>
    public static FeatureModel Of(ImmutableArray<string> labels, IReadOnlyList<(ulong Feature, float[] Weights)> features, float scale)
    {
        if (features.Count >= RowMask || labels.IsEmpty)
            throw new ArgumentException("A model holds at most 2^18 - 2 features and at least one label", nameof(features));
        var stride = StrideOf(labels.Length);
        var slots = new uint[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, features.Count * 8 / 5))];
        var weights = new sbyte[features.Count * stride];
        for (var row = 0; row < features.Count; row++)
        {
            var (feature, values) = features[row];
            for (var label = 0; label < labels.Length; label++)
                weights[(row * stride) + label] = (sbyte)Math.Clamp(MathF.Round(values[label] * scale), -127, 127);
            var slot = (uint)feature & ((uint)slots.Length - 1);
            while (slots[slot] != 0)
                slot = (slot + 1) & ((uint)slots.Length - 1);
            slots[slot] = ((uint)(feature >> 50) << RowBits) | (uint)(row + 1);
        }

        return new FeatureModel(labels, slots, weights);
    }

    private static int StrideOf(int labels) => (labels + 15) / 16 * 16;

    // Sixteen labels of all rows.
    private void AddRows(ReadOnlySpan<int> rows, int offset, Span<short> scores)
    {
        ref var sums = ref MemoryMarshal.GetReference(scores);
        var (first, second) = (Vector128.LoadUnsafe(ref sums), Vector128.LoadUnsafe(ref sums, 8));
        foreach (var row in rows)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref _weights[(row * Stride) + offset]));
            first += low;
            second += high;
        }

        first.StoreUnsafe(ref sums);
        second.StoreUnsafe(ref sums, 8);
    }

    // Thirty-two labels of all rows.
    private void AddWideRows(ReadOnlySpan<int> rows, int offset, Span<short> scores)
    {
        ref var sums = ref MemoryMarshal.GetReference(scores);
        var (first, second) = (Vector256.LoadUnsafe(ref sums), Vector256.LoadUnsafe(ref sums, 16));
        foreach (var row in rows)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref _weights[(row * Stride) + offset]));
            first += low;
            second += high;
        }

        first.StoreUnsafe(ref sums);
        second.StoreUnsafe(ref sums, 16);
    }
}
