using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Recoupe.Text.Syntax;

/// <summary>A linear model of three choices over hashed features: the second and third score against the first, which is always zero.</summary>
/// <remarks>
/// One 32-bit slot a feature: 16 bits of check and a signed byte for each of the two choices. A feature's slot is one of four that lie together, so
/// that it costs one look at one place and no branch. Whole numbers: scores do not depend on the machine. Immutable; safe to share between threads.
/// </remarks>
public sealed class AttachmentModel
{
    private const uint Magic = 0x32414652; // RFA2
    private const int Bucket = 4;
    private readonly uint[] _slots; // buckets of check, second choice, third choice; 0 is free

    private AttachmentModel(uint[] slots) => _slots = slots;

    /// <summary>How many features it knows.</summary>
    public int Count => _slots.Length - _slots.AsSpan().Count(0u);

    /// <summary>The scores of the second and third choice.</summary>
    public (int Second, int Third) Score(ReadOnlySpan<ulong> features)
    {
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        var buckets = (ulong)(_slots.Length / Bucket);
        var mask = Vector128.Create(0xFFFF0000);
        Vector128<int> second = default, third = default;
        foreach (var feature in features)
        {
            var bucket = Vector128.LoadUnsafe(ref slots, (nuint)FirstSlot(feature, buckets));
            var found = (bucket & Vector128.Equals(bucket & mask, Vector128.Create(CheckOf(feature) << 16))).AsInt32();
            second += (found << 16) >> 24;
            third += (found << 24) >> 24;
        }

        return (Vector128.Sum(second), Vector128.Sum(third));
    }

    /// <summary>Makes a model of trained weights.</summary>
    /// <param name="features">Each feature once with its three weights, the weightiest first; those whose bucket is full are left out.</param>
    /// <param name="scale">What a weight is multiplied with before it is rounded and held to -127..127.</param>
    public static AttachmentModel Of(IReadOnlyList<(ulong Feature, float[] Weights)> features, float scale)
    {
        var slots = new uint[Math.Max(Bucket, features.Count * 4 / 3 / Bucket * Bucket)];
        foreach (var (feature, weights) in features)
        {
            var bucket = slots.AsSpan((int)FirstSlot(feature, (ulong)(slots.Length / Bucket)), Bucket);
            var check = CheckOf(feature);
            var (second, third) = (Round(weights[1] - weights[0]), Round(weights[2] - weights[0]));
            var free = bucket.IndexOf(0u);
            var isTaken = false; // for a weightier one
            foreach (var slot in bucket)
                isTaken |= slot >> 16 == check;
            if (!isTaken && free >= 0)
                bucket[free] = (check << 16) | ((uint)(byte)second << 8) | (byte)third;
        }

        return new AttachmentModel(slots);

        sbyte Round(float weight) => (sbyte)Math.Clamp(MathF.Round(weight * scale), -127, 127);
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">The stream holds no model, or a damaged one.</exception>
    public static AttachmentModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("This is no model of attachments");
        var count = reader.ReadInt32();
        if (count is < Bucket or > 1 << 24 || count % Bucket != 0)
            throw new InvalidDataException("The model is damaged");
        var slots = new uint[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(slots.AsSpan()));
        return new AttachmentModel(slots);
    }

    /// <summary>Writes the model as <see cref="Read"/> takes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(_slots.Length);
        writer.Write(MemoryMarshal.AsBytes(_slots.AsSpan()));
    }

    // The feature's lower half as a fraction of the table.
    private static ulong FirstSlot(ulong feature, ulong buckets) => (((feature & uint.MaxValue) * buckets) >> 32) * Bucket;

    private static uint CheckOf(ulong feature) => (uint)(feature >> 48) | 1;
}
